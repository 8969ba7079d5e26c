/* SPDX-License-Identifier: GPL-2.0 */
/* Valid packets: the flow they belong to, its state, and what the rules say. */
#ifndef NFG_TRACK_H
#define NFG_TRACK_H

#include "core/tcp.h"
#include "flow.h"
#include "ruleset.h"

struct nfg_net;

/**
 * struct nfg_decision - what a packet's rule wants besides a verdict
 * @rule: rule that decided; NULL when none did, or nothing is wanted
 * @direction: enum nfg_direction of the flow
 * @log: the rule's log is for this packet
 */
struct nfg_decision {
	const struct nfg_rule *rule;
	u8 direction;
	bool log;
};

/**
 * nfg_track_quick() - a packet of an accepted flow that changes nothing
 * @flows: flows
 * @cfg: configuration
 * @m: valid packet
 * @len: bytes (outer IP)
 *
 * Context: softirq, under rcu_read_lock().
 * Return: false when nfg_track() has to look at it; nothing has been counted then.
 */
static __always_inline bool nfg_track_quick(struct nfg_flows *flows, const struct nfg_config *cfg,
					    const struct nfg_meta *m, u32 len)
{
	u32 now = jiffies;
	struct nfg_flow_key key;
	struct nfg_flow *flow;
	struct nfg_rule *rule;
	bool reversed, reply;

	if (unlikely(m->flags != NFG_META_PLAIN))
		return false;
	reversed = nfg_flow_key_ports(&key, &m->tuple, m->endpoint);
	flow = m->tuple.version == 4 ? nfg_flow_lookup_family(flows, &key, true) :
				       nfg_flow_lookup_family(flows, &key, false);
	if (unlikely(!flow))
		return false;
	reply = reversed != flow->reversed;
	/* the rule is read after the generation that makes it valid */
	if (unlikely(smp_load_acquire(&flow->generation) != cfg->rules->generation ||
		     READ_ONCE(flow->cookie) != m->cookie ||
		     !(READ_ONCE(flow->quick) >> reply & 1) ||
		     (m->tcp_flags & NFG_TCP_DECIDING) != NFG_TCP_ACK ||
		     nfg_flow_expired(cfg, flow, now)))
		return false;
	nfg_flow_touch(flow, now);
	nfg_flow_account(flow, reply, len);
	rule = READ_ONCE(flow->rule);
	if (likely(rule))
		nfg_count_one(this_cpu_ptr(rule->count), len);
	return true;
}

/**
 * nfg_track() - find or make the flow of a packet, and judge it
 * @nn: namespace
 * @cfg: its configuration
 * @m: valid packet
 * @len: bytes (outer IP)
 * @d: gets what the rule wants
 *
 * Context: softirq, under rcu_read_lock().
 * Return: NFG_REASON_NONE when the packet may go back.
 */
enum nfg_reason nfg_track(struct nfg_net *nn, const struct nfg_config *cfg, struct nfg_meta *m,
			  u32 len, struct nfg_decision *d);

#endif /* NFG_TRACK_H */
