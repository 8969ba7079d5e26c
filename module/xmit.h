/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_XMIT_H
#define NFG_XMIT_H

#include <linux/etherdevice.h>
#include <linux/if_arp.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <net/ip.h>
#include <net/netfilter/nf_conntrack.h>

#include "compat.h"
#include "config.h"
#include "core/exchange.h"
#include "core/reason.h"

struct nfg_net;

static inline void nfg_exchange_macs(struct ethhdr *eth)
{
	u8 dest[ETH_ALEN];

	ether_addr_copy(dest, eth->h_dest);
	ether_addr_copy(eth->h_dest, eth->h_source);
	ether_addr_copy(eth->h_source, dest);
}

/*
 * The one boundary between receiving and sending. Whatever the way in left on
 * the skb must not steer the way out: a connection or mark of somebody else, a
 * receive time that fq takes for a departure time, a receive queue that need
 * not exist among the transmit queues, a redirection, a sum over what has
 * changed since. Conntrack is told not to look.
 */
static inline void nfg_scrub(struct sk_buff *skb)
{
	skb_orphan(skb);
	skb_scrub_packet(skb, true);
	nf_ct_set(skb, NULL, IP_CT_UNTRACKED);
	skb_reset_redirect(skb);
	skb_set_queue_mapping(skb, 0);
	skb->priority = 0;
	skb_forward_csum(skb);
}

/* Is there an Ethernet header whose source can be answered? */
static inline bool nfg_has_ethernet(const struct sk_buff *skb)
{
	return skb->dev->type == ARPHRD_ETHER && skb_mac_header_was_set(skb) &&
	       skb->data - skb_mac_header(skb) >= ETH_HLEN &&
	       is_valid_ether_addr(eth_hdr(skb)->h_source);
}

/* A congested queue may have taken the packet all the same. The macro names its
 * argument twice: not for a call.
 */
static inline enum nfg_reason nfg_xmit_reason(int ret)
{
	return net_xmit_eval(ret) ? NFG_REASON_XMIT : NFG_REASON_NONE;
}

static inline enum nfg_reason nfg_xmit_l2(struct sk_buff *skb)
{
	/* more than ETH_HLEN where a VLAN device leaves its tag in the header */
	__skb_push(skb, skb->data - skb_mac_header(skb));
	nfg_exchange_macs(eth_hdr(skb));
	return nfg_xmit_reason(dev_queue_xmit(skb));
}

/* An answer, complete and scrubbed, by the routing table; consumed. */
enum nfg_reason nfg_xmit_route(struct nfg_net *nn, struct sk_buff *skb);

/**
 * nfg_xmit() - send a packet back to where it came from
 * @nn: namespace
 * @cfg: its configuration
 * @skb: packet with a valid outer IPv4 header at skb->data; consumed
 *
 * Exchanges the outer addresses, takes one from the TTL and touches nothing
 * else of the packet.
 *
 * Context: softirq, under rcu_read_lock().
 * Return: NFG_REASON_NONE, or why it could not be sent.
 */
static __always_inline enum nfg_reason
nfg_xmit(struct nfg_net *nn, const struct nfg_config *cfg, struct sk_buff *skb)
{
	/* a clone, tcpdump's for one, keeps what was received */
	if (unlikely(skb_cloned(skb)) && skb_ensure_writable(skb, sizeof(struct iphdr))) {
		kfree_skb(skb);
		return NFG_REASON_NO_MEMORY;
	}
	nfg_exchange(skb->data);
	nfg_scrub(skb);
	if (likely(cfg->reinject == NFG_REINJECT_L2 && nfg_has_ethernet(skb)))
		return nfg_xmit_l2(skb);
	return nfg_xmit_route(nn, skb);
}

#endif /* NFG_XMIT_H */
