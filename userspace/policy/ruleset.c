// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <string.h>

#include "ruleset.h"

const char *const set_types[] = {
	[NFG_SET_ADDR] = "addr",
	[NFG_SET_PORT] = "port",
	[NFG_SET_PROTO] = "proto",
	[NFG_SET_ENDPOINT] = "endpoint",
};

const char *const verdicts[] = {
	[NFG_VERDICT_ACCEPT] = "accept",
	[NFG_VERDICT_DROP] = "drop",
	[NFG_VERDICT_REJECT] = "reject",
};

const char *const rejects[] = {
	[NFG_REJECT_TCP_RESET] = "tcp-reset",
	[NFG_REJECT_ADMIN_PROHIBITED] = "admin-prohibited",
	[NFG_REJECT_PORT_UNREACHABLE] = "port-unreachable",
};

const char *const fields[] = {
	[NFG_FIELD_DIRECTION] = "direction",
	[NFG_FIELD_FAMILY] = "family",
	[NFG_FIELD_PROTO] = "proto",
	[NFG_FIELD_SADDR] = "saddr",
	[NFG_FIELD_DADDR] = "daddr",
	[NFG_FIELD_SPORT] = "sport",
	[NFG_FIELD_DPORT] = "dport",
	[NFG_FIELD_ENDPOINT] = "endpoint",
};

static const struct limit_unit units[] = {
	{ "second", 1 }, { "minute", 60 }, { "hour", 3600 }, { "day", 86400 },
};

#define N_UNITS	(sizeof(units) / sizeof(units[0]))

const struct limit_unit *limit_unit_named(const char *name)
{
	size_t i;

	for (i = 0; i < N_UNITS; i++)
		if (!strcmp(units[i].name, name))
			return &units[i];
	return NULL;
}

const struct limit_unit *limit_unit_of(uint32_t seconds)
{
	size_t i;

	for (i = 0; i < N_UNITS; i++)
		if (units[i].seconds == seconds)
			return &units[i];
	return NULL;
}

uint8_t field_type(uint8_t field)
{
	switch (field) {
	case NFG_FIELD_SADDR:
	case NFG_FIELD_DADDR:
		return NFG_SET_ADDR;
	case NFG_FIELD_PROTO:
		return NFG_SET_PROTO;
	case NFG_FIELD_ENDPOINT:
		return NFG_SET_ENDPOINT;
	default:
		return NFG_SET_PORT;
	}
}

void ruleset_init(struct ruleset *rs)
{
	memset(rs, 0, sizeof(*rs));
	rs->last_setting = &rs->settings;
	rs->last_set = &rs->sets;
	rs->last_policy = &rs->policies;
	rs->last_binding = &rs->bindings;
}

void ruleset_free(struct ruleset *rs)
{
	arena_free(&rs->arena);
}

struct setting *ruleset_add_setting(struct ruleset *rs)
{
	struct setting *setting = arena_alloc(&rs->arena, sizeof(*setting));

	*rs->last_setting = setting;
	rs->last_setting = &setting->next;
	return setting;
}

struct set *ruleset_add_set(struct ruleset *rs, const char *name)
{
	struct set *set = arena_alloc(&rs->arena, sizeof(*set));

	set->name = arena_text(&rs->arena, name, strlen(name));
	names_add(&rs->sets_by_name, &rs->arena, set->name, set);
	*rs->last_set = set;
	rs->last_set = &set->next;
	return set;
}

struct policy *ruleset_add_policy(struct ruleset *rs, const char *name)
{
	struct policy *policy = arena_alloc(&rs->arena, sizeof(*policy));

	policy->name = arena_text(&rs->arena, name, strlen(name));
	policy->last = &policy->rules;
	names_add(&rs->policies_by_name, &rs->arena, policy->name, policy);
	*rs->last_policy = policy;
	rs->last_policy = &policy->next;
	return policy;
}

struct binding *ruleset_add_binding(struct ruleset *rs)
{
	struct binding *binding = arena_alloc(&rs->arena, sizeof(*binding));

	*rs->last_binding = binding;
	rs->last_binding = &binding->next;
	return binding;
}

struct rule *rule_new(struct ruleset *rs)
{
	struct rule *rule = arena_alloc(&rs->arena, sizeof(*rule));

	rule->log_group = -1;
	return rule;
}

struct rule *policy_add_rule(struct ruleset *rs, struct policy *policy, const char *name)
{
	struct rule *rule = rule_new(rs);

	rule->name = arena_text(&rs->arena, name, strlen(name));
	names_add(&policy->by_name, &rs->arena, rule->name, rule);
	*policy->last = rule;
	policy->last = &rule->next;
	return rule;
}

struct cond *rule_add_cond(struct ruleset *rs, struct rule *rule, uint8_t field)
{
	struct cond *cond = arena_alloc(&rs->arena, sizeof(*cond));
	struct cond **last = &rule->conds;

	while (*last)
		last = &(*last)->next;
	*last = cond;
	cond->field = field;
	return cond;
}

void cond_add(struct ruleset *rs, struct cond *cond, uint16_t value)
{
	struct element *e = elements_add(&cond->values, &rs->arena);

	element_set(e, value, value);
	e->place = cond->place;
}
