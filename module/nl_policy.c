// SPDX-License-Identifier: GPL-2.0
#include "netlink.h"

#define NAME_POLICY	{ .type = NLA_NUL_STRING, .len = NFG_NAME_LEN_MAX }

const struct nla_policy nfg_nl_prefix_policy[NFG_A_PREFIX_MAX + 1] = {
	[NFG_A_PREFIX_ADDR] = { .type = NLA_BINARY, .len = 16 },
	[NFG_A_PREFIX_LEN] = NLA_POLICY_MAX(NLA_U8, 128),
};

static const struct nla_policy nfg_nl_prefixes_policy[NFG_A_PREFIXES_MAX + 1] = {
	[NFG_A_PREFIXES_ITEM] = NLA_POLICY_NESTED(nfg_nl_prefix_policy),
};

/* Not const: older kernels point to them without. */
static struct netlink_range_validation nfg_nl_flow_max_range = {
	.min = 1, .max = NFG_FLOWS_MAX,
};

static struct netlink_range_validation nfg_nl_timeout_range = {
	.min = 1, .max = NFG_TIMEOUT_MAX,
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
	[NFG_A_CONFIG_LOCAL] = NLA_POLICY_NESTED(nfg_nl_prefixes_policy),
	[NFG_A_CONFIG_FLOW_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &nfg_nl_flow_max_range),
	[NFG_A_CONFIG_FLOW_FULL] = NLA_POLICY_MAX(NLA_U8, NFG_FLOW_FULL_FORWARD),
	[NFG_A_CONFIG_FRAGMENTS] = NLA_POLICY_MAX(NLA_U8, NFG_FRAGMENTS_PASS),
	[NFG_A_CONFIG_TCP_PICKUP] = NLA_POLICY_MAX(NLA_U8, 1),
	[NFG_A_CONFIG_TIMEOUT_ESTABLISHED] = NLA_POLICY_FULL_RANGE(NLA_U32, &nfg_nl_timeout_range),
	[NFG_A_CONFIG_TIMEOUT_OTHER] = NLA_POLICY_FULL_RANGE(NLA_U32, &nfg_nl_timeout_range),
	[NFG_A_CONFIG_TIMEOUT_HALF_OPEN] = NLA_POLICY_FULL_RANGE(NLA_U32, &nfg_nl_timeout_range),
	[NFG_A_CONFIG_TIMEOUT_CLOSING] = NLA_POLICY_FULL_RANGE(NLA_U32, &nfg_nl_timeout_range),
	[NFG_A_CONFIG_TIMEOUT_DENIED] = NLA_POLICY_FULL_RANGE(NLA_U32, &nfg_nl_timeout_range),
	[NFG_A_CONFIG_REJECT_RATE] = { .type = NLA_U32 },
	[NFG_A_CONFIG_LOG_RATE] = { .type = NLA_U32 },
};

const struct nla_policy nfg_nl_filter_policy[NFG_A_FILTER_MAX + 1] = {
	[NFG_A_FILTER_ENDPOINT] = { .type = NLA_U64 },
	[NFG_A_FILTER_ADDR] = { .type = NLA_BINARY, .len = 16 },
	[NFG_A_FILTER_ADDR_LEN] = NLA_POLICY_MAX(NLA_U8, 128),
	[NFG_A_FILTER_PORT] = { .type = NLA_U16 },
	[NFG_A_FILTER_PROTO] = { .type = NLA_U8 },
	[NFG_A_FILTER_VERDICT] = NLA_POLICY_MAX(NLA_U8, NFG_VERDICT_REJECT),
	[NFG_A_FILTER_STATE] = NLA_POLICY_MAX(NLA_U8, NFG_FLOW_TIME_WAIT),
};

const struct nla_policy nfg_nl_explain_policy[NFG_A_EXPLAIN_PACKET + 1] = {
	[NFG_A_EXPLAIN_PACKET] = { .type = NLA_BINARY },
};

