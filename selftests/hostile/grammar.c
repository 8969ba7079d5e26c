// SPDX-License-Identifier: GPL-2.0
#include <linux/nf_geneve.h>

#include "grammar.h"

#define NEST(table)	{ .kind = KIND_NEST, .nest = &(table) }
#define NESTS(table)	{ .kind = KIND_NEST, .nest = &(table), .repeats = true }
#define UP_TO(k, value)	{ .kind = (k), .max = (value) }

static const struct table prefix = {
	.max = NFG_A_PREFIX_MAX, .request = NFG_A_PREFIX_MAX,
	.attr = {
		[NFG_A_PREFIX_ADDR] = { KIND_ADDR },
		[NFG_A_PREFIX_LEN] = UP_TO(KIND_U8, 128),
	},
};

static const struct table prefixes = {
	.max = NFG_A_PREFIXES_MAX, .request = NFG_A_PREFIXES_MAX,
	.attr = { [NFG_A_PREFIXES_ITEM] = NESTS(prefix) },
};

static const struct table config = {
	.max = NFG_A_CONFIG_MAX, .request = NFG_A_CONFIG_MAX,
	.attr = {
		[NFG_A_CONFIG_VERSION] = { KIND_TEXT },
		[NFG_A_CONFIG_ENABLED] = UP_TO(KIND_U8, 1),
		[NFG_A_CONFIG_PORT] = { KIND_U16 },
		[NFG_A_CONFIG_MODE] = UP_TO(KIND_U8, NFG_MODE_MONITOR),
		[NFG_A_CONFIG_REINJECT] = UP_TO(KIND_U8, NFG_REINJECT_ROUTE),
		[NFG_A_CONFIG_UDP_CHECKSUM] = UP_TO(KIND_U8, NFG_UDP_CHECKSUM_TRUST),
		[NFG_A_CONFIG_ORIGINS] = NEST(prefixes),
		[NFG_A_CONFIG_LOCAL] = NEST(prefixes),
		/* a table of millions takes the guest its time */
		[NFG_A_CONFIG_FLOW_MAX] = { KIND_U32, NFG_FLOWS_MAX, .usual = 5000 },
		[NFG_A_CONFIG_FLOW_FULL] = UP_TO(KIND_U8, NFG_FLOW_FULL_FORWARD),
		[NFG_A_CONFIG_FRAGMENTS] = UP_TO(KIND_U8, NFG_FRAGMENTS_PASS),
		[NFG_A_CONFIG_TCP_PICKUP] = UP_TO(KIND_U8, 1),
		[NFG_A_CONFIG_TIMEOUT_ESTABLISHED] = UP_TO(KIND_U32, NFG_TIMEOUT_MAX),
		[NFG_A_CONFIG_TIMEOUT_OTHER] = UP_TO(KIND_U32, NFG_TIMEOUT_MAX),
		[NFG_A_CONFIG_TIMEOUT_HALF_OPEN] = UP_TO(KIND_U32, NFG_TIMEOUT_MAX),
		[NFG_A_CONFIG_TIMEOUT_CLOSING] = UP_TO(KIND_U32, NFG_TIMEOUT_MAX),
		[NFG_A_CONFIG_TIMEOUT_DENIED] = UP_TO(KIND_U32, NFG_TIMEOUT_MAX),
		[NFG_A_CONFIG_REJECT_RATE] = { KIND_U32 },
		[NFG_A_CONFIG_LOG_RATE] = { KIND_U32 },
	},
};

static const struct table drop = {
	.max = NFG_A_DROP_MAX,
	.attr = {
		[NFG_A_DROP_PAD] = { KIND_PAD },
		[NFG_A_DROP_REASON] = { KIND_TEXT },
		[NFG_A_DROP_PACKETS] = { KIND_U64 },
		[NFG_A_DROP_BYTES] = { KIND_U64 },
	},
};

static const struct table drops = {
	.max = NFG_A_DROPS_MAX,
	.attr = { [NFG_A_DROPS_ITEM] = NESTS(drop) },
};

