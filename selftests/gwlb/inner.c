// SPDX-License-Identifier: GPL-2.0
/* Reads addresses, protocol and ports of the packets that are carried. */
#include <string.h>

#include "gwlb.h"

#define EXTENSIONS_MAX	8

static void map_v4(struct in6_addr *addr, const uint8_t *p)
{
	memset(addr, 0, sizeof(*addr));
	addr->s6_addr[10] = 0xff;
	addr->s6_addr[11] = 0xff;
	memcpy(&addr->s6_addr[12], p, 4);
}

static int parse_v4(struct inner *in, const uint8_t *p, size_t len)
{
	size_t header, total;
	uint16_t frag;

	if (len < 20)
		return -1;
	header = (p[0] & 0x0f) * 4;
	total = get_be16(p + 2);
	if (header < 20 || total < header || total > len)
		return -1;
	frag = get_be16(p + 6);
	in->fragment = frag & 0x3fff;
	in->later = frag & 0x1fff;
	in->frag_id = get_be16(p + 4);
	in->proto = p[9];
	map_v4(&in->src, p + 12);
	map_v4(&in->dst, p + 16);
	in->l4 = p + header;
	in->l4_len = total - header;
	return 0;
}

static bool is_extension(uint8_t proto)
{
	return proto == IPPROTO_HOPOPTS || proto == IPPROTO_ROUTING || proto == IPPROTO_DSTOPTS ||
	       proto == IPPROTO_FRAGMENT;
}

static int parse_v6(struct inner *in, const uint8_t *p, size_t len)
{
	size_t total, size;

	if (len < 40)
		return -1;
	total = 40 + get_be16(p + 4);
	if (total > len)
		return -1;
	in->proto = p[6];
	memcpy(&in->src, p + 8, 16);
	memcpy(&in->dst, p + 24, 16);
	in->l4 = p + 40;
	in->l4_len = total - 40;

	for (int i = 0; i < EXTENSIONS_MAX && is_extension(in->proto) && !in->later; i++) {
		if (in->l4_len < 8)
			return -1;
		size = 8;
		if (in->proto == IPPROTO_FRAGMENT) {
			in->fragment = true;
			in->later = get_be16(in->l4 + 2) & 0xfff8;
			in->frag_id = (uint32_t)get_be64(in->l4);
		} else {
			size += in->l4[1] * 8;
		}
		if (size > in->l4_len)
			return -1;
		in->proto = in->l4[0];
		in->l4 += size;
		in->l4_len -= size;
	}
	return 0;
}

/* Return: 0, or -1 when this is no IP packet */
int inner_parse(struct inner *in, const uint8_t *packet, size_t len)
{
	int err;

	memset(in, 0, sizeof(*in));
	if (!len)
		return -1;
	in->version = packet[0] >> 4;
	if (in->version == 4)
		err = parse_v4(in, packet, len);
	else if (in->version == 6)
		err = parse_v6(in, packet, len);
	else
		return -1;
	if (err)
		return err;

	if ((in->proto == IPPROTO_TCP || in->proto == IPPROTO_UDP) && !in->later &&
	    in->l4_len >= 4) {
		in->sport = get_be16(in->l4);
		in->dport = get_be16(in->l4 + 2);
	}
	return 0;
}

/* Endpoints carry routed unicast, not what a host says to its own link. */
bool inner_is_unicast(const struct inner *in)
{
	uint8_t first = in->version == 4 ? in->dst.s6_addr[12] : in->dst.s6_addr[0];

	if (in->version == 4)
		return first < 224;
	return first != 0xff && !IN6_IS_ADDR_LINKLOCAL(&in->src) &&
	       !IN6_IS_ADDR_LINKLOCAL(&in->dst) && !IN6_IS_ADDR_UNSPECIFIED(&in->src);
}

bool inner_is_rst(const struct inner *in)
{
	return in->proto == IPPROTO_TCP && !in->later && in->l4_len >= 20 && in->l4[13] & 0x04;
}

/*
 * The start of the packet an ICMP or ICMPv6 error is about.
 *
 * Return: 0, or -1 when @in is no such error.
 */
int inner_quoted(const struct inner *in, struct inner *quoted)
{
	uint8_t packet[64] = { 0 };
	size_t len;

	if (in->later || in->l4_len < 8 + 20)
		return -1;
	if (in->version == 4 && (in->proto != IPPROTO_ICMP || in->l4[0] != 3))
		return -1;
	if (in->version == 6 && (in->proto != IPPROTO_ICMPV6 || in->l4[0] != 1))
		return -1;
	len = in->l4_len - 8 < sizeof(packet) ? in->l4_len - 8 : sizeof(packet);
	memcpy(packet, in->l4 + 8, len);
	/* The quote is cut short, its length field is not. */
	if (in->version == 4)
		put_be16(packet + 2, (uint16_t)len);
	else if (len >= 40)
		put_be16(packet + 4, (uint16_t)(len - 40));
	if (inner_parse(quoted, packet, len) < 0)
		return -1;
	quoted->l4 = NULL;	/* points into this function's stack */
	quoted->l4_len = 0;
	return 0;
}
