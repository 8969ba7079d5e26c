// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "error.h"
#include "policy.h"

/* Rules that differ so much that this is too little are beyond what can be used. */
#define INDEX_MAX	BIT(30)

struct nfg_policy *nfg_policy_new(const char *name, u32 n)
{
	struct nfg_policy *policy = kzalloc(sizeof(*policy), GFP_KERNEL_ACCOUNT);

	if (!policy)
		return NULL;
	refcount_set(&policy->refs, 1);
	strscpy(policy->name, name, sizeof(policy->name));
	policy->n = n;
	policy->rules = kvcalloc(n + 1, sizeof(*policy->rules), GFP_KERNEL_ACCOUNT);
	if (!policy->rules) {
		kfree(policy);
		return NULL;
	}
	return policy;
}

void nfg_policy_put(struct nfg_policy *policy)
{
	u32 i;

	if (!policy || !refcount_dec_and_test(&policy->refs))
		return;
	nfg_index_free(policy->index);
	for (i = 0; i <= policy->n; i++) {
		nfg_breathe(i);
		nfg_rule_put(policy->rules[i]);
	}
	for (i = 0; i < policy->n_sets; i++)
		nfg_set_put(policy->sets[i]);
	kvfree(policy->rules);
	kvfree(policy->match);
	kvfree(policy->cond);
	kvfree(policy->sets);
	kfree(policy);
}

static u32 nfg_rule_count_sets(const struct nfg_rule *rule)
{
	u32 i, n = 0;

	for (i = 0; i < rule->n_conds; i++)
		n += !!rule->operand[i].set;
	return n;
}

/* Memory for what compiling makes. */
static int nfg_policy_alloc(struct nfg_policy *policy)
{
	u32 i, sets, n_conds = 0, n_sets = 0;

	for (i = 0; i < policy->n; i++) {
		sets = nfg_rule_count_sets(policy->rules[i]);
		n_sets += sets;
		if (sets)
			n_conds += policy->rules[i]->n_conds;
	}
	policy->match = kvcalloc(policy->n, sizeof(*policy->match), GFP_KERNEL_ACCOUNT);
	policy->cond = kvcalloc(n_conds, sizeof(*policy->cond), GFP_KERNEL_ACCOUNT);
	policy->sets = kvcalloc(n_sets, sizeof(*policy->sets), GFP_KERNEL_ACCOUNT);
	if (!policy->match || !policy->cond || !policy->sets)
		return -ENOMEM;
	policy->size = sizeof(*policy) + policy->n * sizeof(*policy->match) +
		       n_conds * sizeof(*policy->cond) + n_sets * sizeof(*policy->sets) +
		       (policy->n + 1) * sizeof(*policy->rules);
	return 0;
}

static const char *const set_types[] = {
	[NFG_SET_ADDR] = "addr",
	[NFG_SET_PORT] = "port",
	[NFG_SET_PROTO] = "proto",
	[NFG_SET_ENDPOINT] = "endpoint",
};

static int nfg_policy_resolve(struct nfg_policy *policy, const struct nfg_rule *rule,
			      struct nfg_cond *cond, u32 i, const struct nfg_names *sets,
			      struct netlink_ext_ack *extack)
{
	const char *name = rule->operand[i].set;
	const struct nfg_named_set *named = nfg_set_find(sets, name);

	if (!named) {
		nfg_error(extack, NULL, "rule %s of policy %s: no set %s", rule->name,
			  rule->policy, name);
		return -ENOENT;
	}
	if (!nfg_set_fits(named->set->type, rule->cond[i].field)) {
		nfg_error(extack, NULL, "rule %s of policy %s: set %s is of type %s",
			  rule->name, rule->policy, name, set_types[named->set->type]);
		return -EINVAL;
	}
	cond->values = &named->set->values;
	policy->sets[policy->n_sets++] = nfg_set_get(named->set);
	return 0;
}

/* The demands of a rule; @cond gets its conditions if some of them name sets. */
static int nfg_policy_match(struct nfg_policy *policy, u32 number, struct nfg_cond **cond,
			    const struct nfg_names *sets, struct netlink_ext_ack *extack)
{
	const struct nfg_rule *rule = policy->rules[number];
	struct nfg_match *match = &policy->match[number];
	u32 i;
	int err;

	match->n = rule->n_conds;
	match->cond = rule->cond;
	if (!nfg_rule_count_sets(rule))
		return 0;
	match->cond = *cond;
	for (i = 0; i < rule->n_conds; i++, (*cond)++) {
		**cond = rule->cond[i];
		if (!rule->operand[i].set)
			continue;
		err = nfg_policy_resolve(policy, rule, *cond, i, sets, extack);
		if (err)
			return err;
	}
	return 0;
}

int nfg_policy_compile(struct nfg_policy *policy, const struct nfg_names *sets,
		       struct nfg_effort *effort, struct netlink_ext_ack *extack)
{
	struct nfg_cond *cond;
	u32 i;
	int err;

	err = nfg_policy_alloc(policy);
	if (err)
		return err;
	cond = policy->cond;
	for (i = 0; i < policy->n; i++) {
		nfg_breathe(i);
		err = nfg_policy_match(policy, i, &cond, sets, extack);
		if (err)
			return err;
	}
	for (i = 0; i <= policy->n; i++) {
		nfg_breathe(i);
		err = nfg_rule_seal(policy->rules[i]);
		if (err)
			return err;
		policy->size += nfg_rule_size(policy->rules[i]);
	}
	err = nfg_index_build(&policy->index, policy->match, policy->n, INDEX_MAX, effort);
	if (err == -E2BIG)
		nfg_error(extack, NULL, "policy %s: its rules have too many different values",
			  policy->name);
	if (!err)
		policy->size += nfg_index_size(policy->index);
	return err;
}

bool nfg_policy_current(const struct nfg_policy *policy, const struct nfg_names *sets)
{
	const struct nfg_named_set *named;
	u32 i;

	for (i = 0; i < policy->n_sets; i++) {
		nfg_breathe(i);
		named = nfg_set_find(sets, policy->sets[i]->name);
		if (!named || named->set != policy->sets[i])
			return false;
	}
	return true;
}
