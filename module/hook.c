// SPDX-License-Identifier: GPL-2.0
#include <linux/if_packet.h>
#include <linux/ip.h>
#include <linux/netfilter.h>
#include <linux/netfilter_ipv4.h>
#include <linux/skbuff.h>
#include <linux/udp.h>
#include <net/ip.h>

#include "compat.h"
#include "config.h"
#include "gso.h"
#include "hook.h"
#include "log.h"
#include "net.h"
#include "packet.h"
#include "reject.h"
#include "trace.h"
#include "track.h"
#include "xmit.h"

/* What became of an skb that is ours. */
enum nfg_done {
	NFG_SENT,	/* handed on, with or without success: gone */
	NFG_DROP,	/* still here and to be freed */
};

/*
 * Is the packet ours? A later fragment of an outer packet has no ports and goes
 * on: the first one is dropped, so it comes to nothing.
 *
 * Return: NFG_ADDR_* with NFG_ADDR_OURS, or 0.
 */
static u32 nfg_gate(struct nfg_net *nn, const struct nfg_config *cfg, struct sk_buff *skb)
{
	const struct iphdr *iph = (const struct iphdr *)skb->data;
	const struct udphdr *uh;
	u32 addrs, offset;

	if (iph->protocol != IPPROTO_UDP || iph->frag_off & htons(IP_OFFSET) ||
	    skb->pkt_type != PACKET_HOST)
		return 0;
	offset = iph->ihl * 4;
	if (!nfg_packet_pull(skb, offset + sizeof(*uh)))
		return 0;
	iph = (const struct iphdr *)skb->data;
	uh = (const struct udphdr *)(skb->data + offset);
	if (uh->dest != cfg->port)
		return 0;
	addrs = nfg_addr_lookup(nn, &nn->addrs, skb->dev, iph);
	return addrs & NFG_ADDR_OURS ? addrs : 0;
}

/* Count a packet that enforcement drops; @back: mode monitor lets it go back. */
static void nfg_count_drop(struct nfg_stats *stats, struct nfg_endpoint_stats *ep,
			   enum nfg_reason reason, u32 len, bool back)
{
	nfg_count_one(&stats->count[NFG_COUNT_REASON + reason], len);
	if (back) {
		nfg_count_one(&stats->count[NFG_COUNT_MONITOR], len);
		return;
	}
	nfg_count_one(&stats->count[NFG_COUNT_DROP], len);
	if (ep)
		nfg_count_one(&ep->drop, len);
}

/* Returns the counters of the packet's endpoint, if it is known and has some. */
static inline struct nfg_endpoint_stats *nfg_count_rx(struct nfg_net *nn, struct nfg_stats *stats,
						      const struct nfg_meta *m, u32 len)
{
	struct nfg_endpoint_stats *ep_stats;
	struct nfg_endpoint *ep;

	nfg_count_one(&stats->count[NFG_COUNT_RX], len);
	if (unlikely(!(m->flags & NFG_META_PROFILE)))
		return NULL;
	ep = nfg_endpoint_get(&nn->endpoints, m->endpoint);
	if (unlikely(!ep)) {
		nfg_count_one(&stats->count[NFG_COUNT_UNLISTED], len);
		return NULL;
	}
	ep_stats = this_cpu_ptr(ep->stats);
	nfg_count_one(&ep_stats->rx, len);
	return ep_stats;
}

/* A packet that fails validation: counted, and dropped unless @back. */
static void nfg_fault(struct nfg_net *nn, struct nfg_stats *stats, struct nfg_endpoint_stats *ep,
		      const struct nfg_meta *m, enum nfg_reason reason, u32 len, bool back)
{
	trace_verdict(nn->net, len, m, reason, back);
	nfg_count_drop(stats, ep, reason, len, back);
	if (!back)
		trace_drop(nn->net, len, m, reason, false);
}

/* A valid packet that is not just one more of an established flow. */
static noinline enum nfg_reason nfg_input_track(struct nfg_net *nn, const struct nfg_config *cfg,
						struct sk_buff *skb, struct nfg_meta *m, u32 len)
{
	struct nfg_decision d;
	enum nfg_reason reason = nfg_track(nn, cfg, m, len, &d);

	if (d.log)
		nfg_log(nn, skb, m, d.rule, d.direction, reason, len);
	if (reason == NFG_REASON_REJECT && cfg->mode == NFG_MODE_ENFORCE)
		nfg_reject(nn, cfg, skb, m, d.rule->reject);
	return reason;
}

