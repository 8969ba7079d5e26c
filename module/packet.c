// SPDX-License-Identifier: GPL-2.0
#include <linux/ip.h>
#include <linux/netfilter.h>
#include <linux/netfilter_ipv4.h>
#include <linux/skbuff.h>
#include <linux/udp.h>
#include <net/ip.h>

#include "addr.h"
#include "config.h"
#include "net.h"
#include "packet.h"

/* Usually enough: GWLB's 68 bytes, an inner IPv6 header and one of TCP. */
#define WINDOW	128

/* Every NFG_MORE asks for bytes that were not there, so this ends. */
static enum nfg_reason nfg_packet_parse(struct sk_buff *skb, struct nfg_meta *m)
{
	struct nfg_buf b = { .total = skb->len };
	u32 want = min_t(u32, skb->len, WINDOW);
	int ret;

	m->flags = 0;
	do {
		if (unlikely(!pskb_may_pull(skb, want)))
			return NFG_REASON_NO_MEMORY;
		b.data = skb->data;
		b.linear = skb_headlen(skb);
		ret = nfg_parse(&b, m);
		want = b.need;
	} while (unlikely(ret == NFG_MORE));
	return ret;
}

/* What defragmentation put together cannot go back as it came. */
static bool nfg_packet_reassembled(const struct sk_buff *skb)
{
	return IPCB(skb)->frag_max_size || IPCB(skb)->flags & IPSKB_FRAG_COMPLETE;
}

/*
 * RFC 768: 0 is no checksum. The verdict of the device, or of whoever made the
 * packet on this machine, is trusted; without one the bytes are summed.
 */
static bool nfg_packet_udp_sum_ok(const struct nfg_config *cfg, struct sk_buff *skb)
{
	const struct udphdr *uh = (const struct udphdr *)(skb->data + sizeof(struct iphdr));

	if (!uh->check || cfg->udp_checksum == NFG_UDP_CHECKSUM_TRUST ||
	    skb_csum_unnecessary(skb))
		return true;
	return !nf_ip_checksum(skb, NF_INET_PRE_ROUTING, sizeof(struct iphdr), IPPROTO_UDP);
}

enum nfg_reason nfg_packet_check(struct nfg_net *nn, const struct nfg_config *cfg,
				 struct sk_buff *skb, struct nfg_meta *m)
{
	enum nfg_reason reason = nfg_packet_parse(skb, m);
	u32 source;

	if (unlikely(reason && !nfg_reason_returnable(reason)))
		return reason;
	if (unlikely(nfg_packet_reassembled(skb)))
		return NFG_REASON_OUTER_FRAGMENT;
	source = nfg_addr_lookup(nn, cfg, skb->dev, ip_hdr(skb)->saddr);
	if (unlikely(!(source & NFG_ADDR_PEER)))
		return NFG_REASON_OUTER_SOURCE;
	if (unlikely(!(source & NFG_ADDR_ORIGIN)))
		return NFG_REASON_ORIGIN;
	if (unlikely(!nfg_packet_udp_sum_ok(cfg, skb)))
		return NFG_REASON_UDP_CHECKSUM;
	return reason;
}
