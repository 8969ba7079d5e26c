// SPDX-License-Identifier: GPL-2.0
#include "core/tcp.h"
#include "net.h"
#include "step.h"

struct nfg_rule *nfg_judge(const struct nfg_track *p, const struct nfg_tuple *originator,
			   u8 *direction)
{
	struct nfg_query q;

	*direction = nfg_config_direction(p->cfg, originator);
	nfg_query_init(&q, originator, *direction, p->m->endpoint);
	return nfg_ruleset_judge(p->cfg->rules, &q);
}

enum nfg_reason nfg_verdict_reason(u8 verdict)
{
	switch (verdict) {
	case NFG_VERDICT_ACCEPT:
		return NFG_REASON_NONE;
	case NFG_VERDICT_REJECT:
		return NFG_REASON_REJECT;
	default:
		return NFG_REASON_POLICY;
	}
}

bool nfg_flow_is_over(const struct nfg_track *p, const struct nfg_flow *flow, u8 verdict,
		      bool reply)
{
	u8 state = READ_ONCE(flow->state);

	if (nfg_flow_expired(p->cfg, flow, p->now))
		return true;
	/* who began in the middle to be taken for the other side does not get far */
	if (p->tcp && nfg_tcp_is_syn(p->m->tcp_flags) &&
	    (state == NFG_FLOW_TIME_WAIT || (!reply && state == NFG_FLOW_CLOSING) ||
	     (reply && (state == NFG_FLOW_NEW || state == NFG_FLOW_SYN_ACK))))
		return true;
	return verdict != NFG_VERDICT_ACCEPT && nfg_flow_is_one_sided(flow, reply);
}

struct nfg_tcp_step nfg_flow_step(const struct nfg_track *p, struct nfg_tcp_step now, bool reply)
{
	now.bad = false;
	/* the first fragment has done it */
	if (p->m->flags & NFG_META_LATER)
		return now;
	if (p->tcp)
		return nfg_tcp_step(now, p->m->tcp_flags, reply, p->cfg->tcp_pickup);
	if (reply)
		now.state = NFG_FLOW_ESTABLISHED;
	return now;
}

bool nfg_begin_tcp(const struct nfg_track *p, struct nfg_begin *b)
{
	u8 flags = p->m->tcp_flags & (NFG_TCP_SYN | NFG_TCP_ACK | NFG_TCP_RST | NFG_TCP_FIN);

	if (flags == NFG_TCP_SYN) {
		b->state = NFG_FLOW_SYN;
		return true;
	}
	if (!p->cfg->tcp_pickup)
		return false;
	b->picked_up = true;
	b->passing = flags & NFG_TCP_RST;
	b->fin = flags & NFG_TCP_FIN;
	if (flags & NFG_TCP_SYN) {
		b->state = NFG_FLOW_SYN_ACK;
		b->reply = true;
	}
	return true;
}

/* Ports of services (RFC 6335 section 6): clients have others. */
static bool nfg_is_system_port(__be16 port)
{
	return be16_to_cpu(port) < 1024;
}

/*
 * Whose packet is it, of a connection that was picked up? A SYN-ACK is of the other
 * side, and so is what comes from a service's port; else either may have begun it.
 *
 * Return: false when that is open.
 */
static bool nfg_begin_side(const struct nfg_tuple *t, struct nfg_begin *b)
{
	bool from_service = nfg_is_system_port(t->sport), to_service = nfg_is_system_port(t->dport);

	if (b->reply)
		return true;
	b->reply = from_service && !to_service;
	return from_service != to_service;
}

struct nfg_rule *nfg_begin_judge(const struct nfg_track *p, struct nfg_begin *b, u8 *direction)
{
	bool certain = !b->picked_up || nfg_begin_side(&p->m->tuple, b);
	struct nfg_rule *rule, *other;
	struct nfg_tuple t = p->m->tuple;
	u8 other_direction;

	if (b->reply)
		nfg_tuple_reverse(&t);
	rule = nfg_judge(p, &t, direction);
	if (certain || rule->verdict == NFG_VERDICT_ACCEPT)
		return rule;
	nfg_tuple_reverse(&t);
	other = nfg_judge(p, &t, &other_direction);
	if (other->verdict != NFG_VERDICT_ACCEPT)
		return rule;
	b->reply = true;
	*direction = other_direction;
	return other;
}

struct nfg_flow *nfg_track_quoted(struct nfg_track *p)
{
	const struct nfg_tuple *quote = &p->m->quote;
	struct nfg_flow_key key;
	struct nfg_flow *flow;
	bool reversed;

	reversed = nfg_flow_key_set(&key, quote, p->m->endpoint);
	flow = nfg_flow_lookup(&p->nn->flows, &key);
	if (!flow || nfg_flow_expired(p->cfg, flow, p->now))
		return NULL;
	p->reversed = memcmp(&p->m->tuple.daddr, &quote->saddr, sizeof(quote->saddr)) ?
		      reversed : !reversed;
	return flow;
}
