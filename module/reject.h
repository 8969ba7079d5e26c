/* SPDX-License-Identifier: GPL-2.0 */
/* Answers inside the tunnel: TCP resets and ICMP errors. */
#ifndef NFG_REJECT_H
#define NFG_REJECT_H

#include <linux/skbuff.h>

#include "config.h"
#include "core/packet.h"

struct nfg_net;

/**
 * nfg_reject() - answer a packet that a rule rejects
 * @nn: namespace
 * @cfg: its configuration
 * @skb: the packet, outer IPv4 header at skb->data; data may move, nothing else
 *	changes, and it stays the caller's
 * @m: what was parsed of it
 * @how: enum nfg_reject
 *
 * Sends nothing where an answer is not allowed: to errors, resets, fragments,
 * to or about anything but unicast, and beyond the rate.  Counts what it sends.
 *
 * Context: softirq, under rcu_read_lock().
 */
void nfg_reject(struct nfg_net *nn, const struct nfg_config *cfg, struct sk_buff *skb,
		const struct nfg_meta *m, u8 how);

#endif /* NFG_REJECT_H */
