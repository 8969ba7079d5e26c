// SPDX-License-Identifier: GPL-2.0
#include <linux/memcontrol.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "draft.h"
#include "endpoint.h"
#include "publish.h"
#include "ruleset.h"

void nfg_drafts_init(struct nfg_drafts *drafts)
{
	INIT_LIST_HEAD(&drafts->list);
	spin_lock_init(&drafts->lock);
	INIT_DELAYED_WORK(&drafts->expiry, nfg_publish_expiry);
}

void nfg_drafts_exit(struct nfg_drafts *drafts)
{
	struct nfg_draft *draft, *next;

	cancel_delayed_work_sync(&drafts->expiry);
	list_for_each_entry_safe(draft, next, &drafts->list, list)
		nfg_draft_put(draft);
	mem_cgroup_put(drafts->memcg);
}

static struct nfg_draft *nfg_drafts_find(struct nfg_drafts *drafts, u32 portid)
{
	struct nfg_draft *draft;

	lockdep_assert_held(&drafts->lock);
	list_for_each_entry(draft, &drafts->list, list)
		if (draft->portid == portid)
			return draft;
	return NULL;
}

struct nfg_draft *nfg_drafts_get(struct nfg_drafts *drafts, u32 portid)
{
	struct nfg_draft *draft;

	spin_lock(&drafts->lock);
	draft = nfg_drafts_find(drafts, portid);
	if (draft)
		refcount_inc(&draft->refs);
	spin_unlock(&drafts->lock);
	return draft;
}

void nfg_drafts_add(struct nfg_drafts *drafts, struct nfg_draft *draft)
{
	spin_lock(&drafts->lock);
	list_add(&draft->list, &drafts->list);
	spin_unlock(&drafts->lock);
}

struct nfg_draft *nfg_drafts_take(struct nfg_drafts *drafts, u32 portid)
{
	struct nfg_draft *draft;

	spin_lock(&drafts->lock);
	draft = nfg_drafts_find(drafts, portid);
	if (draft)
		list_del(&draft->list);
	spin_unlock(&drafts->lock);
	return draft;
}

static void nfg_draft_free_sets(struct nfg_draft *draft)
{
	struct nfg_named_set *named, *next;

	list_for_each_entry_safe(named, next, &draft->sets.list, name.list) {
		nfg_set_put(named->set);
		kfree(named);
	}
	nfg_names_exit(&draft->sets);
}

static void nfg_draft_free_rules(struct nfg_names *rules)
{
	struct nfg_draft_rule *rule, *next;

	list_for_each_entry_safe(rule, next, &rules->list, name.list) {
		nfg_rule_put(rule->rule);
		kfree(rule);
		cond_resched();
	}
	nfg_names_exit(rules);
}

static void nfg_draft_free_policies(struct nfg_draft *draft)
{
	struct nfg_draft_policy *policy, *next;

	list_for_each_entry_safe(policy, next, &draft->policies.list, name.list) {
		nfg_draft_free_rules(&policy->rules);
		nfg_policy_put(policy->shared);
		nfg_rule_put(policy->fallback);
		kfree(policy);
	}
	nfg_names_exit(&draft->policies);
}

void nfg_draft_put(struct nfg_draft *draft)
{
	u32 i;

	if (!draft || !refcount_dec_and_test(&draft->refs))
		return;
	nfg_draft_free_sets(draft);
	nfg_draft_free_policies(draft);
	for (i = 0; i < draft->n_endpoints; i++) {
		nfg_endpoint_free(draft->endpoints[i]->spare);
		kfree(draft->endpoints[i]);
	}
	kvfree(draft->endpoints);
	nfg_names_exit(&draft->names);
	kfree(draft);
}

int nfg_draft_add_set(struct nfg_draft *draft, struct nfg_set *set)
{
	struct nfg_named_set *named = kmalloc(sizeof(*named), GFP_KERNEL_ACCOUNT);

	if (!named)
		return -ENOMEM;
	named->set = set;
	nfg_names_add(&draft->sets, &named->name, set->name, NULL);
	return 0;
}

int nfg_draft_edit_set(struct nfg_named_set *named)
{
	struct nfg_set *set;

	if (!named->set->sealed)
		return 0;
	set = nfg_set_copy(named->set);
	if (!set)
		return -ENOMEM;
	nfg_named_set_replace(named, set);
	return 0;
}

static struct nfg_draft_policy *nfg_draft_new_policy(struct nfg_draft *draft, const char *name)
{
	struct nfg_draft_policy *policy = kzalloc(sizeof(*policy), GFP_KERNEL_ACCOUNT);

	if (!policy)
		return NULL;
	nfg_names_init(&policy->rules);
	strscpy(policy->text, name, sizeof(policy->text));
	nfg_names_add(&draft->policies, &policy->name, policy->text, NULL);
	return policy;
}

int nfg_draft_add_policy(struct nfg_draft *draft, struct nfg_rule *fallback)
{
	struct nfg_draft_policy *policy = nfg_draft_new_policy(draft, fallback->policy);

	if (!policy)
		return -ENOMEM;
	policy->fallback = fallback;
	return 0;
}

