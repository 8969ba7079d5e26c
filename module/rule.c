// SPDX-License-Identifier: GPL-2.0
#include <linux/slab.h>
#include <linux/string.h>

#include "log.h"
#include "rule.h"

struct nfg_rule *nfg_rule_new(const char *policy, const char *name, u32 n_conds)
{
	size_t operands = offsetof(struct nfg_rule, cond) + n_conds * sizeof(struct nfg_cond);
	size_t names = operands + n_conds * sizeof(struct nfg_operand);
	size_t name_size = strlen(name) + 1, policy_size = strlen(policy) + 1;
	struct nfg_rule *rule;
	u32 i;

	rule = kzalloc(names + name_size + policy_size, GFP_KERNEL_ACCOUNT);
	if (!rule)
		return NULL;
	refcount_set(&rule->refs, 1);
	rule->verdict = NFG_VERDICT_ACCEPT;
	rule->log_group = -1;
	rule->name = memcpy((void *)rule + names, name, name_size);
	rule->policy = memcpy((void *)rule + names + name_size, policy, policy_size);
	rule->operand = (void *)rule + operands;
	rule->n_conds = n_conds;
	for (i = 0; i < n_conds; i++)
		rule->cond[i].values = &rule->operand[i].values;
	return rule;
}

int nfg_rule_seal(struct nfg_rule *rule)
{
	int cpu;

	if (rule->count)
		return 0;
	rule->count = alloc_percpu_gfp(struct nfg_count, GFP_KERNEL_ACCOUNT);
	if (!rule->count)
		return -ENOMEM;
	for_each_possible_cpu(cpu)
		u64_stats_init(&per_cpu_ptr(rule->count, cpu)->syncp);
	return 0;
}

void nfg_rule_put(struct nfg_rule *rule)
{
	u32 i;

	if (!rule || !refcount_dec_and_test(&rule->refs))
		return;
	for (i = 0; i < rule->n_conds; i++) {
		nfg_free(rule->operand[i].values.family[0]);
		nfg_free(rule->operand[i].values.family[1]);
		kfree(rule->operand[i].set);
	}
	if (rule->log_group >= 0)
		nfg_log_group_put();
	free_percpu(rule->count);
	kfree(rule);
}

static bool nfg_ranges_equal(const struct nfg_ranges *a, const struct nfg_ranges *b)
{
	if (!a || !b)
		return a == b;
	return a->n == b->n && !memcmp(a->range, b->range, a->n * sizeof(*a->range));
}

static bool nfg_operand_equal(const struct nfg_operand *a, const struct nfg_operand *b)
{
	if (a->set || b->set)
		return a->set && b->set && !strcmp(a->set, b->set);
	return nfg_ranges_equal(a->values.family[0], b->values.family[0]) &&
	       nfg_ranges_equal(a->values.family[1], b->values.family[1]);
}

bool nfg_rule_equal(const struct nfg_rule *a, const struct nfg_rule *b)
{
	u32 i;

	if (a->verdict != b->verdict || a->reject != b->reject || a->log != b->log ||
	    a->log_group != b->log_group || a->limit.count != b->limit.count ||
	    a->limit.seconds != b->limit.seconds || a->limit.burst != b->limit.burst ||
	    a->n_conds != b->n_conds)
		return false;
	for (i = 0; i < a->n_conds; i++)
		if (a->cond[i].field != b->cond[i].field ||
		    a->cond[i].negate != b->cond[i].negate ||
		    !nfg_operand_equal(&a->operand[i], &b->operand[i]))
			return false;
	return true;
}

size_t nfg_rule_size(const struct nfg_rule *rule)
{
	size_t size = struct_size(rule, cond, rule->n_conds) + strlen(rule->name) +
		      strlen(rule->policy) + 2 + num_possible_cpus() * sizeof(struct nfg_count);
	u32 i;

	for (i = 0; i < rule->n_conds; i++) {
		const struct nfg_operand *o = &rule->operand[i];

		size += sizeof(*o);
		if (o->set)
			size += strlen(o->set) + 1;
		if (o->values.family[0])
			size += struct_size(o->values.family[0], range, o->values.family[0]->n);
		if (o->values.family[1])
			size += struct_size(o->values.family[1], range, o->values.family[1]->n);
	}
	return size;
}
