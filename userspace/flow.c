// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "flow.h"
#include "label.h"
#include "out.h"
#include "vpce.h"

/* Room for "POLICY/RULE" */
#define BY_TEXT	(2 * OUT_TEXT + 16)

static void read_key(const struct nlattr *attr, struct flow *flow)
{
	switch (mnl_attr_get_type(attr)) {
	case NFG_A_FLOW_ENDPOINT:
		flow->endpoint = nl_uint(attr);
		break;
	case NFG_A_FLOW_PROTO:
		flow->tuple.proto = nl_uint(attr);
		break;
	case NFG_A_FLOW_SADDR:
		flow->tuple.family = nl_address(flow->tuple.saddr, attr);
		break;
	case NFG_A_FLOW_DADDR:
		nl_address(flow->tuple.daddr, attr);
		break;
	case NFG_A_FLOW_SPORT:
		flow->tuple.sport = nl_uint(attr);
		break;
	case NFG_A_FLOW_DPORT:
		flow->tuple.dport = nl_uint(attr);
		break;
	}
}

static void read_verdict(const struct nlattr *attr, struct flow *flow)
{
	switch (mnl_attr_get_type(attr)) {
	case NFG_A_FLOW_STATE:
		flow->state = nl_uint(attr);
		break;
	case NFG_A_FLOW_DIRECTION:
		flow->direction = nl_uint(attr);
		break;
	case NFG_A_FLOW_VERDICT:
		flow->verdict = nl_uint(attr);
		break;
	case NFG_A_FLOW_POLICY:
		nl_text(flow->policy, sizeof(flow->policy), attr);
		break;
	case NFG_A_FLOW_RULE:
		nl_text(flow->rule, sizeof(flow->rule), attr);
		break;
	case NFG_A_FLOW_KEPT:
		flow->kept = true;
		break;
	}
}

static void read_counters(const struct nlattr *attr, struct flow *flow)
{
	switch (mnl_attr_get_type(attr)) {
	case NFG_A_FLOW_COOKIE:
		flow->cookie = nl_uint(attr);
		break;
	case NFG_A_FLOW_COOKIE_CHANGES:
		flow->cookie_changes = nl_uint(attr);
		break;
	case NFG_A_FLOW_PACKETS:
		flow->sent.packets = nl_uint(attr);
		break;
	case NFG_A_FLOW_BYTES:
		flow->sent.bytes = nl_uint(attr);
		break;
	case NFG_A_FLOW_REPLY_PACKETS:
		flow->replied.packets = nl_uint(attr);
		break;
	case NFG_A_FLOW_REPLY_BYTES:
		flow->replied.bytes = nl_uint(attr);
		break;
	case NFG_A_FLOW_AGE_MS:
		flow->age_ms = nl_uint(attr);
		break;
	case NFG_A_FLOW_IDLE_MS:
		flow->idle_ms = nl_uint(attr);
		break;
	case NFG_A_FLOW_EXPIRES_MS:
		flow->expires_ms = nl_uint(attr);
		break;
	}
}

static void read_attr(const struct nlattr *attr, struct flow *flow)
{
	read_key(attr, flow);
	read_verdict(attr, flow);
	read_counters(attr, flow);
}

void flow_read(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr;

	memset(data, 0, sizeof(struct flow));
	nl_for_each(attr, nlh)
		read_attr(attr, data);
}

void flow_read_nest(const struct nlattr *nest, struct flow *flow)
{
	const struct nlattr *attr;

	memset(flow, 0, sizeof(*flow));
	mnl_attr_for_each_nested(attr, nest)
		read_attr(attr, flow);
}

int flow_order(const void *a, const void *b)
{
	const struct flow *fa = a, *fb = b;
	int diff;

	if (fa->endpoint != fb->endpoint)
		return fa->endpoint < fb->endpoint ? -1 : 1;
	if (fa->tuple.family != fb->tuple.family)
		return fa->tuple.family - fb->tuple.family;
	diff = fa->tuple.proto - fb->tuple.proto;
	if (!diff)
		diff = memcmp(fa->tuple.saddr, fb->tuple.saddr, sizeof(fa->tuple.saddr));
	if (!diff)
		diff = fa->tuple.sport - fb->tuple.sport;
	if (!diff)
		diff = memcmp(fa->tuple.daddr, fb->tuple.daddr, sizeof(fa->tuple.daddr));
	if (!diff)
		diff = fa->tuple.dport - fb->tuple.dport;
	return diff;
}