static __always_inline enum nfg_done
nfg_input(struct nfg_net *nn, const struct nfg_config *cfg, u32 addrs, struct nfg_stats *stats,
	  struct sk_buff *skb)
{
	struct nfg_endpoint_stats *ep;
	enum nfg_reason reason;
	/* flags tell what is valid; filling it first costs 13 instructions a packet */
	struct nfg_meta m __nfg_uninitialized;
	u32 len = skb->len;

	reason = nfg_packet_check(cfg, addrs, skb, &m);
	ep = nfg_count_rx(nn, stats, &m, len);
	if (likely(!reason) && unlikely(!nfg_track_quick(&nn->flows, cfg, &m, len)))
		reason = nfg_input_track(nn, cfg, skb, &m, len);
	if (likely(!reason)) {
		trace_verdict(nn->net, len, &m, reason, false);
	} else {
		bool back = cfg->mode == NFG_MODE_MONITOR && nfg_reason_returnable(reason);

		nfg_fault(nn, stats, ep, &m, reason, len, back);
		if (!back)
			return NFG_DROP;
	}

	reason = nfg_xmit(nn, cfg, skb);
	if (unlikely(reason)) {
		nfg_count_drop(stats, ep, reason, len, false);
		trace_drop(nn->net, len, &m, reason, false);
		return NFG_SENT;
	}
	nfg_count_one(&stats->count[NFG_COUNT_TX], len);
	if (likely(ep))
		nfg_count_one(&ep->tx, len);
	return NFG_SENT;
}

/* Packets that GRO or a local sender merged are judged and sent one by one. */
static noinline enum nfg_done nfg_input_merged(struct nfg_net *nn, const struct nfg_config *cfg,
					       u32 addrs, struct nfg_stats *stats,
					       struct sk_buff *skb)
{
	struct sk_buff *segs = nfg_gso_split(skb), *seg, *next;

	if (unlikely(!segs)) {
		const struct nfg_meta m = { .peer = ip_hdr(skb)->saddr };

		nfg_count_one(&stats->count[NFG_COUNT_RX], skb->len);
		nfg_count_drop(stats, NULL, NFG_REASON_GSO, skb->len, false);
		trace_drop(nn->net, skb->len, &m, NFG_REASON_GSO, false);
		return NFG_DROP;
	}
	skb_list_walk_safe(segs, seg, next) {
		skb_mark_not_on_list(seg);
		if (nfg_input(nn, cfg, addrs, stats, seg) == NFG_DROP)
			kfree_skb(seg);
	}
	return NFG_SENT;
}

static unsigned int nfg_hook_process(void *priv, struct sk_buff *skb,
				     const struct nf_hook_state *state);

static unsigned int nfg_hook_ipv4(void *priv, struct sk_buff *skb,
				  const struct nf_hook_state *state)
{
	struct nfg_net *nn = priv;
	const struct nfg_config *cfg;
	struct nfg_stats *stats;
	enum nfg_done verdict;
	u32 addrs;

	if (unlikely(!in_softirq()))
		return nfg_hook_process(priv, skb, state);
	cfg = rcu_dereference(nn->config);
	stats = this_cpu_ptr(nn->stats);
	addrs = nfg_gate(nn, cfg, skb);
	if (!addrs) {
		nfg_count_one(&stats->count[NFG_COUNT_RX], skb->len);
		nfg_count_one(&stats->count[NFG_COUNT_PASSED], skb->len);
		return NF_ACCEPT;
	}
	if (unlikely(skb_is_gso(skb)))
		verdict = nfg_input_merged(nn, cfg, addrs, stats, skb);
	else
		verdict = nfg_input(nn, cfg, addrs, stats, skb);

	switch (verdict) {
	case NFG_SENT:
		return NF_STOLEN;
	case NFG_DROP:
		return NF_DROP;
	}
	return NF_DROP;
}

/* A packet that user space gives back (NFQUEUE) comes in process context. */
static noinline unsigned int nfg_hook_process(void *priv, struct sk_buff *skb,
					      const struct nf_hook_state *state)
{
	unsigned int verdict;

	local_bh_disable();
	verdict = nfg_hook_ipv4(priv, skb, state);
	local_bh_enable();
	return verdict;
}

/* The hook carries its namespace: no look-up for each packet. */
int nfg_hook_register(struct nfg_net *nn)
{
	nn->hook = (struct nf_hook_ops) {
		.hook = nfg_hook_ipv4,
		.priv = nn,
		.pf = NFPROTO_IPV4,
		.hooknum = NF_INET_PRE_ROUTING,
		.priority = NF_IP_PRI_RAW,
	};
	return nf_register_net_hook(nn->net, &nn->hook);
}

void nfg_hook_unregister(struct nfg_net *nn)
{
	nf_unregister_net_hook(nn->net, &nn->hook);
}
