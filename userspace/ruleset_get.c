// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "endpoint.h"
#include "policy/check.h"
#include "ruleset_get.h"
#include "text.h"

#define PROTO_ICMP	1
#define PROTO_ICMPV6	58

/* The ruleset may change while it is read: then once more, but not for ever. */
#define TRIES	20

static void read_elements(struct ruleset *rs, struct elements *list, const struct nlattr *attr)
{
	const struct nfg_element *values = mnl_attr_get_payload(attr);
	size_t i, n = mnl_attr_get_payload_len(attr) / sizeof(*values);

	/* Netlink aligns to 4 bytes, which is all that a value needs. */
	for (i = 0; i < n; i++)
		elements_add(list, &rs->arena)->v = values[i];
}

static struct set *get_set(struct ruleset *rs, const char *name)
{
	struct set *set = names_find(&rs->sets_by_name, name);

	return set ? set : ruleset_add_set(rs, name);
}

/* A set with many elements comes in several messages. */
static void read_set(const struct nlmsghdr *nlh, void *data)
{
	char name[NFG_NAME_LEN_MAX + 1] = "";
	struct ruleset *rs = data;
	const struct nlattr *attr;
	struct set *set = NULL;

	nl_for_each(attr, nlh) {
		switch (mnl_attr_get_type(attr)) {
		case NFG_A_SET_NAME:
			set = get_set(rs, nl_text(name, sizeof(name), attr));
			break;
		case NFG_A_SET_TYPE:
			if (set && nl_uint(attr) < sizeof(set_types) / sizeof(set_types[0]))
				set->type = nl_uint(attr);
			break;
		case NFG_A_SET_TIMEOUT:
			if (set)
				set->timeout = nl_uint(attr);
			break;
		case NFG_A_SET_ELEMENTS:
			if (set)
				read_elements(rs, &set->elements, attr);
			break;
		}
	}
}

static struct policy *get_policy(struct ruleset *rs, const char *name)
{
	struct policy *policy = names_find(&rs->policies_by_name, name);

	return policy ? policy : ruleset_add_policy(rs, name);
}

static void read_policy(const struct nlmsghdr *nlh, void *data)
{
	char name[NFG_NAME_LEN_MAX + 1];
	const struct nlattr *attr;

	nl_for_each(attr, nlh)
		if (mnl_attr_get_type(attr) == NFG_A_POLICY_NAME)
			get_policy(data, nl_text(name, sizeof(name), attr));
}

static void read_cond(struct ruleset *rs, struct rule *rule, const struct nlattr *nest)
{
	struct cond *cond = rule_add_cond(rs, rule, 0);
	char name[NFG_NAME_LEN_MAX + 1];
	const struct nlattr *attr;

	mnl_attr_for_each_nested(attr, nest) {
		switch (mnl_attr_get_type(attr)) {
		case NFG_A_COND_FIELD:
			if (nl_uint(attr) < NFG_FIELD_MAX)
				cond->field = nl_uint(attr);
			break;
		case NFG_A_COND_NEGATE:
			cond->negate = true;
			break;
		case NFG_A_COND_SET:
			nl_text(name, sizeof(name), attr);
			cond->set = arena_text(&rs->arena, name, strlen(name));
			break;
		case NFG_A_COND_ELEMENTS:
			read_elements(rs, &cond->values, attr);
			break;
		}
	}
}

/* In a rule about ICMP the destination port is type and code. */
static void find_icmp(struct rule *rule)
{
	struct cond *cond;
	bool icmp = false;

	for (cond = rule->conds; cond; cond = cond->next)
		icmp |= cond_is(cond, NFG_FIELD_PROTO, PROTO_ICMP) ||
			cond_is(cond, NFG_FIELD_PROTO, PROTO_ICMPV6);
	for (cond = rule->conds; cond; cond = cond->next)
		cond->icmp = icmp && cond->field == NFG_FIELD_DPORT;
}

