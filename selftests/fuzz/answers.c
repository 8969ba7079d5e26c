// SPDX-License-Identifier: GPL-2.0
/* Answers to rejected packets: valid, about the packet, and never answered again. */
#include "answer.h"
#include "answers.h"
#include "fuzz.h"
#include "inner.h"
#include "ip.h"
#include "l4.h"
#include "parse.h"
#include "rfc1071.h"
#include "tcp.h"

/* RFC 1812 section 4.3.2.3 */
#define IPV4_ANSWER_MAX	576

static bool addr_same(const union nfg_addr *a, const union nfg_addr *b)
{
	return !memcmp(a, b, sizeof(*a));
}

static void check_reset(const u8 *answer, const struct nfg_meta *m, const struct nfg_meta *to)
{
	const u8 *tcp = answer + m->l4 - m->inner;

	must(to->tuple.proto == NFG_PROTO_TCP && m->tuple.proto == NFG_PROTO_TCP);
	must(m->tuple.sport == to->tuple.dport && m->tuple.dport == to->tuple.sport);
	must(m->tcp_flags & NFG_TCP_RST && nfg_tcp_flags_ok(m->tcp_flags));
	must(m->inner_len == m->l4 - m->inner + NFG_TCP_LEN);
	must(!(to->tcp_flags & NFG_TCP_ACK) || !nfg_load32(tcp + NFG_TCP_ACKNO));
	must(sum_l4(answer, m->inner_len) == 0xffff);
}

/* @quoted: bytes of the packet that the answer has */
static void check_error(const u8 *answer, const struct nfg_meta *m, const struct nfg_meta *to,
			u32 quoted)
{
	bool v4 = to->tuple.version == 4;
	u32 icmp = m->l4 - m->inner;

	must(m->flags & NFG_META_ICMP);
	must(v4 ? m->inner_len <= IPV4_ANSWER_MAX : m->inner_len <= NFG_ANSWER_MAX);
	must((v4 ? sum16(answer + icmp, m->inner_len - icmp, 0) :
		   sum_l4(answer, m->inner_len)) == 0xffff);
	/* a chain of extension headers may be longer than what is quoted */
	if (to->l4 - to->inner + (nfg_l4_len(&to->tuple) ? 8 : 0) > quoted)
		return;
	must(m->flags & NFG_META_QUOTE && tuple_equal(&m->quote, &to->tuple));
}

/* The answer in the outer header, the GENEVE header and the options of the packet. */
static void check_answer(const u8 *packet, const u8 *answer, u32 len, const struct nfg_meta *to,
			 u32 quoted)
{
	u8 *whole = malloc(to->inner + len);
	struct nfg_meta m;

	must(whole && len <= NFG_ANSWER_MAX);
	memcpy(whole, packet, to->inner);
	memcpy(whole + to->inner, answer, len);
	set_lengths(whole, to->inner + len);
	must(!parse_whole(whole, to->inner + len, &m));
	must(m.inner_len == len && m.endpoint == to->endpoint && m.cookie == to->cookie);
	must(addr_same(&m.tuple.saddr, &to->tuple.daddr));
	must(addr_same(&m.tuple.daddr, &to->tuple.saddr));
	must(!nfg_answer_allowed(answer, &m));
	if (m.tuple.proto == NFG_PROTO_TCP)
		check_reset(answer, &m, to);
	else
		check_error(answer, &m, to, quoted);
	free(whole);
}

/* Built from exactly the bytes that it asks for. */
static void check_how(const u8 *packet, const struct nfg_meta *m, u8 how)
{
	u32 need = nfg_answer_need(m, how), len;
	u8 *inner, *answer = malloc(NFG_ANSWER_MAX);

	must(answer && need <= m->inner_len);
	inner = exact(packet + m->inner, need);
	len = nfg_answer_build(answer, inner, m, how);
	check_answer(packet, answer, len, m, need);
	free(inner);
	free(answer);
}

void check_answers(const u8 *packet, u32 len, const struct nfg_meta *m)
{
	u32 headers = m->l4 - m->inner + nfg_l4_len(&m->tuple);
	u8 *inner, how;
	bool allowed;

	if (m->flags & NFG_META_LATER)
		headers = m->l4 - m->inner;
	must(m->inner + headers <= len);
	inner = exact(packet + m->inner, headers);
	allowed = nfg_answer_allowed(inner, m);
	free(inner);
	must(!allowed || !(m->flags & (NFG_META_FRAGMENT | NFG_META_QUOTE)));
	for (how = NFG_REJECT_AUTO; allowed && how <= NFG_REJECT_PORT_UNREACHABLE; how++)
		check_how(packet, m, how);
}
