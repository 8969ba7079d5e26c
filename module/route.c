// SPDX-License-Identifier: GPL-2.0
#include <linux/hash.h>
#include <linux/jiffies.h>
#include <linux/slab.h>
#include <net/dst_cache.h>
#include <net/flow.h>
#include <net/l3mdev.h>
#include <net/route.h>

#include "net.h"
#include "route.h"

/* A peer silent for so long leaves its slot to another. */
#define IDLE	HZ

struct nfg_route {
	struct rcu_head rcu;
	struct dst_cache cache;
	unsigned long used;
	__be32 peer;
	__be32 local;
	int vrf;
};

static void nfg_route_free(struct nfg_route *r)
{
	dst_cache_destroy(&r->cache);
	kfree(r);
}

static void nfg_route_free_rcu(struct rcu_head *rcu)
{
	nfg_route_free(container_of(rcu, struct nfg_route, rcu));
}

static struct nfg_route *nfg_route_alloc(const struct nfg_route *key)
{
	struct nfg_route *r = kmemdup(key, sizeof(*key), GFP_ATOMIC | __GFP_NOWARN);

	if (r && dst_cache_init(&r->cache, GFP_ATOMIC | __GFP_NOWARN)) {
		kfree(r);
		return NULL;
	}
	return r;
}

/* The entry of @key; NULL while another busy peer holds the slot. */
static struct nfg_route *nfg_route_find(struct nfg_net *nn, const struct nfg_route *key)
{
	struct nfg_route __rcu **slot =
		&nn->routes.slots[hash_32((__force u32)(key->peer ^ key->local),
					  NFG_ROUTE_SLOT_BITS)];
	struct nfg_route *r = rcu_dereference(*slot), *new;

	if (likely(r && r->peer == key->peer && r->local == key->local && r->vrf == key->vrf)) {
		if (r->used != key->used)
			WRITE_ONCE(r->used, key->used);
		return r;
	}
	if (r && time_before(jiffies, READ_ONCE(r->used) + IDLE))
		return NULL;
	new = nfg_route_alloc(key);
	if (!new)
		return NULL;
	if (cmpxchg((struct nfg_route __force **)slot, r, new) != r) {
		nfg_route_free(new);
		return NULL;
	}
	if (r)
		call_rcu(&r->rcu, nfg_route_free_rcu);
	return new;
}

struct rtable *nfg_route_get(struct nfg_net *nn, const struct net_device *dev,
			     __be32 peer, __be32 local)
{
	const struct nfg_route key = {
		.used = jiffies,
		.peer = peer,
		.local = local,
		.vrf = l3mdev_master_ifindex_rcu(dev),
	};
	struct nfg_route *r = nfg_route_find(nn, &key);
	struct flowi4 fl4 = {
		.daddr = peer,
		.saddr = local,
		.flowi4_oif = key.vrf,
		.flowi4_proto = IPPROTO_UDP,
	};
	struct rtable *rt;
	__be32 saddr;

	if (r) {
		rt = dst_cache_get_ip4(&r->cache, &saddr);
		if (likely(rt))
			return rt;
	}
	rt = ip_route_output_key(nn->net, &fl4);
	if (IS_ERR(rt))
		return NULL;
	if (r)
		dst_cache_set_ip4(&r->cache, &rt->dst, local);
	return rt;
}

void nfg_routes_exit(struct nfg_routes *routes)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(routes->slots); i++) {
		struct nfg_route *r = rcu_dereference_protected(routes->slots[i], true);

		if (r)
			nfg_route_free(r);
	}
}
