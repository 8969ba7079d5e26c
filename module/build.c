// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/slab.h>

#include "build.h"
#include "core/vpce.h"
#include "draft.h"
#include "error.h"
#include "ruleset.h"

/*
 * What a ruleset may take: a hundred times as much as 10,000 rules and 100,000 elements
 * do, a second or two. Others who ask generic netlink wait as long.
 */
#define EFFORT_MAX	BIT_ULL(28)

static int nfg_build_sets(struct nfg_draft *draft, const struct nfg_ruleset *old)
{
	struct nfg_named_set *named;
	u32 i;
	int err;

	for (i = 0; i < old->n_sets; i++) {
		named = nfg_set_find(&draft->sets, old->sets[i]->name);
		if (named && !named->set->sealed && nfg_set_equal(named->set, old->sets[i]))
			nfg_named_set_replace(named, nfg_set_get(old->sets[i]));
	}
	list_for_each_entry(named, &draft->sets.list, name.list) {
		if (named->set->sealed)
			continue;
		err = nfg_set_seal(named->set);
		if (err)
			return err;
	}
	return 0;
}

/* The old one of two equal rules stays: it has the counters. */
static void nfg_build_keep_rule(struct nfg_rule **rule, struct nfg_rule *old)
{
	if (*rule == old || !nfg_rule_equal(*rule, old))
		return;
	nfg_rule_put(*rule);
	*rule = nfg_rule_get(old);
}

static void nfg_build_keep_rules(struct nfg_draft_policy *policy, const struct nfg_policy *old)
{
	struct nfg_draft_rule *item;
	struct nfg_name *name;
	u32 i;

	for (i = 0; i < old->n; i++) {
		nfg_breathe(i);
		name = nfg_names_find(&policy->rules, old->rules[i]->name);
		if (!name)
			continue;
		item = container_of(name, struct nfg_draft_rule, name);
		nfg_build_keep_rule(&item->rule, old->rules[i]);
		name->name = item->rule->name;
	}
	nfg_build_keep_rule(&policy->fallback, old->rules[old->n]);
}

/* A policy with the rules of the transaction's, not compiled. */
static struct nfg_policy *nfg_build_rules(const struct nfg_draft_policy *policy)
{
	const struct nfg_policy *shared = policy->shared;
	struct nfg_draft_rule *item;
	struct nfg_policy *new;
	u32 i = 0;

	new = nfg_policy_new(policy->text, shared ? shared->n : policy->rules.n);
	if (!new)
		return NULL;
	if (shared) {
		for (i = 0; i <= shared->n; i++)
			new->rules[i] = nfg_rule_get(shared->rules[i]);
		return new;
	}
	list_for_each_entry(item, &policy->rules.list, name.list)
		new->rules[i++] = nfg_rule_get(item->rule);
	new->rules[i] = nfg_rule_get(policy->fallback);
	return new;
}

static bool nfg_policy_same_rules(const struct nfg_policy *a, const struct nfg_policy *b)
{
	return a->n == b->n && !memcmp(a->rules, b->rules, (a->n + 1) * sizeof(*a->rules));
}

/* Returns the policy compiled, a new one or @old, which may be NULL. */
static struct nfg_policy *nfg_build_policy(struct nfg_draft_policy *policy,
					   struct nfg_policy *old, const struct nfg_names *sets,
					   struct nfg_effort *effort,
					   struct netlink_ext_ack *extack)
{
	struct nfg_policy *new;
	int err;

	if (policy->shared && nfg_policy_current(policy->shared, sets))
		return nfg_policy_get(policy->shared);
	if (old && !policy->shared)
		nfg_build_keep_rules(policy, old);
	new = nfg_build_rules(policy);
	if (!new)
		return ERR_PTR(-ENOMEM);
	if (old && nfg_policy_same_rules(new, old) && nfg_policy_current(old, sets)) {
		nfg_policy_put(new);
		return nfg_policy_get(old);
	}
	err = nfg_policy_compile(new, sets, effort, extack);
	if (err) {
		nfg_policy_put(new);
		return ERR_PTR(err);
	}
	return new;
}