static const struct table stats = {
	.max = NFG_A_STATS_MAX,
	.attr = {
		[NFG_A_STATS_PAD] = { KIND_PAD },
		[NFG_A_STATS_RX_PACKETS ... NFG_A_STATS_MONITOR_BYTES] = { KIND_U64 },
		[NFG_A_STATS_DROPS] = NEST(drops),
		[NFG_A_STATS_ENDPOINTS] = { KIND_U32 },
		[NFG_A_STATS_ENDPOINTS_UNLISTED] = { KIND_U64 },
		[NFG_A_STATS_FLOWS] = { KIND_U32 },
		[NFG_A_STATS_FLOWS_CREATED ... NFG_A_STATS_MAX] = { KIND_U64 },
	},
};

/* Requests about an endpoint, then answers; bindings are made by the same attributes. */
static const struct table endpoint = {
	.max = NFG_A_ENDPOINT_MAX, .request = NFG_A_ENDPOINT_NAME,
	.attr = {
		[NFG_A_ENDPOINT_PAD] = { KIND_PAD },
		[NFG_A_ENDPOINT_ID] = { KIND_U64 },
		[NFG_A_ENDPOINT_NAME] = { KIND_NAME },
		[NFG_A_ENDPOINT_RX_PACKETS ... NFG_A_ENDPOINT_IDLE_MS] = { KIND_U64 },
		[NFG_A_ENDPOINT_POLICY] = { KIND_NAME },
	},
};

static const struct table binding = {
	.max = NFG_A_ENDPOINT_MAX, .request = NFG_A_ENDPOINT_MAX,
	.attr = {
		[NFG_A_ENDPOINT_ID] = { KIND_U64 },
		[NFG_A_ENDPOINT_PAD] = { KIND_PAD },
		[NFG_A_ENDPOINT_NAME] = { KIND_NAME },
		[NFG_A_ENDPOINT_POLICY] = { KIND_NAME },
	},
};

static const struct table filter = {
	.max = NFG_A_FILTER_MAX, .request = NFG_A_FILTER_MAX,
	.attr = {
		[NFG_A_FILTER_ENDPOINT] = { KIND_U64 },
		[NFG_A_FILTER_ADDR] = { KIND_ADDR },
		[NFG_A_FILTER_ADDR_LEN] = UP_TO(KIND_U8, 128),
		[NFG_A_FILTER_PORT] = { KIND_U16 },
		[NFG_A_FILTER_PROTO] = { KIND_U8 },
		[NFG_A_FILTER_VERDICT] = UP_TO(KIND_U8, NFG_VERDICT_REJECT),
		[NFG_A_FILTER_STATE] = UP_TO(KIND_U8, NFG_FLOW_TIME_WAIT),
	},
};

static const struct table flow = {
	.max = NFG_A_FLOW_MAX, .request = NFG_A_FLOW_DPORT,
	.attr = {
		[NFG_A_FLOW_PAD] = { KIND_PAD },
		[NFG_A_FLOW_FILTER] = NEST(filter),
		[NFG_A_FLOW_COUNT] = { KIND_U32 },
		[NFG_A_FLOW_ENDPOINT] = { KIND_U64 },
		[NFG_A_FLOW_PROTO] = { KIND_U8 },
		[NFG_A_FLOW_SADDR] = { KIND_ADDR },
		[NFG_A_FLOW_DADDR] = { KIND_ADDR },
		[NFG_A_FLOW_SPORT] = { KIND_U16 },
		[NFG_A_FLOW_DPORT] = { KIND_U16 },
		[NFG_A_FLOW_STATE] = UP_TO(KIND_U8, NFG_FLOW_TIME_WAIT),
		[NFG_A_FLOW_DIRECTION] = UP_TO(KIND_U8, NFG_DIRECTION_INBOUND),
		[NFG_A_FLOW_VERDICT] = UP_TO(KIND_U8, NFG_VERDICT_REJECT),
		[NFG_A_FLOW_POLICY] = { KIND_NAME },
		[NFG_A_FLOW_RULE] = { KIND_NAME },
		[NFG_A_FLOW_KEPT] = { KIND_FLAG },
		[NFG_A_FLOW_COOKIE] = { KIND_U32 },
		[NFG_A_FLOW_COOKIE_CHANGES] = { KIND_U32 },
		[NFG_A_FLOW_PACKETS ... NFG_A_FLOW_MAX] = { KIND_U64 },
	},
};

