// SPDX-License-Identifier: GPL-2.0
#include <linux/ktime.h>

#include "core/tcp.h"
#include "frag.h"
#include "net.h"
#include "step.h"
#include "track.h"

static void nfg_count_rule(const struct nfg_rule *rule, u32 len)
{
	if (rule)
		nfg_count_one(this_cpu_ptr(rule->count), len);
}

static void nfg_decide(const struct nfg_track *p, const struct nfg_rule *rule, u8 direction,
		       bool log)
{
	p->d->rule = rule;
	p->d->direction = direction;
	p->d->log = log && rule && rule->log;
}

/*
 * The flow's verdict after a change of the ruleset. An older ruleset, on another
 * CPU, does not overwrite what a newer one said: the rule it found may be gone
 * before the flow is looked at again.
 *
 * Return: true when the packet made a rule decide.
 */
static bool nfg_flow_judge(struct nfg_track *p, struct nfg_flow *flow)
{
	struct nfg_flows *flows = &p->nn->flows;
	struct nfg_rule *rule = NULL;
	struct nfg_tuple originator;
	u8 direction;
	bool kept;

	nfg_flow_tuple(flow, &originator);
	rule = nfg_judge(p, &originator, &direction);
	spin_lock(&flows->lock);
	if (nfg_flow_is_current(p, flow)) {
		spin_unlock(&flows->lock);
		return false;
	}
	kept = nfg_flow_is_kept(p, flow);
	WRITE_ONCE(flow->kept, kept);
	WRITE_ONCE(flow->direction, direction);
	WRITE_ONCE(flow->rule, kept ? NULL : rule);
	if (!kept)
		WRITE_ONCE(flow->verdict, rule->verdict);
	if (!flow->dead)
		nfg_flow_settle(flows, flow);
	/* whoever sees it sees the rule, and what is quick, too */
	smp_store_release(&flow->generation, p->cfg->rules->generation);
	spin_unlock(&flows->lock);
	return !kept;
}

/* Tokens are for the packets of originators. */
static bool nfg_over_limit(struct nfg_rule *rule, bool reply)
{
	return rule && rule->limit.count && !reply &&
	       !nfg_limit_allow(&rule->limit, ktime_get_ns());
}

static void nfg_flow_fill(const struct nfg_track *p, struct nfg_flow *flow, bool reply)
{
	flow->key = p->key;
	flow->reversed = p->reversed != reply;
	flow->cookie = p->m->cookie;
	flow->created = p->now;
	flow->seen = p->now;
	flow->icmp = p->m->tuple.dport;
	nfg_flow_account(flow, reply, p->len);
}

/*
 * Put a new flow in place of @old, if there is one. Another CPU may have made the
 * same flow meanwhile: then that one counts.
 */
static enum nfg_reason nfg_flow_enter(const struct nfg_track *p, struct nfg_flow *flow,
				      struct nfg_flow *old)
{
	struct nfg_flows *flows = &p->nn->flows;
	enum nfg_reason reason = NFG_REASON_NONE;
	struct nfg_flow *there;

	spin_lock(&flows->lock);
	there = nfg_flow_lookup(flows, &p->key);
	if (there && there == old && nfg_flow_remove(flows, old, &flows->expired))
		there = NULL;
	if (there) {
		nfg_flow_account(there, p->reversed != there->reversed, p->len);
		nfg_flow_discard(flow);
	} else if (!nfg_flow_insert(flows, flow, p->cfg->flow_max)) {
		if (!flows->frozen)
			reason = NFG_REASON_FLOW_TABLE_FULL;
		nfg_flow_discard(flow);
	}
	spin_unlock(&flows->lock);
	return reason;
}

static enum nfg_reason nfg_remember(const struct nfg_track *p, const struct nfg_begin *b,
				    struct nfg_rule *rule, u8 direction, struct nfg_flow *old)
{
	struct nfg_flow *flow = nfg_flow_new();
	enum nfg_reason reason = NFG_REASON_NO_MEMORY;

	if (flow) {
		nfg_flow_fill(p, flow, b->reply);
		flow->state = b->state;
		flow->sides = nfg_tcp_side(b->reply);
		flow->fins = b->fin ? flow->sides : 0;
		flow->direction = direction;
		flow->verdict = rule->verdict;
		flow->rule = rule;
		flow->generation = p->cfg->rules->generation;
		reason = nfg_flow_enter(p, flow, old);
	}
	return reason && p->cfg->flow_full == NFG_FLOW_FULL_FORWARD ? NFG_REASON_NONE : reason;
}

/* @old: a flow of the same key that has come to its end */
static enum nfg_reason nfg_track_new(const struct nfg_track *p, struct nfg_flow *old)
{
	struct nfg_begin b = { .state = NFG_FLOW_NEW };
	enum nfg_reason reason, full = NFG_REASON_NONE;
	struct nfg_rule *rule;
	u8 direction;

