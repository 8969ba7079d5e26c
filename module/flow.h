/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Inner flows: what is remembered between the packets of a connection.
 *
 * Look-ups are under RCU and take no lock; every change of the table, and of what
 * a flow is, takes the table's lock.  Established flows whose packets change
 * nothing never do.
 */
#ifndef NFG_FLOW_H
#define NFG_FLOW_H

#include <linux/atomic.h>
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/nf_geneve.h>
#include <linux/rculist.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include "config.h"
#include "core/hash.h"
#include "core/ip.h"
#include "core/packet.h"

struct nfg_rule;

/**
 * struct nfg_flow_key - the same for both directions of a flow
 * @word: endpoint id; lower address (2); higher address (2); port of the lower
 *	address, of the higher one << 16, version << 32, protocol << 40.  Addresses
 *	and ports as they lie in a packet.
 *
 * ICMP queries have their id twice, type of the request << 48, and whether the
 * higher address asks << 56: who asks does not get to be asked, and an echo is
 * no other query.  Other ICMP has type and code for the destination's port.
 */
struct nfg_flow_key {
	u64 word[NFG_HASH_WORDS];
};

/* packets and bytes of one direction */
struct nfg_flow_count {
	atomic64_t packets;
	atomic64_t bytes;
};

/**
 * struct nfg_flow - an inner flow
 * @node: in a bucket of the table, and of the one that replaces it
 * @key: which flow
 * @rule: rule that decided, if @generation is that of the ruleset; NULL for a
 *	kept verdict
 * @generation: ruleset that the verdict is from
 * @cookie: newest GWLB flow cookie
 * @seen: jiffies of the last packet
 * @quick: sides whose packets need nothing but counting, apart from TCP flags:
 *	NFG_TCP_ORIGINATOR and NFG_TCP_REPLIER, of any protocol
 * @reversed: the originator is the higher end, see nfg_flow_key_ports()
 * @timeout: enum nfg_timeout
 * @state: enum nfg_flow_state
 * @verdict: enum nfg_verdict
 * @direction: enum nfg_direction
 * @fins: sides that sent a FIN
 * @dead: out of the table
 * @kept: the verdict was kept over a change of the ruleset
 * @sides: NFG_FLOW_NEW: sides that sent anything
 * @icmp: ICMP: type << 8 | code of the first packet, network byte order
 * @cookie_changes: how often the cookie changed
 * @created: jiffies of the first packet
 * @count: of the originator and of the other side
 * @transient: in the list of those that make room first
 * @rcu: frees it
 *
 * @cookie to @cookie_changes and @transient change under the table's lock.
 */
struct nfg_flow {
	struct hlist_node node[2];
	struct nfg_flow_key key;
	struct nfg_rule *rule;
	u32 generation;
	u32 cookie;
	u32 seen;
	u8 quick;
	bool reversed;
	u8 timeout;
	u8 state;
	struct nfg_flow_count count[2];
	u8 verdict;
	u8 direction;
	u8 fins;
	bool dead;
	bool kept;
	u8 sides;
	__be16 icmp;
	u32 cookie_changes;
	u32 created;
	struct list_head transient;
	struct rcu_head rcu;
};

/**
 * struct nfg_flow_table - the buckets
 * @shift: 64 - log2 of the number of buckets
 * @link: which of a flow's nodes is in use
 * @bucket: lists of flows
 */
struct nfg_flow_table {
	u32 shift;
	u32 link;
	struct hlist_head bucket[];
};

/**
 * struct nfg_flows - the flows of a namespace
 * @table: NULL until the namespace is enabled for the first time
 * @hash: which bucket a flow is in
 * @lock: changes of the table and of flows; taken with BH disabled
 * @transient: half-open, denied and closed flows, oldest first
 * @foreign: see nfg_flows_init()
 * @frozen: the table is being replaced: nothing enters or leaves it
 * @count: flows
 * @created: flows since the namespace exists
 * @expired: flows that timed out
 * @evicted: flows that made room
 * @flushed: flows removed by request
 * @resized: how often the table was replaced
 * @gc: takes out what has timed out
 * @gc_bucket: where it goes on
 */
