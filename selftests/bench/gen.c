// SPDX-License-Identifier: GPL-2.0
/*
 * Load generator: one run per insmod.
 *
 * Sends GWLB's frames out of a device of the caller's network namespace and
 * takes what comes back on it, comparing every byte when asked to.  The
 * result is the parameter "result"; "cycles" in it is the time stamp counter's
 * advance from the first frame to the last one, and equals the executed
 * instructions when the virtual machine counts one tick per instruction.
 *
 * All frames are prepared beforehand, so that what is measured is an skb, a
 * copy and the device's transmit function.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/etherdevice.h>
#include <linux/inet.h>
#include <linux/ip.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/nsproxy.h>
#include <linux/rtnetlink.h>
#include <linux/sched.h>
#include <linux/skbuff.h>
#include <linux/tcp.h>
#include <linux/timer.h>
#include <linux/timex.h>
#include <linux/udp.h>
#include <linux/vmalloc.h>
#include <net/ip.h>
#include <net/tcp.h>

#include "compat.h"

#define COOKIE		0xc00c0000
#define ENDPOINT	0x0eee000102030000ULL
#define ISN		1000000
#define SIZE_MAX_INNER	9216
#define HEADS_MAX	262144
#define HEADROOM	(256 + NET_IP_ALIGN)	/* what native XDP wants to find */

static char *dev;
module_param(dev, charp, 0);
MODULE_PARM_DESC(dev, "device to send from and to listen on");

static char *dmac = "02:00:00:00:00:02", *saddr = "10.30.1.10", *daddr = "10.30.1.50";
module_param(dmac, charp, 0);
MODULE_PARM_DESC(dmac, "Ethernet destination");
module_param(saddr, charp, 0);
MODULE_PARM_DESC(saddr, "outer source");
module_param(daddr, charp, 0);
MODULE_PARM_DESC(daddr, "outer destination");

static unsigned int n = 10000, flows = 1, first, stride = 1, kept, endpoints = 1, size = 64,
		    burst = 32, gap, train = 1, port = 6081;
module_param(n, uint, 0);
MODULE_PARM_DESC(n, "frames to send");
module_param(flows, uint, 0);
MODULE_PARM_DESC(flows, "inner flows, each with a cookie and an outer source port");
module_param(first, uint, 0);
MODULE_PARM_DESC(first, "number of the first flow; those of other numbers are other flows");
module_param(stride, uint, 0);
MODULE_PARM_DESC(stride, "how many flows further the next frame is");
module_param(kept, uint, 0);
MODULE_PARM_DESC(kept, "every second frame is one of that many first flows, the others of the rest");
module_param(endpoints, uint, 0);
MODULE_PARM_DESC(endpoints, "endpoint ids the flows are spread over");
module_param(size, uint, 0);
MODULE_PARM_DESC(size, "bytes of an inner packet");
module_param(burst, uint, 0);
MODULE_PARM_DESC(burst, "frames per run with softirqs held back");
module_param(gap, uint, 0);
MODULE_PARM_DESC(gap, "ticks from burst to burst; how much the longest was longer is reported, in ns");
module_param(train, uint, 0);
MODULE_PARM_DESC(train, "consecutive TCP segments of a flow");
module_param(port, uint, 0);
MODULE_PARM_DESC(port, "outer UDP destination port");

static bool frags, csum, verified, check, swapped = true, hop = true, spread, syn, both, paced,
	    stop;
module_param(frags, bool, 0);
MODULE_PARM_DESC(frags, "payload in page fragments");
module_param(csum, bool, 0);
MODULE_PARM_DESC(csum, "fill in the outer UDP checksum");
module_param(verified, bool, 0);
MODULE_PARM_DESC(verified, "CHECKSUM_UNNECESSARY, as if a device had verified the frame");
module_param(check, bool, 0);
MODULE_PARM_DESC(check, "compare every byte of the answers");
module_param(swapped, bool, 0);
MODULE_PARM_DESC(swapped, "answers have the outer addresses exchanged");
module_param(hop, bool, 0);
MODULE_PARM_DESC(hop, "answers have a TTL smaller by one");

