// SPDX-License-Identifier: GPL-2.0
/* The parser against all vectors: whole, cut short, through small windows. */
#include <err.h>
#include <stdlib.h>

#include "parse.h"
#include "tap.h"

/* The gate of the hook passes these before anything is parsed. */
static bool parsed(const struct vector *v)
{
	return v->verdict != VERDICT_PASS;
}

static bool verdict_right(const struct vector *v)
{
	int want = reason_by_name(v->reason), ret;
	struct nfg_meta m;

	ret = parse_whole(v->data, v->len, &m);
	if (!reason_of_parser(want))
		want = NFG_REASON_NONE;
	if (ret != want)
		return tap_note("%s: %s, want %s", v->name, nfg_reason_name(ret),
				nfg_reason_name(want));
	return true;
}

/* The hook passes later fragments; should one come, the parser knows it. */
static void test_outer_fragments(const struct vectors *list)
{
	struct nfg_meta m;
	bool ok = true;
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct vector *v = &list->v[i];

		if (!strncmp(v->name, "outer-fragment-", 15))
			ok = ok && parse_whole(v->data, v->len, &m) == NFG_REASON_OUTER_FRAGMENT;
	}
	tap(ok, "fragments of the outer packet: first, middle and last");
}

/* Every length up to 400 bytes, some beyond, and all near the end. */
static u32 next_length(u32 n, u32 len)
{
	return n < 400 || n + 40 > len ? n + 1 : n + 37;
}

static bool windows_agree(const struct vector *v)
{
	struct nfg_meta whole, part;
	int want, ret;
	u32 n;

	want = parse_whole(v->data, v->len, &whole);
	for (n = 0; n <= v->len; n = next_length(n, v->len)) {
		ret = parse_window(v->data, v->len, n, &part);
		if (ret != want || !meta_equal(ret, &whole, &part))
			return tap_note("%s: %d with a window of %u bytes, else %d", v->name, ret,
					n, want);
	}
	return true;
}

/* Bytes of this packet that must be there for a bounce: up to the inner end. */
static u32 essential(const struct vector *v)
{
	struct nfg_meta m;

	if (parse_whole(v->data, v->len, &m))
		return v->len;
	return m.inner + m.inner_len;
}

static bool cut_right(const struct vector *v, u32 n, bool lengths)
{
	u8 *copy = malloc(v->len);
	struct nfg_meta m;
	bool ok;
	int ret;

	if (!copy)
		err(2, "malloc");
	memcpy(copy, v->data, v->len);
	if (lengths)
		set_lengths(copy, n);
	ret = parse_whole(copy, n, &m);
	free(copy);
	if (!lengths)
		ok = ret == NFG_REASON_OUTER_HEADER;
	else if (n < essential(v) || v->verdict == VERDICT_DROP)
		ok = ret > 0 && ret < NFG_REASON_MAX;
	else
		ok = !ret;
	return ok || tap_note("%s cut to %u bytes: %d", v->name, n, ret);
}

static bool cuts_right(const struct vector *v)
{
	bool ok = true;
	u32 n;

	/* address and checksum faults are not the parser's: such packets are good */
	if (!reason_of_parser(reason_by_name(v->reason)))
		return true;
	/* these rules need the end of the packet or its lengths as they are */
	if (!strcmp(v->reason, "udp_length") || !strncmp(v->reason, "inner_", 6))
		return cut_right(v, v->len - 1, false);
	for (n = 0; n < v->len; n = next_length(n, v->len))
		ok = ok && cut_right(v, n, true) && cut_right(v, n, false);
	return ok;
}

static void for_all(const struct vectors *list, bool (*test)(const struct vector *v),
		    const char *text)
{
	bool ok = true;
	size_t i;

	for (i = 0; i < list->count; i++)
		if (parsed(&list->v[i]))
			ok = test(&list->v[i]) && ok;
	tap(ok, text);
}

static const struct vector *find(const struct vectors *list, const char *name)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		if (!strcmp(list->v[i].name, name))
			return &list->v[i];
	errx(2, "%s: no such vector", name);
}