	if (p->tcp && !nfg_begin_tcp(p, &b))
		return NFG_REASON_TCP_STATE;
	rule = nfg_begin_judge(p, &b, &direction);
	nfg_count_rule(rule, p->len);
	reason = nfg_verdict_reason(rule->verdict);
	if (nfg_over_limit(rule, b.reply)) {
		nfg_decide(p, rule, direction, true);
		return NFG_REASON_LIMIT;
	}
	if (!b.passing)
		full = nfg_remember(p, &b, rule, direction, old);
	nfg_decide(p, rule, direction, true);
	/* a packet that is denied anyway needs no room to be so */
	return reason ?: full;
}

static void nfg_flow_new_cookie(struct nfg_track *p, struct nfg_flow *flow)
{
	spin_lock(&p->nn->flows.lock);
	if (flow->cookie != p->m->cookie) {
		WRITE_ONCE(flow->cookie, p->m->cookie);
		WRITE_ONCE(flow->cookie_changes, flow->cookie_changes + 1);
	}
	spin_unlock(&p->nn->flows.lock);
}

/* Return: false when the packet is impossible now. */
static bool nfg_flow_advance(struct nfg_track *p, struct nfg_flow *flow, bool reply)
{
	struct nfg_tcp_step now = nfg_flow_now(flow), next = nfg_flow_step(p, now, reply);
	struct nfg_flows *flows = &p->nn->flows;

	if (next.bad)
		return false;
	if (next.state == now.state && next.fins == now.fins)
		return true;
	spin_lock(&flows->lock);
	/* from where the other direction, on another CPU, may have got it meanwhile */
	next = nfg_flow_step(p, nfg_flow_now(flow), reply);
	if (!next.bad) {
		WRITE_ONCE(flow->state, next.state);
		WRITE_ONCE(flow->sides, next.sides);
		WRITE_ONCE(flow->fins, next.fins);
		if (!flow->dead)
			nfg_flow_settle(flows, flow);
	}
	spin_unlock(&flows->lock);
	return !next.bad;
}

static enum nfg_reason nfg_track_flow(struct nfg_track *p, struct nfg_flow *flow)
{
	bool reply = p->reversed != flow->reversed, decided = false;
	enum nfg_reason reason;
	struct nfg_rule *rule;

	if (!nfg_flow_is_current(p, flow))
		decided = nfg_flow_judge(p, flow);
	rule = READ_ONCE(flow->rule);
	if (nfg_flow_is_over(p, flow, nfg_rule_verdict(rule), reply))
		return nfg_track_new(p, flow);

	reason = nfg_verdict_reason(nfg_rule_verdict(rule));
	nfg_count_rule(rule, p->len);
	nfg_flow_account(flow, reply, p->len);
	if (READ_ONCE(flow->cookie) != p->m->cookie)
		nfg_flow_new_cookie(p, flow);
	if (reason || decided)
		nfg_decide(p, rule, READ_ONCE(flow->direction), true);
	if (nfg_over_limit(rule, reply)) {
		nfg_decide(p, rule, READ_ONCE(flow->direction), true);
		reason = NFG_REASON_LIMIT;
	} else if (!reason && !nfg_flow_advance(p, flow, reply)) {
		/* no sign of life: the connection that it begins gets its turn */
		return NFG_REASON_TCP_STATE;
	}
	nfg_flow_touch(flow, p->now);
	return reason;
}

static enum nfg_reason nfg_track_error(struct nfg_track *p, struct nfg_flow *flow)
{
	enum nfg_reason reason;
	struct nfg_rule *rule;

	if (!nfg_flow_is_current(p, flow))
		nfg_flow_judge(p, flow);
	rule = READ_ONCE(flow->rule);
	reason = nfg_verdict_reason(nfg_rule_verdict(rule));
	nfg_count_rule(rule, p->len);
	nfg_flow_account(flow, p->reversed != flow->reversed, p->len);
	if (reason)
		nfg_decide(p, rule, READ_ONCE(flow->direction), true);
	return reason;
}

/* Return: false for a later fragment of a packet whose first one is not known. */
static bool nfg_track_fragment(struct nfg_net *nn, struct nfg_meta *m)
{
	if (m->flags & NFG_META_LATER)
		return nfg_frag_recall(&nn->frags, m);
	nfg_frag_remember(&nn->frags, m);
	return true;
}

enum nfg_reason nfg_track(struct nfg_net *nn, const struct nfg_config *cfg, struct nfg_meta *m,
			  u32 len, struct nfg_decision *d)
{
	struct nfg_track p = {
		.nn = nn, .cfg = cfg, .m = m, .len = len, .now = jiffies, .d = d,
	};
	struct nfg_flow *flow;

	d->rule = NULL;
	d->log = false;
	if (m->flags & NFG_META_FRAGMENT && !nfg_track_fragment(nn, m))
		return nfg_fragment_unknown(cfg);
	if (m->flags & NFG_META_QUOTE) {
		flow = nfg_track_quoted(&p);
		if (flow)
			return nfg_track_error(&p, flow);
	}
	p.tcp = m->tuple.proto == NFG_PROTO_TCP;
	if (p.tcp && !nfg_tcp_flags_ok(m->tcp_flags))
		return NFG_REASON_TCP_STATE;
	p.reversed = nfg_flow_key_set(&p.key, &m->tuple, m->endpoint);
	flow = nfg_flow_lookup(&nn->flows, &p.key);
	return flow ? nfg_track_flow(&p, flow) : nfg_track_new(&p, NULL);
}
