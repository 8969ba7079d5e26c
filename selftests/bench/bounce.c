// SPDX-License-Identifier: GPL-2.0
/*
 * The least a bounce can cost at PRE_ROUTING: is it UDP to port 6081, exchange
 * outer addresses and MAC addresses, send.  No validation, no counter: a floor
 * to measure from, not an appliance.  Works in the namespace of its insmod.
 */
#include <linux/etherdevice.h>
#include <linux/ip.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/netfilter_ipv4.h>
#include <linux/nsproxy.h>
#include <linux/sched.h>
#include <linux/skbuff.h>
#include <linux/udp.h>
#include <net/ip.h>
#include <net/net_namespace.h>

#include "compat.h"

/* Outer IPv4 and UDP, GENEVE with GWLB's options: an appliance reads them all. */
#define WINDOW	(sizeof(struct iphdr) + sizeof(struct udphdr) + 40)

static struct net *net;

static bool is_ours(struct sk_buff *skb)
{
	const struct iphdr *ip;

	if (!pskb_may_pull(skb, WINDOW))
		return false;
	ip = (const struct iphdr *)skb->data;
	return ip->ihl == 5 && ip->protocol == IPPROTO_UDP && !ip_is_fragment(ip) &&
	       ((const struct udphdr *)(ip + 1))->dest == htons(6081);
}

static unsigned int bounce(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	u8 mac[ETH_ALEN];
	struct ethhdr *eth;
	struct iphdr *ip;

	if (!is_ours(skb))
		return NF_ACCEPT;
	if (skb_ensure_writable(skb, sizeof(*ip) + sizeof(struct udphdr)))
		return NF_DROP;

	ip = (struct iphdr *)skb->data;
	swap(ip->saddr, ip->daddr);
	eth = (struct ethhdr *)skb_push(skb, ETH_HLEN);
	ether_addr_copy(mac, eth->h_dest);
	ether_addr_copy(eth->h_dest, eth->h_source);
	ether_addr_copy(eth->h_source, mac);
	skb_clear_tstamp(skb);
	if (skb->ip_summed == CHECKSUM_COMPLETE)
		skb->ip_summed = CHECKSUM_NONE;
	dev_queue_xmit(skb);
	return NF_STOLEN;
}

static const struct nf_hook_ops ops = {
	.hook = bounce,
	.pf = NFPROTO_IPV4,
	.hooknum = NF_INET_PRE_ROUTING,
	.priority = NF_IP_PRI_RAW,
};

static int __init bounce_init(void)
{
	int err;

	net = get_net(current->nsproxy->net_ns);
	err = nf_register_net_hook(net, &ops);
	if (err)
		put_net(net);
	return err;
}

static void __exit bounce_exit(void)
{
	nf_unregister_net_hook(net, &ops);
	put_net(net);
}

module_init(bounce_init);
module_exit(bounce_exit);
MODULE_DESCRIPTION("nf_geneve: the cheapest bounce");
MODULE_LICENSE("GPL");
