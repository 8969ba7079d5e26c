// SPDX-License-Identifier: GPL-2.0
#include "answer.h"
#include "ip.h"
#include "quote.h"

#define ANSWER_TTL		64
/* RFC 1812 section 4.3.2.5: precedence of errors */
#define ANSWER_TOS		0xc0
/* RFC 1812 section 4.3.2.3 */
#define ANSWER_IPV4_MAX		576

#define ICMP_UNREACHABLE	3
#define ICMP_UNREACHABLE_PORT	3
#define ICMP_UNREACHABLE_ADMIN	13
#define ICMP_TYPE_MAX		18
#define ICMPV6_UNREACHABLE	1
#define ICMPV6_UNREACHABLE_ADMIN 1
#define ICMPV6_UNREACHABLE_PORT	4
#define ICMPV6_REDIRECT		137

static bool nfg_ipv4_unicast(const u8 *addr)
{
	return addr[0] && addr[0] != 127 && addr[0] < 224;
}

/* Neither multicast nor :: nor ::1. */
static bool nfg_ipv6_unicast(const u8 *addr)
{
	static const u8 zeros[15];

	return addr[0] != 0xff && (memcmp(addr, zeros, sizeof(zeros)) || addr[15] > 1);
}

/* What is no query for sure: later kinds of ICMP may be errors, and a redirect
 * tells of another packet, too (RFC 4443 section 2.4 (e.2)).
 */
static bool nfg_icmp_unanswered(u8 version, u8 type)
{
	return nfg_icmp_is_error(version, type) ||
	       (version == 4 ? type > ICMP_TYPE_MAX : type == ICMPV6_REDIRECT);
}

bool nfg_answer_allowed(const u8 *inner, const struct nfg_meta *m)
{
	const u8 *l4 = inner + m->l4 - m->inner;
	bool v4 = m->tuple.version == 4;

	if (m->flags & NFG_META_FRAGMENT)
		return false;
	if (v4 && (!nfg_ipv4_unicast(inner + NFG_IPV4_SADDR) ||
		   !nfg_ipv4_unicast(inner + NFG_IPV4_DADDR)))
		return false;
	if (!v4 && (!nfg_ipv6_unicast(inner + NFG_IPV6_SADDR) ||
		    !nfg_ipv6_unicast(inner + NFG_IPV6_DADDR)))
		return false;

	switch (m->tuple.proto) {
	case NFG_PROTO_TCP:
		return !(l4[NFG_TCP_FLAGS] & NFG_TCP_RST);
	case NFG_PROTO_ICMP:
		return !v4 || !nfg_icmp_unanswered(4, l4[0]);
	case NFG_PROTO_ICMPV6:
		return v4 || !nfg_icmp_unanswered(6, l4[0]);
	default:
		return true;
	}
}

static bool nfg_answer_is_reset(const struct nfg_meta *m, u8 how)
{
	return m->tuple.proto == NFG_PROTO_TCP &&
	       (how == NFG_REJECT_AUTO || how == NFG_REJECT_TCP_RESET);
}

u32 nfg_answer_need(const struct nfg_meta *m, u8 how)
{
	u32 max = m->tuple.version == 4 ? ANSWER_IPV4_MAX - NFG_IPV4_LEN - NFG_ICMP_LEN :
					  NFG_ANSWER_MAX - NFG_IPV6_LEN - NFG_ICMP_LEN;

	if (nfg_answer_is_reset(m, how))
		return m->l4 - m->inner + NFG_TCP_LEN;
	return m->inner_len < max ? m->inner_len : max;
}

static void nfg_store16(u8 *p, u16 v)
{
	p[0] = v >> 8;
	p[1] = v;
}

static void nfg_store32(u8 *p, u32 v)
{
	nfg_store16(p, v >> 16);
	nfg_store16(p + 2, v);
}

/* RFC 1071, on top of @sum, not folded: @len is far below 64 KiB. */
static u32 nfg_sum(const u8 *p, u32 len, u32 sum)
{
	u32 i;

	for (i = 0; i + 1 < len; i += 2)
		sum += p[i] << 8 | p[i + 1];
	if (len & 1)
		sum += p[len - 1] << 8;
	return sum;
}

static u16 nfg_sum_fold(u32 sum)
{
	sum = (sum & 0xffff) + (sum >> 16);
	return ~((sum & 0xffff) + (sum >> 16));
}

