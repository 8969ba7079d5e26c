/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Rulesets: immutable, put in place of one another as a whole.  A packet sees
 * one of them from beginning to end.
 */
#ifndef NFG_RULESET_H
#define NFG_RULESET_H

#include <linux/workqueue.h>

#include "policy.h"

/* @policy is used for the packets of @endpoint */
struct nfg_binding {
	u64 endpoint;
	const struct nfg_policy *policy;
};

/* Changes that kept flows and had others between them, which are remembered. */
#define NFG_KEPT_RUNS	16

/**
 * struct nfg_kept - which established flows keep their verdict
 * @since: generation of the last change that left none alone: what was judged before is
 *	judged again
 * @n: how many of @run
 * @run: generations from @first to @last were changes that left them alone; in between
 *	elements went away by themselves, which judges those again that were not kept
 *	before. A flow's last packet was judged just before such a change, or it was one
 *	that was kept.
 */
struct nfg_kept {
	u32 since;
	u32 n;
	struct {
		u32 first;
		u32 last;
	} run[NFG_KEPT_RUNS];
};

/**
 * struct nfg_ruleset - a ruleset
 * @generation: another one for every ruleset of a namespace, never 0
 * @kept: which flows keep the verdict of an older one
 * @edition: as @generation, but the same when only elements went away by themselves
 * @accept: policy that accepts everything, of those who have no other
 * @fallback: policy of endpoints without a binding: one of @policies, or @accept
 * @n_bindings: entries of @bindings
 * @bindings: ascending by endpoint
 * @n_policies: entries of @policies
 * @policies: as they were written
 * @n_sets: entries of @sets
 * @sets: as they were written
 * @n_rules: rules of all policies
 * @n_elements: elements of all sets
 * @size: bytes all of this takes
 * @expires: milliseconds of the boot time clock when the first element goes away,
 *	U64_MAX: never
 * @free: frees it when no packet can see it any more
 */
struct nfg_ruleset {
	u32 generation;
	struct nfg_kept kept;
	u32 edition;
	u32 n_bindings;
	struct nfg_policy *accept;
	struct nfg_policy *fallback;
	struct nfg_binding *bindings;
	u32 n_policies;
	u32 n_sets;
	struct nfg_policy **policies;
	struct nfg_set **sets;
	u32 n_rules;
	u32 n_elements;
	size_t size;
	u64 expires;
	struct rcu_work free;
};

/* The generation behind another one: 0 is none. */
static inline u32 nfg_generation_next(u32 generation)
{
	return ++generation ?: 1;
}

/* Is a generation another one, or behind it? */
static inline bool nfg_generation_since(u32 generation, u32 since)
{
	return (s32)(generation - since) >= 0;
}

/**
 * nfg_kept_has() - does a flow's verdict outlive its ruleset?
 * @kept: of the ruleset in force
 * @generation: of the ruleset that judged the flow
 * @marked: its verdict was kept already then
 *
 * Return: true if it does, should the flow be established and accepted.
 */
bool nfg_kept_has(const struct nfg_kept *kept, u32 generation, bool marked);

/**
 * nfg_ruleset_binding() - the binding of an endpoint
 * @rs: ruleset
 * @endpoint: endpoint id
 *
 * Context: any; under rcu_read_lock(), or the namespace's lock.
 * Return: binding or NULL.
 */
const struct nfg_binding *nfg_ruleset_binding(const struct nfg_ruleset *rs, u64 endpoint);

/**
 * nfg_ruleset_policy() - the policy for an endpoint
 * @rs: ruleset
 * @endpoint: endpoint id
 *
 * Context: any; under rcu_read_lock(), or the namespace's lock.
 * Return: policy, never NULL.
 */
const struct nfg_policy *nfg_ruleset_policy(const struct nfg_ruleset *rs, u64 endpoint);

/**
 * nfg_ruleset_judge() - the rule for a packet
 * @rs: ruleset
 * @q: packet
 *
 * Context: any; under rcu_read_lock(), or the namespace's lock.
 * Return: the first rule that matches, else the default of the policy; never
 * NULL, valid as long as the context lasts.
 */
struct nfg_rule *nfg_ruleset_judge(const struct nfg_ruleset *rs, const struct nfg_query *q);

/**
 * nfg_ruleset_empty() - the ruleset of a new namespace: accepts everything
 *
 * Context: process, may sleep.
 * Return: ruleset, NULL without memory.
 */
struct nfg_ruleset *nfg_ruleset_empty(void);

/**
 * nfg_ruleset_free() - free a ruleset that no packet can see any more
 * @rs: ruleset
 *
 * Context: process, may sleep.
 */
void nfg_ruleset_free(struct nfg_ruleset *rs);

/**
 * nfg_ruleset_free_rcu() - free a ruleset when no packet can see it any more
 * @rs: ruleset that has been replaced
 *
 * Context: any.
 */
void nfg_ruleset_free_rcu(struct nfg_ruleset *rs);

/* Where rulesets are freed and expire: it may take long. */
extern struct workqueue_struct *nfg_ruleset_wq;

int nfg_ruleset_init(void);
/* Waits for all of nfg_ruleset_free_rcu(). */
void nfg_ruleset_exit(void);

#endif /* NFG_RULESET_H */
