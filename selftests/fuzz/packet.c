// SPDX-License-Identifier: GPL-2.0
/*
 * A packet in, a verdict out, a packet out.  The input is 4 bytes that tell what
 * to repair and how to look at it, and a packet from its outer IPv4 header on.
 */
#include "answers.h"
#include "exchange.h"
#include "fast.h"
#include "fuzz.h"
#include "l4.h"
#include "match.h"
#include "parse.h"
#include "rfc1071.h"
#include "tcp.h"
#include "vpce.h"

#define PACKET_MAX	65535

/* Lengths and sums that mutations break, unless a bit keeps them so. */
#define KEEP_OUTER	0x01
#define KEEP_LENGTH	0x02
#define KEEP_SUM	0x04

static void repair_ipv4(u8 *ip, u32 len, u8 keep)
{
	u32 header = (ip[NFG_IPV4_VIHL] & 0x0f) * 4;

	if (!(keep & KEEP_LENGTH))
		store16(ip + NFG_IPV4_TOTLEN, len);
	if (!(keep & KEEP_SUM) && header >= NFG_IPV4_LEN && header <= len) {
		store16(ip + NFG_IPV4_CHECK, 0);
		store16(ip + NFG_IPV4_CHECK, 0xffff - sum16(ip, header, 0));
	}
}

static void repair(u8 *p, u32 len, u8 keep)
{
	u32 inner;

	if (!(keep & KEEP_OUTER)) {
		set_lengths(p, len);
		if (len >= NFG_IPV4_LEN)
			repair_ipv4(p, len, KEEP_LENGTH);
	}
	if (len < NFG_FAST_OPTIONS)
		return;
	inner = NFG_FAST_OPTIONS + NFG_GENEVE_OPTLEN(p[NFG_FAST_GENEVE]);
	if (inner + NFG_IPV4_LEN <= len && p[inner] >> 4 == 4)
		repair_ipv4(p + inner, len - inner, keep);
	else if (inner + NFG_IPV6_LEN <= len && p[inner] >> 4 == 6 && !(keep & KEEP_LENGTH))
		store16(p + inner + NFG_IPV6_PAYLOAD, len - inner - NFG_IPV6_LEN);
}

/* Everything that was found lies inside what it was found in. */
static void check_offsets(const struct nfg_meta *m, u32 len)
{
	u32 end = m->inner + m->inner_len;

	must(m->flags & NFG_META_PROFILE && m->flags & NFG_META_TUPLE);
	must(m->geneve == NFG_FAST_GENEVE);
	must(m->inner >= m->geneve + NFG_GENEVE_LEN && end <= len);
	must(m->l4 > m->inner && m->l4 <= end);
	must(m->tuple.version == 4 || m->tuple.version == 6);
	must(!(m->flags & NFG_META_LATER) || m->flags & NFG_META_FRAGMENT);
	if (m->flags & NFG_META_LATER)
		must(!m->tuple.sport && !m->tuple.dport && m->tcp_flags == NFG_TCP_ACK);
	else
		must(m->l4 + nfg_l4_len(&m->tuple) <= end);
	if (m->flags & NFG_META_QUOTE) {
		must(m->flags & NFG_META_ICMP && !(m->flags & NFG_META_FRAGMENT));
		must(m->quote.version == m->tuple.version);
	}
}

/* However much of it can be read at first, it is the same packet. */
static void check_windows(const u8 *p, u32 len, u32 linear, int ret, const struct nfg_meta *whole)
{
	struct nfg_meta part;

	must(parse_window(p, len, linear, &part) == ret && meta_equal(ret, whole, &part));
	if (!ret && whole->flags & NFG_META_QUOTE)
		must(tuple_equal(&whole->quote, &part.quote));
	if (!ret)
		must(whole->tcp_flags == part.tcp_flags);
}

/* What the fast path takes is valid, and it finds the same. */
static void check_fast(const u8 *p, u32 len, u32 linear, int ret, const struct nfg_meta *whole)
{
	u8 *window = exact(p, linear);
	struct nfg_meta fast;

	memset(&fast, 0xa5, sizeof(fast));
	if (nfg_parse_fast(window, linear, len, &fast)) {
		must(!ret && meta_equal(ret, whole, &fast));
		must(whole->tcp_flags == fast.tcp_flags);
	}
	free(window);
}

/* And so with the options alone. */
static void check_options(const u8 *p, u32 len)
{
	struct nfg_meta fast = { 0 }, walk = { 0 };
	enum nfg_reason demand = NFG_REASON_NONE;
	u8 *options;

	if (len < NFG_FAST_INNER)
		return;
	options = exact(p + NFG_FAST_OPTIONS, NFG_AWS_SIZE);
	if (nfg_profile_fast(options, &fast)) {
		must(!nfg_profile_walk(options, NFG_AWS_SIZE, &walk, &demand) && !demand);
		must(fast.endpoint == walk.endpoint && fast.cookie == walk.cookie);
	}
	free(options);
}

