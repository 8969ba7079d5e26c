// SPDX-License-Identifier: GPL-2.0
#include <linux/if_packet.h>
#include <linux/ip.h>
#include <linux/netfilter.h>
#include <linux/netfilter_ipv4.h>
#include <linux/skbuff.h>
#include <linux/udp.h>
#include <net/ip.h>

#include "config.h"
#include "gso.h"
#include "hook.h"
#include "net.h"
#include "packet.h"
#include "trace.h"
#include "xmit.h"

/* What became of a packet that is ours. */
enum nfg_verdict {
	NFG_SENT,	/* handed on, with or without success: gone */
	NFG_DROP,	/* still here and to be freed */
};

/*
 * Is the packet ours? A later fragment of an outer packet has no ports and goes
 * on: the first one is dropped, so it comes to nothing.
 */
static bool nfg_gate(struct nfg_net *nn, const struct nfg_config *cfg, const struct sk_buff *skb)
{
	const struct iphdr *iph = ip_hdr(skb);
	const struct udphdr *uh;
	struct udphdr copy;

	if (iph->protocol != IPPROTO_UDP || iph->frag_off & htons(IP_OFFSET) ||
	    skb->pkt_type != PACKET_HOST)
		return false;
	uh = skb_header_pointer(skb, iph->ihl * 4, sizeof(copy), &copy);
	if (!uh || uh->dest != cfg->port)
		return false;
	return nfg_addr_lookup(nn, cfg, skb->dev, iph->daddr) & NFG_ADDR_LOCAL;
}

/*
 * Count a packet that enforcement drops; @back: mode monitor lets it go back.
 */
static void nfg_count_drop(struct nfg_net *nn, struct nfg_endpoint *ep, enum nfg_reason reason,
			   u32 len, bool back)
{
	nfg_count_add(&nn->stats->count[NFG_COUNT_REASON + reason], 1, len);
	if (back) {
		nfg_count_add(&nn->stats->count[NFG_COUNT_MONITOR], 1, len);
		return;
	}
	nfg_count_add(&nn->stats->count[NFG_COUNT_DROP], 1, len);
	if (ep)
		nfg_count_add(&ep->stats->drop, 1, len);
}

static struct nfg_endpoint *nfg_count_rx(struct nfg_net *nn, const struct nfg_meta *m, u32 len)
{
	struct nfg_endpoint *ep;

	nfg_count_add(&nn->stats->count[NFG_COUNT_RX], 1, len);
	if (unlikely(!(m->flags & NFG_META_PROFILE)))
		return NULL;
	ep = nfg_endpoint_get(&nn->endpoints, m->endpoint);
	if (likely(ep))
		nfg_count_add(&ep->stats->rx, 1, len);
	else
		nfg_count_add(&nn->stats->count[NFG_COUNT_UNLISTED], 1, len);
	return ep;
}

static enum nfg_verdict nfg_input(struct nfg_net *nn, const struct nfg_config *cfg,
				  struct sk_buff *skb)
{
	struct nfg_endpoint *ep;
	enum nfg_reason reason;
	struct nfg_meta m;
	u32 len = skb->len;
	__be32 saddr;
	bool back;

	reason = nfg_packet_check(nn, cfg, skb, &m);
	saddr = ip_hdr(skb)->saddr;
	ep = nfg_count_rx(nn, &m, len);
	back = reason && cfg->mode == NFG_MODE_MONITOR && nfg_reason_returnable(reason);
	trace_verdict(nn->net, saddr, len, &m, reason, back);
	if (unlikely(reason)) {
		nfg_count_drop(nn, ep, reason, len, back);
		if (!back) {
			trace_drop(nn->net, saddr, len, &m, reason, false);
			return NFG_DROP;
		}
	}

	reason = nfg_xmit(nn, cfg, skb);
	if (unlikely(reason)) {
		nfg_count_drop(nn, ep, reason, len, false);
		trace_drop(nn->net, saddr, len, &m, reason, false);
		return NFG_SENT;
	}
	nfg_count_add(&nn->stats->count[NFG_COUNT_TX], 1, len);
	if (likely(ep))
		nfg_count_add(&ep->stats->tx, 1, len);
	return NFG_SENT;
}

/* Packets that GRO or a local sender merged are judged and sent one by one. */
static enum nfg_verdict nfg_input_merged(struct nfg_net *nn, const struct nfg_config *cfg,
					 struct sk_buff *skb)
{
	struct sk_buff *segs = nfg_gso_split(skb), *seg, *next;

	if (unlikely(!segs)) {
		const struct nfg_meta none = {};

		nfg_count_rx(nn, &none, skb->len);
		nfg_count_drop(nn, NULL, NFG_REASON_GSO, skb->len, false);
		trace_drop(nn->net, ip_hdr(skb)->saddr, skb->len, &none, NFG_REASON_GSO, false);
		return NFG_DROP;
	}
	skb_list_walk_safe(segs, seg, next) {
		skb_mark_not_on_list(seg);
		if (nfg_input(nn, cfg, seg) == NFG_DROP)
			kfree_skb(seg);
	}
	return NFG_SENT;
}

static unsigned int nfg_hook_ipv4(void *priv, struct sk_buff *skb,
				  const struct nf_hook_state *state)
{
	struct nfg_net *nn = nfg_pernet(state->net);
	const struct nfg_config *cfg = rcu_dereference(nn->config);
	enum nfg_verdict verdict;

	if (!nfg_gate(nn, cfg, skb)) {
		nfg_count_add(&nn->stats->count[NFG_COUNT_RX], 1, skb->len);
		nfg_count_add(&nn->stats->count[NFG_COUNT_PASSED], 1, skb->len);
		return NF_ACCEPT;
	}
	if (unlikely(skb_is_gso(skb)))
		verdict = nfg_input_merged(nn, cfg, skb);
	else
		verdict = nfg_input(nn, cfg, skb);

	switch (verdict) {
	case NFG_SENT:
		return NF_STOLEN;
	case NFG_DROP:
		return NF_DROP;
	}
	return NF_DROP;
}

static const struct nf_hook_ops nfg_hook_ops[] = {
	{
		.hook = nfg_hook_ipv4,
		.pf = NFPROTO_IPV4,
		.hooknum = NF_INET_PRE_ROUTING,
		.priority = NF_IP_PRI_RAW,
	},
};

int nfg_hook_register(struct net *net)
{
	return nf_register_net_hooks(net, nfg_hook_ops, ARRAY_SIZE(nfg_hook_ops));
}

void nfg_hook_unregister(struct net *net)
{
	nf_unregister_net_hooks(net, nfg_hook_ops, ARRAY_SIZE(nfg_hook_ops));
}
