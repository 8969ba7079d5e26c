/* SPDX-License-Identifier: GPL-2.0 */
/* Rules: what they demand of a packet, and what becomes of it. */
#ifndef NFG_RULE_H
#define NFG_RULE_H

#include <linux/nf_geneve.h>
#include <linux/refcount.h>

#include "core/match.h"
#include "limit.h"
#include "stats.h"

/**
 * struct nfg_operand - what a condition of a rule compares with
 * @values: values the rule lists itself
 * @set: or the name of a set, else NULL
 */
struct nfg_operand {
	struct nfg_values values;
	const char *set;
};

/**
 * struct nfg_rule - a rule, or the default of a policy
 * @refs: rulesets and transactions that have it
 * @verdict: enum nfg_verdict
 * @reject: enum nfg_reject, with verdict reject
 * @log: it makes events
 * @log_group: it hands packets to this group of NFLOG; -1: to none
 * @name: its name; empty: it is the default of its policy
 * @policy: name of the policy
 * @count: packets and bytes it decided; NULL until sealed
 * @limit: how often the verdict is for; limit.count 0: always
 * @operand: one for each condition
 * @n_conds: entries of @operand and @cond
 * @cond: conditions; those that name a set have no values
 *
 * Immutable but for @count and @limit.  A rule that is the same in the next
 * ruleset is the same object, so that both go on.  What is in the sets it names
 * is known to the policy (struct nfg_policy), since sets change without it.
 */
struct nfg_rule {
	refcount_t refs;
	u8 verdict;
	u8 reject;
	bool log;
	int log_group;
	const char *name;
	const char *policy;
	struct nfg_count __percpu *count;
	struct nfg_limit limit;
	struct nfg_operand *operand;
	u32 n_conds;
	struct nfg_cond cond[];
};

/**
 * nfg_rule_new() - a rule without conditions, or a default, that accepts
 * @policy: name of its policy
 * @name: name; empty: the default of the policy
 * @n_conds: conditions that will be filled in
 *
 * Context: process, may sleep.
 * Return: rule, NULL without memory.
 */
struct nfg_rule *nfg_rule_new(const char *policy, const char *name, u32 n_conds);

/**
 * nfg_rule_seal() - make a rule fit for packets
 * @rule: complete rule, sealed already or not
 *
 * Context: process, may sleep.
 * Return: 0 or -ENOMEM.
 */
int nfg_rule_seal(struct nfg_rule *rule);

/**
 * nfg_rule_equal() - are two rules the same but for counters?
 * @a: rule
 * @b: rule of the same policy with the same name
 *
 * Return: true when one can stand for the other.
 */
bool nfg_rule_equal(const struct nfg_rule *a, const struct nfg_rule *b);

/**
 * nfg_rule_size() - memory of a rule
 * @rule: rule
 *
 * Return: bytes, counters of all CPUs among them.
 */
size_t nfg_rule_size(const struct nfg_rule *rule);

/**
 * nfg_rule_get() - one more reference to a rule
 * @rule: rule
 *
 * Return: the same.
 */
static inline struct nfg_rule *nfg_rule_get(struct nfg_rule *rule)
{
	refcount_inc(&rule->refs);
	return rule;
}

/**
 * nfg_rule_put() - one reference less; the last one frees the rule
 * @rule: rule that no packet can reach any more, or NULL
 *
 * Context: process, may sleep.
 */
void nfg_rule_put(struct nfg_rule *rule);

#endif /* NFG_RULE_H */
