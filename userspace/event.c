// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "event.h"
#include "label.h"
#include "out.h"
#include "vpce.h"

static void read_packet(const struct nlattr *attr, struct event *event)
{
	switch (mnl_attr_get_type(attr)) {
	case NFG_A_LOG_TIME:
		event->time.tv_sec = nl_uint(attr) / 1000000000;
		event->time.tv_nsec = nl_uint(attr) % 1000000000;
		break;
	case NFG_A_LOG_ENDPOINT:
		event->endpoint = nl_uint(attr);
		break;
	case NFG_A_LOG_COOKIE:
		event->cookie = nl_uint(attr);
		break;
	case NFG_A_LOG_PROTO:
		event->tuple.proto = nl_uint(attr);
		break;
	case NFG_A_LOG_SADDR:
		event->tuple.family = nl_address(event->tuple.saddr, attr);
		break;
	case NFG_A_LOG_DADDR:
		nl_address(event->tuple.daddr, attr);
		break;
	case NFG_A_LOG_SPORT:
		event->tuple.sport = nl_uint(attr);
		break;
	case NFG_A_LOG_DPORT:
		event->tuple.dport = nl_uint(attr);
		break;
	case NFG_A_LOG_LENGTH:
		event->length = nl_uint(attr);
		break;
	}
}

static void read_decision(const struct nlattr *attr, struct event *event)
{
	switch (mnl_attr_get_type(attr)) {
	case NFG_A_LOG_DIRECTION:
		event->direction = nl_uint(attr);
		break;
	case NFG_A_LOG_POLICY:
		nl_text(event->policy, sizeof(event->policy), attr);
		break;
	case NFG_A_LOG_RULE:
		nl_text(event->rule, sizeof(event->rule), attr);
		break;
	case NFG_A_LOG_VERDICT:
		event->verdict = nl_uint(attr);
		break;
	case NFG_A_LOG_REASON:
		nl_text(event->reason, sizeof(event->reason), attr);
		break;
	case NFG_A_LOG_SUPPRESSED:
		event->suppressed = nl_uint(attr);
		break;
	}
}

void event_read(const struct nlmsghdr *nlh, struct event *event)
{
	const struct nlattr *attr;

	memset(event, 0, sizeof(*event));
	event->tuple.family = AF_INET;
	nl_for_each(attr, nlh) {
		read_packet(attr, event);
		read_decision(attr, event);
	}
}

json_t *event_json(const struct event *event)
{
	char id[NFG_VPCE_LEN];
	json_t *json, *rest;

	nfg_vpce_format(id, sizeof(id), event->endpoint);
	json = json_pack("{s:s}", "endpoint", id);
	tuple_json(json, &event->tuple);
	rest = json_pack("{s:s, s:o, s:o, s:s, s:o, s:I, s:I, s:I}",
			 "direction", LABEL(label_directions, event->direction),
			 "policy", out_json_text(event->policy),
			 "rule", out_json_text(event->rule[0] ? event->rule : NULL),
			 "verdict", LABEL(verdicts, event->verdict),
			 "reason", out_json_text(event->reason[0] ? event->reason : NULL),
			 "cookie", (json_int_t)event->cookie,
			 "length", (json_int_t)event->length,
			 "suppressed", (json_int_t)event->suppressed);
	json_object_update(json, rest);
	json_decref(rest);
	return json;
}

void event_print(const struct event *event)
{
	char id[NFG_VPCE_LEN], tuple[TUPLE_TEXT], policy[OUT_TEXT], rule[OUT_TEXT];

	nfg_vpce_format(id, sizeof(id), event->endpoint);
	printf("%s by %s/%s", LABEL(verdicts, event->verdict),
	       out_text(policy, event->policy),
	       event->rule[0] ? out_text(rule, event->rule) : "(default)");
	if (event->reason[0])
		printf(" reason %s", event->reason);
	printf(" %s %s %s length %" PRIu32, id, LABEL(label_directions, event->direction),
	       tuple_text(tuple, &event->tuple), event->length);
	if (event->suppressed)
		printf(" suppressed %" PRIu32, event->suppressed);
	putchar('\n');
}
