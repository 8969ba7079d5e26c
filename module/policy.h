/* SPDX-License-Identifier: GPL-2.0 */
/* Policies: rules in their order, compiled. */
#ifndef NFG_POLICY_H
#define NFG_POLICY_H

#include <linux/netlink.h>

#include "core/index.h"
#include "names.h"
#include "rule.h"
#include "set.h"

/**
 * struct nfg_policy - a policy
 * @refs: rulesets and transactions that have it
 * @name: its name
 * @n: rules, without the default
 * @rules: @n rules, and the default as the last
 * @match: what each of the @n rules demands, sets filled in
 * @index: finds the first of them
 * @cond: conditions of those rules that name sets
 * @n_sets: entries of @sets
 * @sets: sets that the conditions name, one for each of @cond that does
 * @size: bytes it takes, without @sets
 */
struct nfg_policy {
	refcount_t refs;
	char name[NFG_NAME_LEN_MAX + 1];
	u32 n;
	struct nfg_rule **rules;
	struct nfg_match *match;
	struct nfg_index *index;
	struct nfg_cond *cond;
	u32 n_sets;
	struct nfg_set **sets;
	size_t size;
};

/**
 * nfg_policy_new() - a policy that is to be compiled
 * @name: name, not too long
 * @n: rules it will have
 *
 * Context: process, may sleep.
 * Return: policy with room for rules and default, NULL without memory.
 */
struct nfg_policy *nfg_policy_new(const char *name, u32 n);

/**
 * nfg_policy_compile() - make a policy fit for packets
 * @policy: policy with all of its rules
 * @sets: sets, sealed
 * @effort: work it may take; what is left
 * @extack: gets the reason of a failure
 *
 * Context: process, may sleep.
 * Return: 0 or a negative error.
 */
int nfg_policy_compile(struct nfg_policy *policy, const struct nfg_names *sets,
		       struct nfg_effort *effort, struct netlink_ext_ack *extack);

/**
 * nfg_policy_current() - are the sets that a policy was compiled with those there are?
 * @policy: compiled policy
 * @sets: sets
 *
 * Return: true when it need not be compiled again.
 */
bool nfg_policy_current(const struct nfg_policy *policy, const struct nfg_names *sets);

static inline struct nfg_policy *nfg_policy_get(struct nfg_policy *policy)
{
	refcount_inc(&policy->refs);
	return policy;
}

/**
 * nfg_policy_put() - one reference less; the last one frees the policy
 * @policy: policy that no packet can reach any more, or NULL
 *
 * Context: process, may sleep.
 */
void nfg_policy_put(struct nfg_policy *policy);

#endif /* NFG_POLICY_H */