module_param(spread, bool, 0);
MODULE_PARM_DESC(spread, "inner destinations and their ports differ");
module_param(syn, bool, 0);
MODULE_PARM_DESC(syn, "frames of flows that are not kept are SYNs");
module_param(both, bool, 0);
MODULE_PARM_DESC(both, "every second segment of a train comes from the other side");
module_param(paced, bool, 0);
MODULE_PARM_DESC(paced, "each burst waits for the answers to the last, a second at most");
module_param(stop, bool, 0600);
MODULE_PARM_DESC(stop, "write 1 to end a run");

static unsigned int gso_type, gso_size, gso_segs;
module_param(gso_type, uint, 0);
MODULE_PARM_DESC(gso_type, "SKB_GSO_*, to claim that a frame is a merged one");
module_param(gso_size, uint, 0);
module_param(gso_segs, uint, 0);

static char result_text[200];
static char *result = result_text;
module_param(result, charp, 0444);

struct head {
	struct ethhdr eth;
	struct iphdr ip;
	struct udphdr udp;
	__be32 geneve[2];
	__be32 endpoint_option;
	__be64 endpoint;
	__be32 attachment_option;
	__be64 attachment;
	__be32 cookie_option;
	__be32 cookie;
	struct iphdr inner;
	struct tcphdr tcp;
} __packed;

/* Bytes behind struct head that are linear too when the rest is in pages. */
#define LINEAR_MORE	6

static struct {
	struct head *heads;	/* flows * train */
	unsigned int count;
	u8 *payload;
	unsigned int payload_len;
	struct page *pages;	/* payload from LINEAR_MORE on */
	u8 *answer, *expected;
} frames;

static struct {
	u64 packets, kept, bad, merged;
} back;

/* Some of 2^30 addresses from 11.0.0.0 on, some of 16 ports. */
static void inner_spread(struct head *h, unsigned int flow)
{
	u32 mixed = flow * 0x9e3779b1;	/* 2^32 / golden ratio: spreads evenly */

	h->inner.daddr = htonl(0x0b000000 + (mixed >> 2));
	h->tcp.dest = htons(8000 + (mixed >> 8) % 16);
}

static void inner_build(struct head *h, unsigned int flow, unsigned int segment,
			__wsum payload_sum)
{
	h->inner = (struct iphdr){
		.version = 4, .ihl = 5, .ttl = 64, .protocol = IPPROTO_TCP,
		.tot_len = htons(size), .id = htons(0x100 + segment), .frag_off = htons(IP_DF),
		.saddr = htonl(0xac100001 + flow / 50000), .daddr = htonl(0xc6336401),
	};
	h->tcp = (struct tcphdr){
		.source = htons(10000 + flow % 50000), .dest = htons(443), .doff = 5, .ack = 1,
		.seq = htonl(ISN + segment * frames.payload_len), .ack_seq = htonl(77),
		.window = htons(5000),
	};
	if (spread)
		inner_spread(h, flow);
	if (syn && flow - first >= kept) {
		h->tcp.syn = 1;
		h->tcp.ack = 0;
		h->tcp.ack_seq = 0;
	}
	if (both && segment % 2) {
		swap(h->inner.saddr, h->inner.daddr);
		swap(h->tcp.source, h->tcp.dest);
	}
	ip_send_check(&h->inner);
	h->tcp.check = tcp_v4_check(size - sizeof(h->inner), h->inner.saddr, h->inner.daddr,
				    csum_partial(&h->tcp, sizeof(h->tcp), payload_sum));
}

