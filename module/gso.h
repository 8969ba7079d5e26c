/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_GSO_H
#define NFG_GSO_H

struct sk_buff;

/**
 * nfg_gso_split() - take a merged skb apart into the packets it was made of
 * @skb: merged (GSO) packet, outer IPv4 header at skb->data; consumed on success
 *
 * Every kind is split: several datagrams behind one UDP header (UDP_L4), a list
 * of them (FRAGLIST), one GENEVE header before several inner segments
 * (UDP_TUNNEL, UDP_TUNNEL_CSUM). Outer UDP checksums are right afterwards; where
 * merging lost the outer IP ids, they count on from the first one's.
 *
 * Context: softirq.
 * Return: list linked by ->next, each with its outer IPv4 header at ->data;
 * NULL when @skb cannot be split: it is still the caller's then.
 */
struct sk_buff *nfg_gso_split(struct sk_buff *skb);

#endif /* NFG_GSO_H */
