/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_XMIT_H
#define NFG_XMIT_H

#include "core/reason.h"

struct nfg_config;
struct nfg_net;
struct sk_buff;

/**
 * nfg_xmit() - send a packet back to where it came from
 * @nn: namespace
 * @cfg: its configuration
 * @skb: packet with a valid outer IPv4 header at skb->data; consumed
 *
 * Exchanges the outer addresses, takes one from the TTL and touches nothing
 * else of the packet.
 *
 * Context: softirq, under rcu_read_lock().
 * Return: NFG_REASON_NONE, or why it could not be sent.
 */
enum nfg_reason nfg_xmit(struct nfg_net *nn, const struct nfg_config *cfg, struct sk_buff *skb);

#endif /* NFG_XMIT_H */
