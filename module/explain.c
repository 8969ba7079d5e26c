// SPDX-License-Identifier: GPL-2.0
#include <linux/ip.h>
#include <linux/ktime.h>
#include <linux/udp.h>
#include <net/ip.h>

#include "core/answer.h"
#include "core/tcp.h"
#include "explain.h"
#include "net.h"
#include "packet.h"
#include "step.h"

/* What the stack asks before it calls hooks. */
static const char *nfg_explain_stack(struct sk_buff *skb)
{
	const struct iphdr *iph = (const struct iphdr *)skb->data;
	u32 len;

	if (skb->len < sizeof(*iph) || iph->version != 4 || iph->ihl < 5 ||
	    skb->len < iph->ihl * 4)
		return "no IPv4 header: the stack drops it";
	if (ip_fast_csum(iph, iph->ihl))
		return "the outer IPv4 header checksum is wrong: the stack drops it";
	len = ntohs(iph->tot_len);
	if (len < iph->ihl * 4 || len > skb->len || pskb_trim(skb, len))
		return "it is shorter than its IPv4 header says: the stack drops it";
	return NULL;
}

/* nfg_gate() in words. */
static const char *nfg_explain_gate(struct nfg_net *nn, const struct nfg_config *cfg,
				    struct sk_buff *skb, u32 *addrs)
{
	const char *dropped = nfg_explain_stack(skb);
	const struct iphdr *iph = (const struct iphdr *)skb->data;
	const struct udphdr *uh;

	if (dropped)
		return dropped;
	if (iph->protocol != IPPROTO_UDP)
		return "it is not UDP";
	if (iph->frag_off & htons(IP_OFFSET))
		return "it is a later fragment of an outer packet";
	if (skb->len < iph->ihl * 4 + sizeof(*uh))
		return "it is too short for a UDP header";
	uh = (const struct udphdr *)(skb->data + iph->ihl * 4);
	if (uh->dest != cfg->port)
		return "its UDP destination port is not that of GENEVE";
	*addrs = nfg_addr_ask(nn, nn->net->loopback_dev, iph, NULL);
	if (!(*addrs & NFG_ADDR_OURS))
		return "its outer destination is not an address of this host";
	return NULL;
}

/* The rules one after the other: what the index finds, and how it gets there. */
static void nfg_explain_rules(struct nfg_explanation *x, const struct nfg_track *p,
			      const struct nfg_tuple *originator)
{
	const struct nfg_policy *policy = nfg_ruleset_policy(p->cfg->rules, x->m.endpoint);
	u32 i;

	x->policy = policy;
	x->direction = nfg_config_direction(p->cfg, originator);
	nfg_query_init(&x->query, originator, x->direction, x->m.endpoint);
	for (i = 0; i < policy->n; i++)
		if (nfg_match_test(&policy->match[i], &x->query) < 0)
			break;
	x->tried = min(i + 1, policy->n);
	x->rule = policy->rules[i];
	x->verdict = x->rule->verdict;
	x->decided = true;
	WARN_ON_ONCE(nfg_ruleset_judge(p->cfg->rules, &x->query) != x->rule);
}

static void nfg_explain_flow(struct nfg_explanation *x, const struct nfg_track *p,
			     const struct nfg_flow *flow)
{
	bool current_verdict = nfg_flow_is_current(p, flow);
	struct nfg_tuple originator;

	x->flow = flow;
	x->reply = p->reversed != flow->reversed;
	if (!current_verdict && !nfg_flow_is_kept(p, flow)) {
		nfg_flow_tuple(flow, &originator);
		nfg_explain_rules(x, p, &originator);
		return;
	}
	x->current_verdict = true;
	x->direction = READ_ONCE(flow->direction);
	x->rule = current_verdict ? READ_ONCE(flow->rule) : NULL;
	x->verdict = nfg_rule_verdict(x->rule);
	x->decided = true;
}

static enum nfg_reason nfg_explain_limit(const struct nfg_explanation *x)
{
	return x->rule && x->rule->limit.count && !x->reply &&
	       !nfg_limit_peek(&x->rule->limit, ktime_get_ns()) ? NFG_REASON_LIMIT :
								  NFG_REASON_NONE;
}

static enum nfg_reason nfg_explain_room(const struct nfg_track *p)
{
	const struct nfg_flows *flows = &p->nn->flows;

