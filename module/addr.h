/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the two outer IPv4 addresses of a packet are to this host, remembered: a
 * route look-up costs hundreds of instructions, and nearly all packets have one
 * of a few pairs.
 */
#ifndef NFG_ADDR_H
#define NFG_ADDR_H

#include <linux/hash.h>
#include <linux/ip.h>
#include <linux/jiffies.h>
#include <linux/netdevice.h>
#include <linux/percpu.h>

#include "core/ip.h"
#include "core/port.h"

struct nfg_net;

/* the destination is one of our own addresses */
#define NFG_ADDR_OURS		0x1
/* the source is not a unicast address of another host */
#define NFG_ADDR_NO_PEER	0x2
/* the source is outside the configured origins */
#define NFG_ADDR_NO_ORIGIN	0x4

#define NFG_ADDR_SLOT_BITS	4
/* Jiffies that an answer is good for at most: 0.25 to 2.5 s. */
#define NFG_ADDR_AGE		256UL

/**
 * struct nfg_addr_slot - an answer, in a table of each CPU
 * @pair: source and destination as they stand in the header
 * @stamp: valid as long as this is nfg_addr_stamp()
 * @flags: NFG_ADDR_*
 */
struct nfg_addr_slot {
	u64 pair;
	u32 stamp;
	u32 flags;
};

/**
 * struct nfg_addrs - the answers of a namespace
 * @epoch: grows with every change of addresses or configuration
 * @slots: 1 << NFG_ADDR_SLOT_BITS for each CPU, direct-mapped
 */
struct nfg_addrs {
	atomic_t epoch;
	struct nfg_addr_slot __percpu *slots;
};

/* Read before asking, and before the configuration that asking looks at: what
 * changes meanwhile makes the answer stale.
 */
static inline u32 nfg_addr_stamp(const struct nfg_addrs *addrs)
{
	return (u32)atomic_read_acquire(&addrs->epoch) + (u32)(jiffies / NFG_ADDR_AGE);
}

/* The slow half of nfg_addr_lookup(): @slot gets the answer, if there is one. */
u32 nfg_addr_ask(struct nfg_net *nn, const struct net_device *dev, const struct iphdr *iph,
		 struct nfg_addr_slot *slot);

/**
 * nfg_addr_lookup() - what are a packet's addresses to us?
 * @nn: namespace
 * @addrs: its answers
 * @dev: device the packet came by; a VRF has addresses of its own
 * @iph: outer header
 *
 * Addresses that come and go are seen at once; local routes without an address
 * (``ip route add local``) within NFG_ADDR_AGE.
 *
 * Context: softirq, under rcu_read_lock().
 * Return: NFG_ADDR_* flags.
 */
static inline u32 nfg_addr_lookup(struct nfg_net *nn, struct nfg_addrs *addrs,
				  const struct net_device *dev, const struct iphdr *iph)
{
	u32 stamp = nfg_addr_stamp(addrs);
	struct nfg_addr_slot *slot;
	u64 pair;

	if (unlikely(netif_is_l3_slave(dev) || netif_is_l3_master(dev)))
		return nfg_addr_ask(nn, dev, iph, NULL);
	pair = (__force u64)nfg_load64((const u8 *)iph + NFG_IPV4_SADDR);
	slot = this_cpu_ptr(addrs->slots) + hash_64(pair, NFG_ADDR_SLOT_BITS);
	if (likely(slot->pair == pair && slot->stamp == stamp))
		return slot->flags;
	slot->pair = pair;
	slot->stamp = stamp;
	return nfg_addr_ask(nn, dev, iph, slot);
}

/**
 * nfg_addr_forget() - forget everything, after a change of the configuration
 * @addrs: answers
 */
static inline void nfg_addr_forget(struct nfg_addrs *addrs)
{
	atomic_inc_return_release(&addrs->epoch);
}

/**
 * nfg_addrs_init() - an empty table
 * @addrs: answers; free_percpu() its slots
 *
 * Context: process, may sleep.
 * Return: 0 or -ENOMEM.
 */
int nfg_addrs_init(struct nfg_addrs *addrs);

int nfg_addr_init(void);
void nfg_addr_exit(void);

#endif /* NFG_ADDR_H */
