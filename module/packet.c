// SPDX-License-Identifier: GPL-2.0
#include <linux/ip.h>
#include <linux/netfilter.h>
#include <linux/netfilter_ipv4.h>
#include <linux/skbuff.h>

#include "packet.h"

/* Every NFG_MORE asks for bytes that were not there, so this ends. */
enum nfg_reason nfg_packet_parse(struct sk_buff *skb, struct nfg_meta *m)
{
	struct nfg_buf b = { .total = skb->len };
	int ret;

	for (;;) {
		b.data = skb->data;
		b.linear = skb_headlen(skb);
		ret = nfg_parse(&b, m);
		if (ret != NFG_MORE)
			return ret;
		if (!nfg_packet_pull(skb, b.need))
			return NFG_REASON_NO_MEMORY;
	}
}

bool nfg_packet_udp_sum_ok(struct sk_buff *skb)
{
	return !nf_ip_checksum(skb, NF_INET_PRE_ROUTING, sizeof(struct iphdr), IPPROTO_UDP);
}