static const struct table ruleset = {
	.max = NFG_A_RULESET_MAX, .request = NFG_A_RULESET_MAX,
	.attr = {
		[NFG_A_RULESET_PAD] = { KIND_PAD },
		[NFG_A_RULESET_GENERATION ... NFG_A_RULESET_BINDINGS] = { KIND_U32 },
		[NFG_A_RULESET_MEMORY] = { KIND_U64 },
		[NFG_A_RULESET_COPY] = { KIND_FLAG },
		[NFG_A_RULESET_KEEP_FLOWS] = { KIND_FLAG },
		[NFG_A_RULESET_CONFIG] = NEST(config),
		[NFG_A_RULESET_REQUESTS] = { KIND_U32 },
	},
};

static const struct table set = {
	.max = NFG_A_SET_MAX, .request = NFG_A_SET_MAX,
	.attr = {
		[NFG_A_SET_NAME] = { KIND_NAME },
		[NFG_A_SET_TYPE] = UP_TO(KIND_U8, NFG_SET_ENDPOINT),
		[NFG_A_SET_TIMEOUT] = { KIND_U32 },
		[NFG_A_SET_ELEMENTS] = { KIND_ELEMENTS },
	},
};

static const struct table cond = {
	.max = NFG_A_COND_MAX, .request = NFG_A_COND_MAX,
	.attr = {
		[NFG_A_COND_FIELD] = UP_TO(KIND_U8, NFG_FIELD_MAX - 1),
		[NFG_A_COND_NEGATE] = { KIND_FLAG },
		[NFG_A_COND_SET] = { KIND_NAME },
		[NFG_A_COND_ELEMENTS] = { KIND_ELEMENTS },
	},
};

static const struct table rule = {
	.max = NFG_A_RULE_MAX, .request = NFG_A_RULE_MAX,
	.attr = {
		[NFG_A_RULE_PAD] = { KIND_PAD },
		[NFG_A_RULE_POLICY] = { KIND_NAME },
		[NFG_A_RULE_NAME] = { KIND_NAME },
		[NFG_A_RULE_BEFORE] = { KIND_NAME },
		[NFG_A_RULE_DEFAULT] = { KIND_FLAG },
		[NFG_A_RULE_COND] = NESTS(cond),
		[NFG_A_RULE_VERDICT] = UP_TO(KIND_U8, NFG_VERDICT_REJECT),
		[NFG_A_RULE_REJECT] = UP_TO(KIND_U8, NFG_REJECT_PORT_UNREACHABLE),
		[NFG_A_RULE_LOG] = { KIND_FLAG },
		[NFG_A_RULE_LOG_GROUP] = { KIND_U16 },
		[NFG_A_RULE_LIMIT_COUNT] = { KIND_U32 },
		[NFG_A_RULE_LIMIT_SECONDS] = { KIND_U32 },
		[NFG_A_RULE_LIMIT_BURST] = { KIND_U32 },
		[NFG_A_RULE_PACKETS] = { KIND_U64 },
		[NFG_A_RULE_BYTES] = { KIND_U64 },
	},
};

static const struct table policy = {
	.max = NFG_A_POLICY_MAX, .request = NFG_A_POLICY_MAX,
	.attr = {
		[NFG_A_POLICY_NAME] = { KIND_NAME },
		[NFG_A_POLICY_RULES] = { KIND_U32 },
		[NFG_A_POLICY_DEFAULT] = NEST(rule),
	},
};

static const struct table tried = {
	.max = NFG_A_TRIED_MAX,
	.attr = {
		[NFG_A_TRIED_RULE] = { KIND_NAME },
		[NFG_A_TRIED_COND] = { KIND_U32 },
		[NFG_A_TRIED_FIELD] = UP_TO(KIND_U8, NFG_FIELD_MAX - 1),
	},
};

