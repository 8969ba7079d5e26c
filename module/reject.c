// SPDX-License-Identifier: GPL-2.0
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ktime.h>
#include <linux/udp.h>
#include <net/checksum.h>
#include <net/ip.h>

#include "core/answer.h"
#include "net.h"
#include "packet.h"
#include "reject.h"
#include "xmit.h"

/* Room for the headers that the way back needs, and those that came in. */
static struct sk_buff *nfg_reject_alloc(const struct sk_buff *skb, u32 size)
{
	u32 mac_len = skb_mac_header_was_set(skb) ? skb->data - skb_mac_header(skb) : 0;
	u32 headroom = max_t(u32, LL_RESERVED_SPACE(skb->dev), ALIGN(mac_len, sizeof(u32)));
	struct sk_buff *answer = alloc_skb(headroom + size, GFP_ATOMIC | __GFP_NOWARN);

	if (!answer)
		return NULL;
	skb_reserve(answer, headroom);
	skb_reset_network_header(answer);
	skb_set_transport_header(answer, sizeof(struct iphdr));
	if (mac_len) {
		skb_set_mac_header(answer, -mac_len);
		memcpy(skb_mac_header(answer), skb_mac_header(skb), mac_len);
	}
	__vlan_hwaccel_copy_tag(answer, skb);
	answer->dev = skb->dev;
	answer->protocol = htons(ETH_P_IP);
	return answer;
}

/* The outer header is that of the packet but for lengths and sums. */
static void nfg_reject_outer(struct sk_buff *answer)
{
	struct iphdr *iph = (struct iphdr *)answer->data;
	struct udphdr *uh = (struct udphdr *)(answer->data + sizeof(*iph));
	u32 len = answer->len - sizeof(*iph);

	iph->tot_len = htons(answer->len);
	ip_send_check(iph);
	uh->len = htons(len);
	if (!uh->check)
		return;
	uh->check = 0;
	uh->check = csum_tcpudp_magic(iph->saddr, iph->daddr, len, IPPROTO_UDP,
				      csum_partial(uh, len, 0));
	if (!uh->check)
		uh->check = CSUM_MANGLED_0;
}

static struct sk_buff *nfg_reject_build(struct sk_buff *skb, const struct nfg_meta *m, u8 how)
{
	struct sk_buff *answer;

	if (!nfg_packet_pull(skb, m->inner + nfg_answer_need(m, how)))
		return NULL;
	answer = nfg_reject_alloc(skb, m->inner + NFG_ANSWER_MAX);
	if (!answer)
		return NULL;
	skb_put_data(answer, skb->data, m->inner);
	skb_put(answer, nfg_answer_build(skb_tail_pointer(answer), skb->data + m->inner, m, how));
	nfg_reject_outer(answer);
	return answer;
}

void nfg_reject(struct nfg_net *nn, const struct nfg_config *cfg, struct sk_buff *skb,
		const struct nfg_meta *m, u8 how)
{
	struct nfg_stats *stats = this_cpu_ptr(nn->stats);
	struct sk_buff *answer;
	u32 len;

	if (!nfg_answer_allowed(skb->data + m->inner, m))
		return;
	if (!nfg_limit_allow(&nn->reject_limit, ktime_get_ns())) {
		nfg_count_one(&stats->count[NFG_COUNT_ANSWER_SUPPRESSED], 0);
		return;
	}
	answer = nfg_reject_build(skb, m, how);
	if (!answer)
		return;
	len = answer->len;
	if (!nfg_xmit(nn, cfg, answer))
		nfg_count_one(&stats->count[NFG_COUNT_ANSWER], len);
}