struct nfg_draft_policy *nfg_draft_find_policy(const struct nfg_draft *draft, const char *name)
{
	struct nfg_name *item = nfg_names_find(&draft->policies, name);

	return item ? container_of(item, struct nfg_draft_policy, name) : NULL;
}

int nfg_draft_add_rule(struct nfg_draft_policy *policy, struct nfg_rule *rule,
		       struct nfg_name *before)
{
	struct nfg_draft_rule *item = kmalloc(sizeof(*item), GFP_KERNEL_ACCOUNT);

	if (!item)
		return -ENOMEM;
	item->rule = rule;
	nfg_names_add(&policy->rules, &item->name, rule->name, before);
	return 0;
}

void nfg_draft_delete_rule(struct nfg_draft_policy *policy, struct nfg_name *name)
{
	struct nfg_draft_rule *item = container_of(name, struct nfg_draft_rule, name);

	nfg_names_delete(&policy->rules, name);
	nfg_rule_put(item->rule);
	kfree(item);
}

int nfg_draft_edit_policy(struct nfg_draft_policy *policy)
{
	struct nfg_policy *shared = policy->shared;
	u32 i;

	if (!shared)
		return 0;
	for (i = 0; i < shared->n; i++) {
		if (nfg_draft_add_rule(policy, shared->rules[i], NULL))
			return -ENOMEM;
		nfg_rule_get(shared->rules[i]);
		cond_resched();
	}
	policy->fallback = nfg_rule_get(shared->rules[shared->n]);
	policy->shared = NULL;
	nfg_policy_put(shared);
	return 0;
}

/* The number of an endpoint, or that which it would have. */
static u32 nfg_draft_endpoint_number(const struct nfg_draft *draft, u64 id)
{
	u32 low = 0, high = draft->n_endpoints;

	while (low < high) {
		u32 middle = low + (high - low) / 2;

		if (draft->endpoints[middle]->id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct nfg_draft_endpoint *nfg_draft_find_endpoint(const struct nfg_draft *draft, u64 id)
{
	u32 at = nfg_draft_endpoint_number(draft, id);

	return at < draft->n_endpoints && draft->endpoints[at]->id == id ?
	       draft->endpoints[at] : NULL;
}

static int nfg_draft_reserve_endpoint(struct nfg_draft *draft)
{
	u32 room = draft->room ? draft->room * 2 : 8;
	struct nfg_draft_endpoint **endpoints;

	if (draft->n_endpoints < draft->room)
		return 0;
	endpoints = kvmalloc_array(room, sizeof(*endpoints), GFP_KERNEL_ACCOUNT);
	if (!endpoints)
		return -ENOMEM;
	if (draft->n_endpoints)
		memcpy(endpoints, draft->endpoints, draft->n_endpoints * sizeof(*endpoints));
	kvfree(draft->endpoints);
	draft->endpoints = endpoints;
	draft->room = room;
	return 0;
}

struct nfg_draft_endpoint *nfg_draft_get_endpoint(struct nfg_draft *draft, u64 id)
{
	u32 at = nfg_draft_endpoint_number(draft, id);
	struct nfg_draft_endpoint *ep = nfg_draft_find_endpoint(draft, id);

	if (ep)
		return ep;
	if (nfg_draft_reserve_endpoint(draft))
		return NULL;
	ep = kzalloc(sizeof(*ep), GFP_KERNEL_ACCOUNT);
	if (!ep)
		return NULL;
	ep->id = id;
	memmove(&draft->endpoints[at + 1], &draft->endpoints[at],
		(draft->n_endpoints - at) * sizeof(*draft->endpoints));
	draft->endpoints[at] = ep;
	draft->n_endpoints++;
	return ep;
}

static int nfg_draft_copy(struct nfg_draft *draft, const struct nfg_ruleset *rs)
{
	struct nfg_draft_policy *policy;
	struct nfg_draft_endpoint *ep;
	u32 i;

	for (i = 0; i < rs->n_sets; i++) {
		if (nfg_draft_add_set(draft, rs->sets[i]))
			return -ENOMEM;
		nfg_set_get(rs->sets[i]);
	}
	for (i = 0; i < rs->n_policies; i++) {
		policy = nfg_draft_new_policy(draft, rs->policies[i]->name);
		if (!policy)
			return -ENOMEM;
		policy->shared = nfg_policy_get(rs->policies[i]);
	}
	for (i = 0; i < rs->n_bindings; i++) {
		ep = nfg_draft_get_endpoint(draft, rs->bindings[i].endpoint);
		if (!ep)
			return -ENOMEM;
		strscpy(ep->policy, rs->bindings[i].policy->name, sizeof(ep->policy));
	}
	draft->edition = rs->edition;
	return 0;
}

struct nfg_draft *nfg_draft_new(const struct nfg_ruleset *rs)
{
	struct nfg_draft *draft = kzalloc(sizeof(*draft), GFP_KERNEL_ACCOUNT);

	if (!draft)
		return NULL;
	refcount_set(&draft->refs, 1);
	nfg_names_init(&draft->sets);
	nfg_names_init(&draft->policies);
	nfg_names_init(&draft->names);
	if (rs && nfg_draft_copy(draft, rs)) {
		nfg_draft_put(draft);
		return NULL;
	}
	return draft;
}
