// SPDX-License-Identifier: GPL-2.0
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/random.h>
#include <linux/slab.h>

#include "core/l4.h"
#include "core/tcp.h"
#include "flow.h"
#include "net.h"
#include "rule.h"

#define NFG_FLOW_BUCKETS_MIN	1024

/* The whole table is looked through once in GC_PARTS * GC_INTERVAL. */
#define GC_INTERVAL	(HZ / 4)
#define GC_PARTS	8
/* Buckets that are looked at without a break. */
#define GC_CHUNK	128
/* Flows that make room for a new one, where the cap has come down. */
#define EVICT_MAX	16

static struct kmem_cache *nfg_flow_cache;
/* Flows of namespaces that are not the initial user's: together no more than the default. */
static atomic_t nfg_flows_foreign = ATOMIC_INIT(0);

#define NFG_FLOW_ICMP_REQUEST	48
#define NFG_FLOW_ICMP_HIGHER	56

static bool nfg_flow_key_icmp(struct nfg_flow_key *key, const struct nfg_tuple *t, u64 endpoint)
{
	struct nfg_tuple ends = *t;
	bool is_reply, reversed;
	u64 request;

	request = nfg_icmp_request(t, &is_reply);
	if (!request)
		return nfg_flow_key_ports(key, t, endpoint);
	ends.dport = ends.sport;
	reversed = nfg_flow_key_ports(key, &ends, endpoint);
	key->word[5] |= request << NFG_FLOW_ICMP_REQUEST |
			(u64)(reversed != is_reply) << NFG_FLOW_ICMP_HIGHER;
	return reversed;
}

bool nfg_flow_key_set(struct nfg_flow_key *key, const struct nfg_tuple *t, u64 endpoint)
{
	return nfg_tuple_is_icmp(t) ? nfg_flow_key_icmp(key, t, endpoint) :
				       nfg_flow_key_ports(key, t, endpoint);
}

void nfg_flow_tuple(const struct nfg_flow *flow, struct nfg_tuple *t)
{
	const u64 *w = flow->key.word;
	u32 from = flow->reversed ? 3 : 1, to = flow->reversed ? 1 : 3;
	__be16 lower = (__force __be16)(u16)w[5], higher = (__force __be16)(u16)(w[5] >> 16);

	t->saddr.words[0] = w[from];
	t->saddr.words[1] = w[from + 1];
	t->daddr.words[0] = w[to];
	t->daddr.words[1] = w[to + 1];
	t->sport = flow->reversed ? higher : lower;
	t->dport = flow->reversed ? lower : higher;
	t->version = w[5] >> 32;
	t->proto = w[5] >> 40;
	if (!nfg_tuple_is_icmp(t))
		return;
	t->sport = w[5] >> NFG_FLOW_ICMP_REQUEST ? lower : 0;
	t->dport = flow->icmp;
}

struct nfg_flow *nfg_flow_find(const struct nfg_flows *flows, const struct nfg_config *cfg,
			       const struct nfg_meta *m)
{
	const struct nfg_tuple *t = m->flags & NFG_META_QUOTE ? &m->quote : &m->tuple;
	struct nfg_flow_key key;
	struct nfg_flow *flow;

	if (!rcu_access_pointer(flows->table))
		return NULL;
	nfg_flow_key_set(&key, t, m->endpoint);
	flow = nfg_flow_lookup(flows, &key);
	return flow && !nfg_flow_expired(cfg, flow, jiffies) ? flow : NULL;
}

struct nfg_flow *nfg_flow_new(void)
{
	return kmem_cache_zalloc(nfg_flow_cache, GFP_ATOMIC | __GFP_NOWARN);
}

void nfg_flow_discard(struct nfg_flow *flow)
{
	kmem_cache_free(nfg_flow_cache, flow);
}

static void nfg_flow_free_rcu(struct rcu_head *rcu)
{
	nfg_flow_discard(container_of(rcu, struct nfg_flow, rcu));
}

static struct nfg_flow_table *nfg_flow_table(const struct nfg_flows *flows)
{
	return rcu_dereference_protected(flows->table, lockdep_is_held(&flows->lock));
}

static void nfg_flows_changed(struct nfg_flows *flows, int by)
{
	WRITE_ONCE(flows->count, flows->count + by);
	if (flows->foreign)
		atomic_add(by, &nfg_flows_foreign);
}

bool nfg_flow_remove(struct nfg_flows *flows, struct nfg_flow *flow, u64 *counter)
{
	lockdep_assert_held(&flows->lock);
	if (flows->frozen)
		return false;
	hlist_del_rcu(&flow->node[nfg_flow_table(flows)->link]);
	list_del(&flow->transient);
	flow->dead = true;
	nfg_flows_changed(flows, -1);
	WRITE_ONCE(*counter, *counter + 1);
	call_rcu(&flow->rcu, nfg_flow_free_rcu);
	return true;
}

