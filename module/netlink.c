// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

#include "netlink.h"

enum nfg_nl_group {
	NFG_NL_GROUP_CONFIG,
};

static const struct genl_multicast_group nfg_nl_groups[] = {
	[NFG_NL_GROUP_CONFIG] = { .name = NFG_GENL_MCGRP_CONFIG },
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
	return genl_register_family(&nfg_nl_family);
}

void nfg_netlink_exit(void)
{
	genl_unregister_family(&nfg_nl_family);
}

MODULE_ALIAS_GENL_FAMILY(NFG_GENL_NAME);
