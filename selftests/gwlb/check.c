// SPDX-License-Identifier: GPL-2.0
/*
 * Judges the answers of the appliances as GWLB does, and stricter: what GWLB
 * would throw away is a violation, and so is any byte that changed.  A
 * violating answer is not delivered.
 */
#include <arpa/inet.h>
#include <string.h>

#include "gwlb.h"

#define COMPLAINTS_MAX	64

const char *const violation_names[VIOLATION_COUNT] = {
#define X(name) #name,
	VIOLATIONS(X)
#undef X
};

enum verdict {
	/* 0 to VIOLATION_COUNT - 1: a violation */
	ANSWER_GOOD = VIOLATION_COUNT,
	ANSWER_GENERATED,
	ANSWER_LATE,
	ANSWER_FOREIGN,		/* not an answer at all */
};

struct answer {
	struct in_addr src;
	struct in_addr dst;
	uint16_t sport;
	uint16_t dport;
	bool udp_zero;
	struct geneve gnv;
	uint32_t cookie;
	bool is_ip;
	struct inner inner;
	struct record *record;
	struct record expected;	/* what the answer has to look like */
};

uint64_t violations_total(const struct gwlb *g)
{
	uint64_t total = 0;

	for (int i = 0; i < VIOLATION_COUNT; i++)
		total += g->violations[i];
	return total;
}

/* Return: ANSWER_GOOD when the datagram can be read as far as its GENEVE header */
static unsigned int read_outer(struct gwlb *g, struct answer *a, const uint8_t *p, size_t len,
			       bool csum_ready)
{
	const uint8_t *udp;
	size_t header, total, udp_len;

	if (len < 20)
		return ANSWER_FOREIGN;
	header = (p[0] & 0x0f) * 4;
	total = get_be16(p + 2);
	if (p[0] >> 4 != 4 || header < 20 || len < header + 8)
		return ANSWER_FOREIGN;
	udp = p + header;
	memcpy(&a->src, p + 12, 4);
	memcpy(&a->dst, p + 16, 4);
	a->sport = get_be16(udp);
	a->dport = get_be16(udp + 2);
	if (a->dport != g->port && a->sport != g->port && !target_find(g, a->src))
		return ANSWER_FOREIGN;

	if (csum_fold(csum_add(0, p, header)))
		return VIOLATION_ip_checksum;
	if (get_be16(p + 6) & 0x3fff)
		return VIOLATION_fragmented;
	udp_len = get_be16(udp + 4);
	if (header != 20 || total > len || udp_len != total - header || udp_len < 8)
		return VIOLATION_malformed;
	a->udp_zero = !udp[6] && !udp[7];
	if (csum_ready && !a->udp_zero && udp_csum(p, udp, udp_len))
		return VIOLATION_udp_checksum;
	if (geneve_parse(&a->gnv, udp + 8, udp_len - 8) < 0)
		return VIOLATION_malformed;
	return ANSWER_GOOD;
}

/*
 * How must this answer look?  As the packet it answers; if there is none with
 * these inner bytes, as the packets of the flow its cookie names.
 */
static bool find_expected(struct gwlb *g, struct answer *a)
{
	uint64_t hash = hash_bytes(a->gnv.inner, a->gnv.inner_len, 0);
	struct flow *f;

	a->record = record_find(g, hash, a->cookie);
	if (a->record) {
		a->expected = *a->record;
		return true;
	}
	f = a->gnv.cookie ? flow_by_cookie(g, a->cookie) : NULL;
	if (!f)
		return false;
	a->expected.from = g->zones[g->endpoints[f->key.endpoint].zone].addr;
	a->expected.to = f->target->addr;
	a->expected.endpoint = f->key.endpoint;
	a->expected.cookie = f->cookie;
	a->expected.port = f->port;
	return true;
}

/* A TCP reset or an ICMP error in place of a packet of this flow */
static bool is_generated(struct gwlb *g, const struct answer *a, const struct flow *f)
{
	struct inner quoted;

	if (!a->is_ip)
		return false;
	if (inner_is_rst(&a->inner))
		return flow_has(g, f, &a->inner);
	return !inner_quoted(&a->inner, &quoted) && flow_has(g, f, &quoted);
}

