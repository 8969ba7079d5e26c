// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <stdio.h>
#include <string.h>

#include "icmp.h"
#include "item.h"
#include "names.h"

/* As nft calls them. */
static const char *const names4[256] = {
	[0] = "echo-reply",
	[3] = "destination-unreachable",
	[4] = "source-quench",
	[5] = "redirect",
	[8] = "echo-request",
	[9] = "router-advertisement",
	[10] = "router-solicitation",
	[11] = "time-exceeded",
	[12] = "parameter-problem",
	[13] = "timestamp-request",
	[14] = "timestamp-reply",
	[15] = "info-request",
	[16] = "info-reply",
	[17] = "address-mask-request",
	[18] = "address-mask-reply",
};

static const char *const names6[256] = {
	[1] = "destination-unreachable",
	[2] = "packet-too-big",
	[3] = "time-exceeded",
	[4] = "parameter-problem",
	[128] = "echo-request",
	[129] = "echo-reply",
	[130] = "mld-listener-query",
	[131] = "mld-listener-report",
	[132] = "mld-listener-done",
	[133] = "nd-router-solicit",
	[134] = "nd-router-advert",
	[135] = "nd-neighbor-solicit",
	[136] = "nd-neighbor-advert",
	[137] = "nd-redirect",
	[138] = "router-renumbering",
	[141] = "ind-neighbor-solicit",
	[142] = "ind-neighbor-advert",
	[143] = "mld2-listener-report",
};

static const char *near_type(const char *const *names, const char *s)
{
	const char *words[256];
	size_t i, n = 0;

	for (i = 0; i < 256; i++)
		if (names[i])
			words[n++] = names[i];
	return words_near(s, words, n);
}

bool icmp_parse(struct why *why, bool v6, const char *s, uint16_t *from, uint16_t *to)
{
	const char *const *names = v6 ? names6 : names4;
	const char *near;
	unsigned int i;

	for (i = 0; i < 256; i++) {
		if (names[i] && !strcmp(names[i], s)) {
			*from = i;
			*to = i;
			return true;
		}
	}
	if (item_numbers(s, UINT8_MAX, from, to))
		return true;
	near = near_type(names, s);
	return refuse(why, "'%.64s' is no type of %s: expected %s%s", s, v6 ? "ICMPv6" : "ICMP",
		      near ? near : "one like echo-request", near ? "" : " or a number from 0 to 255");
}

const char *icmp_text(char *buf, bool v6, uint8_t type)
{
	const char *name = (v6 ? names6 : names4)[type];

	if (name)
		snprintf(buf, ICMP_TEXT, "%s", name);
	else
		snprintf(buf, ICMP_TEXT, "%u", type);
	return buf;
}

bool icmp_range(const struct icmp_bits *bits, unsigned int *from, unsigned int *to)
{
	while (*from < 256 && !bits->has[*from])
		++*from;
	if (*from == 256)
		return false;
	for (*to = *from; *to < 255 && bits->has[*to + 1];)
		++*to;
	return true;
}

void icmp_join(struct elements *list, struct arena *arena, const struct place *place,
	       const struct icmp_bits *types, const struct icmp_bits *codes)
{
	unsigned int type, from, to;

	for (type = 0; type < 256; type++) {
		if (!types->has[type])
			continue;
		for (from = 0; icmp_range(codes, &from, &to); from = to + 1) {
			struct element *e = elements_add(list, arena);

			element_set(e, type << 8 | from, type << 8 | to);
			e->place = *place;
		}
	}
}

void icmp_split(const struct elements *list, struct icmp_bits *types, struct icmp_bits *codes)
{
	uint32_t i, pair;

	memset(types, 0, sizeof(*types));
	memset(codes, 0, sizeof(*codes));
	for (i = 0; i < list->n; i++) {
		for (pair = element_from(&list->e[i]); pair <= element_to(&list->e[i]); pair++) {
			types->has[pair >> 8] = true;
			codes->has[pair & 0xff] = true;
		}
	}
}
