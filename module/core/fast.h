/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The packets that make up the load: an outer header without options, GWLB's
 * three GENEVE options in its order, inner IPv4 without options and fragments or
 * IPv6 without extension headers, TCP or UDP.
 */
#ifndef NFG_CORE_FAST_H
#define NFG_CORE_FAST_H

#include "geneve.h"
#include "ip.h"
#include "packet.h"
#include "profile.h"

/* Where everything lies in such a packet. */
#define NFG_FAST_GENEVE		(NFG_IPV4_LEN + NFG_UDP_LEN)
#define NFG_FAST_OPTIONS	(NFG_FAST_GENEVE + NFG_GENEVE_LEN)
#define NFG_FAST_INNER		(NFG_FAST_OPTIONS + NFG_AWS_SIZE)

/* First 8 bytes of an IPv4 header: version and IHL, (TOS), length, (id), MF and
 * fragment offset.
 */
#define NFG_FAST_IPV4(len)	cpu_to_be64(0x45ULL << 56 | (u64)(len) << 32)
#define NFG_FAST_IPV4_FIXED	cpu_to_be64(0xff00000000003fffULL)
#define NFG_FAST_IPV4_ALL	cpu_to_be64(0xff00ffff00003fffULL)

/* First 4 bytes of the GENEVE header: version and Opt Len, O but not C and the
 * reserved bits, protocol.
 */
#define NFG_FAST_BASE(proto)	cpu_to_be32((NFG_AWS_SIZE / 4) << 24 | (proto))
#define NFG_FAST_BASE_MASK	cpu_to_be32(0xff80ffff)

static inline bool nfg_fast_outer(const u8 *ip, u32 total)
{
	return total <= NFG_IP_LEN_MAX &&
	       !((nfg_load64(ip) ^ NFG_FAST_IPV4(total)) & NFG_FAST_IPV4_ALL) &&
	       ip[NFG_IPV4_TTL] > 1 &&
	       be16_to_cpu(nfg_load16(ip + NFG_IPV4_LEN + NFG_UDP_LENGTH)) ==
	       total - NFG_IPV4_LEN;
}

/* RFC 1071 over 20 bytes: ones' complement addition does not mind the width. */
static inline bool nfg_fast_sum_ok(const u8 *ip)
{
	u64 a = (__force u64)nfg_load64(ip), b = (__force u64)nfg_load64(ip + 8);
	u64 sum = a + b;
	u32 half;

	sum += sum < a;
	a = (__force u32)nfg_load32(ip + 16);
	sum += a;
	sum += sum < a;
	sum += sum << 32 | sum >> 32;
	half = sum >> 32;
	half += half << 16 | half >> 16;
	return half >> 16 == 0xffff;
}

static inline bool nfg_fast_ipv4(const u8 *ip, struct nfg_meta *m)
{
	if ((nfg_load64(ip) ^ NFG_FAST_IPV4(0)) & NFG_FAST_IPV4_FIXED || !nfg_fast_sum_ok(ip))
		return false;
	m->tuple.saddr.words[0] = 0;
	m->tuple.saddr.words[1] = 0;
	m->tuple.saddr.v4 = nfg_load32(ip + NFG_IPV4_SADDR);
	m->tuple.daddr.words[0] = 0;
	m->tuple.daddr.words[1] = 0;
	m->tuple.daddr.v4 = nfg_load32(ip + NFG_IPV4_DADDR);
	m->tuple.version = 4;
	return true;
}

static inline bool nfg_fast_ipv6(const u8 *ip, struct nfg_meta *m)
{
	if (ip[0] >> 4 != 6)
		return false;
	memcpy(&m->tuple.saddr, ip + NFG_IPV6_SADDR, sizeof(m->tuple.saddr));
	memcpy(&m->tuple.daddr, ip + NFG_IPV6_DADDR, sizeof(m->tuple.daddr));
	m->tuple.version = 6;
	return true;
}

/* @linear and @room: bytes that can be read at @l4, and that the packet has. */
static inline bool nfg_fast_l4(const u8 *l4, u32 linear, u32 room, u8 proto, struct nfg_meta *m)
{
	u32 len;

	switch (proto) {
	case NFG_PROTO_TCP:
		if (linear < NFG_TCP_LEN)
			return false;
		len = l4[NFG_TCP_DOFF] >> 2 & ~3;
		if (len < NFG_TCP_LEN)
			return false;
		m->tcp_flags = l4[NFG_TCP_FLAGS];
		break;
	case NFG_PROTO_UDP:
		len = be16_to_cpu(nfg_load16(l4 + NFG_UDP_LENGTH));
		if (len < NFG_UDP_LEN)
			return false;
		m->tcp_flags = NFG_TCP_ACK;
		break;
	default:
		return false;
	}
	m->tuple.sport = nfg_load16(l4);
	m->tuple.dport = nfg_load16(l4 + 2);
	m->tuple.proto = proto;
	return len <= room;
}

/**
 * nfg_parse_fast() - validate a packet of the most frequent form
 * @data: first byte of the outer IPv4 header
 * @linear: bytes that can be read at @data
 * @total: bytes the packet has
 * @m: filled in as nfg_parse() does
 *
 * Return: true when the packet has that form and is valid; false says nothing:
 * nfg_parse() does, and finds the same where this returns true.
 */
static __always_inline bool
nfg_parse_fast(const u8 *data, u32 linear, u32 total, struct nfg_meta *m)
{
	const u8 *inner = data + NFG_FAST_INNER;
	u32 header, len;
	__be32 base;
	u8 proto;

	if (linear < NFG_FAST_INNER + NFG_IPV4_LEN + NFG_UDP_LEN || !nfg_fast_outer(data, total))
		return false;
	base = nfg_load32(data + NFG_FAST_GENEVE) & NFG_FAST_BASE_MASK;
	if (base == NFG_FAST_BASE(NFG_GENEVE_IPV4)) {
		if (!nfg_fast_ipv4(inner, m))
			return false;
		header = NFG_IPV4_LEN;
		len = be16_to_cpu(nfg_load16(inner + NFG_IPV4_TOTLEN));
		proto = inner[NFG_IPV4_PROTO];
	} else if (base == NFG_FAST_BASE(NFG_GENEVE_IPV6)) {
		if (linear < NFG_FAST_INNER + NFG_IPV6_LEN + NFG_UDP_LEN ||
		    !nfg_fast_ipv6(inner, m))
			return false;
		header = NFG_IPV6_LEN;
		len = NFG_IPV6_LEN + be16_to_cpu(nfg_load16(inner + NFG_IPV6_PAYLOAD));
		proto = inner[NFG_IPV6_NEXT];
	} else {
		return false;
	}
	if (len < header || len > total - NFG_FAST_INNER ||
	    !nfg_profile_fast(data + NFG_FAST_OPTIONS, m) ||
	    !nfg_fast_l4(inner + header, linear - NFG_FAST_INNER - header, len - header,
			 proto, m))
		return false;

	m->peer = nfg_load32(data + NFG_IPV4_SADDR);
	m->geneve = NFG_FAST_GENEVE;
	m->inner = NFG_FAST_INNER;
	m->l4 = NFG_FAST_INNER + header;
	m->inner_len = len;
	m->flags = NFG_META_PLAIN;
	return true;
}

#endif /* NFG_CORE_FAST_H */
