// SPDX-License-Identifier: GPL-2.0
#include <linux/in.h>
#include <linux/inetdevice.h>
#include <linux/notifier.h>
#include <net/route.h>

#include "addr.h"
#include "config.h"
#include "net.h"

/* Never on a wire (RFC 1122 section 3.2.1.3), whatever the routes say. */
static bool nfg_addr_is_of_host(__be32 addr)
{
	u32 net = ntohl(addr) >> 24;

	return !net || net == IN_LOOPBACKNET;
}

static unsigned int nfg_addr_type(struct nfg_net *nn, const struct net_device *dev, __be32 addr)
{
	return nfg_addr_is_of_host(addr) ? RTN_BLACKHOLE :
	       inet_addr_type_dev_table(nn->net, dev, addr);
}

u32 nfg_addr_ask(struct nfg_net *nn, const struct net_device *dev, const struct iphdr *iph,
		 struct nfg_addr_slot *slot)
{
	u32 flags = 0;

	if (nfg_addr_type(nn, dev, iph->daddr) == RTN_LOCAL)
		flags |= NFG_ADDR_OURS;
	if (nfg_addr_type(nn, dev, iph->saddr) != RTN_UNICAST)
		flags |= NFG_ADDR_NO_PEER;
	if (!nfg_config_origin(rcu_dereference(nn->config), iph->saddr))
		flags |= NFG_ADDR_NO_ORIGIN;
	if (slot)
		slot->flags = flags;
	return flags;
}

int nfg_addrs_init(struct nfg_addrs *addrs)
{
	addrs->slots = __alloc_percpu(sizeof(*addrs->slots) << NFG_ADDR_SLOT_BITS,
				      __alignof__(*addrs->slots));
	return addrs->slots ? 0 : -ENOMEM;
}

/* Routes of an address are in place or gone when its notifiers are called. */
static int nfg_addr_event(struct notifier_block *nb, unsigned long event, void *data)
{
	const struct in_ifaddr *ifa = data;

	nfg_addr_forget(&nfg_pernet(dev_net(ifa->ifa_dev->dev))->addrs);
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
