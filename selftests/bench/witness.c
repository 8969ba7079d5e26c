// SPDX-License-Identifier: GPL-2.0
/*
 * Tells what reaches PRE_ROUTING: one line per kind of UDP skb, in the
 * parameter "seen" (any write clears it).  A test of merged skbs that does not
 * ask here may pass because nothing was merged.  Works in the namespace of its
 * insmod, ahead of every other hook, and touches nothing.
 */
#include <linux/ip.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/netfilter_ipv4.h>
#include <linux/nsproxy.h>
#include <linux/sched.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>
#include <net/net_namespace.h>

#include "compat.h"

static const char * const gso_names[] = {
	"tcpv4", "dodgy", "ecn", "fixedid", "tcpv6", "fcoe", "gre", "gre_csum",
	"ipxip4", "ipxip6", "udp_tunnel", "udp_tunnel_csum", "partial", "remcsum",
	"sctp", "esp", "udp", "udp_l4", "fraglist",
};

#define FIXEDID	BIT(3)		/* inner ids stay the same, whatever bit the kernel has for it */
#define SINGLE	BIT(31)		/* not merged at all */

static const char * const summed_names[] = { "none", "unnecessary", "complete", "partial" };

struct kind {
	unsigned int gso_type;
	u8 ip_summed;
	u64 skbs, segments;
};

static struct kind kinds[16];
static DEFINE_SPINLOCK(kinds_lock);	/* taken in softirqs */
static struct net *net;

static unsigned int type_of(const struct sk_buff *skb)
{
	unsigned int type = skb_shinfo(skb)->gso_type;
	bool fixed = type & NFG_GSO_FIXEDID_INNER;

	type &= ~(NFG_GSO_FIXEDID_INNER | NFG_GSO_FIXEDID_OUTER);
	return fixed ? type | FIXEDID : type;
}

static unsigned int look(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	unsigned int type = skb_is_gso(skb) ? type_of(skb) : SINGLE;
	unsigned int i;

	if (ip_hdr(skb)->protocol != IPPROTO_UDP)
		return NF_ACCEPT;
	spin_lock(&kinds_lock);
	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		struct kind *k = &kinds[i];

		if (k->skbs && (k->gso_type != type || k->ip_summed != skb->ip_summed))
			continue;
		k->gso_type = type;
		k->ip_summed = skb->ip_summed;
		k->skbs++;
		k->segments += max_t(unsigned int, 1, skb_shinfo(skb)->gso_segs);
		break;
	}
	spin_unlock(&kinds_lock);
	return NF_ACCEPT;
}

/* "udp_tunnel+tcpv4 summed=partial skbs=3 segments=96" */
static int kind_print(char *buf, size_t size, const struct kind *k)
{
	unsigned long bits = k->gso_type;
	const char *sep = "";
	unsigned int bit;
	int len = 0;

	if (!bits || bits == SINGLE)
		len = scnprintf(buf, size, bits ? "single" : "untyped");
	for_each_set_bit(bit, &bits, ARRAY_SIZE(gso_names)) {
		len += scnprintf(buf + len, size - len, "%s%s", sep, gso_names[bit]);
		sep = "+";
	}
	return len + scnprintf(buf + len, size - len, " summed=%s skbs=%llu segments=%llu\n",
			       summed_names[k->ip_summed], k->skbs, k->segments);
}

static int seen_get(char *buf, const struct kernel_param *kp)
{
	unsigned int i;
	int len = 0;

	buf[0] = '\0';
	spin_lock_bh(&kinds_lock);
	for (i = 0; i < ARRAY_SIZE(kinds) && kinds[i].skbs; i++)
		len += kind_print(buf + len, PAGE_SIZE - len, &kinds[i]);
	spin_unlock_bh(&kinds_lock);
	return len;
}

static int seen_set(const char *val, const struct kernel_param *kp)
{
	spin_lock_bh(&kinds_lock);
	memset(kinds, 0, sizeof(kinds));
	spin_unlock_bh(&kinds_lock);
	return 0;
}

static const struct kernel_param_ops seen_ops = {
	.get = seen_get,
	.set = seen_set,
};
module_param_cb(seen, &seen_ops, NULL, 0644);

static bool outer_ids = NFG_GSO_FIXEDID_OUTER;
module_param(outer_ids, bool, 0444);
MODULE_PARM_DESC(outer_ids, "whether this kernel marks outer ids that stay the same");

static const struct nf_hook_ops ops = {
	.hook = look,
	.pf = NFPROTO_IPV4,
	.hooknum = NF_INET_PRE_ROUTING,
	.priority = NF_IP_PRI_FIRST,
};

static int __init witness_init(void)
{
	int err;

	net = get_net(current->nsproxy->net_ns);
	err = nf_register_net_hook(net, &ops);
	if (err)
		put_net(net);
	return err;
}

static void __exit witness_exit(void)
{
	nf_unregister_net_hook(net, &ops);
	put_net(net);
}

module_init(witness_init);
module_exit(witness_exit);
MODULE_DESCRIPTION("nf_geneve: tells what was merged");
MODULE_LICENSE("GPL");
