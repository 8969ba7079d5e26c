// SPDX-License-Identifier: GPL-2.0
/*
 * Test module: hands packets to a device's receive path in layouts that
 * drivers produce, but not on demand: few linear bytes, page fragments, a frag
 * list, a clone, every ip_summed, metadata left over from another life.  See
 * forge.h for the interface.
 */
#include <linux/etherdevice.h>
#include <linux/ip.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/nsproxy.h>
#include <linux/slab.h>
#include <linux/udp.h>
#include <net/checksum.h>
#include <net/dst_metadata.h>
#include <net/ip.h>
#include <net/net_namespace.h>

#include "forge.h"

#define FRAME_MAX	(ETH_HLEN + 65535)
/* Fragments do not start where a page does. */
#define PAGE_OFFSET_ODD	13
/* Size of the parts of a frag list, unless told. */
#define LIST_PART	1000

#define STALE_MARK	0xdeadbeef
#define STALE_PRIORITY	7
/* No device here has that many. */
#define STALE_QUEUE	500
#define STALE_DELAY	(100ull * NSEC_PER_SEC)

/* One open file: its namespace, and an eye on what leaves its device. */
struct forge {
	struct packet_type tap;
	struct mutex lock;	/* one request at a time */
	struct net *net;
	struct net_device *dev;
	bool stale_seen;
};

/* The tap sees a clone of what the driver gets. */
static bool forge_is_stale(struct sk_buff *skb)
{
	return skb->mark || skb->priority || skb->sk || skb_metadata_dst(skb) ||
	       skb_get_queue_mapping(skb) >= skb->dev->real_num_tx_queues ||
	       skb->ip_summed == CHECKSUM_COMPLETE || skb_has_extensions(skb);
}

static int forge_tap(struct sk_buff *skb, struct net_device *dev, struct packet_type *pt,
		     struct net_device *orig_dev)
{
	struct forge *f = container_of(pt, struct forge, tap);

	if (skb->pkt_type == PACKET_OUTGOING && skb->protocol == htons(ETH_P_IP) &&
	    forge_is_stale(skb)) {
		f->stale_seen = true;
		pr_info("left with mark %x priority %u queue %u metadata %d socket %d summed %u extensions %d\n",
			skb->mark, skb->priority, skb_get_queue_mapping(skb),
			!!skb_metadata_dst(skb), !!skb->sk, skb->ip_summed,
			skb_has_extensions(skb));
	}
	consume_skb(skb);
	return 0;
}

static void forge_detach(struct forge *f)
{
	if (!f->dev)
		return;
	dev_remove_pack(&f->tap);
	dev_put(f->dev);
	f->dev = NULL;
}

/* The tap stays on the device until another one is asked for. */
static int forge_attach(struct forge *f, const char *name)
{
	struct net_device *dev;

	if (f->dev && !strcmp(f->dev->name, name))
		return 0;
	dev = dev_get_by_name(f->net, name);
	if (!dev)
		return -ENODEV;
	forge_detach(f);
	f->dev = dev;
	f->tap.type = htons(ETH_P_ALL);
	f->tap.func = forge_tap;
	f->tap.dev = dev;
	dev_add_pack(&f->tap);
	return 0;
}

/* A skb whose head holds these bytes, with room for a driver's header. */
static struct sk_buff *forge_head(const u8 *data, u32 len)
{
	struct sk_buff *skb = alloc_skb(NET_SKB_PAD + len, GFP_KERNEL);

	if (!skb)
		return NULL;
	skb_reserve(skb, NET_SKB_PAD);
	skb_put_data(skb, data, len);
	return skb;
}

static int forge_pages(struct sk_buff *skb, const u8 *data, u32 rest, u32 split)
{
	u32 part = max_t(u32, split, DIV_ROUND_UP(rest, MAX_SKB_FRAGS));
	int i;

	part = min_t(u32, part, PAGE_SIZE - PAGE_OFFSET_ODD);
	for (i = 0; rest; i++) {
		u32 size = min(part, rest);
		struct page *page = alloc_page(GFP_KERNEL);

		if (!page)
			return -ENOMEM;
		memcpy(page_address(page) + PAGE_OFFSET_ODD, data, size);
		skb_add_rx_frag(skb, i, page, PAGE_OFFSET_ODD, size, PAGE_SIZE);
		data += size;
		rest -= size;
	}
	return 0;
}

static int forge_list(struct sk_buff *skb, const u8 *data, u32 rest, u32 split)
{
	struct sk_buff **next = &skb_shinfo(skb)->frag_list;

	while (rest) {
		u32 size = min(split ?: LIST_PART, rest);
		struct sk_buff *part = forge_head(data, size);

		if (!part)
			return -ENOMEM;
		*next = part;
		next = &part->next;
		skb->len += size;
		skb->data_len += size;
		skb->truesize += part->truesize;
		data += size;
		rest -= size;
	}
	return 0;
}

static struct sk_buff *forge_build(const struct nfg_forge *req, const u8 *frame, u32 len)
{
	u32 linear = clamp_t(u32, req->linear, ETH_HLEN, len);
	struct sk_buff *skb = forge_head(frame, linear);
	int err = 0;

	if (!skb)
		return NULL;
	if (linear < len) {
		if (req->flags & NFG_FORGE_FRAG_LIST)
			err = forge_list(skb, frame + linear, len - linear, req->split);
		else
			err = forge_pages(skb, frame + linear, len - linear,
					  req->split ?: PAGE_SIZE);
	}
	if (err) {
		kfree_skb(skb);
		return NULL;
	}
	return skb;
}