json_t *flow_json(const struct flow *flow)
{
	char id[NFG_VPCE_LEN];
	json_t *json, *rest;

	nfg_vpce_format(id, sizeof(id), flow->endpoint);
	json = json_pack("{s:s}", "endpoint", id);
	tuple_json(json, &flow->tuple);
	rest = json_pack("{s:s, s:s, s:s, s:o, s:o, s:b, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}",
			 "direction", LABEL(label_directions, flow->direction),
			 "state", LABEL(label_states, flow->state),
			 "verdict", LABEL(verdicts, flow->verdict),
			 "policy", out_json_text(flow->policy[0] ? flow->policy : NULL),
			 "rule", out_json_text(flow->rule[0] ? flow->rule : NULL),
			 "kept", flow->kept,
			 "cookie", (json_int_t)flow->cookie,
			 "cookie_changes", (json_int_t)flow->cookie_changes,
			 "packets", (json_int_t)flow->sent.packets,
			 "bytes", (json_int_t)flow->sent.bytes,
			 "reply_packets", (json_int_t)flow->replied.packets,
			 "reply_bytes", (json_int_t)flow->replied.bytes,
			 "age_ms", (json_int_t)flow->age_ms,
			 "idle_ms", (json_int_t)flow->idle_ms,
			 "expires_ms", (json_int_t)flow->expires_ms);
	json_object_update(json, rest);
	json_decref(rest);
	return json;
}

/* Which rule decided; @buf has BY_TEXT bytes. */
static const char *by_text(char *buf, const struct flow *flow)
{
	char policy[OUT_TEXT], rule[OUT_TEXT];

	if (flow->policy[0])
		snprintf(buf, BY_TEXT, "%s/%s", out_text(policy, flow->policy),
			 flow->rule[0] ? out_text(rule, flow->rule) : "(default)");
	else
		snprintf(buf, BY_TEXT, flow->kept ? "(kept)" : "-");
	return buf;
}

#define ROW	"%-22s  %-6s  %-21s  %-25s  %-8s  %-11s  %-7s"

void flow_print_head(void)
{
	printf(ROW "  %10s  %10s  %8s  %s\n", "endpoint", "proto", "originator", "other side",
	       "flow", "state", "verdict", "packets", "replies", "idle", "rule");
}

void flow_print_row(const struct flow *flow)
{
	char id[NFG_VPCE_LEN], proto[TUPLE_PROTO], source[TUPLE_SIDE], destination[TUPLE_SIDE];
	char idle[OUT_QUANTITY], by[BY_TEXT];

	nfg_vpce_format(id, sizeof(id), flow->endpoint);
	printf(ROW "  %10" PRIu64 "  %10" PRIu64 "  %8s  %s\n", id,
	       tuple_proto(proto, flow->tuple.proto), tuple_source(source, &flow->tuple),
	       tuple_destination(destination, &flow->tuple),
	       LABEL(label_directions, flow->direction), LABEL(label_states, flow->state),
	       LABEL(verdicts, flow->verdict), flow->sent.packets, flow->replied.packets,
	       out_time(idle, flow->idle_ms), by_text(by, flow));
}

void flow_print(const struct flow *flow, const char *indent)
{
	char id[NFG_VPCE_LEN], tuple[TUPLE_TEXT], by[BY_TEXT];
	char bytes[OUT_QUANTITY], age[OUT_QUANTITY], idle[OUT_QUANTITY], left[OUT_QUANTITY];

	nfg_vpce_format(id, sizeof(id), flow->endpoint);
	printf("%s%s  %s\n", indent, id, tuple_text(tuple, &flow->tuple));
	printf("%s  %s, %s, age %s, idle %s, expires in %s\n", indent,
	       LABEL(label_directions, flow->direction), LABEL(label_states, flow->state),
	       out_time(age, flow->age_ms), out_time(idle, flow->idle_ms),
	       out_time(left, flow->expires_ms));
	printf("%s  verdict %s, rule %s\n", indent, LABEL(verdicts, flow->verdict),
	       by_text(by, flow));
	printf("%s  originator %" PRIu64 " packets, %s\n", indent, flow->sent.packets,
	       out_quantity(bytes, flow->sent.bytes, "B"));
	printf("%s  other side %" PRIu64 " packets, %s\n", indent, flow->replied.packets,
	       out_quantity(bytes, flow->replied.bytes, "B"));
	printf("%s  cookie 0x%08" PRIx32 ", changed %" PRIu32 " times\n", indent, flow->cookie,
	       flow->cookie_changes);
}
