// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

#include "compat.h"
#include "netlink.h"

static const struct genl_multicast_group nfg_nl_groups[] = {
	[NFG_NL_GROUP_CONFIG] = { .name = NFG_GENL_MCGRP_CONFIG },
	[NFG_NL_GROUP_EVENTS] = { .name = NFG_GENL_MCGRP_EVENTS, NFG_MCGRP_ADMIN },
};

static const struct genl_ops nfg_nl_ops[] = {
	{
		.cmd = NFG_CMD_CONFIG_GET,
		.doit = nfg_nl_config_get,
	},
	{
		.cmd = NFG_CMD_CONFIG_SET,
		.doit = nfg_nl_config_set,
		.policy = nfg_nl_config_policy,
		.maxattr = NFG_A_CONFIG_MAX,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_STATS_GET,
		.doit = nfg_nl_stats_get,
	},
	{
		.cmd = NFG_CMD_ENDPOINT_GET,
		.doit = nfg_nl_endpoint_get,
		.dumpit = nfg_nl_endpoint_dump,
		.policy = nfg_nl_endpoint_policy,
		.maxattr = NFG_A_ENDPOINT_NAME,
	},
	{
		.cmd = NFG_CMD_ENDPOINT_SET,
		.doit = nfg_nl_endpoint_set,
		.policy = nfg_nl_endpoint_policy,
		.maxattr = NFG_A_ENDPOINT_NAME,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_FLOW_GET,
		.doit = nfg_nl_flow_get,
		.start = nfg_nl_flow_dump_start,
		.dumpit = nfg_nl_flow_dump,
		.done = nfg_nl_flow_dump_done,
		.policy = nfg_nl_flow_policy,
		.maxattr = NFG_A_FLOW_DPORT,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_FLOW_COUNT,
		.doit = nfg_nl_flow_count,
		.policy = nfg_nl_flow_policy,
		.maxattr = NFG_A_FLOW_FILTER,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_FLOW_FLUSH,
		.doit = nfg_nl_flow_flush,
		.policy = nfg_nl_flow_policy,
		.maxattr = NFG_A_FLOW_FILTER,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_RULESET_GET,
		.doit = nfg_nl_ruleset_get,
	},
	{
		.cmd = NFG_CMD_RULESET_BEGIN,
		.doit = nfg_nl_ruleset_begin,
		.policy = nfg_nl_ruleset_policy,
		.maxattr = NFG_A_RULESET_MAX,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_RULESET_COMMIT,
		.doit = nfg_nl_ruleset_commit,
		.policy = nfg_nl_ruleset_policy,
		.maxattr = NFG_A_RULESET_MAX,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_RULESET_ABORT,
		.doit = nfg_nl_ruleset_abort,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_SET_NEW,
		.doit = nfg_nl_set_new,
		.policy = nfg_nl_set_policy,
		.maxattr = NFG_A_SET_TIMEOUT,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_SET_ADD,
		.doit = nfg_nl_set_add,
		.policy = nfg_nl_set_policy,
		.maxattr = NFG_A_SET_MAX,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_SET_DELETE,
		.doit = nfg_nl_set_delete,
		.policy = nfg_nl_set_policy,
		.maxattr = NFG_A_SET_MAX,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_SET_GET,
		.dumpit = nfg_nl_set_dump,
		.policy = nfg_nl_set_policy,
		.maxattr = NFG_A_SET_NAME,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_POLICY_NEW,
		.doit = nfg_nl_policy_new,
		.policy = nfg_nl_rules_policy,
		.maxattr = NFG_A_POLICY_MAX,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_POLICY_GET,
		.dumpit = nfg_nl_policy_dump,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_RULE_ADD,
		.doit = nfg_nl_rule_add,
		.policy = nfg_nl_rule_policy,
		.maxattr = NFG_A_RULE_MAX,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_RULE_DELETE,
		.doit = nfg_nl_rule_delete,
		.policy = nfg_nl_rule_policy,
		.maxattr = NFG_A_RULE_NAME,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_RULE_GET,
		.start = nfg_nl_rule_dump_start,
		.dumpit = nfg_nl_rule_dump,
		.policy = nfg_nl_rule_policy,
		.maxattr = NFG_A_RULE_POLICY,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_BIND,
		.doit = nfg_nl_bind,
		.policy = nfg_nl_bind_policy,
		.maxattr = NFG_A_ENDPOINT_MAX,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_BIND_GET,
		.dumpit = nfg_nl_bind_dump,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = NFG_CMD_EXPLAIN,
		.doit = nfg_nl_explain,
		.policy = nfg_nl_explain_policy,
		.maxattr = NFG_A_EXPLAIN_PACKET,
		.flags = GENL_UNS_ADMIN_PERM,
	},
};

struct genl_family nfg_nl_family __ro_after_init = {
	.name = NFG_GENL_NAME,
	.version = NFG_GENL_VERSION,
	.netnsok = true,
	.module = THIS_MODULE,
	.ops = nfg_nl_ops,
	.n_ops = ARRAY_SIZE(nfg_nl_ops),
	.mcgrps = nfg_nl_groups,
	.n_mcgrps = ARRAY_SIZE(nfg_nl_groups),
};

bool nfg_nl_has_listeners(struct net *net)
{
	return genl_has_listeners(&nfg_nl_family, net, NFG_NL_GROUP_CONFIG);
}

void nfg_nl_notify(struct net *net, struct sk_buff *msg)
{
	genlmsg_multicast_netns(&nfg_nl_family, net, msg, 0, NFG_NL_GROUP_CONFIG, GFP_KERNEL);
}

int __init nfg_netlink_init(void)
{
	int err = nfg_nl_ruleset_init();

	if (err)
		return err;
	err = genl_register_family(&nfg_nl_family);
	if (err)
		nfg_nl_ruleset_exit();
	return err;
}

void nfg_netlink_exit(void)
{
	genl_unregister_family(&nfg_nl_family);
	nfg_nl_ruleset_exit();
}

MODULE_ALIAS_GENL_FAMILY(NFG_GENL_NAME);
