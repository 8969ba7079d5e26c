// SPDX-License-Identifier: GPL-2.0 OR MIT
/* Sets, names, endpoints. */
#include <stdarg.h>
#include <string.h>

#include "checker.h"
#include "item.h"
#include "vpce.h"

bool check_fail(struct checker *c, const struct place *place, const char *fmt, ...)
{
	va_list args;

	c->bad->place = *place;
	va_start(args, fmt);
	vsnprintf(c->bad->why.text, sizeof(c->bad->why.text), fmt, args);
	va_end(args);
	return false;
}

bool check_unknown(struct checker *c, const struct place *place, const char *what,
		   const char *name, const char *near)
{
	if (near)
		return check_fail(c, place, "there is no %s '%.64s': expected '%s'?", what, name,
				  near);
	return check_fail(c, place, "there is no %s '%.64s': expected one that is defined", what,
			  name);
}

static bool overlap(struct checker *c, uint8_t type, const struct element *pair[2])
{
	const struct element *first = pair[0], *second = pair[1];
	char a[ITEM_TEXT], b[ITEM_TEXT], where[PLACE_TEXT];

	if (first->place.src == second->place.src && first->place.at > second->place.at) {
		first = pair[1];
		second = pair[0];
	}
	return check_fail(c, &second->place, "'%s' overlaps '%s' in %s: expected elements apart from each other",
			  item_text(b, type, &second->v), item_text(a, type, &first->v),
			  place_text(where, &first->place, second->place.src));
}

static void set_id(struct nfg_element *e, uint64_t id)
{
	int i;

	for (i = 0; i < 8; i++)
		e->from[15 - i] = id >> 8 * i;
	memcpy(e->to, e->from, sizeof(e->to));
}

static bool find_endpoint(struct checker *c, const char *name, uint64_t *id)
{
	const struct binding *binding;

	if (c->outside)
		return c->outside->endpoint(c->outside->data, name, id);
	binding = names_find(&c->rs->endpoints_by_name, name);
	if (binding)
		*id = binding->id;
	return binding;
}

static bool resolve(struct checker *c, struct elements *list)
{
	struct element *e;
	uint64_t id;

	for (e = list->e; e < list->e + list->n; e++) {
		if (!e->name)
			continue;
		if (!find_endpoint(c, e->name, &id))
			return check_unknown(c, &e->place, "endpoint", e->name,
					     names_near(&c->rs->endpoints_by_name, e->name));
		set_id(&e->v, id);
		e->name = NULL;
	}
	return true;
}

bool check_elements(struct checker *c, uint8_t type, struct elements *list)
{
	const struct element *pair[2];

	if (!list->n)
		return true;
	if (type == NFG_SET_ENDPOINT && !resolve(c, list))
		return false;
	return elements_sort(list, pair) || overlap(c, type, pair);
}

bool check_set(struct ruleset *rs, struct set *set, const struct outside *outside,
	       struct complaint *bad)
{
	struct checker c = { rs, outside, bad };

	return check_elements(&c, set->type, &set->elements);
}

static bool check_sets(struct checker *c)
{
	uint32_t n = 0;
	struct set *set;

	for (set = c->rs->sets; set; set = set->next) {
		if (++n > NFG_SETS_MAX)
			return check_fail(c, &set->place, "too many sets: expected at most %d",
					  NFG_SETS_MAX);
		if (!check_elements(c, set->type, &set->elements))
			return false;
		if (set->elements.n > NFG_ELEMENTS_MAX)
			return check_fail(c, &set->place, "the set has too many elements: expected at most %d",
					  NFG_ELEMENTS_MAX);
	}
	return true;
}

static bool check_policy(struct checker *c, const struct policy *policy)
{
	struct rule *rule;
	uint32_t n = 0;

	for (rule = policy->rules; rule; rule = rule->next) {
		if (++n > NFG_RULES_MAX)
			return check_fail(c, &rule->place, "the policy has too many rules: expected at most %d",
					  NFG_RULES_MAX);
		if (!check_rule(c->rs, rule, NULL, c->bad))
			return false;
	}
	return !policy->fallback || check_rule(c->rs, policy->fallback, NULL, c->bad);
}

static bool check_policies(struct checker *c)
{
	const struct policy *policy;
	uint32_t n = 0;

	for (policy = c->rs->policies; policy; policy = policy->next) {
		if (++n > NFG_POLICIES_MAX)
			return check_fail(c, &policy->place, "too many policies: expected at most %d",
					  NFG_POLICIES_MAX);
		if (!check_policy(c, policy))
			return false;
	}
	return true;
}

static bool check_bindings(struct checker *c)
{
	struct names ids = { 0 };
	const struct binding *first;
	struct binding *binding;
	char id[NFG_VPCE_LEN], where[PLACE_TEXT];

	for (binding = c->rs->bindings; binding; binding = binding->next) {
		nfg_vpce_format(id, sizeof(id), binding->id);
		first = names_find(&ids, id);
		if (first)
			return check_fail(c, &binding->place, "the endpoint %s is there already, in %s: expected one block for each",
					  id, place_text(where, &first->place,
							 binding->place.src));
		if (ids.n == NFG_ENDPOINTS_MAX)
			return check_fail(c, &binding->place, "too many endpoints: expected at most %d",
					  NFG_ENDPOINTS_MAX);
		names_add(&ids, &c->rs->arena, arena_text(&c->rs->arena, id, strlen(id)), binding);
		if (binding->policy && !names_find(&c->rs->policies_by_name, binding->policy))
			return check_unknown(c, &binding->policy_place, "policy", binding->policy,
					     names_near(&c->rs->policies_by_name,
							binding->policy));
	}
	return true;
}

bool check_ruleset(struct ruleset *rs, struct complaint *bad)
{
	struct checker c = { rs, NULL, bad };

	return check_sets(&c) && check_policies(&c) && check_bindings(&c);
}
