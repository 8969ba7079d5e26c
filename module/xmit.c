// SPDX-License-Identifier: GPL-2.0
#include <net/dst.h>
#include <net/route.h>

#include "net.h"
#include "route.h"
#include "xmit.h"

enum nfg_reason nfg_xmit_route(struct nfg_net *nn, struct sk_buff *skb)
{
	const struct iphdr *iph = (const struct iphdr *)skb->data;
	struct rtable *rt = nfg_route_get(nn, skb->dev, iph->daddr, iph->saddr);

	if (!rt)
		goto drop;
	skb_dst_set(skb, &rt->dst);
	/* GWLB takes no fragments */
	if (skb->len > dst_mtu(&rt->dst))
		goto drop;
	skb->dev = rt->dst.dev;
	memset(IPCB(skb), 0, sizeof(*IPCB(skb)));
	return nfg_xmit_reason(ip_local_out(nn->net, NULL, skb));

drop:
	kfree_skb(skb);
	return NFG_REASON_XMIT;
}
