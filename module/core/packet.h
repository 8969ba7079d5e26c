/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What core knows of a packet: a window of its bytes on one side, the inner
 * packet's tuple and metadata on the other.
 */
#ifndef NFG_CORE_PACKET_H
#define NFG_CORE_PACKET_H

#include "port.h"
#include "reason.h"

/* Inner IPv6 extension headers: how many, and RFC 7112's reason for a limit:
 * the whole header chain fits into the smallest IPv6 MTU (RFC 8200 section 5).
 */
#define NFG_EXT_HEADERS_MAX	8
#define NFG_EXT_CHAIN_MAX	1280

/* Returned instead of a reason when the window ends too early. */
#define NFG_MORE		(-1)

/**
 * struct nfg_buf - the window through which core sees a packet
 * @data: first byte of the outer IPv4 header
 * @linear: bytes that can be read at @data; at most @total
 * @total: bytes the packet has
 * @need: set with NFG_MORE: bytes that must be readable, @linear < need <= @total
 */
struct nfg_buf {
	const u8 *data;
	u32 linear;
	u32 total;
	u32 need;
};

/**
 * nfg_need() - make sure that the first @end bytes can be read
 * @b: window
 * @end: bytes wanted
 * @cut_short: reason to return when the packet itself is shorter
 *
 * Return: 0, @cut_short, or NFG_MORE with @b->need set.
 */
static inline int nfg_need(struct nfg_buf *b, u32 end, enum nfg_reason cut_short)
{
	if (likely(end <= b->linear))
		return 0;
	if (end > b->total)
		return cut_short;
	b->need = end;
	return NFG_MORE;
}

union nfg_addr {
	__be32 v4;
	u8 v6[16];
	u64 words[2];
};

/**
 * struct nfg_tuple - the inner packet's flow, as this packet carries it
 * @saddr: source; an IPv4 address is followed by zeros
 * @daddr: destination, likewise
 * @sport: TCP, UDP, SCTP: source port; ICMP: id of an echo or another query;
 *	else 0.  Network byte order.
 * @dport: TCP, UDP, SCTP: destination port; ICMP: type << 8 | code; else 0.
 *	Network byte order.
 * @version: 4 or 6
 * @proto: IP protocol behind all extension headers
 */
struct nfg_tuple {
	union nfg_addr saddr;
	union nfg_addr daddr;
	__be16 sport;
	__be16 dport;
	u8 version;
	u8 proto;
};

/* The profile's options were found: endpoint and cookie are valid. */
#define NFG_META_PROFILE	0x01
/* The tuple is valid. */
#define NFG_META_TUPLE		0x02
/* The inner packet is a fragment ... */
#define NFG_META_FRAGMENT	0x04
/* ... and not the first one: the tuple has no ports. */
#define NFG_META_LATER		0x08
/* It is ICMP or ICMPv6: ports are an id and a type. */
#define NFG_META_ICMP		0x10
/* It is an ICMP error that quotes enough of a packet: the quote is valid. */
#define NFG_META_QUOTE		0x20

/* Set for everything that is ours and valid; any other flag means more work. */
#define NFG_META_PLAIN		(NFG_META_PROFILE | NFG_META_TUPLE)

/**
 * struct nfg_meta - everything parsing finds, each byte looked at once
 * @tuple: inner flow
 * @endpoint: GWLB endpoint id, host byte order
 * @cookie: GWLB flow cookie, host byte order
 * @peer: outer source, network byte order
 * @geneve: offset of the GENEVE header from the outer IPv4 header
 * @inner: offset of the inner IP header
 * @l4: offset of the inner transport header
 * @inner_len: bytes of the inner packet, from its own header
 * @flags: NFG_META_*
 * @tcp_flags: TCP: byte 13 of its header; else NFG_TCP_ACK
 * @frag_id: fragments: identification, as it lies there
 * @quote: quoted packets: their flow, as the quoted packet carried it
 */
struct nfg_meta {
	struct nfg_tuple tuple;
	u64 endpoint;
	u32 cookie;
	__be32 peer;
	u32 geneve;
	u32 inner;
	u32 l4;
	u32 inner_len;
	u32 flags;
	u8 tcp_flags;
	__be32 frag_id;
	struct nfg_tuple quote;
};

/**
 * nfg_parse() - validate a packet from the outer IPv4 header to the inner
 *	transport header
 * @b: window on the packet
 * @m: filled as far as the packet is valid; @m->flags says how far
 *
 * Rules that need more than the bytes (whose address the source is, configured
 * origins, the UDP checksum) are not decided here.
 *
 * Return: 0 when the packet is valid, the reason why it is not, or NFG_MORE
 * when the same call must be made again with @b->need bytes readable.
 */
int nfg_parse(struct nfg_buf *b, struct nfg_meta *m);

#endif /* NFG_CORE_PACKET_H */