/* frames.heads[(flow - first) * train + segment] */
static void head_build(struct head *h, const struct net_device *ndev,
		       unsigned int flow, unsigned int segment, __wsum payload_sum)
{
	__wsum sum;

	mac_pton(dmac, h->eth.h_dest);
	ether_addr_copy(h->eth.h_source, ndev->dev_addr);
	h->eth.h_proto = htons(ETH_P_IP);

	inner_build(h, flow, segment, payload_sum);
	h->geneve[0] = htonl(0x08000000 | ETH_P_IP);	/* 8 words of options */
	h->endpoint_option = htonl(0x01080102);
	h->endpoint = cpu_to_be64(ENDPOINT + flow % endpoints);
	h->attachment_option = htonl(0x01080202);
	h->cookie_option = htonl(0x01080301);
	h->cookie = htonl(COOKIE + flow);

	h->ip = (struct iphdr){
		.version = 4, .ihl = 5, .ttl = 254, .protocol = IPPROTO_UDP,
		.tot_len = htons(sizeof(*h) - ETH_HLEN + frames.payload_len),
		.id = htons(flow * train + segment),
		.saddr = in_aton(saddr), .daddr = in_aton(daddr),
	};
	ip_send_check(&h->ip);
	h->udp = (struct udphdr){
		.source = htons(60000 + flow % 5000), .dest = htons(port),
		.len = htons(ntohs(h->ip.tot_len) - sizeof(h->ip)),
	};
	if (!csum)
		return;
	sum = csum_partial(&h->udp, sizeof(*h) - offsetof(struct head, udp), payload_sum);
	h->udp.check = csum_tcpudp_magic(h->ip.saddr, h->ip.daddr, ntohs(h->udp.len),
					 IPPROTO_UDP, sum);
	if (!h->udp.check)
		h->udp.check = CSUM_MANGLED_0;
}

static void frames_free(void)
{
	if (frames.pages)
		__free_pages(frames.pages, get_order(frames.payload_len));
	vfree(frames.heads);
	vfree(frames.payload);
	vfree(frames.answer);
	vfree(frames.expected);
}

static int frames_build(const struct net_device *ndev)
{
	unsigned int len, i;
	__wsum sum;

	frames.payload_len = size - sizeof(struct iphdr) - sizeof(struct tcphdr);
	frames.count = flows * train;
	len = sizeof(struct head) + frames.payload_len;
	frames.heads = vzalloc(array_size(frames.count, sizeof(*frames.heads)));
	frames.payload = vmalloc(frames.payload_len);
	frames.answer = vmalloc(len);
	frames.expected = vmalloc(len);
	if (!frames.heads || !frames.payload || !frames.answer || !frames.expected)
		return -ENOMEM;

	for (i = 0; i < frames.payload_len; i++)
		frames.payload[i] = i * 7 + i / 256;
	sum = csum_partial(frames.payload, frames.payload_len, 0);
	for (i = 0; i < frames.count; i++)
		head_build(&frames.heads[i], ndev, first + i / train, i % train, sum);

	frags = frags && frames.payload_len > LINEAR_MORE;
	if (!frags)
		return 0;
	frames.pages = alloc_pages(GFP_KERNEL | __GFP_COMP, get_order(frames.payload_len));
	if (!frames.pages)
		return -ENOMEM;
	memcpy(page_address(frames.pages), frames.payload + LINEAR_MORE,
	       frames.payload_len - LINEAR_MORE);
	return 0;
}

static struct sk_buff *frame_get(struct net_device *ndev, unsigned int i)
{
	unsigned int linear = frags ? LINEAR_MORE : frames.payload_len;
	unsigned int room = SKB_DATA_ALIGN(HEADROOM + sizeof(struct head) + linear) +
			    SKB_DATA_ALIGN(sizeof(struct skb_shared_info));
	unsigned int left = frames.payload_len - linear, page = 0;
	void *data = netdev_alloc_frag(room);
	struct sk_buff *skb;