/* The IP header in front of @len bytes; returns its length. */
static u32 nfg_answer_ip(u8 *to, const u8 *inner, u8 version, u8 proto, u32 len)
{
	if (version == 6) {
		memset(to, 0, NFG_IPV6_SADDR);
		to[0] = 0x60;
		nfg_store16(to + NFG_IPV6_PAYLOAD, len);
		to[NFG_IPV6_NEXT] = proto;
		to[NFG_IPV6_HOPS] = ANSWER_TTL;
		memcpy(to + NFG_IPV6_SADDR, inner + NFG_IPV6_DADDR, 16);
		memcpy(to + NFG_IPV6_DADDR, inner + NFG_IPV6_SADDR, 16);
		return NFG_IPV6_LEN;
	}
	memset(to, 0, NFG_IPV4_LEN);
	to[NFG_IPV4_VIHL] = 0x45;
	to[NFG_IPV4_TOS] = proto == NFG_PROTO_ICMP ? ANSWER_TOS : 0;
	nfg_store16(to + NFG_IPV4_TOTLEN, NFG_IPV4_LEN + len);
	/* RFC 6864: with DF the id means nothing */
	nfg_store16(to + NFG_IPV4_FRAG, NFG_IPV4_DF);
	to[NFG_IPV4_TTL] = ANSWER_TTL;
	to[NFG_IPV4_PROTO] = proto;
	memcpy(to + NFG_IPV4_SADDR, inner + NFG_IPV4_DADDR, 4);
	memcpy(to + NFG_IPV4_DADDR, inner + NFG_IPV4_SADDR, 4);
	nfg_store16(to + NFG_IPV4_CHECK, nfg_sum_fold(nfg_sum(to, NFG_IPV4_LEN, 0)));
	return NFG_IPV4_LEN;
}

/* The sum of an answer's payload, with the pseudo header of its IP header. */
static u16 nfg_answer_sum(const u8 *to, u8 version, u8 proto, u32 len)
{
	u32 sum = proto + len;

	if (version == 6)
		sum = nfg_sum(to + NFG_IPV6_SADDR, 32, sum);
	else
		sum = nfg_sum(to + NFG_IPV4_SADDR, 8, sum);
	return nfg_sum_fold(nfg_sum(to + (version == 6 ? NFG_IPV6_LEN : NFG_IPV4_LEN), len, sum));
}

/* RFC 9293 section 3.10.7.1: a connection that does not exist. */
static u32 nfg_answer_reset(u8 *to, const u8 *inner, const struct nfg_meta *m)
{
	const u8 *seg = inner + m->l4 - m->inner;
	u32 len = m->inner + m->inner_len - m->l4 - (seg[NFG_TCP_DOFF] >> 4) * 4;
	u8 flags = seg[NFG_TCP_FLAGS];
	u32 header = nfg_answer_ip(to, inner, m->tuple.version, NFG_PROTO_TCP, NFG_TCP_LEN);
	u8 *tcp = to + header;

	memset(tcp, 0, NFG_TCP_LEN);
	memcpy(tcp, seg + 2, 2);
	memcpy(tcp + 2, seg, 2);
	tcp[NFG_TCP_DOFF] = NFG_TCP_LEN / 4 << 4;
	tcp[NFG_TCP_FLAGS] = NFG_TCP_RST;
	if (flags & NFG_TCP_ACK) {
		memcpy(tcp + NFG_TCP_SEQ, seg + NFG_TCP_ACKNO, 4);
	} else {
		tcp[NFG_TCP_FLAGS] |= NFG_TCP_ACK;
		len += !!(flags & NFG_TCP_SYN) + !!(flags & NFG_TCP_FIN);
		nfg_store32(tcp + NFG_TCP_ACKNO,
			    be32_to_cpu(nfg_load32(seg + NFG_TCP_SEQ)) + len);
	}
	nfg_store16(tcp + NFG_TCP_CHECK,
		    nfg_answer_sum(to, m->tuple.version, NFG_PROTO_TCP, NFG_TCP_LEN));
	return header + NFG_TCP_LEN;
}

static u32 nfg_answer_icmp(u8 *to, const u8 *inner, const struct nfg_meta *m, bool admin,
			   u32 quote)
{
	bool v4 = m->tuple.version == 4;
	u8 proto = v4 ? NFG_PROTO_ICMP : NFG_PROTO_ICMPV6;
	u32 len = NFG_ICMP_LEN + quote, header;
	u8 *icmp;
	u16 sum;

	header = nfg_answer_ip(to, inner, m->tuple.version, proto, len);
	icmp = to + header;
	memset(icmp, 0, NFG_ICMP_LEN);
	if (v4) {
		icmp[0] = ICMP_UNREACHABLE;
		icmp[1] = admin ? ICMP_UNREACHABLE_ADMIN : ICMP_UNREACHABLE_PORT;
	} else {
		icmp[0] = ICMPV6_UNREACHABLE;
		icmp[1] = admin ? ICMPV6_UNREACHABLE_ADMIN : ICMPV6_UNREACHABLE_PORT;
	}
	memcpy(icmp + NFG_ICMP_LEN, inner, quote);
	/* RFC 792 sums the message alone, RFC 4443 the pseudo header, too */
	sum = v4 ? nfg_sum_fold(nfg_sum(icmp, len, 0)) : nfg_answer_sum(to, 6, proto, len);
	nfg_store16(icmp + NFG_ICMP_CHECK, sum);
	return header + len;
}

u32 nfg_answer_build(u8 *to, const u8 *inner, const struct nfg_meta *m, u8 how)
{
	if (nfg_answer_is_reset(m, how))
		return nfg_answer_reset(to, inner, m);
	return nfg_answer_icmp(to, inner, m, how == NFG_REJECT_ADMIN_PROHIBITED,
			       nfg_answer_need(m, how));
}