static bool header_is_as_sent(struct gwlb *g, const struct answer *a)
{
	uint8_t header[GENEVE_LEN];
	unsigned int version = a->gnv.inner_len ? a->gnv.inner[0] >> 4 : 4;

	geneve_build(header, version, g->endpoints[a->expected.endpoint].id, a->expected.cookie);
	return a->gnv.header_len == sizeof(header) &&
	       !memcmp(a->gnv.header, header, sizeof(header));
}

/* An answer that fits no packet and no cookie */
static unsigned int judge_stray(struct gwlb *g, const struct answer *a, struct endpoint *e)
{
	if (!e)
		return VIOLATION_endpoint_foreign;
	if (a->is_ip && flow_find(g, (unsigned int)(e - g->endpoints), &a->inner))
		return VIOLATION_cookie_changed;
	return VIOLATION_unknown_flow;
}

static unsigned int judge(struct gwlb *g, struct answer *a)
{
	struct endpoint *e;
	struct flow *f;

	if (a->gnv.cookie)
		a->cookie = (uint32_t)get_be16(a->gnv.cookie) << 16 | get_be16(a->gnv.cookie + 2);
	a->is_ip = !inner_parse(&a->inner, a->gnv.inner, a->gnv.inner_len);

	if (!a->gnv.endpoint)
		return VIOLATION_endpoint_missing;
	if (!a->gnv.cookie)
		return VIOLATION_cookie_missing;
	e = endpoint_find(g, get_be64(a->gnv.endpoint));
	if (!find_expected(g, a))
		return judge_stray(g, a, e);
	if (e != &g->endpoints[a->expected.endpoint])
		return VIOLATION_endpoint_foreign;
	if (a->cookie != a->expected.cookie)
		return VIOLATION_cookie_changed;
	if (a->src.s_addr != a->expected.to.s_addr || a->dst.s_addr != a->expected.from.s_addr)
		return VIOLATION_addresses;
	if (a->dport != g->port || a->sport != a->expected.port)
		return VIOLATION_port;
	if (!header_is_as_sent(g, a))
		return VIOLATION_options_changed;

	f = flow_by_cookie(g, a->cookie);
	if (!f) {
		fragment_follow(g, a->expected.endpoint, &a->inner);
		f = flow_find(g, a->expected.endpoint, &a->inner);
		return f ? ANSWER_LATE : VIOLATION_unknown_flow;
	}
	if (!a->record)
		return is_generated(g, a, f) ? ANSWER_GENERATED : VIOLATION_inner_changed;
	if (a->record->answered)
		return VIOLATION_duplicate;
	a->record->answered = true;
	f->target->answered++;
	return ANSWER_GOOD;
}

static void complain(struct gwlb *g, const struct answer *a, unsigned int violation, size_t len)
{
	char src[INET_ADDRSTRLEN], dst[INET_ADDRSTRLEN];

	g->violations[violation]++;
	if (g->complaints++ >= COMPLAINTS_MAX)
		return;
	say(g, "violation %s: %s.%u > %s.%u, %zu bytes, cookie %08x, sent: port %u, cookie %08x",
	    violation_names[violation], inet_ntop(AF_INET, &a->src, src, sizeof(src)), a->sport,
	    inet_ntop(AF_INET, &a->dst, dst, sizeof(dst)), a->dport, len, a->cookie,
	    a->expected.port, a->expected.cookie);
}

void check_answer(struct gwlb *g, const uint8_t *packet, size_t len, bool csum_ready)
{
	struct answer a = { 0 };
	unsigned int verdict;

	verdict = read_outer(g, &a, packet, len, csum_ready);
	if (verdict == ANSWER_FOREIGN)
		return;
	g->answer_packets++;
	g->answer_bytes += len;
	if (verdict == ANSWER_GOOD)
		verdict = judge(g, &a);

	if (verdict < VIOLATION_COUNT) {
		complain(g, &a, verdict, len);
		return;
	}
	if (verdict == ANSWER_LATE) {
		g->late++;
		return;
	}
	if (verdict == ANSWER_GENERATED)
		g->generated++;
	else
		g->good++;
	g->udp_zero += a.udp_zero;
	endpoint_deliver(&g->endpoints[a.expected.endpoint], a.gnv.inner, a.gnv.inner_len);
}