static void read_attr(struct ruleset *rs, struct rule *rule, const struct nlattr *attr)
{
	switch (mnl_attr_get_type(attr)) {
	case NFG_A_RULE_COND:
		read_cond(rs, rule, attr);
		break;
	case NFG_A_RULE_VERDICT:
		if (nl_uint(attr) <= NFG_VERDICT_REJECT)
			rule->verdict = nl_uint(attr);
		break;
	case NFG_A_RULE_REJECT:
		if (nl_uint(attr) <= NFG_REJECT_PORT_UNREACHABLE)
			rule->reject = nl_uint(attr);
		break;
	case NFG_A_RULE_LOG:
		rule->log = true;
		break;
	case NFG_A_RULE_LOG_GROUP:
		rule->log = true;
		rule->log_group = nl_uint(attr);
		break;
	case NFG_A_RULE_LIMIT_COUNT:
		rule->limit = nl_uint(attr);
		break;
	case NFG_A_RULE_LIMIT_SECONDS:
		rule->limit_seconds = nl_uint(attr);
		break;
	case NFG_A_RULE_LIMIT_BURST:
		rule->burst = nl_uint(attr);
		break;
	case NFG_A_RULE_PACKETS:
		rule->packets = nl_uint(attr);
		break;
	case NFG_A_RULE_BYTES:
		rule->bytes = nl_uint(attr);
		break;
	}
}

static void read_rule(const struct nlmsghdr *nlh, void *data)
{
	char policy_name[NFG_NAME_LEN_MAX + 1] = "", name[NFG_NAME_LEN_MAX + 1] = "";
	struct ruleset *rs = data;
	const struct nlattr *attr;
	struct policy *policy;
	struct rule *rule;

	nl_for_each(attr, nlh) {
		if (mnl_attr_get_type(attr) == NFG_A_RULE_POLICY)
			nl_text(policy_name, sizeof(policy_name), attr);
		else if (mnl_attr_get_type(attr) == NFG_A_RULE_NAME)
			nl_text(name, sizeof(name), attr);
	}
	policy = get_policy(rs, policy_name);
	/* Only the default has no name. */
	if (*name && names_find(&policy->by_name, name))
		return;
	rule = *name ? policy_add_rule(rs, policy, name) : rule_new(rs);
	if (!*name)
		policy->fallback = rule;
	nl_for_each(attr, nlh)
		read_attr(rs, rule, attr);
	find_icmp(rule);
}

/* Bindings by their ids, while they are read. */
struct bindings {
	struct ruleset *rs;
	struct names by_id;
};

static void read_binding(const struct nlmsghdr *nlh, void *data)
{
	char id[NFG_VPCE_LEN], policy[NFG_NAME_LEN_MAX + 1] = "";
	struct bindings *bindings = data;
	struct ruleset *rs = bindings->rs;
	const struct nlattr *attr;
	struct binding *binding;
	struct endpoint ep;

	endpoint_read(nlh, &ep);
	nl_for_each(attr, nlh)
		if (mnl_attr_get_type(attr) == NFG_A_ENDPOINT_POLICY)
			nl_text(policy, sizeof(policy), attr);
	if (!ep.name[0] && !policy[0])
		return;
	nfg_vpce_format(id, sizeof(id), ep.number);
	binding = names_find(&bindings->by_id, id);
	if (!binding) {
		binding = ruleset_add_binding(rs);
		binding->id = ep.number;
		names_add(&bindings->by_id, &rs->arena, arena_text(&rs->arena, id, strlen(id)),
			  binding);
	}
	if (ep.name[0])
		binding->name = arena_text(&rs->arena, ep.name, strlen(ep.name));
	if (policy[0])
		binding->policy = arena_text(&rs->arena, policy, strlen(policy));
}

static int dump(struct nl *nl, uint8_t cmd, nl_cb cb, void *data)
{
	union nl_request req;

	nl_request(&req, cmd, true);
	return nl_send(nl, &req, cb, data);
}

static void read_generation(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr;

	nl_for_each(attr, nlh)
		if (mnl_attr_get_type(attr) == NFG_A_RULESET_GENERATION)
			*(uint32_t *)data = nl_uint(attr);
}

static int get_generation(struct nl *nl, uint32_t *generation)
{
	union nl_request req;

	nl_request(&req, NFG_CMD_RULESET_GET, false);
	return nl_send(nl, &req, read_generation, generation);
}

static int by_id(const void *a, const void *b)
{
	const struct binding *const *x = a, *const *y = b;

	return ((*x)->id > (*y)->id) - ((*x)->id < (*y)->id);
}

