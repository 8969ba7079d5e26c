// SPDX-License-Identifier: GPL-2.0 OR MIT
/* Filters of flows, which the kernel applies. */
#include "endpoint.h"
#include "flow.h"
#include "label.h"
#include "text.h"
#include "value.h"
#include "word.h"

enum key {
	KEY_ENDPOINT,
	KEY_ADDR,
	KEY_PORT,
	KEY_PROTO,
	KEY_VERDICT,
	KEY_STATE,
	KEYS
};

static const char *const keys[KEYS] = {
	[KEY_ENDPOINT] = "endpoint",
	[KEY_ADDR] = "addr",
	[KEY_PORT] = "port",
	[KEY_PROTO] = "proto",
	[KEY_VERDICT] = "verdict",
	[KEY_STATE] = "state",
};

void flow_filter_help(FILE *to)
{
	fputs("\nFILTER, all that are given have to fit:\n"
	      "  endpoint ID|NAME\n"
	      "  addr ADDRESS|PREFIX                         of one of the sides\n"
	      "  port PORT                                   of one of the sides\n"
	      "  proto tcp|udp|icmp|...|NUMBER\n"
	      "  verdict accept|drop|reject\n"
	      "  state new|syn|syn-ack|established|closing|time-wait\n", to);
}

static bool put_prefix(struct why *why, const char *value, struct nlmsghdr *nlh)
{
	struct prefix prefix;

	if (!value_prefix(why, value, &prefix))
		return false;
	mnl_attr_put(nlh, NFG_A_FILTER_ADDR, family_size(prefix.family), prefix.addr);
	mnl_attr_put_u8(nlh, NFG_A_FILTER_ADDR_LEN, prefix.len);
	return true;
}

static bool put_port(struct why *why, const char *value, struct nlmsghdr *nlh)
{
	unsigned long port;

	if (!value_number(value, UINT16_MAX, &port))
		return refuse(why, "'%.64s': expected a number from 0 to 65535", value);
	mnl_attr_put_u16(nlh, NFG_A_FILTER_PORT, port);
	return true;
}

static bool put_proto(struct why *why, const char *value, struct nlmsghdr *nlh)
{
	uint8_t proto;

	if (!tuple_proto_parse(why, value, &proto))
		return false;
	mnl_attr_put_u8(nlh, NFG_A_FILTER_PROTO, proto);
	return true;
}

static bool put_word(struct why *why, const char *value, struct nlmsghdr *nlh, uint16_t attr,
		     const char *const *words, size_t n)
{
	int i = word_match(why, value, words, n);

	if (i < 0)
		return false;
	mnl_attr_put_u8(nlh, attr, i);
	return true;
}

static bool put_value(struct why *why, enum key key, const char *value, struct nlmsghdr *nlh)
{
	switch (key) {
	case KEY_ADDR:
		return put_prefix(why, value, nlh);
	case KEY_PORT:
		return put_port(why, value, nlh);
	case KEY_PROTO:
		return put_proto(why, value, nlh);
	case KEY_VERDICT:
		return put_word(why, value, nlh, NFG_A_FILTER_VERDICT, verdicts, 3);
	case KEY_STATE:
		return put_word(why, value, nlh, NFG_A_FILTER_STATE, label_states, 6);
	default:
		return refuse(why, "no such filter");
	}
}

static int put_pair(struct nl *nl, const char *what, enum key key, const char *value,
		    struct nlmsghdr *nlh)
{
	struct why why;
	uint64_t id;
	int err;

	if (key == KEY_ENDPOINT) {
		err = endpoint_id(nl, what, value, &id);
		if (!err)
			mnl_attr_put_u64(nlh, NFG_A_FILTER_ENDPOINT, id);
		return err;
	}
	if (!put_value(&why, key, value, nlh))
		return fail(STATUS_USAGE, "%s: %s: %s", what, keys[key], why.text);
	return 0;
}

int flow_filter(struct nl *nl, const char *what, int argc, char **argv, struct nlmsghdr *nlh)
{
	bool given[KEYS] = { false };
	struct nlattr *nest;
	int key, err;

	if (!argc)
		return 0;
	nest = mnl_attr_nest_start(nlh, NFG_A_FLOW_FILTER);
	for (; argc > 0; argc -= 2, argv += 2) {
		key = word_find(what, argv[0], keys, KEYS);
		if (key < 0)
			return STATUS_USAGE;
		if (argc < 2)
			return fail(STATUS_USAGE, "%s: %s: value is missing", what, keys[key]);
		if (given[key])
			return fail(STATUS_USAGE, "%s: %s: given twice: expected once", what,
				    keys[key]);
		given[key] = true;
		err = put_pair(nl, what, key, argv[1], nlh);
		if (err)
			return err;
	}
	mnl_attr_nest_end(nlh, nest);
	return 0;
}