struct nfg_flows {
	struct nfg_flow_table __rcu *table;
	struct nfg_hash hash;
	spinlock_t lock; /* of the table and of what flows are */
	struct list_head transient;
	bool foreign;
	bool frozen;
	u32 count;
	u64 created;
	u64 expired;
	u64 evicted;
	u64 flushed;
	u32 resized;
	struct delayed_work gc;
	u32 gc_bucket;
};

/**
 * nfg_flow_key_ports() - the key of a packet whose protocol is not ICMP
 * @key: gets it
 * @t: the packet's tuple
 * @endpoint: its endpoint id
 *
 * Return: true when the source is the higher end.
 */
static __always_inline bool nfg_flow_key_ports(struct nfg_flow_key *key,
					       const struct nfg_tuple *t, u64 endpoint)
{
	u64 s = t->saddr.words[0], d = t->daddr.words[0];
	u64 sport = (__force u16)t->sport, dport = (__force u16)t->dport;
	const union nfg_addr *lower = &t->saddr, *higher = &t->daddr;
	bool reversed = s > d;

	if (unlikely(s == d)) {
		reversed = t->saddr.words[1] > t->daddr.words[1] ||
			   (t->saddr.words[1] == t->daddr.words[1] && sport > dport);
	}
	if (reversed) {
		swap(lower, higher);
		swap(sport, dport);
	}
	key->word[0] = endpoint;
	key->word[1] = lower->words[0];
	key->word[2] = lower->words[1];
	key->word[3] = higher->words[0];
	key->word[4] = higher->words[1];
	key->word[5] = sport | dport << 16 | (u64)t->version << 32 | (u64)t->proto << 40;
	return reversed;
}

/**
 * nfg_flow_key_set() - the key of any packet
 * @key: gets it
 * @t: the packet's tuple
 * @endpoint: its endpoint id
 *
 * Return: true when the source is the higher end.
 */
bool nfg_flow_key_set(struct nfg_flow_key *key, const struct nfg_tuple *t, u64 endpoint);

/* @v4: both may be IPv4, whose addresses leave two words 0. */
static __always_inline bool nfg_flow_key_equal(const struct nfg_flow_key *a,
					       const struct nfg_flow_key *b, bool v4)
{
	u64 diff = (a->word[0] ^ b->word[0]) | (a->word[1] ^ b->word[1]) |
		   (a->word[3] ^ b->word[3]) | (a->word[5] ^ b->word[5]);

	if (!v4)
		diff |= (a->word[2] ^ b->word[2]) | (a->word[4] ^ b->word[4]);
	return !diff;
}

static __always_inline struct nfg_flow *nfg_flow_of(struct hlist_node *node, u32 link)
{
	return container_of(node - link, struct nfg_flow, node[0]);
}

/* How many buckets a table has. */
static inline u32 nfg_flow_buckets(const struct nfg_flow_table *table)
{
	return 1U << (64 - table->shift);
}

/* nfg_flow_lookup(); @v4: the key is known to be of IPv4. */
static __always_inline struct nfg_flow *
nfg_flow_lookup_family(const struct nfg_flows *flows, const struct nfg_flow_key *key, bool v4)
{
	const struct nfg_flow_table *table =
		rcu_dereference_check(flows->table, lockdep_is_held(&flows->lock));
	u64 bucket = nfg_hash(&flows->hash, key->word, v4) >> table->shift;
	struct hlist_node *node;

	for (node = rcu_dereference_raw(hlist_first_rcu(&table->bucket[bucket])); node;
	     node = rcu_dereference_raw(hlist_next_rcu(node))) {
		struct nfg_flow *flow = nfg_flow_of(node, table->link);

		if (likely(nfg_flow_key_equal(&flow->key, key, v4)))
			return flow;
	}
	return NULL;
}

/**
 * nfg_flow_lookup() - the flow of a key
 * @flows: flows of a namespace that was enabled
 * @key: key
 *
 * Context: under rcu_read_lock() or the lock.
 * Return: flow, which may have timed out; or NULL.
 */
static inline struct nfg_flow *nfg_flow_lookup(const struct nfg_flows *flows,
					       const struct nfg_flow_key *key)
{
	return nfg_flow_lookup_family(flows, key, false);
}