/* What is found in a packet, written down by hand. */
static void test_meta(const struct vectors *list)
{
	static const struct {
		const char *name, *what;
		u64 endpoint;
		u32 cookie, inner, l4, inner_len, flags;
		u16 sport, dport;
		u8 version, proto;
	} cases[] = {
		{ "live-tcp-ack", "ids, offsets and ports of a packet of a live system",
		  0x74a11ad96ec49886, 0x39f7f1a7, 68, 88, 40, 0, 48354, 443, 4, 6 },
		{ "icmp-echo", "an echo has its id and type as ports",
		  0xa1b2c3d4e5f60718, 0x5eed0001, 68, 88, 36,
		  NFG_META_ICMP, 1, 0x0800, 4, 1 },
		{ "icmp-frag-needed", "an ICMP error has no id",
		  0xa1b2c3d4e5f60718, 0x5eed0001, 68, 88, 56,
		  NFG_META_ICMP | NFG_META_QUOTE, 0, 0x0304, 4, 1 },
		{ "inner6-echo", "an ICMPv6 echo has its id and type as ports",
		  0xa1b2c3d4e5f60718, 0x5eed0001, 68, 108, 56,
		  NFG_META_ICMP, 1, 0x8000, 6, 58 },
		{ "ipv6-hbh-dstopts-udp", "ports behind IPv6 extension headers",
		  0xa1b2c3d4e5f60718, 0x5eed0001, 68, 124, 97, 0, 40004, 53, 6, 17 },
		{ "ext-ah-sha256", "ports behind an authentication header",
		  0xa1b2c3d4e5f60718, 0x5eed0001, 68, 136, 88, 0, 40001, 443, 6, 6 },
		{ "sctp-init", "SCTP has ports",
		  0xa1b2c3d4e5f60718, 0x5eed0001, 68, 88, 52, 0, 40003, 2905, 4, 132 },
		{ "inner-gre", "GRE has none",
		  0xa1b2c3d4e5f60718, 0x5eed0001, 68, 88, 44, 0, 0, 0, 4, 47 },
		{ "ipv4-fragment-first", "a first fragment has ports",
		  0xa1b2c3d4e5f60718, 0x5eed0001, 68, 88, 60, NFG_META_FRAGMENT, 40006, 9, 4, 17 },
		{ "ipv4-fragment-rest", "a later fragment has none",
		  0xa1b2c3d4e5f60718, 0x5eed0001, 68, 88, 52,
		  NFG_META_FRAGMENT | NFG_META_LATER, 0, 0, 4, 17 },
		{ "fragment6-last", "nor has a later IPv6 fragment",
		  0xa1b2c3d4e5f60718, 0x5eed0001, 68, 116, 81,
		  NFG_META_FRAGMENT | NFG_META_LATER, 0, 0, 6, 17 },
		{ "order-3-2-1", "endpoint and cookie in another order",
		  0xa1b2c3d4e5f60718, 0x5eed0001, 68, 88, 60, 0, 40001, 443, 4, 6 },
		{ "optlen-63-profile-last", "endpoint and cookie behind other options",
		  0xa1b2c3d4e5f60718, 0x5eed0001, 288, 308, 60, 0, 40001, 443, 4, 6 },
		{ "inner-length-shorter", "the inner packet is as long as its header says",
		  0xa1b2c3d4e5f60718, 0x5eed0001, 68, 88, 40, 0, 40001, 443, 4, 6 },
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct vector *v = find(list, cases[i].name);
		struct nfg_meta m;
		int ret = parse_whole(v->data, v->len, &m);
		bool ok;

		ok = !ret && !memcmp(&m.peer, v->data + 12, 4) &&
		     m.endpoint == cases[i].endpoint && m.cookie == cases[i].cookie &&
		     m.inner == cases[i].inner && m.l4 == cases[i].l4 &&
		     m.inner_len == cases[i].inner_len &&
		     m.flags == (cases[i].flags | NFG_META_PROFILE | NFG_META_TUPLE) &&
		     be16toh(m.tuple.sport) == cases[i].sport &&
		     be16toh(m.tuple.dport) == cases[i].dport &&
		     m.tuple.version == cases[i].version && m.tuple.proto == cases[i].proto;
		if (!ok)
			(void)tap_note("%s: ret %d inner %u l4 %u len %u flags %x ports %u %u proto %u",
				 cases[i].name, ret, m.inner, m.l4, m.inner_len, m.flags,
				 be16toh(m.tuple.sport), be16toh(m.tuple.dport), m.tuple.proto);
		tap(ok, cases[i].what);
	}
}

/* Addresses as they stand in the packet; an IPv4 one is followed by zeros. */
static void test_addresses(const struct vectors *list)
{
	const struct vector *v4 = find(list, "tcp-syn"), *v6 = find(list, "ipv6-tcp-syn");
	struct nfg_meta m;
	u8 want[16] = { 10, 1, 2, 3 };

	parse_whole(v4->data, v4->len, &m);
	tap(!memcmp(&m.tuple.saddr, want, 16) && !memcmp(&m.tuple.daddr, v4->data + 68 + 16, 4) &&
	    !memcmp(m.tuple.daddr.v6 + 4, want + 4, 12), "IPv4 addresses of the tuple");
	parse_whole(v6->data, v6->len, &m);
	tap(!memcmp(&m.tuple.saddr, v6->data + 68 + 8, 16) &&
	    !memcmp(&m.tuple.daddr, v6->data + 68 + 24, 16), "IPv6 addresses of the tuple");
}

int main(int argc, char **argv)
{
	struct vectors list;

	if (argc != 2)
		errx(2, "usage: test-parse VECTORS");
	list = vectors_read(argv[1]);
	for_all(&list, verdict_right, "every vector gets its verdict");
	for_all(&list, windows_agree, "windows of every size lead to the same result");
	for_all(&list, cuts_right, "packets cut at every length");
	test_outer_fragments(&list);
	test_meta(&list);
	test_addresses(&list);
	vectors_free(&list);
	return tap_done();
}