/* The sum that is still to be made stands for the pseudo header, as a socket leaves it. */
static int forge_partial(struct sk_buff *skb, u8 *frame, u32 len)
{
	struct iphdr *iph = (struct iphdr *)(frame + ETH_HLEN);
	struct udphdr *uh = (struct udphdr *)(frame + ETH_HLEN + sizeof(*iph));
	u32 start = ETH_HLEN + sizeof(*iph);

	if (skb_headlen(skb) < start + sizeof(*uh))
		return -EINVAL;
	uh->check = ~csum_tcpudp_magic(iph->saddr, iph->daddr, len - start, IPPROTO_UDP, 0);
	memcpy(skb->data + start, uh, sizeof(*uh));
	return skb_partial_csum_set(skb, start, offsetof(struct udphdr, check)) ? 0 : -EINVAL;
}

static int forge_sum(struct sk_buff *skb, const struct nfg_forge *req, u8 *frame, u32 len)
{
	switch (req->sum) {
	case NFG_FORGE_NONE:
		return 0;
	case NFG_FORGE_UNNECESSARY:
		skb->ip_summed = CHECKSUM_UNNECESSARY;
		return 0;
	case NFG_FORGE_COMPLETE:
	case NFG_FORGE_COMPLETE_WRONG:
		skb->ip_summed = CHECKSUM_COMPLETE;
		skb->csum = csum_partial(frame + ETH_HLEN, len - ETH_HLEN, 0);
		if (req->sum == NFG_FORGE_COMPLETE_WRONG)
			skb->csum = csum_add(skb->csum, (__force __wsum)0x1234);
		return 0;
	case NFG_FORGE_PARTIAL:
		return forge_partial(skb, frame, len);
	default:
		return -EINVAL;
	}
}

static int forge_stale(struct sk_buff *skb)
{
	struct metadata_dst *md = metadata_dst_alloc(0, METADATA_IP_TUNNEL, GFP_KERNEL);

	if (!md)
		return -ENOMEM;
	skb_dst_set(skb, &md->dst);
	skb->mark = STALE_MARK;
	skb->priority = STALE_PRIORITY;
	skb_set_queue_mapping(skb, STALE_QUEUE);
	skb->tstamp = ktime_add_ns(ktime_get_real(), STALE_DELAY);
#if IS_ENABLED(CONFIG_MPTCP)
	if (!skb_ext_add(skb, SKB_EXT_MPTCP))
		return -ENOMEM;
#endif
	return 0;
}

/* @clone starts at the network header, like the packet it was made from. */
static int forge_compare(struct sk_buff *clone, const u8 *frame, u32 len)
{
	u32 size = len - ETH_HLEN;
	u8 *copy = kvmalloc(size, GFP_KERNEL);
	int err = 0;

	if (!copy)
		return -ENOMEM;
	if (clone->len != size || skb_copy_bits(clone, 0, copy, size) ||
	    memcmp(copy, frame + ETH_HLEN, size) ||
	    memcmp(skb_mac_header(clone), frame, ETH_HLEN))
		err = -EBADMSG;
	kvfree(copy);
	return err;
}

static int forge_receive(struct forge *f, const struct nfg_forge *req, u8 *frame, u32 len)
{
	struct sk_buff *skb = forge_build(req, frame, len), *clone = NULL;
	int err;

	if (!skb)
		return -ENOMEM;
	err = forge_sum(skb, req, frame, len);
	if (!err && req->flags & NFG_FORGE_STALE)
		err = forge_stale(skb);
	if (err) {
		kfree_skb(skb);
		return err;
	}
	skb->protocol = eth_type_trans(skb, f->dev);
	if (req->flags & NFG_FORGE_CLONE) {
		clone = skb_clone(skb, GFP_KERNEL);
		if (!clone) {
			kfree_skb(skb);
			return -ENOMEM;
		}
	}
	f->stale_seen = false;
	local_bh_disable();
	netif_receive_skb(skb);
	local_bh_enable();
	if (clone) {
		err = forge_compare(clone, frame, len);
		kfree_skb(clone);
	}
	return err ?: f->stale_seen ? -EILSEQ : 0;
}

static ssize_t forge_write(struct file *file, const char __user *user, size_t size, loff_t *pos)
{
	struct forge *f = file->private_data;
	struct nfg_forge *req;
	int err;

	if (size < sizeof(*req) + ETH_HLEN + sizeof(struct iphdr) + sizeof(struct udphdr) ||
	    size > sizeof(*req) + FRAME_MAX)
		return -EINVAL;
	req = vmemdup_user(user, size);
	if (IS_ERR(req))
		return PTR_ERR(req);
	req->dev[sizeof(req->dev) - 1] = 0;
	mutex_lock(&f->lock);
	err = forge_attach(f, req->dev);
	if (!err)
		err = forge_receive(f, req, (u8 *)(req + 1), size - sizeof(*req));
	mutex_unlock(&f->lock);
	kvfree(req);
	return err ?: size;
}

static int forge_open(struct inode *inode, struct file *file)
{
	struct forge *f = kzalloc(sizeof(*f), GFP_KERNEL);

	if (!f)
		return -ENOMEM;
	mutex_init(&f->lock);
	f->net = get_net(current->nsproxy->net_ns);
	file->private_data = f;
	return 0;
}

static int forge_release(struct inode *inode, struct file *file)
{
	struct forge *f = file->private_data;

	forge_detach(f);
	put_net(f->net);
	kfree(f);
	return 0;
}

static const struct file_operations forge_fops = {
	.owner = THIS_MODULE,
	.open = forge_open,
	.release = forge_release,
	.write = forge_write,
};

static struct miscdevice forge_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "nfg_forge",
	.fops = &forge_fops,
};

module_misc_device(forge_misc);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Forged packet layouts for the tests of nf_geneve");
