/* SPDX-License-Identifier: GPL-2.0 */
/* What would become of a packet: all the steps, and none of their effects. */
#ifndef NFG_EXPLAIN_H
#define NFG_EXPLAIN_H

#include <linux/skbuff.h>

#include "core/packet.h"
#include "flow.h"
#include "ruleset.h"

struct nfg_net;

/**
 * struct nfg_explanation - what was found, as far as it got
 * @fate: enum nfg_fate
 * @passed: why the packet is not ours, with NFG_FATE_PASS
 * @reason: why it is dropped
 * @m: what was parsed; an offset that was not reached is 0
 * @flow: flow it belongs to, or NULL
 * @related: it is an ICMP error that quotes a packet of @flow
 * @reply: it is of the side that did not begin the flow
 * @decided: there is a verdict; what follows is valid
 * @current_verdict: it is @flow's, the rules are not asked
 * @direction: enum nfg_direction
 * @verdict: enum nfg_verdict
 * @policy: policy that is asked, or NULL
 * @query: what it is asked
 * @tried: rules of @policy that are tried, the one that matches is the last
 * @rule: rule that decides; NULL: a kept verdict
 */
struct nfg_explanation {
	u8 fate;
	const char *passed;
	enum nfg_reason reason;
	struct nfg_meta m;
	const struct nfg_flow *flow;
	bool related;
	bool reply;
	bool decided;
	bool current_verdict;
	u8 direction;
	u8 verdict;
	const struct nfg_policy *policy;
	struct nfg_query query;
	u32 tried;
	const struct nfg_rule *rule;
};

/**
 * nfg_explain() - what would become of a packet?
 * @nn: namespace, enabled or not
 * @cfg: its configuration
 * @skb: packet, outer IPv4 header at skb->data; data may move, bytes behind the
 *	packet are taken off
 * @x: gets the answer
 *
 * Counts nothing, makes no flow and takes no token.
 *
 * Context: process, under rcu_read_lock(); @x is valid as long as it is held.
 */
void nfg_explain(struct nfg_net *nn, const struct nfg_config *cfg, struct sk_buff *skb,
		 struct nfg_explanation *x);

#endif /* NFG_EXPLAIN_H */
