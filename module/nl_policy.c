// SPDX-License-Identifier: GPL-2.0
#include "netlink.h"

const struct nla_policy nfg_nl_prefix_policy[NFG_A_PREFIX_MAX + 1] = {
	[NFG_A_PREFIX_ADDR] = NLA_POLICY_EXACT_LEN(sizeof(__be32)),
	[NFG_A_PREFIX_LEN] = NLA_POLICY_MAX(NLA_U8, 32),
};

static const struct nla_policy nfg_nl_prefixes_policy[NFG_A_PREFIXES_MAX + 1] = {
	[NFG_A_PREFIXES_ITEM] = NLA_POLICY_NESTED(nfg_nl_prefix_policy),
};

const struct nla_policy nfg_nl_config_policy[NFG_A_CONFIG_MAX + 1] = {
	[NFG_A_CONFIG_VERSION] = {
		.type = NLA_REJECT,
		.reject_message = "the version cannot be set",
	},
	[NFG_A_CONFIG_ENABLED] = NLA_POLICY_MAX(NLA_U8, 1),
	[NFG_A_CONFIG_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[NFG_A_CONFIG_MODE] = NLA_POLICY_MAX(NLA_U8, NFG_MODE_MONITOR),
	[NFG_A_CONFIG_REINJECT] = NLA_POLICY_MAX(NLA_U8, NFG_REINJECT_ROUTE),
	[NFG_A_CONFIG_UDP_CHECKSUM] = NLA_POLICY_MAX(NLA_U8, NFG_UDP_CHECKSUM_TRUST),
	[NFG_A_CONFIG_ORIGINS] = NLA_POLICY_NESTED(nfg_nl_prefixes_policy),
};

const struct nla_policy nfg_nl_endpoint_policy[NFG_A_ENDPOINT_NAME + 1] = {
	[NFG_A_ENDPOINT_ID] = { .type = NLA_U64 },
	[NFG_A_ENDPOINT_NAME] = { .type = NLA_NUL_STRING, .len = NFG_NAME_LEN_MAX },
};
