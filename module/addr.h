/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an outer IPv4 address is to this host, remembered: a route look-up costs
 * hundreds of instructions and nearly every packet has the same two addresses.
 */
#ifndef NFG_ADDR_H
#define NFG_ADDR_H

#include <linux/atomic.h>
#include <linux/types.h>

struct net_device;
struct nfg_config;
struct nfg_net;

/* one of our own addresses */
#define NFG_ADDR_LOCAL		0x1
/* a unicast address of another host */
#define NFG_ADDR_PEER		0x2
/* inside the configured origins */
#define NFG_ADDR_ORIGIN		0x4

#define NFG_ADDR_SLOT_BITS	6

/**
 * struct nfg_addr_cache - direct-mapped, without locks
 * @epoch: grows with every change of addresses or configuration
 * @slots: address << 32 | stamp << 4 | NFG_ADDR_*; the stamp is the epoch plus
 *	the seconds of uptime, so that an entry ends with the epoch or the second
 *	it was made in, whatever comes first
 */
struct nfg_addr_cache {
	atomic_t epoch;
	u64 slots[1 << NFG_ADDR_SLOT_BITS];
};

/**
 * nfg_addr_lookup() - what is an address to us?
 * @nn: namespace
 * @cfg: its configuration
 * @dev: device the packet came by
 * @addr: address, network byte order
 *
 * Addresses that come and go are seen at once; local routes without an address
 * (``ip route add local``) within a second.
 *
 * Context: softirq, under rcu_read_lock().
 * Return: NFG_ADDR_* flags.
 */
u32 nfg_addr_lookup(struct nfg_net *nn, const struct nfg_config *cfg,
		    const struct net_device *dev, __be32 addr);

/**
 * nfg_addr_forget() - forget everything, after a change of the configuration
 * @nn: namespace
 */
void nfg_addr_forget(struct nfg_net *nn);

int nfg_addr_init(void);
void nfg_addr_exit(void);

#endif /* NFG_ADDR_H */
