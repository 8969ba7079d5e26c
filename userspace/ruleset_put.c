// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ruleset_put.h"
#include "text.h"

/* Elements of one request: 16 kB. */
#define CHUNK	400
/* Others may change the ruleset at the same time, but not for ever. */
#define TRIES	10

static int add(struct put *put, uint8_t cmd, const char *what, const char *name,
	       const struct place *place, struct nlmsghdr **nlh)
{
	uint32_t n = put->batch.n;

	if (n >= put->room) {
		put->room = n ? 2 * n : 64;
		put->items = realloc(put->items, put->room * sizeof(*put->items));
		if (!put->items)
			exit(fail(STATUS_KERNEL, "no memory"));
	}
	put->items[n] = (struct item){ what, name, place ? *place : (struct place){ 0 } };
	return nl_batch_add(&put->batch, cmd, nlh);
}

static void put_values(struct nlmsghdr *nlh, uint16_t type, const struct element *e, uint32_t n)
{
	struct nfg_element *values = calloc(n, sizeof(*values));
	uint32_t i;

	if (!values)
		exit(fail(STATUS_KERNEL, "no memory"));
	for (i = 0; i < n; i++)
		values[i] = e[i].v;
	mnl_attr_put(nlh, type, n * sizeof(*values), values);
	free(values);
}

static void put_cond(struct nlmsghdr *nlh, const struct cond *cond)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, NFG_A_RULE_COND);

	mnl_attr_put_u8(nlh, NFG_A_COND_FIELD, cond->field);
	if (cond->negate)
		mnl_attr_put(nlh, NFG_A_COND_NEGATE, 0, NULL);
	if (cond->set)
		mnl_attr_put_strz(nlh, NFG_A_COND_SET, cond->set);
	else
		put_values(nlh, NFG_A_COND_ELEMENTS, cond->values.e, cond->values.n);
	mnl_attr_nest_end(nlh, nest);
}

/* What rules and defaults have in common. */
static void put_verdict(struct nlmsghdr *nlh, const struct rule *rule)
{
	mnl_attr_put_u8(nlh, NFG_A_RULE_VERDICT, rule->verdict);
	if (rule->verdict == NFG_VERDICT_REJECT)
		mnl_attr_put_u8(nlh, NFG_A_RULE_REJECT, rule->reject);
	if (rule->log)
		mnl_attr_put(nlh, NFG_A_RULE_LOG, 0, NULL);
	if (rule->log_group >= 0)
		mnl_attr_put_u16(nlh, NFG_A_RULE_LOG_GROUP, rule->log_group);
	if (rule->limit) {
		mnl_attr_put_u32(nlh, NFG_A_RULE_LIMIT_COUNT, rule->limit);
		mnl_attr_put_u32(nlh, NFG_A_RULE_LIMIT_SECONDS, rule->limit_seconds);
	}
	if (rule->burst)
		mnl_attr_put_u32(nlh, NFG_A_RULE_LIMIT_BURST, rule->burst);
}

int put_rule(struct put *put, const char *policy, const struct rule *rule, const char *before)
{
	const struct cond *cond;
	struct nlmsghdr *nlh;
	int err = add(put, NFG_CMD_RULE_ADD, "rule", rule->name, &rule->place, &nlh);

	if (err)
		return err;
	mnl_attr_put_strz(nlh, NFG_A_RULE_POLICY, policy);
	mnl_attr_put_strz(nlh, NFG_A_RULE_NAME, rule->name);
	if (before)
		mnl_attr_put_strz(nlh, NFG_A_RULE_BEFORE, before);
	for (cond = rule->conds; cond; cond = cond->next)
		put_cond(nlh, cond);
	put_verdict(nlh, rule);
	return 0;
}

int put_rule_delete(struct put *put, const char *policy, const char *rule)
{
	struct nlmsghdr *nlh;
	int err = add(put, NFG_CMD_RULE_DELETE, NULL, NULL, NULL, &nlh);

	if (err)
		return err;
	mnl_attr_put_strz(nlh, NFG_A_RULE_POLICY, policy);
	mnl_attr_put_strz(nlh, NFG_A_RULE_NAME, rule);
	return 0;
}

int put_elements(struct put *put, uint8_t cmd, const struct set *set)
{
	const struct elements *list = &set->elements;
	struct nlmsghdr *nlh;
	uint32_t i, n;
	int err;

	for (i = 0; i < list->n; i += n) {
		n = list->n - i < CHUNK ? list->n - i : CHUNK;
		err = add(put, cmd, "set", set->name, &set->place, &nlh);
		if (err)
			return err;
		mnl_attr_put_strz(nlh, NFG_A_SET_NAME, set->name);
		put_values(nlh, NFG_A_SET_ELEMENTS, list->e + i, n);
	}
	return 0;
}

