// SPDX-License-Identifier: GPL-2.0
#include <linux/ip.h>
#include <linux/skbuff.h>
#include <linux/udp.h>
#include <net/checksum.h>
#include <net/ip.h>
#include <net/udp.h>

#include "compat.h"
#include "gso.h"

/*
 * The kernel's segmentation of UDP tunnels leaves a wrong outer checksum where
 * the inner one is computed in software, and reads beyond the packet for it where
 * the inner datagrams are a list. So it is told that there is none, and
 * nfg_gso_udp_sum() fills it in.
 */
static unsigned int nfg_gso_without_udp_sum(unsigned int type)
{
	if (!(type & SKB_GSO_UDP_TUNNEL_CSUM))
		return type;
	return (type & ~SKB_GSO_UDP_TUNNEL_CSUM) | SKB_GSO_UDP_TUNNEL;
}

/*
 * A kernel that says of either header of a tunnel whether its ids stay the same, asks
 * for both what it says of the outer one when it takes the tunnel apart: 7.2 begins
 * to count encapsulations anew in __skb_udp_tunnel_segment(). So it is told of both
 * what is true of the inner one, and nfg_gso_outer_id() does the others.
 */
static unsigned int nfg_gso_inner_ids(unsigned int type)
{
	return type & NFG_GSO_FIXEDID_INNER ? type | NFG_GSO_FIXEDID_OUTER :
					      type & ~NFG_GSO_FIXEDID_OUTER;
}

static bool nfg_gso_set_type(struct sk_buff *skb, unsigned int type)
{
	if (type == skb_shinfo(skb)->gso_type)
		return true;
	/* a clone shares what is changed here */
	if (skb_unclone(skb, GFP_ATOMIC))
		return false;
	skb_shinfo(skb)->gso_type = type;
	return true;
}

static void nfg_gso_outer_id(struct sk_buff *skb, u16 id)
{
	struct iphdr *iph = ip_hdr(skb);

	if (iph->id == htons(id))
		return;
	iph->id = htons(id);
	ip_send_check(iph);
}

/* Old kernels look for the second packet of a list without asking whether there is one. */
static bool nfg_gso_list_is_there(const struct sk_buff *skb)
{
	return !(skb_shinfo(skb)->gso_type & SKB_GSO_FRAGLIST) || skb_has_frag_list(skb);
}

static void nfg_gso_udp_sum(struct sk_buff *skb)
{
	struct iphdr *iph = ip_hdr(skb);
	struct udphdr *uh = (struct udphdr *)(skb->data + sizeof(*iph));
	int len = skb->len - sizeof(*iph);

	if (!uh->check)
		return;
	uh->check = 0;
	uh->check = csum_tcpudp_magic(iph->saddr, iph->daddr, len, IPPROTO_UDP,
				      skb_checksum(skb, sizeof(*iph), len, 0));
	if (!uh->check)
		uh->check = CSUM_MANGLED_0;
	skb->ip_summed = CHECKSUM_UNNECESSARY;
}

struct sk_buff *nfg_gso_split(struct sk_buff *skb)
{
	unsigned int type = skb_shinfo(skb)->gso_type;
	bool tunnel = type & (SKB_GSO_UDP_TUNNEL | SKB_GSO_UDP_TUNNEL_CSUM);
	u16 id = ntohs(ip_hdr(skb)->id);
	u32 mac_len = skb_mac_header_was_set(skb) ? skb->data - skb_mac_header(skb) : 0;
	struct sk_buff *segs, *seg;

	if (!nfg_gso_list_is_there(skb))
		return NULL;
	if (tunnel && !nfg_gso_set_type(skb, nfg_gso_inner_ids(nfg_gso_without_udp_sum(type))))
		return NULL;
	/* the segments' sums are computed whatever it says; without a verdict
	 * segmentation would complain of a bad offload
	 */
	if (skb->ip_summed == CHECKSUM_NONE)
		skb->ip_summed = CHECKSUM_UNNECESSARY;
	__skb_push(skb, mac_len);
	segs = __skb_gso_segment(skb, NETIF_F_SG, false);
	if (IS_ERR_OR_NULL(segs)) {
		__skb_pull(skb, mac_len);
		return NULL;
	}
	consume_skb(skb);

	for (seg = segs; seg; seg = seg->next) {
		__skb_pull(seg, mac_len);
		skb_reset_network_header(seg);
		if (!tunnel)
			continue;
		nfg_gso_outer_id(seg, id);
		id += !(type & NFG_GSO_FIXEDID_OUTER);
		nfg_gso_udp_sum(seg);
	}
	return segs;
}
