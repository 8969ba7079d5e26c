// SPDX-License-Identifier: GPL-2.0
/*
 * The flow table.  A flow is what the stickiness says: with 5 all of the
 * tuple, with 3 the protocol and both addresses, with 2 the addresses alone.
 * Both directions meet in one entry: the lower end of the pair comes first.
 */
#include <string.h>

#include "gwlb.h"

static void flow_key_make(const struct gwlb *g, struct flow_key *key, unsigned int endpoint,
			  const struct inner *in)
{
	int order = memcmp(&in->src, &in->dst, sizeof(in->src));
	bool swap = order > 0 || (!order && in->sport > in->dport);

	memset(key, 0, sizeof(*key));
	key->endpoint = (uint16_t)endpoint;
	key->version = in->version;
	key->low = swap ? in->dst : in->src;
	key->high = swap ? in->src : in->dst;
	if (g->stickiness >= 3)
		key->proto = in->proto;
	if (g->stickiness == 5) {
		key->low_port = swap ? in->dport : in->sport;
		key->high_port = swap ? in->sport : in->dport;
	}
}

static uint64_t flow_hash(const struct flow_key *key)
{
	return hash_bytes(key, sizeof(*key), 0);
}

static uint32_t *flow_chain(struct flows *t, const struct flow_key *key)
{
	return &t->by_key[flow_hash(key) % FLOWS_MAX];
}

static uint32_t *cookie_chain(struct flows *t, uint32_t cookie)
{
	return &t->by_cookie[hash_mix(cookie) % FLOWS_MAX];
}

static void cookie_link(struct flows *t, struct flow *f)
{
	uint32_t *chain = cookie_chain(t, f->cookie);

	f->next_cookie = *chain;
	*chain = (uint32_t)(f - t->slot) + 1;
}

static void cookie_unlink(struct flows *t, const struct flow *f)
{
	uint32_t *link = cookie_chain(t, f->cookie);

	while (&t->slot[*link - 1] != f)
		link = &t->slot[*link - 1].next_cookie;
	*link = f->next_cookie;
}

struct flow *flow_by_cookie(struct gwlb *g, uint32_t cookie)
{
	struct flows *t = &g->flows;

	for (uint32_t i = *cookie_chain(t, cookie); i; i = t->slot[i - 1].next_cookie) {
		if (t->slot[i - 1].cookie == cookie)
			return &t->slot[i - 1];
	}
	return NULL;
}

static struct flow *flow_lookup(struct flows *t, const struct flow_key *key)
{
	for (uint32_t i = *flow_chain(t, key); i; i = t->slot[i - 1].next_key) {
		if (!memcmp(&t->slot[i - 1].key, key, sizeof(*key)))
			return &t->slot[i - 1];
	}
	return NULL;
}

struct flow *flow_find(struct gwlb *g, unsigned int endpoint, const struct inner *in)
{
	struct flow_key key;

	flow_key_make(g, &key, endpoint, in);
	return flow_lookup(&g->flows, &key);
}

/* Does the packet, in either direction, belong to this flow? */
bool flow_has(struct gwlb *g, const struct flow *f, const struct inner *in)
{
	struct flow_key key;

	flow_key_make(g, &key, f->key.endpoint, in);
	return !memcmp(&key, &f->key, sizeof(key));
}

static uint32_t cookie_new(struct gwlb *g)
{
	uint32_t cookie;

	do {
		g->flows.random += 0x9e3779b97f4a7c15ULL;
		cookie = (uint32_t)hash_mix(g->flows.random);
	} while (!cookie || flow_by_cookie(g, cookie));
	return cookie;
}

static void flow_set_target(struct gwlb *g, struct flow *f, struct target *target)
{
	f->target = target;
	f->target->flows++;
	f->cookie = cookie_new(g);
	cookie_link(&g->flows, f);
}

static void flow_free(struct gwlb *g, struct flow *f)
{
	struct flows *t = &g->flows;
	uint32_t index = (uint32_t)(f - t->slot) + 1;
	uint32_t *link = flow_chain(t, &f->key);

	cookie_unlink(t, f);
	while (*link != index)
		link = &t->slot[*link - 1].next_key;
	*link = f->next_key;
	f->target->flows--;
	f->target = NULL;
	f->next_key = t->free;
	t->free = index;
	t->active--;
}

static struct flow *flow_create(struct gwlb *g, const struct flow_key *key)
{
	unsigned int zone = g->endpoints[key->endpoint].zone;
	struct target *target = target_pick(g, zone, flow_hash(key));
	struct flows *t = &g->flows;
	uint32_t *chain;
	struct flow *f;

	if (!target) {
		g->drop_no_target++;
		return NULL;
	}
	if (t->free) {
		f = &t->slot[t->free - 1];
		t->free = f->next_key;
	} else if (t->used < FLOWS_MAX) {
		f = &t->slot[t->used++];
	} else {
		g->drop_table_full++;
		return NULL;
	}
	memset(f, 0, sizeof(*f));
	f->key = *key;
	f->port = (uint16_t)(PORT_FIRST + t->ports++ % PORT_COUNT);
	chain = flow_chain(t, key);
	f->next_key = *chain;
	*chain = (uint32_t)(f - t->slot) + 1;
	flow_set_target(g, f, target);
	t->active++;
	t->created++;
	return f;
}

/*
 * With "rebalance" a flow leaves a lost target when there is a better one,
 * with a new cookie, as GWLB then opens a new flow.
 */
static void flow_rebalance(struct gwlb *g, struct flow *f)
{
	unsigned int zone = g->endpoints[f->key.endpoint].zone;
	struct target *target;

	if (!g->rebalance || !target_is_lost(f->target))
		return;
	target = target_pick(g, zone, flow_hash(&f->key));
	if (!target || target == f->target)
		return;
	if (target->state != TARGET_HEALTHY && f->target->state != TARGET_DEREGISTERED)
		return;
	cookie_unlink(&g->flows, f);
	f->target->flows--;
	flow_set_target(g, f, target);
	g->flows.moved++;
}

/*
 * The flow of a packet that enters at an endpoint, made when it is new.
 *
 * Return: NULL when there is no target or no room; this is counted.
 */
struct flow *flow_get(struct gwlb *g, unsigned int endpoint, const struct inner *in)
{
	int64_t now = now_ms();
	struct flow_key key;
	struct flow *f;

	flow_key_make(g, &key, endpoint, in);
	f = flow_lookup(&g->flows, &key);
	if (f && now >= f->expires) {
		flow_free(g, f);
		g->flows.expired++;
		f = NULL;
	}
	if (!f)
		f = flow_create(g, &key);
	if (!f)
		return NULL;
	flow_rebalance(g, f);
	f->expires = now + (in->proto == IPPROTO_TCP ? g->idle_tcp : g->idle_other);
	f->packets++;
	return f;
}

void flow_tick(struct gwlb *g, int64_t now)
{
	struct flows *t = &g->flows;

	for (uint32_t i = 0; i < t->used; i++) {
		struct flow *f = &t->slot[i];

		if (!f->target || now < f->expires)
			continue;
		flow_free(g, f);
		t->expired++;
	}
}
