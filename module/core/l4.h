/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_CORE_L4_H
#define NFG_CORE_L4_H

#include "ip.h"
#include "packet.h"

/**
 * nfg_l4_parse() - validate the transport header of the inner packet
 * @b: window on the packet
 * @m: @m->l4, protocol and fragment flags are set; gets the tuple's ports
 *
 * Called for whole packets and first fragments.  Protocols without ports are
 * accepted as they are.
 *
 * Return: 0, NFG_REASON_INNER_L4, or NFG_MORE.
 */
int nfg_l4_parse(struct nfg_buf *b, struct nfg_meta *m);

/* ICMP over IPv4, ICMPv6 over IPv6: the other way round they are protocols like others. */
static inline bool nfg_tuple_is_icmp(const struct nfg_tuple *t)
{
	return t->proto == (t->version == 4 ? NFG_PROTO_ICMP : NFG_PROTO_ICMPV6);
}

/**
 * nfg_l4_len() - shortest header of a protocol
 * @t: tuple with version and protocol
 *
 * Return: bytes, 0 for protocols that are not looked into.
 */
u32 nfg_l4_len(const struct nfg_tuple *t);

/**
 * nfg_icmp_tuple() - what stands for ports of an ICMP message
 * @t: tuple with version; gets id and type
 * @icmp: NFG_ICMP_LEN bytes
 */
void nfg_icmp_tuple(struct nfg_tuple *t, const u8 *icmp);

/**
 * nfg_icmp_request() - the request that an ICMP query is or answers
 * @t: tuple of an ICMP or ICMPv6 message
 * @is_reply: gets whether it is an answer
 *
 * Return: type of the request, 0 when the message has no id.
 */
u8 nfg_icmp_request(const struct nfg_tuple *t, bool *is_reply);

#endif /* NFG_CORE_L4_H */