static bool nfg_flow_is_transient(const struct nfg_flow *flow)
{
	return flow->verdict != NFG_VERDICT_ACCEPT ||
	       (flow->state != NFG_FLOW_ESTABLISHED && flow->state != NFG_FLOW_CLOSING);
}

static u8 nfg_flow_timeout(const struct nfg_flow *flow, bool tcp)
{
	if (flow->verdict != NFG_VERDICT_ACCEPT)
		return NFG_TIMEOUT_DENIED;
	if (!tcp)
		return NFG_TIMEOUT_OTHER;
	switch (flow->state) {
	case NFG_FLOW_ESTABLISHED:
		return NFG_TIMEOUT_ESTABLISHED;
	case NFG_FLOW_CLOSING:
	case NFG_FLOW_TIME_WAIT:
		return NFG_TIMEOUT_CLOSING;
	default:
		return NFG_TIMEOUT_HALF_OPEN;
	}
}

static u8 nfg_flow_quick(const struct nfg_flow *flow)
{
	u8 quick = 0;

	if (flow->verdict != NFG_VERDICT_ACCEPT)
		return 0;
	if (flow->state == NFG_FLOW_ESTABLISHED || flow->state == NFG_FLOW_CLOSING)
		quick = NFG_TCP_BOTH;
	else if (flow->state == NFG_FLOW_NEW)
		quick = flow->sides;
	if (flow->rule && flow->rule->limit.count)
		quick &= ~NFG_TCP_ORIGINATOR;
	return quick;
}

void nfg_flow_settle(struct nfg_flows *flows, struct nfg_flow *flow)
{
	bool tcp = (u8)(flow->key.word[5] >> 40) == NFG_PROTO_TCP;

	lockdep_assert_held(&flows->lock);
	WRITE_ONCE(flow->timeout, nfg_flow_timeout(flow, tcp));
	WRITE_ONCE(flow->quick, nfg_flow_quick(flow));
	if (!nfg_flow_is_transient(flow))
		list_del_init(&flow->transient);
	else if (list_empty(&flow->transient))
		list_add_tail(&flow->transient, &flows->transient);
}

bool nfg_flows_full(const struct nfg_flows *flows, u32 max)
{
	return READ_ONCE(flows->count) >= max ||
	       (flows->foreign && atomic_read(&nfg_flows_foreign) >= NFG_FLOWS_DEFAULT);
}

static bool nfg_flow_make_room(struct nfg_flows *flows)
{
	struct nfg_flow *oldest = list_first_entry_or_null(&flows->transient, struct nfg_flow,
							   transient);

	return oldest && nfg_flow_remove(flows, oldest, &flows->evicted);
}

bool nfg_flow_insert(struct nfg_flows *flows, struct nfg_flow *flow, u32 max)
{
	struct nfg_flow_table *table = nfg_flow_table(flows);
	u64 bucket = nfg_hash(&flows->hash, flow->key.word, false) >> table->shift;

	u32 evicted = 0;

	lockdep_assert_held(&flows->lock);
	/* more than one should go when the cap has come down, but not all at once */
	while (nfg_flows_full(flows, max) && evicted < EVICT_MAX && nfg_flow_make_room(flows))
		evicted++;
	if (flows->frozen || (!evicted && nfg_flows_full(flows, max)))
		return false;
	INIT_LIST_HEAD(&flow->transient);
	nfg_flow_settle(flows, flow);
	hlist_add_head_rcu(&flow->node[table->link], &table->bucket[bucket]);
	nfg_flows_changed(flows, 1);
	WRITE_ONCE(flows->created, flows->created + 1);
	queue_delayed_work(system_power_efficient_wq, &flows->gc, GC_INTERVAL);
	return true;
}

static void nfg_flow_expire_bucket(struct nfg_flows *flows, const struct nfg_config *cfg,
				   u32 bucket)
{
	struct nfg_flow_table *table = nfg_flow_table(flows);
	struct hlist_node *node, *next;

	for (node = table->bucket[bucket].first; node; node = next) {
		struct nfg_flow *flow = nfg_flow_of(node, table->link);

		next = node->next;
		if (nfg_flow_expired(cfg, flow, jiffies))
			nfg_flow_remove(flows, flow, &flows->expired);
	}
}

static bool nfg_flow_bucket_expired(const struct nfg_flow_table *table,
				    const struct nfg_config *cfg, u32 bucket)
{
	struct hlist_node *node;

	for (node = rcu_dereference(hlist_first_rcu(&table->bucket[bucket])); node;
	     node = rcu_dereference(hlist_next_rcu(node)))
		if (nfg_flow_expired(cfg, nfg_flow_of(node, table->link), jiffies))
			return true;
	return false;
}

