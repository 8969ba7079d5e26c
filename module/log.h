/* SPDX-License-Identifier: GPL-2.0 */
/* Events of rules with log, by netlink and to NFLOG. */
#ifndef NFG_LOG_H
#define NFG_LOG_H

#include <linux/skbuff.h>

#include "core/packet.h"
#include "limit.h"

struct nfg_net;
struct nfg_rule;

/**
 * struct nfg_events - the events of a namespace
 * @limit: how many there may be
 * @suppressed: how many there were too many since the last one
 */
struct nfg_events {
	struct nfg_limit limit;
	atomic_t suppressed;
};

/**
 * nfg_log() - tell those who listen what a rule has decided
 * @nn: namespace
 * @skb: the packet, outer IPv4 header at skb->data; not changed
 * @m: what was parsed of it; the tuple is valid
 * @rule: rule with log
 * @direction: enum nfg_direction of the flow
 * @reason: why it is dropped, or NFG_REASON_NONE
 * @len: bytes (outer IP)
 *
 * Context: softirq, under rcu_read_lock().
 */
void nfg_log(struct nfg_net *nn, struct sk_buff *skb, const struct nfg_meta *m,
	     const struct nfg_rule *rule, u8 direction, enum nfg_reason reason, u32 len);

/**
 * nfg_log_group_get() - make sure that there is a logger for NFLOG groups
 *
 * Each call that succeeds is undone by nfg_log_group_put().
 *
 * Context: process, may sleep and load a module.
 * Return: 0, or a negative error without the kernel's nfnetlink_log.
 */
int nfg_log_group_get(void);

/**
 * nfg_log_group_put() - undo a nfg_log_group_get()
 *
 * Context: any.
 */
void nfg_log_group_put(void);

#endif /* NFG_LOG_H */
