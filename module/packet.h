/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_PACKET_H
#define NFG_PACKET_H

#include <linux/skbuff.h>
#include <net/ip.h>

#include "addr.h"
#include "config.h"
#include "core/fast.h"
#include "core/packet.h"

/*
 * What is pulled at once if anything is: GWLB's 68 bytes, IPv4 and TCP. A longer
 * window would not fit behind the head that virtio-net allocates.
 */
#define NFG_WINDOW	(NFG_FAST_INNER + NFG_IPV4_LEN + NFG_TCP_LEN)

/**
 * nfg_packet_pull() - make the first bytes of a packet readable
 * @skb: packet; data may move
 * @need: how many
 *
 * Return: false when the packet is shorter or there is no memory.
 */
static inline bool nfg_packet_pull(struct sk_buff *skb, u32 need)
{
	if (likely(need <= skb_headlen(skb)))
		return true;
	return need <= skb->len &&
	       pskb_may_pull(skb, max_t(u32, need, min_t(u32, skb->len, NFG_WINDOW)));
}

/* nfg_parse() after pulling as much as it asks for. */
enum nfg_reason nfg_packet_parse(struct sk_buff *skb, struct nfg_meta *m);

/* Is the non-zero outer UDP checksum, of which nobody has a verdict yet, right? */
bool nfg_packet_udp_sum_ok(struct sk_buff *skb);

/* What defragmentation put together cannot go back as it came. */
static inline bool nfg_packet_reassembled(const struct sk_buff *skb)
{
	return IPCB(skb)->frag_max_size;
}

/*
 * RFC 768: 0 is no checksum. The verdict of the device, or of whoever made the
 * packet on this machine, is trusted.
 */
static inline bool nfg_packet_needs_udp_sum(const struct nfg_config *cfg,
					    const struct sk_buff *skb)
{
	const struct udphdr *uh = (const struct udphdr *)(skb->data + sizeof(struct iphdr));

	return uh->check && cfg->udp_checksum == NFG_UDP_CHECKSUM_VERIFY &&
	       !skb_csum_unnecessary(skb);
}

/**
 * nfg_packet_check() - validate a packet, all the rules
 * @cfg: configuration
 * @addrs: NFG_ADDR_* of the outer header
 * @skb: packet, outer IPv4 header at skb->data; data may move
 * @m: gets what was parsed
 *
 * Of several faults one that forbids sending the packet back counts first.
 *
 * Context: softirq.
 * Return: NFG_REASON_NONE when it is valid.
 */
static __always_inline enum nfg_reason
nfg_packet_check(const struct nfg_config *cfg, u32 addrs, struct sk_buff *skb, struct nfg_meta *m)
{
	enum nfg_reason reason = NFG_REASON_NONE;

	if (unlikely(!nfg_parse_fast(skb->data, skb_headlen(skb), skb->len, m))) {
		reason = nfg_packet_parse(skb, m);
		if (reason && !nfg_reason_returnable(reason))
			return reason;
	}
	if (unlikely(nfg_packet_reassembled(skb)))
		return NFG_REASON_OUTER_FRAGMENT;
	if (unlikely(addrs & (NFG_ADDR_NO_PEER | NFG_ADDR_NO_ORIGIN)))
		return addrs & NFG_ADDR_NO_PEER ? NFG_REASON_OUTER_SOURCE : NFG_REASON_ORIGIN;
	if (unlikely(nfg_packet_needs_udp_sum(cfg, skb)) && !nfg_packet_udp_sum_ok(skb))
		return NFG_REASON_UDP_CHECKSUM;
	return reason;
}

#endif /* NFG_PACKET_H */