/* The lock is only taken where there is something to take out. */
static void nfg_flow_gc_chunk(struct nfg_flows *flows, const struct nfg_config *cfg, u32 n)
{
	const struct nfg_flow_table *table = rcu_dereference(flows->table);

	while (n--) {
		u32 bucket = flows->gc_bucket++ & (nfg_flow_buckets(table) - 1);

		if (!nfg_flow_bucket_expired(table, cfg, bucket))
			continue;
		spin_lock_bh(&flows->lock);
		/* unless it was replaced meanwhile */
		if (table == nfg_flow_table(flows))
			nfg_flow_expire_bucket(flows, cfg, bucket);
		spin_unlock_bh(&flows->lock);
	}
}

static void nfg_flow_gc(struct work_struct *work)
{
	struct nfg_flows *flows = container_of(to_delayed_work(work), struct nfg_flows, gc);
	struct nfg_net *nn = container_of(flows, struct nfg_net, flows);
	u32 done = 0, part;

	do {
		rcu_read_lock();
		part = nfg_flow_buckets(rcu_dereference(flows->table)) / GC_PARTS;
		nfg_flow_gc_chunk(flows, rcu_dereference(nn->config), GC_CHUNK);
		rcu_read_unlock();
		cond_resched();
		done += GC_CHUNK;
	} while (done < part);
	if (READ_ONCE(flows->count))
		queue_delayed_work(system_power_efficient_wq, &flows->gc, GC_INTERVAL);
}

static struct nfg_flow_table *nfg_flow_table_new(u32 max, u32 link)
{
	u32 order = ilog2(roundup_pow_of_two(max_t(u32, max, NFG_FLOW_BUCKETS_MIN)));
	struct nfg_flow_table *table;

	table = kvzalloc(struct_size(table, bucket, 1UL << order), GFP_KERNEL_ACCOUNT);
	if (!table)
		return NULL;
	table->shift = 64 - order;
	table->link = link;
	return table;
}

static void nfg_flows_freeze(struct nfg_flows *flows, bool frozen)
{
	spin_lock_bh(&flows->lock);
	flows->frozen = frozen;
	spin_unlock_bh(&flows->lock);
}

/* Every flow of a frozen table into the new one, by its other link. */
static void nfg_flows_relink(struct nfg_flows *flows, const struct nfg_flow_table *from,
			     struct nfg_flow_table *to)
{
	struct hlist_node *node;
	u32 bucket;

	for (bucket = 0; bucket < nfg_flow_buckets(from); bucket++) {
		for (node = from->bucket[bucket].first; node; node = node->next) {
			struct nfg_flow *flow = nfg_flow_of(node, from->link);
			u64 hash = nfg_hash(&flows->hash, flow->key.word, false);

			hlist_add_head_rcu(&flow->node[to->link], &to->bucket[hash >> to->shift]);
		}
		cond_resched();
	}
}

int nfg_flows_resize(struct nfg_flows *flows, u32 max)
{
	/* only this replaces it */
	struct nfg_flow_table *old = rcu_dereference_protected(flows->table, true), *table;

	/* those that are more than @max stay for the while */
	max = max_t(u32, max, READ_ONCE(flows->count));
	table = nfg_flow_table_new(max, old ? !old->link : 0);
	if (!table)
		return -ENOMEM;
	if (!old) {
		rcu_assign_pointer(flows->table, table);
		return 0;
	}
	if (table->shift == old->shift) {
		kvfree(table);
		return 0;
	}
	nfg_flows_freeze(flows, true);
	nfg_flows_relink(flows, old, table);
	WRITE_ONCE(flows->resized, flows->resized + 1);
	rcu_assign_pointer(flows->table, table);
	nfg_flows_freeze(flows, false);
	synchronize_rcu();
	kvfree(old);
	return 0;
}

void nfg_flows_init(struct nfg_flows *flows, bool foreign)
{
	spin_lock_init(&flows->lock);
	INIT_LIST_HEAD(&flows->transient);
	INIT_DELAYED_WORK(&flows->gc, nfg_flow_gc);
	flows->foreign = foreign;
	get_random_bytes(flows->hash.random, sizeof(flows->hash.random));
	nfg_hash_init(&flows->hash);
}

void nfg_flows_exit(struct nfg_flows *flows)
{
	struct nfg_flow_table *table = rcu_dereference_protected(flows->table, true);
	struct hlist_node *node, *next;
	u32 bucket;

	cancel_delayed_work_sync(&flows->gc);
	if (!table)
		return;
	for (bucket = 0; bucket < nfg_flow_buckets(table); bucket++) {
		for (node = table->bucket[bucket].first; node; node = next) {
			next = node->next;
			nfg_flow_discard(nfg_flow_of(node, table->link));
		}
		cond_resched();
	}
	nfg_flows_changed(flows, -flows->count);
	kvfree(table);
}

int nfg_flow_init(void)
{
	nfg_flow_cache = KMEM_CACHE(nfg_flow, 0);
	return nfg_flow_cache ? 0 : -ENOMEM;
}

/* All flows are freed by callbacks before this. */
void nfg_flow_exit(void)
{
	rcu_barrier();
	kmem_cache_destroy(nfg_flow_cache);
}
