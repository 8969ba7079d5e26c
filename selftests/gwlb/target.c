// SPDX-License-Identifier: GPL-2.0
/* The target group: who is registered, in which state, and who gets a flow. */
#include <arpa/inet.h>

#include "gwlb.h"

const char *target_state_name(enum target_state state)
{
	static const char *const names[] = {
		[TARGET_UNUSED] = "unused",
		[TARGET_INITIAL] = "initial",
		[TARGET_HEALTHY] = "healthy",
		[TARGET_UNHEALTHY] = "unhealthy",
		[TARGET_DRAINING] = "draining",
		[TARGET_DEREGISTERED] = "deregistered",
	};

	return names[state];
}

static bool target_is_registered(const struct target *t)
{
	return t->state == TARGET_INITIAL || t->state == TARGET_HEALTHY ||
	       t->state == TARGET_UNHEALTHY;
}

struct target *target_find(struct gwlb *g, struct in_addr addr)
{
	for (unsigned int i = 0; i < TARGETS_MAX; i++) {
		struct target *t = &g->targets[i];

		if (t->state != TARGET_UNUSED && t->addr.s_addr == addr.s_addr)
			return t;
	}
	return NULL;
}

void target_set_state(struct gwlb *g, struct target *t, enum target_state state, const char *why)
{
	char addr[INET_ADDRSTRLEN];

	if (t->state == state)
		return;
	inet_ntop(AF_INET, &t->addr, addr, sizeof(addr));
	say(g, "target %s %s -> %s (%s)", addr, target_state_name(t->state),
	    target_state_name(state), why);
	t->state = state;
	t->since = now_ms();
}

/* Return: NULL, or what is wrong */
const char *target_register(struct gwlb *g, struct in_addr addr, unsigned int zone)
{
	struct target *t = target_find(g, addr);

	if (t && target_is_registered(t))
		return "is registered already";
	for (unsigned int i = 0; !t && i < TARGETS_MAX; i++) {
		if (g->targets[i].state == TARGET_UNUSED)
			t = &g->targets[i];
	}
	if (!t)
		return "the target group is full";
	if (t->state == TARGET_UNUSED)
		*t = (struct target){ .addr = addr, .health.watch.fd = -1 };
	t->zone = zone;
	target_set_state(g, t, TARGET_INITIAL, "registered");
	health_start(g, t);
	return NULL;
}

/* Return: NULL, or what is wrong */
const char *target_deregister(struct gwlb *g, struct in_addr addr)
{
	struct target *t = target_find(g, addr);

	if (!t || !target_is_registered(t))
		return "is not registered";
	health_stop(g, t);
	target_set_state(g, t, TARGET_DRAINING, "deregistered");
	return NULL;
}

/* A target that existing flows leave when failover is "rebalance" */
bool target_is_lost(const struct target *t)
{
	return t->state == TARGET_UNHEALTHY || t->state == TARGET_DEREGISTERED;
}

/* Rendezvous hashing: a target that comes or goes moves no other's flows. */
static struct target *target_best(struct gwlb *g, unsigned int zone, uint64_t hash, bool healthy)
{
	struct target *best = NULL;
	uint64_t best_score = 0;

	for (unsigned int i = 0; i < TARGETS_MAX; i++) {
		struct target *t = &g->targets[i];
		uint64_t score = hash_mix(hash ^ t->addr.s_addr);

		if (!target_is_registered(t) || (healthy && t->state != TARGET_HEALTHY))
			continue;
		if (!g->cross_zone && t->zone != zone)
			continue;
		if (!best || score > best_score) {
			best = t;
			best_score = score;
		}
	}
	return best;
}

/*
 * Return: the target of a new flow; NULL when none is registered.  When none
 * is healthy the load balancer fails open: all registered ones are used.
 */
struct target *target_pick(struct gwlb *g, unsigned int zone, uint64_t hash)
{
	struct target *t = target_best(g, zone, hash, true);

	return t ? t : target_best(g, zone, hash, false);
}

void target_tick(struct gwlb *g, int64_t now)
{
	for (unsigned int i = 0; i < TARGETS_MAX; i++) {
		struct target *t = &g->targets[i];

		if (t->state == TARGET_DRAINING && now - t->since >= g->drain)
			target_set_state(g, t, TARGET_DEREGISTERED, "drained");
		if (t->state == TARGET_DEREGISTERED && !t->flows)
			target_set_state(g, t, TARGET_UNUSED, "no flows left");
	}
}
