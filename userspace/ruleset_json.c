// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "out.h"
#include "policy/item.h"
#include "policy/print.h"
#include "ruleset_json.h"
#include "vpce.h"

static json_t *values_json(const struct cond *cond)
{
	json_t *json = json_array();
	char text[ITEM_TEXT];
	uint32_t i;

	for (i = 0; i < cond->values.n; i++)
		json_array_append_new(json, json_string(item_text(text, field_type(cond->field),
								  &cond->values.e[i].v)));
	return json;
}

static json_t *cond_json(const struct cond *cond)
{
	json_t *json = json_pack("{s:s, s:b}", "field", fields[cond->field],
				 "negate", cond->negate);

	if (cond->set)
		json_object_set_new(json, "set", out_json_text(cond->set));
	else
		json_object_set_new(json, "values", values_json(cond));
	return json;
}

static json_t *conds_json(const struct rule *rule)
{
	json_t *json = json_array();
	const struct cond *cond;

	for (cond = rule->conds; cond; cond = cond->next)
		json_array_append_new(json, cond_json(cond));
	return json;
}

/* What the policy language says for it. */
static json_t *text_json(const struct rule *rule)
{
	char *text = NULL;
	size_t len = 0;
	FILE *to = open_memstream(&text, &len);
	json_t *json;

	if (!to)
		exit(fail(STATUS_KERNEL, "no memory"));
	print_rule_body(to, rule);
	fclose(to);
	json = json_string(text + 1);
	free(text);
	return json;
}

static json_t *limit_json(const struct rule *rule)
{
	if (!rule->limit)
		return json_null();
	return json_pack("{s:I, s:I, s:I}", "count", (json_int_t)rule->limit,
			 "seconds", (json_int_t)rule->limit_seconds,
			 "burst", (json_int_t)(rule->burst ? rule->burst : rule->limit));
}

static json_t *rule_json(const struct policy *policy, const struct rule *rule)
{
	const char *reject = rejects[rule->reject];

	return json_pack("{s:o, s:o, s:b, s:o, s:o, s:s, s:o, s:b, s:o, s:o, s:I, s:I}",
			 "policy", out_json_text(policy->name),
			 "name", out_json_text(rule->name),
			 "default", rule == policy->fallback,
			 "text", text_json(rule),
			 "conditions", conds_json(rule),
			 "verdict", verdicts[rule->verdict],
			 "reject_with", reject ? json_string(reject) : json_null(),
			 "log", rule->log,
			 "log_group", rule->log_group >= 0 ? json_integer(rule->log_group)
							   : json_null(),
			 "limit", limit_json(rule),
			 "packets", (json_int_t)rule->packets,
			 "bytes", (json_int_t)rule->bytes);
}

static void add_rules(json_t *json, const struct policy *policy)
{
	const struct rule *rule;

	for (rule = policy->rules; rule; rule = rule->next)
		json_array_append_new(json, rule_json(policy, rule));
	if (policy->fallback)
		json_array_append_new(json, rule_json(policy, policy->fallback));
}

json_t *rules_json(const struct ruleset *rs)
{
	json_t *json = json_array();
	const struct policy *policy;

	for (policy = rs->policies; policy; policy = policy->next)
		add_rules(json, policy);
	return json;
}

static json_t *element_json(uint8_t type, const struct nfg_element *e)
{
	char text[ITEM_TEXT];

	return json_pack("{s:s, s:o}", "element", item_text(text, type, e),
			 "expires_ms", e->timeout ? json_integer(e->timeout) : json_null());
}

json_t *set_json(const struct set *set, bool elements)
{
	json_t *list = json_array();
	uint32_t i;

	for (i = 0; elements && i < set->elements.n; i++)
		json_array_append_new(list, element_json(set->type, &set->elements.e[i].v));
	return json_pack("{s:o, s:s, s:o, s:o}", "name", out_json_text(set->name),
			 "type", set_types[set->type],
			 "timeout_ms", set->timeout ? json_integer(set->timeout) : json_null(),
			 "elements", elements ? list : (json_decref(list),
							json_integer(set->elements.n)));
}

static json_t *policy_json(const struct policy *policy)
{
	json_t *rules = json_array();

	add_rules(rules, policy);
	return json_pack("{s:o, s:o}", "name", out_json_text(policy->name), "rules", rules);
}

static json_t *binding_json(const struct binding *binding)
{
	char id[NFG_VPCE_LEN];

	nfg_vpce_format(id, sizeof(id), binding->id);
	return json_pack("{s:s, s:o, s:o}", "id", id, "name", out_json_text(binding->name),
			 "policy", out_json_text(binding->policy));
}

json_t *ruleset_json(const struct ruleset *rs)
{
	json_t *sets = json_array(), *policies = json_array(), *endpoints = json_array();
	const struct set *set;
	const struct policy *policy;
	const struct binding *binding;

	for (set = rs->sets; set; set = set->next)
		json_array_append_new(sets, set_json(set, true));
	for (policy = rs->policies; policy; policy = policy->next)
		json_array_append_new(policies, policy_json(policy));
	for (binding = rs->bindings; binding; binding = binding->next)
		json_array_append_new(endpoints, binding_json(binding));
	return json_pack("{s:o, s:o, s:o}", "sets", sets, "policies", policies,
			 "endpoints", endpoints);
}
