// SPDX-License-Identifier: GPL-2.0
#include <linux/hash.h>
#include <linux/in.h>
#include <linux/inetdevice.h>
#include <linux/jiffies.h>
#include <linux/netdevice.h>
#include <linux/notifier.h>
#include <net/route.h>

#include "addr.h"
#include "config.h"
#include "net.h"

#define FLAG_BITS	4
#define FLAG_MASK	((1 << FLAG_BITS) - 1)

static u32 nfg_addr_classify(struct nfg_net *nn, const struct nfg_config *cfg,
			     const struct net_device *dev, __be32 addr)
{
	u32 flags = 0;

	/* never on a wire (RFC 1122 section 3.2.1.3), local or not */
	if (ipv4_is_loopback(addr))
		return 0;
	switch (inet_addr_type_dev_table(nn->net, dev, addr)) {
	case RTN_LOCAL:
		/* nobody may be answered from a loopback address (RFC 1122 3.2.1.3) */
		if (!ipv4_is_loopback(addr))
			flags = NFG_ADDR_LOCAL;
		break;
	case RTN_BROADCAST:
	case RTN_MULTICAST:
		break;
	default:
		flags = NFG_ADDR_PEER;
	}
	if (nfg_config_origin(cfg, addr))
		flags |= NFG_ADDR_ORIGIN;
	return flags;
}

u32 nfg_addr_lookup(struct nfg_net *nn, const struct nfg_config *cfg,
		    const struct net_device *dev, __be32 addr)
{
	struct nfg_addr_cache *cache = &nn->addrs;
	u64 *slot, want, got;
	u32 stamp;

	/* a VRF has addresses of its own */
	if (unlikely(netif_is_l3_slave(dev) || netif_is_l3_master(dev)))
		return nfg_addr_classify(nn, cfg, dev, addr);

	/* read before classifying: what changes meanwhile makes the entry stale */
	stamp = (u32)atomic_read_acquire(&cache->epoch) + (u32)(jiffies / HZ);
	want = (u64)(__force u32)addr << 32 | (u32)(stamp << FLAG_BITS);
	slot = &cache->slots[hash_32((__force u32)addr, NFG_ADDR_SLOT_BITS)];
	got = READ_ONCE(*slot);
	if (unlikely((got & ~(u64)FLAG_MASK) != want)) {
		got = want | nfg_addr_classify(nn, cfg, dev, addr);
		WRITE_ONCE(*slot, got);
	}
	return got & FLAG_MASK;
}

void nfg_addr_forget(struct nfg_net *nn)
{
	atomic_inc_return_release(&nn->addrs.epoch);
}

/* Routes of an address are in place or gone when its notifiers are called. */
static int nfg_addr_event(struct notifier_block *nb, unsigned long event, void *data)
{
	const struct in_ifaddr *ifa = data;

	nfg_addr_forget(nfg_pernet(dev_net(ifa->ifa_dev->dev)));
	return NOTIFY_DONE;
}

/* Behind the one of the FIB, which changes the routes. */
static struct notifier_block nfg_addr_notifier = {
	.notifier_call = nfg_addr_event,
	.priority = -1,
};

int nfg_addr_init(void)
{
	return register_inetaddr_notifier(&nfg_addr_notifier);
}

void nfg_addr_exit(void)
{
	unregister_inetaddr_notifier(&nfg_addr_notifier);
}
