// SPDX-License-Identifier: GPL-2.0
#include <net/sock.h>

#include "compat.h"
#include "error.h"
#include "net.h"
#include "netlink.h"
#include "nl_rules.h"
#include "nl_verdict.h"
#include "ruleset.h"

/* What a rule takes in a message without its conditions, and each of these. */
#define RULE_SIZE	512
#define COND_SIZE	(32 + NFG_NAME_LEN_MAX)

static u32 nfg_ranges_count(const struct nfg_ranges *ranges)
{
	return ranges ? ranges->n : 0;
}

static int nfg_nl_put_values(struct sk_buff *msg, const struct nfg_values *values, u8 field)
{
	u32 n = nfg_ranges_count(values->family[0]) + nfg_ranges_count(values->family[1]), k;
	struct nfg_element *e;
	struct nlattr *attr;
	int i;

	attr = nla_reserve(msg, NFG_A_COND_ELEMENTS, n * sizeof(*e));
	if (!attr)
		return -EMSGSIZE;
	e = nla_data(attr);
	for (i = 0; i < ARRAY_SIZE(values->family); i++)
		for (k = 0; k < nfg_ranges_count(values->family[i]); k++)
			nfg_nl_put_range(e++, &values->family[i]->range[k], field, i);
	return 0;
}

static int nfg_nl_put_cond(struct sk_buff *msg, const struct nfg_cond *cond,
			   const struct nfg_operand *o)
{
	struct nlattr *nest = nla_nest_start(msg, NFG_A_RULE_COND);

	if (!nest ||
	    nla_put_u8(msg, NFG_A_COND_FIELD, cond->field) ||
	    (cond->negate && nla_put_flag(msg, NFG_A_COND_NEGATE)))
		return -EMSGSIZE;
	if (o->set ? nla_put_string(msg, NFG_A_COND_SET, o->set) :
		     nfg_nl_put_values(msg, &o->values, cond->field))
		return -EMSGSIZE;
	nla_nest_end(msg, nest);
	return 0;
}

static int nfg_nl_put_rule(struct sk_buff *msg, const struct nfg_rule *rule)
{
	u64 packets, bytes;
	u32 i;

	if (nla_put_string(msg, NFG_A_RULE_POLICY, rule->policy) ||
	    (rule->name[0] ? nla_put_string(msg, NFG_A_RULE_NAME, rule->name) :
			     nla_put_flag(msg, NFG_A_RULE_DEFAULT)))
		return -EMSGSIZE;
	for (i = 0; i < rule->n_conds; i++)
		if (nfg_nl_put_cond(msg, &rule->cond[i], &rule->operand[i]))
			return -EMSGSIZE;
	nfg_count_sum(rule->count, &packets, &bytes);
	if (nfg_nl_put_verdict(msg, rule) ||
	    nla_put_u64_64bit(msg, NFG_A_RULE_PACKETS, packets, NFG_A_RULE_PAD) ||
	    nla_put_u64_64bit(msg, NFG_A_RULE_BYTES, bytes, NFG_A_RULE_PAD))
		return -EMSGSIZE;
	return 0;
}

static void *nfg_nl_dump_header(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd)
{
	void *hdr = genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
				&nfg_nl_family, NLM_F_MULTI, cmd);

	if (hdr)
		genl_dump_check_consistent(cb, hdr);
	return hdr;
}

static int nfg_nl_dump_rule(struct sk_buff *skb, struct netlink_callback *cb,
			    const struct nfg_rule *rule)
{
	void *hdr = nfg_nl_dump_header(skb, cb, NFG_CMD_RULE_GET);

	if (!hdr)
		return -EMSGSIZE;
	if (nfg_nl_put_rule(skb, rule)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

/* cb->args: policy, how many of its rules are done, and whether there was one. */
static int nfg_nl_dump_rules(struct sk_buff *skb, struct netlink_callback *cb,
			     const struct nfg_ruleset *rs)
{
	const struct nlattr *name = nfg_dump_attrs(cb)[NFG_A_RULE_POLICY];

	for (; cb->args[0] < rs->n_policies; cb->args[0]++, cb->args[1] = 0) {
		const struct nfg_policy *policy = rs->policies[cb->args[0]];

		if (name && nla_strcmp(name, policy->name))
			continue;
		cb->args[2] = true;
		for (; cb->args[1] <= policy->n; cb->args[1]++)
			if (nfg_nl_dump_rule(skb, cb, policy->rules[cb->args[1]]))
				return skb->len ?: -EMSGSIZE;
	}
	if (name && !cb->args[2]) {
		nfg_error(cb->extack, name, "there is no policy %s", (char *)nla_data(name));
		return -ENOENT;
	}
	return skb->len;
}

int nfg_nl_rule_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nfg_net *nn = nfg_pernet(sock_net(skb->sk));
	const struct nfg_ruleset *rs = nfg_nl_lock_rules(nn);
	int ret;

	cb->seq = rs->generation;
	ret = nfg_nl_dump_rules(skb, cb, rs);
	mutex_unlock(&nn->lock);
	return ret;
}

static size_t nfg_nl_rule_size(const struct nfg_rule *rule)
{
	size_t size = RULE_SIZE + rule->n_conds * COND_SIZE;
	u32 i;

	for (i = 0; i < rule->n_conds; i++) {
		const struct nfg_values *values = &rule->operand[i].values;

		size += (nfg_ranges_count(values->family[0]) +
			 nfg_ranges_count(values->family[1])) * sizeof(struct nfg_element);
	}
	return size;
}

/* Messages hold the largest of rules. */
int nfg_nl_rule_dump_start(struct netlink_callback *cb)
{
	struct nfg_net *nn = nfg_pernet(sock_net(cb->skb->sk));
	const struct nfg_ruleset *rs = nfg_nl_lock_rules(nn);
	size_t size = 0;
	u32 i, k;

	for (i = 0; i < rs->n_policies; i++)
		for (k = 0; k < rs->policies[i]->n; k++)
			size = max(size, nfg_nl_rule_size(rs->policies[i]->rules[k]));
	mutex_unlock(&nn->lock);
	if (size > NLMSG_GOODSIZE)
		cb->min_dump_alloc = size;
	return 0;
}

static int nfg_nl_dump_policy(struct sk_buff *skb, struct netlink_callback *cb,
			      const struct nfg_policy *policy)
{
	void *hdr = nfg_nl_dump_header(skb, cb, NFG_CMD_POLICY_GET);
	struct nlattr *nest;

	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_string(skb, NFG_A_POLICY_NAME, policy->name) ||
	    nla_put_u32(skb, NFG_A_POLICY_RULES, policy->n))
		goto cancel;
	nest = nla_nest_start(skb, NFG_A_POLICY_DEFAULT);
	if (!nest || nfg_nl_put_verdict(skb, policy->rules[policy->n]))
		goto cancel;
	nla_nest_end(skb, nest);
	genlmsg_end(skb, hdr);
	return 0;
cancel:
	genlmsg_cancel(skb, hdr);
	return -EMSGSIZE;
}

/* cb->args: policy */
int nfg_nl_policy_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nfg_net *nn = nfg_pernet(sock_net(skb->sk));
	const struct nfg_ruleset *rs = nfg_nl_lock_rules(nn);

	cb->seq = rs->generation;
	for (; cb->args[0] < rs->n_policies; cb->args[0]++)
		if (nfg_nl_dump_policy(skb, cb, rs->policies[cb->args[0]]))
			break;
	mutex_unlock(&nn->lock);
	return skb->len;
}