const struct nla_policy nfg_nl_flow_policy[NFG_A_FLOW_DPORT + 1] = {
	[NFG_A_FLOW_FILTER] = NLA_POLICY_NESTED(nfg_nl_filter_policy),
	[NFG_A_FLOW_ENDPOINT] = { .type = NLA_U64 },
	[NFG_A_FLOW_PROTO] = { .type = NLA_U8 },
	[NFG_A_FLOW_SADDR] = { .type = NLA_BINARY, .len = 16 },
	[NFG_A_FLOW_DADDR] = { .type = NLA_BINARY, .len = 16 },
	[NFG_A_FLOW_SPORT] = { .type = NLA_U16 },
	[NFG_A_FLOW_DPORT] = { .type = NLA_U16 },
};

const struct nla_policy nfg_nl_endpoint_policy[NFG_A_ENDPOINT_NAME + 1] = {
	[NFG_A_ENDPOINT_ID] = { .type = NLA_U64 },
	[NFG_A_ENDPOINT_NAME] = NAME_POLICY,
};

const struct nla_policy nfg_nl_bind_policy[NFG_A_ENDPOINT_MAX + 1] = {
	[NFG_A_ENDPOINT_ID] = { .type = NLA_U64 },
	[NFG_A_ENDPOINT_NAME] = NAME_POLICY,
	[NFG_A_ENDPOINT_POLICY] = NAME_POLICY,
};

const struct nla_policy nfg_nl_ruleset_policy[NFG_A_RULESET_MAX + 1] = {
	[NFG_A_RULESET_COPY] = { .type = NLA_FLAG },
	[NFG_A_RULESET_KEEP_FLOWS] = { .type = NLA_FLAG },
	[NFG_A_RULESET_CONFIG] = NLA_POLICY_NESTED(nfg_nl_config_policy),
	[NFG_A_RULESET_REQUESTS] = { .type = NLA_U32 },
};

const struct nla_policy nfg_nl_set_policy[NFG_A_SET_MAX + 1] = {
	[NFG_A_SET_NAME] = NAME_POLICY,
	[NFG_A_SET_TYPE] = NLA_POLICY_MAX(NLA_U8, NFG_SET_ENDPOINT),
	[NFG_A_SET_TIMEOUT] = { .type = NLA_U32 },
	[NFG_A_SET_ELEMENTS] = { .type = NLA_BINARY },
};

/* What rules and defaults have in common: nl_verdict.c */
#define VERDICT_POLICIES \
	[NFG_A_RULE_VERDICT] = NLA_POLICY_MAX(NLA_U8, NFG_VERDICT_REJECT), \
	[NFG_A_RULE_REJECT] = NLA_POLICY_MAX(NLA_U8, NFG_REJECT_PORT_UNREACHABLE), \
	[NFG_A_RULE_LOG] = { .type = NLA_FLAG }, \
	[NFG_A_RULE_LOG_GROUP] = { .type = NLA_U16 }, \
	[NFG_A_RULE_LIMIT_COUNT] = NLA_POLICY_MIN(NLA_U32, 1), \
	[NFG_A_RULE_LIMIT_SECONDS] = { .type = NLA_U32 }, \
	[NFG_A_RULE_LIMIT_BURST] = NLA_POLICY_MIN(NLA_U32, 1)

const struct nla_policy nfg_nl_verdict_policy[NFG_A_RULE_MAX + 1] = {
	VERDICT_POLICIES,
};

const struct nla_policy nfg_nl_cond_policy[NFG_A_COND_MAX + 1] = {
	[NFG_A_COND_FIELD] = NLA_POLICY_MAX(NLA_U8, NFG_FIELD_MAX - 1),
	[NFG_A_COND_NEGATE] = { .type = NLA_FLAG },
	[NFG_A_COND_SET] = NAME_POLICY,
	[NFG_A_COND_ELEMENTS] = { .type = NLA_BINARY },
};

const struct nla_policy nfg_nl_rule_policy[NFG_A_RULE_MAX + 1] = {
	[NFG_A_RULE_POLICY] = NAME_POLICY,
	[NFG_A_RULE_NAME] = NAME_POLICY,
	[NFG_A_RULE_BEFORE] = NAME_POLICY,
	[NFG_A_RULE_COND] = NLA_POLICY_NESTED(nfg_nl_cond_policy),
	VERDICT_POLICIES,
};

const struct nla_policy nfg_nl_rules_policy[NFG_A_POLICY_MAX + 1] = {
	[NFG_A_POLICY_NAME] = NAME_POLICY,
	[NFG_A_POLICY_DEFAULT] = NLA_POLICY_NESTED(nfg_nl_verdict_policy),
};