/* Bindings come in no order. */
static void sort_bindings(struct ruleset *rs)
{
	struct binding *binding, **array, **last = &rs->bindings;
	size_t n = 0, i;

	for (binding = rs->bindings; binding; binding = binding->next)
		n++;
	array = arena_alloc(&rs->arena, (n + 1) * sizeof(*array));
	for (i = 0, binding = rs->bindings; binding; binding = binding->next)
		array[i++] = binding;
	qsort(array, n, sizeof(*array), by_id);
	for (i = 0; i < n; i++) {
		*last = array[i];
		last = &array[i]->next;
	}
	*last = NULL;
}

static int get_parts(struct nl *nl, unsigned int parts, struct ruleset *rs)
{
	struct bindings bindings = { .rs = rs };
	int err = 0;

	if (parts & GET_SETS)
		err = dump(nl, NFG_CMD_SET_GET, read_set, rs);
	if (!err && parts & GET_RULES)
		err = dump(nl, NFG_CMD_POLICY_GET, read_policy, rs);
	if (!err && parts & GET_RULES)
		err = dump(nl, NFG_CMD_RULE_GET, read_rule, rs);
	if (!err && parts & GET_BINDINGS)
		err = dump(nl, NFG_CMD_BIND_GET, read_binding, &bindings);
	if (!err && parts & GET_BINDINGS)
		err = dump(nl, NFG_CMD_ENDPOINT_GET, read_binding, &bindings);
	if (!err && parts & GET_BINDINGS)
		sort_bindings(rs);
	return err;
}

int ruleset_get(struct nl *nl, const char *what, unsigned int parts, struct ruleset *rs,
		uint32_t *generation)
{
	uint32_t after = 0;
	int tries, err;

	for (tries = 0; tries < TRIES; tries++) {
		ruleset_init(rs);
		err = get_generation(nl, generation);
		if (!err)
			err = get_parts(nl, parts, rs);
		if (!err)
			err = get_generation(nl, &after);
		if (!err && after == *generation)
			return 0;
		ruleset_free(rs);
		if (err && err != -EAGAIN)
			return nl_fail(nl, what, NULL, 0);
	}
	return fail(STATUS_KERNEL, "%s: the ruleset changes too often to be read", what);
}

static int get_named(struct nl *nl, uint8_t cmd, uint16_t attr, const char *name, nl_cb cb,
		     struct ruleset *rs)
{
	union nl_request req;
	int tries, err;

	for (tries = 0; tries < TRIES; tries++) {
		nl_request(&req, cmd, true);
		mnl_attr_put_strz(&req.hdr, attr, name);
		err = nl_send(nl, &req, cb, rs);
		if (err != -EAGAIN)
			break;
		ruleset_free(rs);
		ruleset_init(rs);
	}
	return err;
}

int ruleset_get_set(struct nl *nl, const char *name, struct ruleset *rs)
{
	return get_named(nl, NFG_CMD_SET_GET, NFG_A_SET_NAME, name, read_set, rs);
}

static void read_type(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr;

	nl_for_each(attr, nlh)
		if (mnl_attr_get_type(attr) == NFG_A_SET_TYPE)
			*(uint8_t *)data = nl_uint(attr);
}

int ruleset_get_type(struct nl *nl, const char *name, uint8_t *type)
{
	union nl_request req;
	int err;

	*type = UINT8_MAX;
	nl_request(&req, NFG_CMD_SET_GET, true);
	mnl_attr_put_strz(&req.hdr, NFG_A_SET_NAME, name);
	err = nl_send(nl, &req, read_type, type);
	if (err && err != -EAGAIN)
		return err;
	if (*type < sizeof(set_types) / sizeof(set_types[0]))
		return 0;
	return err ? err : (nl->error = -EOPNOTSUPP);
}

int ruleset_get_policy(struct nl *nl, const char *name, struct ruleset *rs)
{
	return get_named(nl, NFG_CMD_RULE_GET, NFG_A_RULE_POLICY, name, read_rule, rs);
}

bool ruleset_get_endpoint(struct nl *nl, const char *name, uint64_t *id)
{
	union nl_request req;
	struct endpoint ep;

	if (strlen(name) > NFG_NAME_LEN_MAX)
		return false;
	nl_request(&req, NFG_CMD_ENDPOINT_GET, false);
	mnl_attr_put_strz(&req.hdr, NFG_A_ENDPOINT_NAME, name);
	if (nl_send(nl, &req, endpoint_read, &ep))
		return false;
	*id = ep.number;
	return true;
}
