// SPDX-License-Identifier: GPL-2.0
#include "error.h"
#include "log.h"
#include "nl_verdict.h"

static int nfg_nl_get_limit(struct nfg_rule *rule, struct nlattr **tb,
			    struct netlink_ext_ack *extack)
{
	struct nlattr *count = tb[NFG_A_RULE_LIMIT_COUNT];
	struct nlattr *seconds = tb[NFG_A_RULE_LIMIT_SECONDS];
	struct nlattr *burst = tb[NFG_A_RULE_LIMIT_BURST];

	if (!count && !seconds && !burst)
		return 0;
	if (!count || !seconds) {
		nfg_error(extack, burst, "a limit has a count and seconds");
		return -EINVAL;
	}
	switch (nla_get_u32(seconds)) {
	case 1:
	case 60:
	case 3600:
	case 86400:
		break;
	default:
		nfg_error(extack, seconds, "a limit is per second, minute, hour or day");
		return -EINVAL;
	}
	nfg_limit_init(&rule->limit, nla_get_u32(count), nla_get_u32(seconds),
		       burst ? nla_get_u32(burst) : 0);
	return 0;
}

static int nfg_nl_get_log(struct nfg_rule *rule, struct nlattr **tb,
			  struct netlink_ext_ack *extack)
{
	struct nlattr *group = tb[NFG_A_RULE_LOG_GROUP];
	int err;

	rule->log = group || nla_get_flag(tb[NFG_A_RULE_LOG]);
	if (!group)
		return 0;
	err = nfg_log_group_get();
	if (err) {
		nfg_error(extack, group, "this kernel has no NFLOG (module nfnetlink_log)");
		return err;
	}
	rule->log_group = nla_get_u16(group);
	return 0;
}

int nfg_nl_get_verdict(struct nfg_rule *rule, struct nlattr **tb, struct netlink_ext_ack *extack)
{
	struct nlattr *reject = tb[NFG_A_RULE_REJECT];
	int err;

	if (!tb[NFG_A_RULE_VERDICT]) {
		nfg_error(extack, NULL, "the verdict is missing");
		return -EINVAL;
	}
	rule->verdict = nla_get_u8(tb[NFG_A_RULE_VERDICT]);
	if (reject && rule->verdict != NFG_VERDICT_REJECT) {
		nfg_error(extack, reject, "only verdict reject has an answer");
		return -EINVAL;
	}
	if (reject)
		rule->reject = nla_get_u8(reject);
	err = nfg_nl_get_limit(rule, tb, extack);
	return err ?: nfg_nl_get_log(rule, tb, extack);
}

int nfg_nl_put_verdict(struct sk_buff *msg, const struct nfg_rule *rule)
{
	const struct nfg_limit *limit = &rule->limit;

	if (nla_put_u8(msg, NFG_A_RULE_VERDICT, rule->verdict) ||
	    (rule->verdict == NFG_VERDICT_REJECT &&
	     nla_put_u8(msg, NFG_A_RULE_REJECT, rule->reject)) ||
	    (rule->log && nla_put_flag(msg, NFG_A_RULE_LOG)) ||
	    (rule->log_group >= 0 && nla_put_u16(msg, NFG_A_RULE_LOG_GROUP, rule->log_group)))
		return -EMSGSIZE;
	if (limit->count &&
	    (nla_put_u32(msg, NFG_A_RULE_LIMIT_COUNT, limit->count) ||
	     nla_put_u32(msg, NFG_A_RULE_LIMIT_SECONDS, limit->seconds) ||
	     nla_put_u32(msg, NFG_A_RULE_LIMIT_BURST, limit->burst)))
		return -EMSGSIZE;
	return 0;
}