/* Addresses exchanged, TTL less one, the sum follows: nothing else, and again valid. */
static void check_bounce(const u8 *p, u32 len, int ret, const struct nfg_meta *m)
{
	static const u8 changed[NFG_IPV4_LEN] = {
		[NFG_IPV4_TTL] = 1, [NFG_IPV4_CHECK] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	};
	u8 *back = exact(p, len);
	struct nfg_meta again;
	u32 i;

	must(len >= NFG_FAST_OPTIONS && p[NFG_IPV4_TTL] > 1);
	nfg_exchange(back);
	for (i = 0; i < len; i++)
		must(back[i] == p[i] || (i < NFG_IPV4_LEN && changed[i]));
	must(!memcmp(back + NFG_IPV4_SADDR, p + NFG_IPV4_DADDR, 4));
	must(!memcmp(back + NFG_IPV4_DADDR, p + NFG_IPV4_SADDR, 4));
	must(back[NFG_IPV4_TTL] == p[NFG_IPV4_TTL] - 1);
	must(sum16(back, NFG_IPV4_LEN, 0) == sum16(p, NFG_IPV4_LEN, 0));
	must(sum_l4(back, len) == sum_l4(p, len));

	i = parse_whole(back, len, &again);
	if (back[NFG_IPV4_TTL] == 1) {
		must(i == NFG_REASON_TTL_EXPIRED);
	} else {
		must(!memcmp(&again.peer, p + NFG_IPV4_DADDR, 4));
		again.peer = m->peer;
		must(i == ret && meta_equal(ret, m, &again));
	}
	free(back);
}

/* Any state of a connection, and a segment with the packet's flags. */
static void check_tcp(const struct nfg_meta *m, u8 choice)
{
	struct nfg_tcp_step now = {
		.state = choice % 6, .sides = choice >> 4 & 3, .fins = choice >> 2 & 3,
	}, next;
	bool reply = choice & 0x40, goes_on;
	u8 flags = m->tcp_flags;

	if (!nfg_tcp_flags_ok(flags))
		return;
	next = nfg_tcp_step(now, flags, reply, choice & 0x80);
	must(next.state <= NFG_FLOW_TIME_WAIT && next.fins <= NFG_TCP_BOTH);
	must((next.fins & now.fins) == now.fins);
	if (flags & NFG_TCP_RST)
		must(!next.bad && next.state == NFG_FLOW_TIME_WAIT);
	if (next.bad)
		must(next.state == now.state && next.fins == now.fins);
	else if (flags & NFG_TCP_FIN && next.state != NFG_FLOW_SYN)
		must(now.state == NFG_FLOW_TIME_WAIT || next.fins & nfg_tcp_side(reply));
	if (!next.bad) {
		must(next.fins != NFG_TCP_BOTH || next.state == NFG_FLOW_TIME_WAIT);
		must(!next.fins || next.state != NFG_FLOW_ESTABLISHED);
	}
	goes_on = next.state == NFG_FLOW_ESTABLISHED || next.state == NFG_FLOW_CLOSING;
	if (now.state == NFG_FLOW_NEW && goes_on)
		must(next.sides == NFG_TCP_BOTH);
	must(now.state != NFG_FLOW_SYN || !goes_on);
}

/* What rules are asked, and how an endpoint is written. */
static void check_query(const struct nfg_meta *m, u8 choice)
{
	char text[NFG_VPCE_LEN];
	struct nfg_query q;
	bool is_reply;
	u64 id;
	u32 i;

	nfg_query_init(&q, &m->tuple, choice & 1, m->endpoint);
	for (i = 0; i < NFG_FIELD_MAX; i++) {
		struct nfg_key max = nfg_field_max(i, q.v6);

		must(nfg_key_cmp(&q.key[i], &max) <= 0);
	}
	nfg_vpce_format(text, sizeof(text), m->endpoint);
	must(!nfg_vpce_parse(text, &id) && id == m->endpoint);
	if (m->flags & NFG_META_ICMP && !nfg_icmp_request(&m->tuple, &is_reply))
		must(!m->tuple.sport);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	u8 keep = take8(&in), choice = take8(&in);
	u32 linear = take16(&in), len;
	struct nfg_meta m;
	u8 *p;
	int ret;

	len = in.left < PACKET_MAX ? in.left : PACKET_MAX;
	p = exact(in.data, len);
	repair(p, len, keep);
	linear %= len + 1;

	ret = parse_whole(p, len, &m);
	must(ret >= 0 && ret < NFG_REASON_MAX && reason_of_parser(ret));
	must(*nfg_reason_name(ret) && *nfg_reason_text(ret));
	check_windows(p, len, linear, ret, &m);
	check_windows(p, len, 0, ret, &m);
	check_fast(p, len, linear, ret, &m);
	check_fast(p, len, len, ret, &m);
	check_options(p, len);
	if (nfg_reason_returnable(ret))
		check_bounce(p, len, ret, &m);
	if (!ret) {
		check_offsets(&m, len);
		check_tcp(&m, choice);
		check_query(&m, choice);
		check_answers(p, len, &m);
	}
	free(p);
	return 0;
}
