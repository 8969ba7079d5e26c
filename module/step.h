/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The steps of nfg_track() that only look: explain.c takes them, too.
 * All of them run under rcu_read_lock().
 */
#ifndef NFG_STEP_H
#define NFG_STEP_H

#include "core/tcp.h"
#include "flow.h"
#include "rule.h"
#include "ruleset.h"

struct nfg_decision;
struct nfg_net;

/**
 * struct nfg_track - a packet on its way
 * @nn: namespace
 * @cfg: its configuration
 * @m: valid packet
 * @key: key of its flow
 * @reversed: its source is the higher end
 * @tcp: it is TCP
 * @len: bytes (outer IP)
 * @now: jiffies
 * @d: gets what the rule wants besides a verdict
 */
struct nfg_track {
	struct nfg_net *nn;
	const struct nfg_config *cfg;
	const struct nfg_meta *m;
	struct nfg_flow_key key;
	bool reversed;
	bool tcp;
	u32 len;
	u32 now;
	struct nfg_decision *d;
};

/**
 * struct nfg_begin - what a new flow begins as, and who began it
 * @state: enum nfg_flow_state
 * @reply: the packet is of the side that did not begin
 * @picked_up: nobody saw it begin
 * @fin: it is about to end, too
 * @passing: nothing comes of it: not to be remembered
 */
struct nfg_begin {
	u8 state;
	bool reply;
	bool picked_up;
	bool fin;
	bool passing;
};

/*
 * Was the flow judged by the packet's ruleset, or by one that is newer still? Its
 * verdict and its rule, which are read after this, are then of that ruleset, too.
 */
static inline bool nfg_flow_is_current(const struct nfg_track *p, const struct nfg_flow *flow)
{
	/* pairs with the release in nfg_flow_judge() */
	return nfg_generation_since(smp_load_acquire(&flow->generation),
				    p->cfg->rules->generation);
}

/* What the rule of a flow that is current says: one that is kept has none. */
static inline u8 nfg_rule_verdict(const struct nfg_rule *rule)
{
	return rule ? rule->verdict : NFG_VERDICT_ACCEPT;
}

/* A change of the ruleset that leaves established flows alone. */
static inline bool nfg_flow_is_kept(const struct nfg_track *p, const struct nfg_flow *flow)
{
	u8 state = READ_ONCE(flow->state);

	return READ_ONCE(flow->verdict) == NFG_VERDICT_ACCEPT &&
	       (state == NFG_FLOW_ESTABLISHED || state == NFG_FLOW_CLOSING) &&
	       nfg_kept_has(&p->cfg->rules->kept, READ_ONCE(flow->generation),
			    READ_ONCE(flow->kept));
}

/* Where a connection is. */
static inline struct nfg_tcp_step nfg_flow_now(const struct nfg_flow *flow)
{
	return (struct nfg_tcp_step){
		.state = READ_ONCE(flow->state), .sides = READ_ONCE(flow->sides),
		.fins = READ_ONCE(flow->fins),
	};
}

/* The other side has packets of its own: that one may not begin is not about it. */
static inline bool nfg_flow_is_one_sided(const struct nfg_flow *flow, bool reply)
{
	u8 state = READ_ONCE(flow->state);

	return reply && (state == NFG_FLOW_NEW || state == NFG_FLOW_SYN);
}

/* A later fragment whose first one is not known. */
static inline enum nfg_reason nfg_fragment_unknown(const struct nfg_config *cfg)
{
	return cfg->fragments == NFG_FRAGMENTS_PASS ? NFG_REASON_NONE : NFG_REASON_INNER_FRAGMENT;
}

static inline void nfg_tuple_reverse(struct nfg_tuple *t)
{
	swap(t->saddr, t->daddr);
	swap(t->sport, t->dport);
}

/**
 * nfg_judge() - the rule for a flow
 * @p: packet
 * @originator: tuple of the flow's originator
 * @direction: gets enum nfg_direction
 *
 * Return: rule, never NULL.
 */
struct nfg_rule *nfg_judge(const struct nfg_track *p, const struct nfg_tuple *originator,
			   u8 *direction);

/**
 * nfg_verdict_reason() - why a verdict drops a packet
 * @verdict: enum nfg_verdict
 *
 * Return: NFG_REASON_NONE if it does not.
 */
enum nfg_reason nfg_verdict_reason(u8 verdict);

/**
 * nfg_flow_is_over() - does a packet begin anew what the table still knows?
 * @p: packet
 * @flow: its flow
 * @verdict: enum nfg_verdict, what is said about @flow now
 * @reply: it is of the side that did not begin @flow
 *
 * Return: true when @flow has nothing to say about it.
 */
bool nfg_flow_is_over(const struct nfg_track *p, const struct nfg_flow *flow, u8 verdict,
		      bool reply);

/**
 * nfg_flow_step() - what a packet does to its flow
 * @p: packet
 * @now: where the flow is
 * @reply: it is of the side that did not begin
 *
 * Return: where the flow is then.
 */
struct nfg_tcp_step nfg_flow_step(const struct nfg_track *p, struct nfg_tcp_step now, bool reply);

/**
 * nfg_begin_tcp() - what a TCP segment without a flow begins
 * @p: packet
 * @b: gets it; zeroed before
 *
 * Return: false when it may not begin anything.
 */
bool nfg_begin_tcp(const struct nfg_track *p, struct nfg_begin *b);

/**
 * nfg_begin_judge() - the rule for a new flow
 * @p: packet
 * @b: what it begins; @b->reply is set if the other side is taken to have begun
 * @direction: gets enum nfg_direction
 *
 * Of a connection that was picked up either side may have been the originator. Where
 * the packet does not tell, it is judged as it is, and if that is no accept as one of
 * the other side.
 *
 * Return: rule, never NULL.
 */
struct nfg_rule *nfg_begin_judge(const struct nfg_track *p, struct nfg_begin *b, u8 *direction);

/**
 * nfg_track_quoted() - the flow that an ICMP error goes the way of
 * @p: packet with a quote, in a namespace that has a table; @p->reversed is set
 *
 * It does not keep the flow alive; the quoted packet went the other way, unless the
 * error is its echo.
 *
 * Return: flow, or NULL: the error stands for itself.
 */
struct nfg_flow *nfg_track_quoted(struct nfg_track *p);

#endif /* NFG_STEP_H */
