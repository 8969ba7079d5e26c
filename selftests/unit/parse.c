// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <stdlib.h>

#include "parse.h"

static u8 *block(const u8 *data, u32 len)
{
	u8 *copy = malloc(len);

	if (!copy)
		err(2, "malloc");
	return memcpy(copy, data, len);
}

int parse_window(const u8 *data, u32 len, u32 linear, struct nfg_meta *m)
{
	struct nfg_buf b = { .linear = linear, .total = len };
	u8 *window;
	int ret;

	for (;;) {
		window = block(data, b.linear);
		b.data = window;
		b.need = 0;
		memset(m, 0xa5, sizeof(*m));
		ret = nfg_parse(&b, m);
		free(window);
		if (ret != NFG_MORE)
			return ret;
		if (b.need <= b.linear || b.need > len)
			return -2;
		b.linear = b.need;
	}
}

int parse_whole(const u8 *data, u32 len, struct nfg_meta *m)
{
	return parse_window(data, len, len, m);
}

bool tuple_equal(const struct nfg_tuple *a, const struct nfg_tuple *b)
{
	return !memcmp(&a->saddr, &b->saddr, sizeof(a->saddr)) &&
	       !memcmp(&a->daddr, &b->daddr, sizeof(a->daddr)) &&
	       a->sport == b->sport && a->dport == b->dport &&
	       a->version == b->version && a->proto == b->proto;
}

bool meta_equal(int ret, const struct nfg_meta *a, const struct nfg_meta *b)
{
	if (a->flags != b->flags)
		return false;
	if (a->flags & NFG_META_PROFILE && (a->endpoint != b->endpoint || a->cookie != b->cookie))
		return false;
	if (a->flags & NFG_META_TUPLE && !tuple_equal(&a->tuple, &b->tuple))
		return false;
	return ret || (a->peer == b->peer && a->geneve == b->geneve && a->inner == b->inner &&
		       a->l4 == b->l4 && a->inner_len == b->inner_len);
}

static void put16(u8 *p, u32 value)
{
	p[0] = value >> 8;
	p[1] = value;
}

void set_lengths(u8 *data, u32 len)
{
	if (len >= 4)
		put16(data + 2, len);
	if (len >= 26)
		put16(data + 24, len - 20);
}

int reason_by_name(const char *name)
{
	int reason;

	for (reason = 1; *name && reason < NFG_REASON_MAX; reason++)
		if (!strcmp(nfg_reason_name(reason), name))
			return reason;
	if (*name)
		errx(2, "%s: no such reason", name);
	return NFG_REASON_NONE;
}

bool reason_of_parser(int reason)
{
	return reason != NFG_REASON_OUTER_SOURCE && reason != NFG_REASON_ORIGIN &&
	       reason != NFG_REASON_UDP_CHECKSUM && reason != NFG_REASON_TCP_STATE;
}
