/* SPDX-License-Identifier: GPL-2.0 */
/* GWLB endpoints as they are seen, with their counters and names. */
#ifndef NFG_ENDPOINT_H
#define NFG_ENDPOINT_H

#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/nf_geneve.h>
#include <linux/rculist.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include "stats.h"

struct kobject;
struct nfg_net;

#define NFG_ENDPOINT_HASH_BITS	9
/* In a full table room is looked for so often. */
#define NFG_ENDPOINT_ROOM_INTERVAL	HZ

struct nfg_endpoint_stats {
	struct nfg_count rx;
	struct nfg_count tx;
	struct nfg_count drop;
};

/**
 * struct nfg_endpoint - one endpoint
 * @node: in a bucket of the table
 * @id: endpoint id, host byte order
 * @stats: its counters
 * @seen: jiffies of its last packet, or of its making
 * @name: given by the operator, empty without; under the table's lock
 * @fresh: in the list of those that have no files in sysfs yet
 * @kobj: files in sysfs; the worker's
 * @rcu: frees it
 */
struct nfg_endpoint {
	struct hlist_node node;
	u64 id;
	struct nfg_endpoint_stats __percpu *stats;
	unsigned long seen;
	char name[NFG_NAME_LEN_MAX + 1];
	struct list_head fresh;
	struct kobject *kobj;
	struct rcu_head rcu;
};

/**
 * struct nfg_endpoints - the endpoints of a namespace
 * @buckets: hash table, read under RCU, changed under @lock
 * @multiplier: random and odd, so that nobody outside can aim at a bucket
 * @lock: taken with BH disabled
 * @fresh: endpoints that wait for their files
 * @count: entries; packets add none above NFG_ENDPOINTS_MAX
 * @foreign: see nfg_endpoints_init()
 * @asked: jiffies when room was asked for last
 * @generation: changes with every entry added or removed; never 0
 * @work: makes files for new entries; makes room when the table is full
 */
struct nfg_endpoints {
	struct hlist_head buckets[1 << NFG_ENDPOINT_HASH_BITS];
	u64 multiplier;
	spinlock_t lock; /* changes of the table, and names */
	struct list_head fresh;
	u32 count;
	bool foreign;
	unsigned long asked;
	u32 generation;
	struct work_struct work;
};

/**
 * nfg_endpoint_find() - look an endpoint up
 * @eps: table
 * @id: endpoint id
 *
 * Context: under rcu_read_lock() or the table's lock.
 * Return: endpoint or NULL.
 */
static inline struct nfg_endpoint *nfg_endpoint_find(struct nfg_endpoints *eps, u64 id)
{
	u32 bucket = id * eps->multiplier >> (64 - NFG_ENDPOINT_HASH_BITS);
	struct nfg_endpoint *ep;

	hlist_for_each_entry_rcu(ep, &eps->buckets[bucket], node,
				 lockdep_is_held(&eps->lock))
		if (likely(ep->id == id))
			return ep;
	return NULL;
}

/**
 * nfg_endpoint_new() - memory for an endpoint
 * @id: endpoint id
 * @gfp: how to allocate it
 *
 * Return: endpoint in no table, or NULL.
 */
struct nfg_endpoint *nfg_endpoint_new(u64 id, gfp_t gfp);

/* Of an endpoint in no table; of NULL nothing. */
void nfg_endpoint_free(struct nfg_endpoint *ep);

/**
 * nfg_endpoint_add() - look an endpoint up, add it if it is new
 * @eps: table
 * @id: endpoint id
 * @spare: what is added then, unless it is NULL or points to that: that cannot fail
 *
 * Context: any but hard interrupts; the table's lock held, BH disabled.
 * Return: endpoint, NULL when the table is full or there is no memory.
 */
struct nfg_endpoint *nfg_endpoint_add(struct nfg_endpoints *eps, u64 id,
				      struct nfg_endpoint **spare);

/* The slow half of nfg_endpoint_get(). */
struct nfg_endpoint *nfg_endpoint_get_new(struct nfg_endpoints *eps, u64 id);

/**
 * nfg_endpoint_get() - the endpoint of a packet
 * @eps: table
 * @id: endpoint id
 *
 * Context: softirq, under rcu_read_lock().
 * Return: endpoint, valid under rcu_read_lock(); NULL when it has no room in
 * the table: the packet is treated like any other.
 */
static inline struct nfg_endpoint *nfg_endpoint_get(struct nfg_endpoints *eps, u64 id)
{
	struct nfg_endpoint *ep = nfg_endpoint_find(eps, id);
	unsigned long now = jiffies;

	if (unlikely(!ep))
		return nfg_endpoint_get_new(eps, id);
	if (READ_ONCE(ep->seen) != now)
		WRITE_ONCE(ep->seen, now);
	return ep;
}

/**
 * nfg_endpoints_full() - is there no room for more endpoints?
 * @eps: table
 * @n: how many more
 *
 * Return: true when @n do not fit.
 */
bool nfg_endpoints_full(const struct nfg_endpoints *eps, u32 n);

/**
 * nfg_endpoints_init() - make an empty table
 * @eps: table
 * @foreign: the namespace is owned by another than the initial user namespace: all those
 *	together have no more endpoints than NFG_ENDPOINTS_MAX
 */
void nfg_endpoints_init(struct nfg_endpoints *eps, bool foreign);

/**
 * nfg_endpoints_exit() - free all endpoints
 * @eps: table that no packet and no netlink request can reach any more
 *
 * Context: process, may sleep.
 */
void nfg_endpoints_exit(struct nfg_endpoints *eps);

#endif /* NFG_ENDPOINT_H */
