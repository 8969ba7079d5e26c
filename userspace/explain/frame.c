// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <net/ethernet.h>
#include <pcap/dlt.h>
#include <string.h>
#include <sys/socket.h>

#include "frame.h"

#define ETHERTYPE_QINQ	0x88a8
#define SLL_LEN		16
#define SLL_PROTO	14
#define SLL2_LEN	20
#define SLL2_PROTO	0
#define IPV4_LEN	20

static uint16_t get16(const uint8_t *p)
{
	return p[0] << 8 | p[1];
}

static bool cut_short(struct why *why, uint32_t len)
{
	return refuse(why, "cut short in front of its IP header: %u bytes", len);
}

bool frame_is_known(int link)
{
	switch (link) {
	case DLT_EN10MB:
	case DLT_LINUX_SLL:
	case DLT_LINUX_SLL2:
	case DLT_RAW:
	case DLT_IPV4:
	case DLT_IPV6:
	case DLT_NULL:
	case DLT_LOOP:
		return true;
	default:
		return false;
	}
}

/*
 * Goes behind a link header of @header bytes with the EtherType at @type, and
 * behind the VLAN tags that follow it.
 */
static bool skip_ethertype(struct why *why, const uint8_t **frame, uint32_t *len,
			   uint32_t header, uint32_t type)
{
	uint16_t ethertype;

	if (*len < header)
		return cut_short(why, *len);
	ethertype = get16(*frame + type);
	*frame += header;
	*len -= header;
	while (ethertype == ETHERTYPE_VLAN || ethertype == ETHERTYPE_QINQ) {
		if (*len < 4)
			return cut_short(why, *len);
		ethertype = get16(*frame + 2);
		*frame += 4;
		*len -= 4;
	}
	if (ethertype == ETHERTYPE_IP)
		return true;
	return refuse(why, "not IPv4: %s, EtherType 0x%04x",
		      ethertype == ETHERTYPE_IPV6 ? "IPv6" :
		      ethertype == ETHERTYPE_ARP ? "ARP" : "another protocol", ethertype);
}

/* A family of 4 bytes, in whatever byte order the capturing host had. */
static bool skip_family(struct why *why, const uint8_t **frame, uint32_t *len)
{
	uint32_t family;

	if (*len < 4)
		return cut_short(why, *len);
	memcpy(&family, *frame, sizeof(family));
	*frame += 4;
	*len -= 4;
	if (family == AF_INET || __builtin_bswap32(family) == AF_INET)
		return true;
	return refuse(why, "not IPv4: address family %u",
		      family > 0xffff ? __builtin_bswap32(family) : family);
}

static bool skip_link(struct why *why, int link, const uint8_t **frame, uint32_t *len)
{
	switch (link) {
	case DLT_EN10MB:
		return skip_ethertype(why, frame, len, ETHER_HDR_LEN, 12);
	case DLT_LINUX_SLL:
		return skip_ethertype(why, frame, len, SLL_LEN, SLL_PROTO);
	case DLT_LINUX_SLL2:
		return skip_ethertype(why, frame, len, SLL2_LEN, SLL2_PROTO);
	case DLT_NULL:
	case DLT_LOOP:
		return skip_family(why, frame, len);
	default:
		return true;
	}
}

bool frame_ipv4(struct why *why, int link, const uint8_t **frame, uint32_t *len)
{
	uint32_t total;

	if (!skip_link(why, link, frame, len))
		return false;
	if (!*len)
		return cut_short(why, 0);
	if (**frame >> 4 != 4)
		return refuse(why, "not IPv4: IP version %u", **frame >> 4);
	if (*len < IPV4_LEN)
		return true;
	/* A total length that says too much or too little is for the module to judge. */
	total = get16(*frame + 2);
	if (total >= IPV4_LEN && total < *len)
		*len = total;
	return true;
}