	if (!data)
		return NULL;
	skb = build_skb(data, room);
	if (!skb) {
		skb_free_frag(data);
		return NULL;
	}
	skb_reserve(skb, HEADROOM);
	__skb_put_data(skb, &frames.heads[i], sizeof(struct head));
	__skb_put_data(skb, frames.payload, linear);
	for (; left; page++) {
		unsigned int part = min_t(unsigned int, left, PAGE_SIZE);

		get_page(frames.pages + page);
		skb_add_rx_frag(skb, page, frames.pages + page, 0, part, part);
		left -= part;
	}
	skb->dev = ndev;
	skb->protocol = htons(ETH_P_IP);
	skb_reset_mac_header(skb);
	skb_set_network_header(skb, ETH_HLEN);
	skb->ip_summed = verified ? CHECKSUM_UNNECESSARY : CHECKSUM_NONE;
	if (gso_size) {
		skb_shinfo(skb)->gso_type = gso_type;
		skb_shinfo(skb)->gso_size = gso_size;
		skb_shinfo(skb)->gso_segs = gso_segs;
	}
	return skb;
}

static bool answer_right(const struct sk_buff *skb)	/* data is at the outer IP header */
{
	const unsigned int len = sizeof(struct head) + frames.payload_len;
	const struct head *got = (const struct head *)frames.answer;
	struct head *want = (struct head *)frames.expected;
	const struct head *sent;
	unsigned int flow, segment;

	if (skb->len + ETH_HLEN != len || skb_copy_bits(skb, -ETH_HLEN, frames.answer, len))
		return false;
	flow = ntohl(got->cookie) - COOKIE - first;
	segment = (ntohl(got->tcp.seq) - ISN) / max(frames.payload_len, 1u);
	if (flow >= flows || segment >= train)
		return false;

	sent = &frames.heads[flow * train + segment];
	*want = *sent;
	memcpy(frames.expected + sizeof(*want), frames.payload, frames.payload_len);
	memcpy(want->eth.h_dest, sent->eth.h_source, ETH_ALEN);
	memcpy(want->eth.h_source, sent->eth.h_dest, ETH_ALEN);
	if (swapped)
		swap(want->ip.saddr, want->ip.daddr);
	if (hop)
		ip_decrease_ttl(&want->ip);
	return !memcmp(want, got, len);
}

static bool answer_is_kept(const struct sk_buff *skb)
{
	__be32 buf, *cookie;

	cookie = skb_header_pointer(skb, offsetof(struct head, cookie) - ETH_HLEN, sizeof(buf),
				    &buf);
	return cookie && ntohl(*cookie) - COOKIE - first < kept;
}

static rx_handler_result_t answer_take(struct sk_buff **pskb)
{
	struct sk_buff *skb = *pskb;

	if (skb->protocol != htons(ETH_P_IP))
		return RX_HANDLER_PASS;
	back.packets++;
	back.merged += skb_is_gso(skb);
	if (kept)
		back.kept += answer_is_kept(skb);
	if (check && !answer_right(skb))
		back.bad++;
	consume_skb(skb);
	return RX_HANDLER_CONSUMED;
}

/* Which of frames.heads the frame of a number is. */
static unsigned int frame_index(unsigned int i)
{
	if (!kept)
		return i * stride % frames.count;
	return i % 2 ? kept + i / 2 % (frames.count - kept) : i / 2 % kept;
}

/* Return: frames the device took. */
static unsigned int burst_send(struct net_device *ndev, unsigned int from, unsigned int count)
{
	struct netdev_queue *txq = netdev_get_tx_queue(ndev, 0);
	int cpu = smp_processor_id();
	unsigned int i, sent = 0;

	for (i = 0; i < count; i++) {
		struct sk_buff *skb = frame_get(ndev, frame_index(from + i));
		netdev_tx_t rc = NETDEV_TX_BUSY;

		if (!skb)
			continue;
		HARD_TX_LOCK(ndev, txq, cpu);
		if (!netif_xmit_frozen_or_drv_stopped(txq))
			rc = netdev_start_xmit(skb, ndev, txq, i + 1 < count);
		HARD_TX_UNLOCK(ndev, txq);
		if (!dev_xmit_complete(rc))
			kfree_skb(skb);
		sent += rc == NETDEV_TX_OK;
	}
	return sent;
}

/* Return: how many frames the next burst has. */
static unsigned int burst_next(unsigned int done)
{
	return READ_ONCE(stop) ? 0 : min(burst, n - done);
}