static const struct table explain = {
	.max = NFG_A_EXPLAIN_MAX, .request = NFG_A_EXPLAIN_PACKET,
	.attr = {
		[NFG_A_EXPLAIN_PAD] = { KIND_PAD },
		[NFG_A_EXPLAIN_PACKET] = { KIND_PACKET },
		[NFG_A_EXPLAIN_FATE] = UP_TO(KIND_U8, NFG_FATE_REJECT),
		[NFG_A_EXPLAIN_PASSED] = { KIND_TEXT },
		[NFG_A_EXPLAIN_REASON] = { KIND_TEXT },
		[NFG_A_EXPLAIN_ENDPOINT] = { KIND_U64 },
		[NFG_A_EXPLAIN_COOKIE ... NFG_A_EXPLAIN_INNER_LENGTH] = { KIND_U32 },
		[NFG_A_EXPLAIN_PROTO] = { KIND_U8 },
		[NFG_A_EXPLAIN_SADDR] = { KIND_ADDR },
		[NFG_A_EXPLAIN_DADDR] = { KIND_ADDR },
		[NFG_A_EXPLAIN_SPORT] = { KIND_U16 },
		[NFG_A_EXPLAIN_DPORT] = { KIND_U16 },
		[NFG_A_EXPLAIN_FRAGMENT] = { KIND_FLAG },
		[NFG_A_EXPLAIN_RELATED] = { KIND_FLAG },
		[NFG_A_EXPLAIN_FLOW] = NEST(flow),
		[NFG_A_EXPLAIN_CURRENT] = { KIND_FLAG },
		[NFG_A_EXPLAIN_DIRECTION] = UP_TO(KIND_U8, NFG_DIRECTION_INBOUND),
		[NFG_A_EXPLAIN_POLICY] = { KIND_NAME },
		[NFG_A_EXPLAIN_TRIED] = NESTS(tried),
		[NFG_A_EXPLAIN_SKIPPED] = { KIND_U32 },
		[NFG_A_EXPLAIN_RULE] = { KIND_NAME },
		[NFG_A_EXPLAIN_VERDICT] = UP_TO(KIND_U8, NFG_VERDICT_REJECT),
		[NFG_A_EXPLAIN_REPLY] = { KIND_FLAG },
	},
};

const struct command commands[] = {
	{ NFG_CMD_CONFIG_GET, &config, .do_it = true, .anybody = true },
	{ NFG_CMD_CONFIG_SET, &config, .do_it = true },
	{ NFG_CMD_STATS_GET, &stats, .do_it = true, .anybody = true },
	{ NFG_CMD_ENDPOINT_GET, &endpoint, .do_it = true, .dump = true, .anybody = true },
	{ NFG_CMD_ENDPOINT_SET, &endpoint, .do_it = true },
	{ NFG_CMD_FLOW_GET, &flow, .do_it = true, .dump = true },
	{ NFG_CMD_FLOW_COUNT, &flow, .do_it = true },
	{ NFG_CMD_FLOW_FLUSH, &flow, .do_it = true },
	{ NFG_CMD_RULESET_GET, &ruleset, .do_it = true, .anybody = true },
	{ NFG_CMD_RULESET_BEGIN, &ruleset, .do_it = true },
	{ NFG_CMD_RULESET_COMMIT, &ruleset, .do_it = true },
	{ NFG_CMD_RULESET_ABORT, NULL, .do_it = true },
	{ NFG_CMD_SET_NEW, &set, .do_it = true },
	{ NFG_CMD_SET_ADD, &set, .do_it = true },
	{ NFG_CMD_SET_DELETE, &set, .do_it = true },
	{ NFG_CMD_SET_GET, &set, .dump = true },
	{ NFG_CMD_POLICY_NEW, &policy, .do_it = true },
	{ NFG_CMD_POLICY_GET, &policy, .dump = true },
	{ NFG_CMD_RULE_ADD, &rule, .do_it = true },
	{ NFG_CMD_RULE_DELETE, &rule, .do_it = true },
	{ NFG_CMD_RULE_GET, &rule, .dump = true },
	{ NFG_CMD_BIND, &binding, .do_it = true },
	{ NFG_CMD_BIND_GET, &binding, .dump = true },
	{ NFG_CMD_EXPLAIN, &explain, .do_it = true },
};

const u32 commands_n = ARRAY_SIZE(commands);

const struct command *command_find(u8 cmd)
{
	for (u32 i = 0; i < commands_n; i++)
		if (commands[i].cmd == cmd)
			return &commands[i];
	return NULL;
}
