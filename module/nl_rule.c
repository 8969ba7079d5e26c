// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>

#include "error.h"
#include "netlink.h"
#include "nl_rules.h"
#include "nl_verdict.h"

static int nfg_nl_get_values(struct nfg_operand *o, u8 field, const struct nlattr *elements,
			     u32 *n_values, struct netlink_ext_ack *extack)
{
	struct nfg_batch batch;
	int err, i;

	err = nfg_nl_get_elements(&batch, elements, field, NULL, extack);
	if (err)
		return err;
	*n_values += batch.n[0] + batch.n[1];
	if (*n_values > NFG_VALUES_MAX) {
		nfg_error(extack, elements, "a rule with more than %u values: use sets",
			  NFG_VALUES_MAX);
		err = -E2BIG;
	}
	for (i = 0; i < ARRAY_SIZE(batch.n) && !err; i++) {
		if (!batch.n[i])
			continue;
		o->values.family[i] = nfg_elems_ranges(batch.elem + (i ? batch.n[0] : 0),
						       batch.n[i]);
		if (!o->values.family[i])
			err = -ENOMEM;
	}
	kvfree(batch.elem);
	return err;
}

static int nfg_nl_get_cond(struct nfg_cond *cond, struct nfg_operand *o,
			   const struct nlattr *attr, u32 *n_values,
			   struct netlink_ext_ack *extack)
{
	struct nlattr *tb[NFG_A_COND_MAX + 1];
	int err;

	err = nla_parse_nested(tb, NFG_A_COND_MAX, attr, nfg_nl_cond_policy, extack);
	if (err)
		return err;
	if (!tb[NFG_A_COND_FIELD] || !tb[NFG_A_COND_SET] == !tb[NFG_A_COND_ELEMENTS]) {
		nfg_error(extack, attr, "a condition has a field, and either a set or elements");
		return -EINVAL;
	}
	cond->field = nla_get_u8(tb[NFG_A_COND_FIELD]);
	cond->negate = nla_get_flag(tb[NFG_A_COND_NEGATE]);
	if (tb[NFG_A_COND_ELEMENTS])
		return nfg_nl_get_values(o, cond->field, tb[NFG_A_COND_ELEMENTS], n_values,
					 extack);
	if (!nfg_nl_check_name(tb[NFG_A_COND_SET], "set", extack))
		return -EINVAL;
	o->set = nla_strdup(tb[NFG_A_COND_SET], GFP_KERNEL_ACCOUNT);
	return o->set ? 0 : -ENOMEM;
}

/* The conditions of a request: attributes that repeat are not in info->attrs. */
static int nfg_nl_list_conds(const struct nlattr **conds, struct genl_info *info)
{
	const struct nlattr *attr;
	int left, n = 0;

	nlmsg_for_each_attr(attr, info->nlhdr, GENL_HDRLEN, left) {
		if (nla_type(attr) != NFG_A_RULE_COND)
			continue;
		if (n == NFG_CONDS_MAX) {
			nfg_error(info->extack, attr, "a rule with more than %u conditions",
				  NFG_CONDS_MAX);
			return -E2BIG;
		}
		conds[n++] = attr;
	}
	return n;
}

static struct nfg_rule *nfg_nl_get_rule(struct genl_info *info, const char *policy,
					const char *name)
{
	const struct nlattr *conds[NFG_CONDS_MAX];
	struct nfg_rule *rule;
	u32 n_values = 0;
	int i, n, err;

	n = nfg_nl_list_conds(conds, info);
	if (n < 0)
		return ERR_PTR(n);
	rule = nfg_rule_new(policy, name, n);
	if (!rule)
		return ERR_PTR(-ENOMEM);
	err = nfg_nl_get_verdict(rule, info->attrs, info->extack);
	for (i = 0; i < n && !err; i++)
		err = nfg_nl_get_cond(&rule->cond[i], &rule->operand[i], conds[i], &n_values,
				      info->extack);
	if (err) {
		nfg_rule_put(rule);
		return ERR_PTR(err);
	}
	return rule;
}

/* The policy of a request, ready to be changed. */
static struct nfg_draft_policy *nfg_nl_edit_policy(struct nfg_draft *draft,
						   struct genl_info *info)
{
	const char *name = nfg_nl_get_name(info, NFG_A_RULE_POLICY, "policy");
	struct nfg_draft_policy *policy;
	int err;

	if (!name)
		return ERR_PTR(-EINVAL);
	policy = nfg_draft_find_policy(draft, name);
	if (!policy) {
		nfg_error(info->extack, info->attrs[NFG_A_RULE_POLICY], "there is no policy %s",
			  name);
		return ERR_PTR(-ENOENT);
	}
	err = nfg_draft_edit_policy(policy);
	return err ? ERR_PTR(err) : policy;
}