/* Waits for the answers to so many frames, for so many milliseconds at most. */
static void answers_wait(unsigned int sent, unsigned int patience)
{
	for (; patience && READ_ONCE(back.packets) < sent; patience--)
		usleep_range(1000, 1100);
}

/* Return: frames sent. */
static unsigned int bursts_send(struct net_device *ndev)
{
	unsigned int done, count, sent = 0;

	for (done = 0; (count = burst_next(done)); done += count) {
		local_bh_disable();
		sent += burst_send(ndev, done, count);
		local_bh_enable();
		if (paced)
			answers_wait(sent, 1000);
		cond_resched();
	}
	return sent;
}

/* Bursts from a softirq, as a network card's come: what holds those back, holds these. */
static struct {
	struct timer_list timer;
	struct completion over;
	struct net_device *ndev;
	unsigned int done, sent;
	u64 last, shortest, longest;	/* nanoseconds; of gaps */
} ticks;

static void tick(struct timer_list *timer)
{
	unsigned int count = burst_next(ticks.done);
	u64 now = ktime_get_ns(), since = now - ticks.last;

	if (!count) {
		complete(&ticks.over);
		return;
	}
	if (ticks.last) {
		ticks.shortest = min(ticks.shortest ?: since, since);
		ticks.longest = max(ticks.longest, since);
	}
	ticks.last = now;
	mod_timer(timer, jiffies + gap);
	ticks.sent += burst_send(ticks.ndev, ticks.done, count);
	ticks.done += count;
}

/* Return: frames sent. */
static unsigned int ticks_send(struct net_device *ndev)
{
	ticks.ndev = ndev;
	init_completion(&ticks.over);
	timer_setup(&ticks.timer, tick, 0);
	mod_timer(&ticks.timer, jiffies + gap);
	wait_for_completion(&ticks.over);
	synchronize_rcu();	/* tick() has returned */
	return ticks.sent;
}

static void measure(struct net_device *ndev)
{
	unsigned int sent, late;
	cycles_t start, cycles;

	msleep(100);	/* what loading left to do is not to be measured */
	start = get_cycles();
	sent = gap ? ticks_send(ndev) : bursts_send(ndev);
	cycles = get_cycles() - start;
	late = sent - back.packets;	/* not paid for in cycles */
	answers_wait(sent, 100);
	scnprintf(result_text, sizeof(result_text),
		  "sent=%u back=%llu kept=%llu late=%u bad=%llu merged=%llu wait=%llu cycles=%llu",
		  sent, back.packets, back.kept, late, back.bad, back.merged,
		  ticks.longest - ticks.shortest, (u64)cycles);
}

static bool parameters_valid(void)
{
	if (!dev || !n || !flows || !endpoints || !burst || !train)
		return false;
	if (kept && (kept >= flows || train > 1))
		return false;
	return (u64)flows * train <= HEADS_MAX && size <= SIZE_MAX_INNER &&
	       size >= sizeof(struct iphdr) + sizeof(struct tcphdr) + 8;
}

/* Not __init: what only cold code calls is compiled for size, not for speed. */
static int gen_init(void)
{
	struct net_device *ndev;
	int err;

	if (!parameters_valid())
		return -EINVAL;
	ndev = dev_get_by_name(current->nsproxy->net_ns, dev);
	if (!ndev)
		return -ENODEV;
	err = frames_build(ndev);
	if (err)
		goto free;

	rtnl_lock();
	err = netdev_rx_handler_register(ndev, answer_take, NULL);
	rtnl_unlock();
	if (err)
		goto free;
	measure(ndev);
	rtnl_lock();
	netdev_rx_handler_unregister(ndev);
	rtnl_unlock();
free:
	frames_free();
	dev_put(ndev);
	return err;
}

/* Nothing lives longer than a run; the module stays for its result. */
static void __exit gen_exit(void)
{
}

module_init(gen_init);
module_exit(gen_exit);
MODULE_DESCRIPTION("nf_geneve: load generator");
MODULE_LICENSE("GPL");
