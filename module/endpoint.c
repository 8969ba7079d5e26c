// SPDX-License-Identifier: GPL-2.0
#include <linux/random.h>
#include <linux/slab.h>

#include "endpoint.h"
#include "net.h"
#include "sysfs.h"

/* Endpoints of namespaces that are not the initial user's. */
static atomic_t nfg_endpoints_foreign = ATOMIC_INIT(0);

/* In a full table an endpoint silent for so long makes room, unless named. */
#define IDLE	(60 * HZ)

struct nfg_endpoint *nfg_endpoint_new(u64 id, gfp_t gfp)
{
	struct nfg_endpoint *ep = kzalloc(sizeof(*ep), gfp);
	int cpu;

	if (!ep)
		return NULL;
	ep->stats = alloc_percpu_gfp(struct nfg_endpoint_stats, gfp);
	if (!ep->stats) {
		kfree(ep);
		return NULL;
	}
	for_each_possible_cpu(cpu) {
		struct nfg_endpoint_stats *s = per_cpu_ptr(ep->stats, cpu);

		u64_stats_init(&s->rx.syncp);
		u64_stats_init(&s->tx.syncp);
		u64_stats_init(&s->drop.syncp);
	}
	ep->id = id;
	ep->seen = jiffies;
	return ep;
}

void nfg_endpoint_free(struct nfg_endpoint *ep)
{
	if (!ep)
		return;
	free_percpu(ep->stats);
	kfree(ep);
}

static void nfg_endpoint_free_rcu(struct rcu_head *rcu)
{
	nfg_endpoint_free(container_of(rcu, struct nfg_endpoint, rcu));
}

static void nfg_endpoints_changed(struct nfg_endpoints *eps, int by)
{
	WRITE_ONCE(eps->count, eps->count + by);
	if (eps->foreign)
		atomic_add(by, &nfg_endpoints_foreign);
	if (!++eps->generation)
		eps->generation = 1;
}

bool nfg_endpoints_full(const struct nfg_endpoints *eps, u32 n)
{
	u32 foreign = eps->foreign ? atomic_read(&nfg_endpoints_foreign) : 0;

	return max(READ_ONCE(eps->count), foreign) + n > NFG_ENDPOINTS_MAX;
}

struct nfg_endpoint *nfg_endpoint_add(struct nfg_endpoints *eps, u64 id,
				      struct nfg_endpoint **spare)
{
	u32 bucket = id * eps->multiplier >> (64 - NFG_ENDPOINT_HASH_BITS);
	struct nfg_endpoint *ep;

	lockdep_assert_held(&eps->lock);
	ep = nfg_endpoint_find(eps, id);
	if (ep)
		return ep;
	if (spare && *spare) {
		ep = *spare;
		*spare = NULL;
	} else {
		ep = nfg_endpoints_full(eps, 1) ? NULL :
						  nfg_endpoint_new(id, GFP_ATOMIC | __GFP_NOWARN);
		if (!ep)
			return NULL;
	}
	hlist_add_head_rcu(&ep->node, &eps->buckets[bucket]);
	list_add_tail(&ep->fresh, &eps->fresh);
	nfg_endpoints_changed(eps, 1);
	schedule_work(&eps->work);
	return ep;
}

/* Whoever has many ids must not keep the table's lock and a worker busy. */
static void nfg_endpoints_ask_room(struct nfg_endpoints *eps)
{
	unsigned long now = jiffies;

	if (time_before(now, READ_ONCE(eps->asked) + NFG_ENDPOINT_ROOM_INTERVAL))
		return;
	WRITE_ONCE(eps->asked, now);
	schedule_work(&eps->work);
}

struct nfg_endpoint *nfg_endpoint_get_new(struct nfg_endpoints *eps, u64 id)
{
	struct nfg_endpoint *ep;

	if (nfg_endpoints_full(eps, 1)) {
		nfg_endpoints_ask_room(eps);
		return NULL;
	}
	spin_lock(&eps->lock);
	ep = nfg_endpoint_add(eps, id, NULL);
	spin_unlock(&eps->lock);
	return ep;
}

/* The next endpoint without files, out of the list; NULL when all have some. */
static struct nfg_endpoint *nfg_endpoint_next_fresh(struct nfg_endpoints *eps)
{
	struct nfg_endpoint *ep;

	spin_lock_bh(&eps->lock);
	ep = list_first_entry_or_null(&eps->fresh, struct nfg_endpoint, fresh);
	if (ep)
		list_del_init(&ep->fresh);
	spin_unlock_bh(&eps->lock);
	return ep;
}

static bool nfg_endpoint_is_idle(const struct nfg_endpoint *ep)
{
	return !ep->name[0] && time_after(jiffies, READ_ONCE(ep->seen) + IDLE);
}

/* Unlink the idle ones of a bucket; the caller owns what is returned. */
static struct nfg_endpoint *nfg_endpoint_take_idle(struct nfg_endpoints *eps, u32 bucket)
{
	struct nfg_endpoint *ep, *idle = NULL;

	spin_lock_bh(&eps->lock);
	hlist_for_each_entry(ep, &eps->buckets[bucket], node) {
		if (nfg_endpoint_is_idle(ep)) {
			idle = ep;
			hlist_del_rcu(&ep->node);
			list_del_init(&ep->fresh);
			nfg_endpoints_changed(eps, -1);
			break;
		}
	}
	spin_unlock_bh(&eps->lock);
	return idle;
}

static void nfg_endpoints_evict(struct nfg_endpoints *eps)
{
	struct nfg_endpoint *ep;
	u32 bucket;

	for (bucket = 0; bucket < ARRAY_SIZE(eps->buckets); bucket++) {
		while ((ep = nfg_endpoint_take_idle(eps, bucket))) {
			nfg_sysfs_endpoint_exit(ep);
			call_rcu(&ep->rcu, nfg_endpoint_free_rcu);
		}
	}
}

/* Only this removes endpoints of a living namespace. */
static void nfg_endpoints_work(struct work_struct *work)
{
	struct nfg_endpoints *eps = container_of(work, struct nfg_endpoints, work);
	struct nfg_net *nn = container_of(eps, struct nfg_net, endpoints);
	struct nfg_endpoint *ep;

	while ((ep = nfg_endpoint_next_fresh(eps)))
		nfg_sysfs_endpoint_init(nn->sysfs, ep);
	if (nfg_endpoints_full(eps, 1))
		nfg_endpoints_evict(eps);
}

void nfg_endpoints_init(struct nfg_endpoints *eps, bool foreign)
{
	eps->foreign = foreign;
	eps->asked = jiffies - NFG_ENDPOINT_ROOM_INTERVAL;
	spin_lock_init(&eps->lock);
	INIT_LIST_HEAD(&eps->fresh);
	INIT_WORK(&eps->work, nfg_endpoints_work);
	get_random_bytes(&eps->multiplier, sizeof(eps->multiplier));
	eps->multiplier |= 1;
	eps->generation = 1;
}

void nfg_endpoints_exit(struct nfg_endpoints *eps)
{
	struct nfg_endpoint *ep;
	struct hlist_node *next;
	u32 bucket;

	cancel_work_sync(&eps->work);
	for (bucket = 0; bucket < ARRAY_SIZE(eps->buckets); bucket++) {
		hlist_for_each_entry_safe(ep, next, &eps->buckets[bucket], node) {
			nfg_sysfs_endpoint_exit(ep);
			nfg_endpoint_free(ep);
		}
	}
	nfg_endpoints_changed(eps, -eps->count);
}
