// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "headers.h"
#include "profile.h"
#include "vpce.h"

#define IPV4_LEN	20
#define UDP_LEN		8

static uint16_t get16(const uint8_t *p)
{
	return p[0] << 8 | p[1];
}

static uint32_t get32(const uint8_t *p)
{
	return (uint32_t)get16(p) << 16 | get16(p + 2);
}

void headers_outer(struct outer *outer, const uint8_t *packet, uint32_t len)
{
	uint32_t udp;

	memset(outer, 0, sizeof(*outer));
	if (len < IPV4_LEN)
		return;
	outer->has_ip = true;
	outer->length = get16(packet + 2);
	outer->id = get16(packet + 4);
	outer->ttl = packet[8];
	outer->proto = packet[9];
	memcpy(outer->saddr, packet + 12, 4);
	memcpy(outer->daddr, packet + 16, 4);
	udp = (packet[0] & 15) * 4;
	if (outer->proto != IPPROTO_UDP || udp < IPV4_LEN || udp + UDP_LEN > len)
		return;
	outer->has_udp = true;
	outer->sport = get16(packet + udp);
	outer->dport = get16(packet + udp + 2);
	outer->geneve = udp + UDP_LEN;
}

static void read_options(struct geneve *geneve, const uint8_t *p, uint32_t len)
{
	struct geneve_option *option;
	uint32_t size;

	while (len) {
		if (len < NFG_OPT_LEN || geneve->n == OPTIONS_MAX)
			break;
		option = &geneve->options[geneve->n++];
		size = NFG_OPT_SIZE(p[3]);
		option->class = get16(p);
		option->type = p[NFG_OPT_TYPE] & ~NFG_OPT_CRITICAL;
		option->critical = p[NFG_OPT_TYPE] & NFG_OPT_CRITICAL;
		option->data = p + NFG_OPT_LEN;
		option->len = (size > len ? len : size) - NFG_OPT_LEN;
		if (size > len)
			break;
		p += size;
		len -= size;
	}
	geneve->cut = geneve->cut || len;
}

void headers_geneve(struct geneve *geneve, const uint8_t *packet, uint32_t len, uint32_t offset)
{
	const uint8_t *p = packet + offset;
	uint32_t room;

	memset(geneve, 0, sizeof(*geneve));
	if (!offset || len < NFG_GENEVE_LEN || offset > len - NFG_GENEVE_LEN)
		return;
	geneve->present = true;
	geneve->version = NFG_GENEVE_VERSION(p[0]);
	geneve->options_len = NFG_GENEVE_OPTLEN(p[0]);
	geneve->control = p[1] & NFG_GENEVE_CONTROL;
	geneve->critical = p[1] & 0x40;
	geneve->proto = get16(p + NFG_GENEVE_PROTO);
	geneve->vni = get32(p + 4) >> 8;
	room = len - offset - NFG_GENEVE_LEN;
	geneve->cut = geneve->options_len > room;
	read_options(geneve, p + NFG_GENEVE_LEN, geneve->cut ? room : geneve->options_len);
}

const char *option_text(char *buf, const struct geneve_option *option)
{
	char id[NFG_VPCE_LEN];

	buf[0] = '\0';
	if (option->class != NFG_AWS_CLASS)
		return buf;
	if (option->type == NFG_AWS_ENDPOINT && option->len == 8) {
		nfg_vpce_format(id, sizeof(id),
				(uint64_t)get32(option->data) << 32 | get32(option->data + 4));
		snprintf(buf, OPTION_TEXT, "endpoint %s", id);
	} else if (option->type == NFG_AWS_ATTACHMENT && option->len == 8) {
		snprintf(buf, OPTION_TEXT, "attachment 0x%08" PRIx32 "%08" PRIx32,
			 get32(option->data), get32(option->data + 4));
	} else if (option->type == NFG_AWS_COOKIE && option->len == 4) {
		snprintf(buf, OPTION_TEXT, "flow cookie 0x%08" PRIx32, get32(option->data));
	}
	return buf;
}
