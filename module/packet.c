// SPDX-License-Identifier: GPL-2.0
#include <linux/ip.h>
#include <linux/netfilter.h>
#include <linux/netfilter_ipv4.h>
#include <linux/skbuff.h>

#include "packet.h"

/* Usually enough: GWLB's 68 bytes, an inner IPv6 header and one of TCP. */
#define WINDOW	128

/* Every NFG_MORE asks for bytes that were not there, so this ends. */
enum nfg_reason nfg_packet_parse(struct sk_buff *skb, struct nfg_meta *m)
{
	struct nfg_buf b = { .total = skb->len };
	u32 want = min_t(u32, skb->len, WINDOW);
	int ret;

	do {
		if (unlikely(!pskb_may_pull(skb, want))) {
			m->flags = 0;
			m->peer = ip_hdr(skb)->saddr;
			return NFG_REASON_NO_MEMORY;
		}
		b.data = skb->data;
		b.linear = skb_headlen(skb);
		ret = nfg_parse(&b, m);
		want = b.need;
	} while (ret == NFG_MORE);
	return ret;
}

bool nfg_packet_udp_sum_ok(struct sk_buff *skb)
{
	return !nf_ip_checksum(skb, NF_INET_PRE_ROUTING, sizeof(struct iphdr), IPPROTO_UDP);
}