static int nfg_build_policies(struct nfg_ruleset *rs, struct nfg_draft *draft,
			      const struct nfg_ruleset *old, struct netlink_ext_ack *extack)
{
	struct nfg_effort effort = { EFFORT_MAX };
	struct nfg_draft_policy *policy;
	struct nfg_policy *new;
	u32 i;

	for (i = 0; i < old->n_policies; i++) {
		policy = nfg_draft_find_policy(draft, old->policies[i]->name);
		if (policy)
			policy->old = old->policies[i];
	}
	rs->policies = kvcalloc(draft->policies.n, sizeof(*rs->policies), GFP_KERNEL_ACCOUNT);
	if (!rs->policies)
		return -ENOMEM;
	list_for_each_entry(policy, &draft->policies.list, name.list) {
		new = nfg_build_policy(policy, policy->old, &draft->sets, &effort, extack);
		if (IS_ERR(new))
			return PTR_ERR(new);
		policy->compiled = new;
		rs->policies[rs->n_policies++] = new;
		rs->n_rules += new->n;
		rs->size += new->size;
	}
	rs->accept = nfg_policy_get(old->accept);
	policy = nfg_draft_find_policy(draft, NFG_POLICY_DEFAULT);
	rs->fallback = nfg_policy_get(policy ? policy->compiled : rs->accept);
	return 0;
}

static int nfg_build_list_sets(struct nfg_ruleset *rs, const struct nfg_draft *draft)
{
	struct nfg_named_set *named;

	rs->sets = kvcalloc(draft->sets.n, sizeof(*rs->sets), GFP_KERNEL_ACCOUNT);
	if (!rs->sets)
		return -ENOMEM;
	list_for_each_entry(named, &draft->sets.list, name.list) {
		rs->sets[rs->n_sets++] = nfg_set_get(named->set);
		rs->n_elements += nfg_set_count(named->set);
		rs->size += nfg_set_size(named->set);
		rs->expires = min(rs->expires, named->set->expires);
	}
	return 0;
}

static const struct nfg_policy *nfg_build_bound(const struct nfg_ruleset *rs,
						const struct nfg_draft *draft, const char *name)
{
	struct nfg_draft_policy *policy = nfg_draft_find_policy(draft, name);

	if (policy)
		return policy->compiled;
	return strcmp(name, NFG_POLICY_DEFAULT) ? NULL : rs->fallback;
}

static int nfg_build_bindings(struct nfg_ruleset *rs, const struct nfg_draft *draft,
			      struct netlink_ext_ack *extack)
{
	char id[NFG_VPCE_LEN];
	u32 i;

	rs->bindings = kvcalloc(draft->n_endpoints, sizeof(*rs->bindings), GFP_KERNEL_ACCOUNT);
	if (!rs->bindings)
		return -ENOMEM;
	for (i = 0; i < draft->n_endpoints; i++) {
		const struct nfg_draft_endpoint *ep = draft->endpoints[i];
		struct nfg_binding *binding = &rs->bindings[rs->n_bindings];

		if (!ep->policy[0])
			continue;
		binding->endpoint = ep->id;
		binding->policy = nfg_build_bound(rs, draft, ep->policy);
		if (!binding->policy) {
			nfg_vpce_format(id, sizeof(id), ep->id);
			nfg_error(extack, NULL, "endpoint %s: no policy %s", id, ep->policy);
			return -ENOENT;
		}
		rs->n_bindings++;
	}
	rs->size += rs->n_bindings * sizeof(*rs->bindings);
	return 0;
}

struct nfg_ruleset *nfg_ruleset_build(struct nfg_draft *draft, const struct nfg_ruleset *old,
				      struct netlink_ext_ack *extack)
{
	struct nfg_ruleset *rs = kzalloc(sizeof(*rs), GFP_KERNEL_ACCOUNT);
	int err;

	if (!rs)
		return ERR_PTR(-ENOMEM);
	rs->size = sizeof(*rs);
	rs->expires = NFG_NEVER;
	err = nfg_build_sets(draft, old);
	if (!err)
		err = nfg_build_list_sets(rs, draft);
	if (!err)
		err = nfg_build_policies(rs, draft, old, extack);
	if (!err)
		err = nfg_build_bindings(rs, draft, extack);
	if (err) {
		nfg_ruleset_free(rs);
		return ERR_PTR(err);
	}
	return rs;
}
