// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <string.h>

#include "answer.h"

static void read_tried(const struct nlattr *nest, struct answer *answer)
{
	struct tried *tried = &answer->tried[answer->n_tried];
	const struct nlattr *attr;

	if (answer->n_tried == EXPLAIN_TRIED_MAX)
		return;
	answer->n_tried++;
	tried->cond = -1;
	mnl_attr_for_each_nested(attr, nest) {
		switch (mnl_attr_get_type(attr)) {
		case NFG_A_TRIED_RULE:
			nl_text(tried->rule, sizeof(tried->rule), attr);
			break;
		case NFG_A_TRIED_COND:
			tried->cond = nl_uint(attr);
			break;
		case NFG_A_TRIED_FIELD:
			tried->field = nl_uint(attr);
			break;
		}
	}
}

/* The packet itself. */
static void read_packet(const struct nlattr *attr, struct answer *answer)
{
	switch (mnl_attr_get_type(attr)) {
	case NFG_A_EXPLAIN_ENDPOINT:
		answer->has_endpoint = true;
		answer->endpoint = nl_uint(attr);
		break;
	case NFG_A_EXPLAIN_COOKIE:
		answer->cookie = nl_uint(attr);
		break;
	case NFG_A_EXPLAIN_GENEVE:
		answer->geneve = nl_uint(attr);
		break;
	case NFG_A_EXPLAIN_INNER:
		answer->inner = nl_uint(attr);
		break;
	case NFG_A_EXPLAIN_L4:
		answer->l4 = nl_uint(attr);
		break;
	case NFG_A_EXPLAIN_INNER_LENGTH:
		answer->inner_length = nl_uint(attr);
		break;
	case NFG_A_EXPLAIN_FRAGMENT:
		answer->fragment = true;
		break;
	case NFG_A_EXPLAIN_RELATED:
		answer->related = true;
		break;
	}
}

static void read_tuple(const struct nlattr *attr, struct answer *answer)
{
	struct tuple *tuple = &answer->tuple;

	switch (mnl_attr_get_type(attr)) {
	case NFG_A_EXPLAIN_PROTO:
		tuple->proto = nl_uint(attr);
		break;
	case NFG_A_EXPLAIN_SADDR:
		answer->has_tuple = true;
		tuple->family = nl_address(tuple->saddr, attr);
		break;
	case NFG_A_EXPLAIN_DADDR:
		nl_address(tuple->daddr, attr);
		break;
	case NFG_A_EXPLAIN_SPORT:
		tuple->sport = nl_uint(attr);
		break;
	case NFG_A_EXPLAIN_DPORT:
		tuple->dport = nl_uint(attr);
		break;
	}
}

/* What is decided about it. */
static void read_decision(const struct nlattr *attr, struct answer *answer)
{
	switch (mnl_attr_get_type(attr)) {
	case NFG_A_EXPLAIN_FATE:
		answer->fate = nl_uint(attr);
		break;
	case NFG_A_EXPLAIN_PASSED:
		nl_text(answer->passed, sizeof(answer->passed), attr);
		break;
	case NFG_A_EXPLAIN_REASON:
		nl_text(answer->reason, sizeof(answer->reason), attr);
		break;
	case NFG_A_EXPLAIN_FLOW:
		answer->has_flow = true;
		flow_read_nest(attr, &answer->flow);
		break;
	case NFG_A_EXPLAIN_REPLY:
		answer->reply = true;
		break;
	case NFG_A_EXPLAIN_CURRENT:
		answer->current = true;
		break;
	case NFG_A_EXPLAIN_DIRECTION:
		answer->direction = nl_uint(attr);
		break;
	case NFG_A_EXPLAIN_POLICY:
		nl_text(answer->policy, sizeof(answer->policy), attr);
		break;
	case NFG_A_EXPLAIN_TRIED:
		read_tried(attr, answer);
		break;
	case NFG_A_EXPLAIN_SKIPPED:
		answer->skipped = nl_uint(attr);
		break;
	case NFG_A_EXPLAIN_RULE:
		nl_text(answer->rule, sizeof(answer->rule), attr);
		break;
	case NFG_A_EXPLAIN_VERDICT:
		answer->verdict = nl_uint(attr);
		break;
	}
}

static void read_answer(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr;

	nl_for_each(attr, nlh) {
		read_packet(attr, data);
		read_tuple(attr, data);
		read_decision(attr, data);
	}
}

int answer_get(struct nl *nl, const uint8_t *packet, uint32_t len, struct answer *answer)
{
	union nl_request req;

	memset(answer, 0, sizeof(*answer));
	answer->direction = -1;
	answer->verdict = -1;
	nl_request(&req, NFG_CMD_EXPLAIN, false);
	mnl_attr_put(&req.hdr, NFG_A_EXPLAIN_PACKET, len, packet);
	if (nl_send(nl, &req, read_answer, answer))
		return nl_fail(nl, "explain", NULL, 0);
	return 0;
}