static int put_set(struct put *put, const struct set *set)
{
	struct nlmsghdr *nlh;
	int err = add(put, NFG_CMD_SET_NEW, "set", set->name, &set->place, &nlh);

	if (err)
		return err;
	mnl_attr_put_strz(nlh, NFG_A_SET_NAME, set->name);
	mnl_attr_put_u8(nlh, NFG_A_SET_TYPE, set->type);
	if (set->timeout)
		mnl_attr_put_u32(nlh, NFG_A_SET_TIMEOUT, set->timeout);
	return put_elements(put, NFG_CMD_SET_ADD, set);
}

static int put_policy(struct put *put, const struct policy *policy)
{
	const struct rule *rule;
	struct nlmsghdr *nlh;
	struct nlattr *nest;
	int err = add(put, NFG_CMD_POLICY_NEW, "policy", policy->name, &policy->place, &nlh);

	if (err)
		return err;
	mnl_attr_put_strz(nlh, NFG_A_POLICY_NAME, policy->name);
	if (policy->fallback) {
		nest = mnl_attr_nest_start(nlh, NFG_A_POLICY_DEFAULT);
		put_verdict(nlh, policy->fallback);
		mnl_attr_nest_end(nlh, nest);
	}
	for (rule = policy->rules; rule && !err; rule = rule->next)
		err = put_rule(put, policy->name, rule, NULL);
	return err;
}

static int put_binding(struct put *put, const struct binding *binding)
{
	struct nlmsghdr *nlh;
	int err = add(put, NFG_CMD_BIND, "endpoint", binding->name, &binding->place, &nlh);

	if (err)
		return err;
	mnl_attr_put_u64(nlh, NFG_A_ENDPOINT_ID, binding->id);
	if (binding->policy)
		mnl_attr_put_strz(nlh, NFG_A_ENDPOINT_POLICY, binding->policy);
	if (binding->name)
		mnl_attr_put_strz(nlh, NFG_A_ENDPOINT_NAME, binding->name);
	return 0;
}

int put_ruleset(struct put *put, const struct ruleset *rs)
{
	const struct set *set;
	const struct policy *policy;
	const struct binding *binding;
	int err = 0;

	for (set = rs->sets; set && !err; set = set->next)
		err = put_set(put, set);
	for (policy = rs->policies; policy && !err; policy = policy->next)
		err = put_policy(put, policy);
	for (binding = rs->bindings; binding && !err; binding = binding->next)
		err = put_binding(put, binding);
	return err;
}

static int begin(struct put *put, bool copy)
{
	struct nlmsghdr *nlh;
	int err = add(put, NFG_CMD_RULESET_BEGIN, NULL, NULL, NULL, &nlh);

	if (err)
		return err;
	if (copy)
		mnl_attr_put(nlh, NFG_A_RULESET_COPY, 0, NULL);
	put->first = put->batch.n;
	/* What is asked for while the transaction is made comes after its beginning. */
	return nl_batch_flush(&put->batch);
}

static int commit(struct put *put, void (*more)(struct nlmsghdr *nlh, void *data), void *data)
{
	uint32_t requests = put->batch.n - put->first;
	struct nlmsghdr *nlh;
	int err = add(put, NFG_CMD_RULESET_COMMIT, NULL, NULL, NULL, &nlh);

	if (err)
		return err;
	mnl_attr_put_u32(nlh, NFG_A_RULESET_REQUESTS, requests);
	if (more)
		more(nlh, data);
	return nl_batch_flush(&put->batch);
}

/* The sentence about the request that failed. */
static int put_fail(const struct put *put, const char *what)
{
	const struct nl *nl = put->batch.nl;
	const struct item *item = &put->items[put->batch.failed];
	const char *why = nl->message[0] ? nl->message : strerror(-nl->error);
	struct complaint bad = { .place = item->place };

	if (put->batch.failed >= put->batch.n || !item->place.src || nl->error == -EPERM)
		return nl_fail(nl, what, NULL, 0);
	if (item->name)
		refuse(&bad.why, "%s %s: %s", item->what, item->name, why);
	else
		refuse(&bad.why, "%s: %s", item->what, why);
	complaint_print(stderr, &bad);
	return STATUS_KERNEL;
}

static int put_once(struct put *put, bool copy, int (*fill)(struct put *put, void *data),
		    void (*more)(struct nlmsghdr *nlh, void *data), void *data)
{
	int err = begin(put, copy);

	if (!err)
		err = fill(put, data);
	if (!err)
		err = commit(put, more, data);
	return err;
}

int put_transact(struct nl *nl, const char *what, bool copy,
		 int (*fill)(struct put *put, void *data),
		 void (*more)(struct nlmsghdr *nlh, void *data), void *data)
{
	int tries = TRIES, err;

	do {
		struct put put = { 0 };

		nl_batch_init(&put.batch, nl);
		err = put_once(&put, copy, fill, more, data);
		/* Positive: an exit status after a sentence. */
		if (err < 0 && (err != -EAGAIN || tries == 1))
			err = put_fail(&put, what);
		nl_batch_free(&put.batch);
		free(put.items);
	} while (err == -EAGAIN && --tries);
	return err;
}
