/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_PACKET_H
#define NFG_PACKET_H

#include "core/packet.h"

struct nfg_config;
struct nfg_net;
struct sk_buff;

/**
 * nfg_packet_check() - validate a packet, all the rules
 * @nn: namespace
 * @cfg: its configuration
 * @skb: packet, outer IPv4 header at skb->data; data may move
 * @m: gets what was parsed
 *
 * Of several faults one that forbids sending the packet back counts first.
 *
 * Context: softirq, under rcu_read_lock().
 * Return: NFG_REASON_NONE when it is valid.
 */
enum nfg_reason nfg_packet_check(struct nfg_net *nn, const struct nfg_config *cfg,
				 struct sk_buff *skb, struct nfg_meta *m);

#endif /* NFG_PACKET_H */