static inline bool nfg_flow_expired(const struct nfg_config *cfg, const struct nfg_flow *flow,
				    u32 now)
{
	/* negative when another CPU has seen it in a tick that is still to come here */
	return (s32)(now - READ_ONCE(flow->seen)) > (s32)cfg->timeout[READ_ONCE(flow->timeout)];
}

/* Count a packet; @reply: of the other side. */
static __always_inline void nfg_flow_account(struct nfg_flow *flow, bool reply, u32 len)
{
	atomic64_inc(&flow->count[reply].packets);
	atomic64_add(len, &flow->count[reply].bytes);
}

static __always_inline void nfg_flow_touch(struct nfg_flow *flow, u32 now)
{
	if (READ_ONCE(flow->seen) != now)
		WRITE_ONCE(flow->seen, now);
}

/**
 * nfg_flow_tuple() - the tuple of the originator's packets
 * @flow: flow
 * @t: gets it
 */
void nfg_flow_tuple(const struct nfg_flow *flow, struct nfg_tuple *t);

/**
 * nfg_flow_find() - the flow of a packet, without any effect
 * @flows: flows
 * @cfg: configuration
 * @m: packet
 *
 * Context: under rcu_read_lock().
 * Return: flow that has not timed out, or NULL.
 */
struct nfg_flow *nfg_flow_find(const struct nfg_flows *flows, const struct nfg_config *cfg,
			       const struct nfg_meta *m);

/**
 * nfg_flow_new() - memory for a flow
 *
 * Context: softirq.
 * Return: zeroed flow, for nfg_flow_insert() or nfg_flow_discard(); NULL without
 * memory.
 */
struct nfg_flow *nfg_flow_new(void);

/* Give back what did not enter the table. */
void nfg_flow_discard(struct nfg_flow *flow);

/**
 * nfg_flow_insert() - put a flow into the table
 * @flows: flows
 * @flow: complete flow
 * @max: flows at most; a transient one makes room
 *
 * Context: @flows->lock held.
 * Return: false when there is no room, or the table is being replaced.
 */
bool nfg_flow_insert(struct nfg_flows *flows, struct nfg_flow *flow, u32 max);

/**
 * nfg_flow_remove() - take a flow out of the table
 * @flows: flows
 * @flow: flow of it; freed when no reader is left
 * @counter: one of @flows that is counted up
 *
 * Context: @flows->lock held.
 * Return: false when the table is being replaced: it stays.
 */
bool nfg_flow_remove(struct nfg_flows *flows, struct nfg_flow *flow, u64 *counter);

/**
 * nfg_flow_settle() - after a change of a flow's state or verdict
 * @flows: flows
 * @flow: flow of it
 *
 * Brings timeout, @quick and the list of transient flows up to date.
 *
 * Context: @flows->lock held.
 */
void nfg_flow_settle(struct nfg_flows *flows, struct nfg_flow *flow);

/**
 * nfg_flows_resize() - make the table large enough
 * @flows: flows
 * @max: flows at most
 *
 * Packets of flows that are there are handled as ever; new flows are judged, but not
 * remembered, for the moment this takes.
 *
 * Context: process, may sleep; one at a time.
 * Return: 0 or -ENOMEM.
 */
int nfg_flows_resize(struct nfg_flows *flows, u32 max);

/**
 * nfg_flows_full() - is there no room for one more flow?
 * @flows: flows
 * @max: flows at most
 *
 * Return: true when another one has to go.
 */
bool nfg_flows_full(const struct nfg_flows *flows, u32 max);

/**
 * nfg_flows_init() - no flows
 * @flows: those of a new namespace
 * @foreign: it is owned by another than the initial user namespace: all those together
 *	have no more flows than NFG_FLOWS_DEFAULT, which nobody is charged for
 */
void nfg_flows_init(struct nfg_flows *flows, bool foreign);

/**
 * nfg_flows_exit() - free everything
 * @flows: flows that no packet and no request can reach any more
 *
 * Context: process, may sleep.
 */
void nfg_flows_exit(struct nfg_flows *flows);

int nfg_flow_init(void);
void nfg_flow_exit(void);

#endif /* NFG_FLOW_H */
