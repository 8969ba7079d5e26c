// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/slab.h>

#include "ruleset.h"

struct workqueue_struct *nfg_ruleset_wq;

const struct nfg_binding *nfg_ruleset_binding(const struct nfg_ruleset *rs, u64 endpoint)
{
	u32 low = 0, high = rs->n_bindings;

	while (low < high) {
		u32 middle = low + (high - low) / 2;

		if (rs->bindings[middle].endpoint < endpoint)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < rs->n_bindings && rs->bindings[low].endpoint == endpoint)
		return &rs->bindings[low];
	return NULL;
}

const struct nfg_policy *nfg_ruleset_policy(const struct nfg_ruleset *rs, u64 endpoint)
{
	const struct nfg_binding *binding = nfg_ruleset_binding(rs, endpoint);

	return binding ? binding->policy : rs->fallback;
}

struct nfg_rule *nfg_ruleset_judge(const struct nfg_ruleset *rs, const struct nfg_query *q)
{
	const struct nfg_policy *policy = nfg_ruleset_policy(rs, q->key[NFG_FIELD_ENDPOINT].lo);

	return policy->rules[nfg_index_lookup(policy->index, q)];
}

/* The policy of those who have none. */
static struct nfg_policy *nfg_policy_accept(void)
{
	struct nfg_policy *policy = nfg_policy_new(NFG_POLICY_DEFAULT, 0);
	struct nfg_effort effort = { 0 };

	if (!policy)
		return NULL;
	policy->rules[0] = nfg_rule_new(policy->name, "", 0);
	if (!policy->rules[0] || nfg_policy_compile(policy, NULL, &effort, NULL)) {
		nfg_policy_put(policy);
		return NULL;
	}
	return policy;
}

struct nfg_ruleset *nfg_ruleset_empty(void)
{
	struct nfg_ruleset *rs = kzalloc(sizeof(*rs), GFP_KERNEL_ACCOUNT);

	if (!rs)
		return NULL;
	rs->accept = nfg_policy_accept();
	if (!rs->accept) {
		kfree(rs);
		return NULL;
	}
	rs->fallback = nfg_policy_get(rs->accept);
	rs->generation = 1;
	rs->kept.since = 1;
	rs->edition = 1;
	rs->expires = NFG_NEVER;
	return rs;
}

bool nfg_kept_has(const struct nfg_kept *kept, u32 generation, bool marked)
{
	u32 next = nfg_generation_next(generation), i;

	if (!nfg_generation_since(generation, kept->since))
		return false;
	for (i = 0; i < kept->n && !marked; i++)
		marked = nfg_generation_since(next, kept->run[i].first) &&
			 nfg_generation_since(kept->run[i].last, next);
	return marked;
}

void nfg_ruleset_free(struct nfg_ruleset *rs)
{
	u32 i;

	for (i = 0; i < rs->n_policies; i++)
		nfg_policy_put(rs->policies[i]);
	for (i = 0; i < rs->n_sets; i++)
		nfg_set_put(rs->sets[i]);
	nfg_policy_put(rs->fallback);
	nfg_policy_put(rs->accept);
	kvfree(rs->policies);
	kvfree(rs->sets);
	kvfree(rs->bindings);
	kfree(rs);
}

static void nfg_ruleset_free_work(struct work_struct *work)
{
	nfg_ruleset_free(container_of(to_rcu_work(work), struct nfg_ruleset, free));
}

void nfg_ruleset_free_rcu(struct nfg_ruleset *rs)
{
	INIT_RCU_WORK(&rs->free, nfg_ruleset_free_work);
	queue_rcu_work(nfg_ruleset_wq, &rs->free);
}

int nfg_ruleset_init(void)
{
	nfg_ruleset_wq = alloc_workqueue("nf_geneve", WQ_UNBOUND, 0);
	return nfg_ruleset_wq ? 0 : -ENOMEM;
}

void nfg_ruleset_exit(void)
{
	rcu_barrier();
	destroy_workqueue(nfg_ruleset_wq);
}