/* The rule that @attr names; NULL with an error when there is none. */
static struct nfg_name *nfg_nl_find_rule(const struct nfg_draft_policy *policy,
					 const struct nlattr *attr,
					 struct netlink_ext_ack *extack)
{
	struct nfg_name *rule = nfg_names_find(&policy->rules, nla_data(attr));

	if (!rule)
		nfg_error(extack, attr, "there is no rule %s in policy %s",
			  (char *)nla_data(attr), policy->text);
	return rule;
}

static int nfg_nl_do_rule_add(struct nfg_draft *draft, struct genl_info *info)
{
	const char *name = nfg_nl_get_name(info, NFG_A_RULE_NAME, "rule");
	struct nlattr *before = info->attrs[NFG_A_RULE_BEFORE];
	struct nfg_draft_policy *policy;
	struct nfg_name *next = NULL;
	struct nfg_rule *rule;

	if (!name)
		return -EINVAL;
	policy = nfg_nl_edit_policy(draft, info);
	if (IS_ERR(policy))
		return PTR_ERR(policy);
	if (nfg_names_find(&policy->rules, name)) {
		nfg_error(info->extack, info->attrs[NFG_A_RULE_NAME],
			  "there is a rule %s in policy %s already", name, policy->text);
		return -EEXIST;
	}
	if (policy->rules.n == NFG_RULES_MAX) {
		nfg_error(info->extack, NULL, "policy %s: more than %u rules", policy->text,
			  NFG_RULES_MAX);
		return -E2BIG;
	}
	if (before) {
		next = nfg_nl_find_rule(policy, before, info->extack);
		if (!next)
			return -ENOENT;
	}
	rule = nfg_nl_get_rule(info, policy->text, name);
	if (IS_ERR(rule))
		return PTR_ERR(rule);
	if (nfg_draft_add_rule(policy, rule, next)) {
		nfg_rule_put(rule);
		return -ENOMEM;
	}
	return 0;
}

int nfg_nl_rule_add(struct sk_buff *skb, struct genl_info *info)
{
	return nfg_nl_in_draft(info, nfg_nl_do_rule_add);
}

static int nfg_nl_do_rule_delete(struct nfg_draft *draft, struct genl_info *info)
{
	struct nlattr *name = info->attrs[NFG_A_RULE_NAME];
	struct nfg_draft_policy *policy;
	struct nfg_name *rule;

	if (!nfg_nl_get_name(info, NFG_A_RULE_NAME, "rule"))
		return -EINVAL;
	policy = nfg_nl_edit_policy(draft, info);
	if (IS_ERR(policy))
		return PTR_ERR(policy);
	rule = nfg_nl_find_rule(policy, name, info->extack);
	if (!rule)
		return -ENOENT;
	nfg_draft_delete_rule(policy, rule);
	return 0;
}

int nfg_nl_rule_delete(struct sk_buff *skb, struct genl_info *info)
{
	return nfg_nl_in_draft(info, nfg_nl_do_rule_delete);
}

static int nfg_nl_do_policy_new(struct nfg_draft *draft, struct genl_info *info)
{
	const char *name = nfg_nl_get_name(info, NFG_A_POLICY_NAME, "policy");
	struct nlattr *body = info->attrs[NFG_A_POLICY_DEFAULT];
	struct nlattr *tb[NFG_A_RULE_MAX + 1];
	struct nfg_rule *fallback;
	int err = 0;

	if (!name)
		return -EINVAL;
	if (nfg_draft_find_policy(draft, name)) {
		nfg_error(info->extack, info->attrs[NFG_A_POLICY_NAME],
			  "there is a policy %s already", name);
		return -EEXIST;
	}
	if (draft->policies.n == NFG_POLICIES_MAX) {
		nfg_error(info->extack, NULL, "more than %u policies", NFG_POLICIES_MAX);
		return -E2BIG;
	}
	fallback = nfg_rule_new(name, "", 0);
	if (!fallback)
		return -ENOMEM;
	if (body)
		err = nla_parse_nested(tb, NFG_A_RULE_MAX, body, nfg_nl_verdict_policy,
				       info->extack);
	if (body && !err)
		err = nfg_nl_get_verdict(fallback, tb, info->extack);
	if (!err)
		err = nfg_draft_add_policy(draft, fallback);
	if (err)
		nfg_rule_put(fallback);
	return err;
}

int nfg_nl_policy_new(struct sk_buff *skb, struct genl_info *info)
{
	return nfg_nl_in_draft(info, nfg_nl_do_policy_new);
}