	return p->cfg->flow_full == NFG_FLOW_FULL_DROP &&
	       nfg_flows_full(flows, p->cfg->flow_max) && list_empty(&flows->transient) ?
	       NFG_REASON_FLOW_TABLE_FULL : NFG_REASON_NONE;
}

static enum nfg_reason nfg_explain_new(struct nfg_explanation *x, const struct nfg_track *p)
{
	struct nfg_begin b = { .state = NFG_FLOW_NEW };
	struct nfg_tuple originator = x->m.tuple;
	enum nfg_reason reason;

	x->flow = NULL;
	x->current_verdict = false;
	x->decided = false;
	if (p->tcp && !nfg_begin_tcp(p, &b))
		return NFG_REASON_TCP_STATE;
	nfg_begin_judge(p, &b, &x->direction);
	if (b.reply)
		nfg_tuple_reverse(&originator);
	x->reply = b.reply;
	nfg_explain_rules(x, p, &originator);
	reason = nfg_explain_limit(x);
	if (!reason)
		reason = nfg_verdict_reason(x->verdict);
	if (!reason && !b.passing)
		reason = nfg_explain_room(p);
	return reason;
}

static enum nfg_reason nfg_explain_known(struct nfg_explanation *x, const struct nfg_track *p,
					 const struct nfg_flow *flow)
{
	enum nfg_reason reason;

	nfg_explain_flow(x, p, flow);
	if (nfg_flow_is_over(p, flow, x->verdict, x->reply))
		return nfg_explain_new(x, p);
	reason = nfg_explain_limit(x);
	if (!reason)
		reason = nfg_verdict_reason(x->verdict);
	if (!reason && nfg_flow_step(p, nfg_flow_now(flow), x->reply).bad)
		reason = NFG_REASON_TCP_STATE;
	return reason;
}

/* nfg_track() without what it does. */
static enum nfg_reason nfg_explain_track(struct nfg_explanation *x, struct nfg_track *p)
{
	const struct nfg_flow *flow = NULL;
	bool table = rcu_access_pointer(p->nn->flows.table), known;

	if (x->m.flags & NFG_META_LATER) {
		local_bh_disable();
		known = nfg_frag_recall(&p->nn->frags, &x->m);
		local_bh_enable();
		if (!known)
			return nfg_fragment_unknown(p->cfg);
	}
	if (table && x->m.flags & NFG_META_QUOTE)
		flow = nfg_track_quoted(p);
	if (flow) {
		x->related = true;
		nfg_explain_flow(x, p, flow);
		return nfg_verdict_reason(x->verdict);
	}
	p->tcp = x->m.tuple.proto == NFG_PROTO_TCP;
	if (p->tcp && !nfg_tcp_flags_ok(x->m.tcp_flags))
		return NFG_REASON_TCP_STATE;
	p->reversed = nfg_flow_key_set(&p->key, &x->m.tuple, x->m.endpoint);
	if (table)
		flow = nfg_flow_lookup(&p->nn->flows, &p->key);
	return flow ? nfg_explain_known(x, p, flow) : nfg_explain_new(x, p);
}

static u8 nfg_explain_fate(const struct nfg_config *cfg, const struct sk_buff *skb,
			   const struct nfg_explanation *x)
{
	if (!x->reason)
		return NFG_FATE_BOUNCE;
	if (cfg->mode == NFG_MODE_MONITOR && nfg_reason_returnable(x->reason))
		return NFG_FATE_MONITOR;
	if (x->reason == NFG_REASON_REJECT && cfg->reject_rate &&
	    nfg_answer_allowed(skb->data + x->m.inner, &x->m))
		return NFG_FATE_REJECT;
	return NFG_FATE_DROP;
}

void nfg_explain(struct nfg_net *nn, const struct nfg_config *cfg, struct sk_buff *skb,
		 struct nfg_explanation *x)
{
	struct nfg_track p = { .nn = nn, .cfg = cfg, .m = &x->m, .now = jiffies };
	u32 addrs = 0;

	memset(x, 0, sizeof(*x));
	x->passed = nfg_explain_gate(nn, cfg, skb, &addrs);
	if (x->passed) {
		x->fate = NFG_FATE_PASS;
		return;
	}
	p.len = skb->len;
	x->reason = nfg_packet_check(cfg, addrs, skb, &x->m);
	if (!x->reason)
		x->reason = nfg_explain_track(x, &p);
	x->fate = nfg_explain_fate(cfg, skb, x);
}
