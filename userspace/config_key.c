// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <stdlib.h>
#include <string.h>

#include "config_key.h"
#include "duration.h"
#include "text.h"
#include "value.h"
#include "word.h"

/* Defaults of the lists, as the module has them. */
#define ORIGINS_DEFAULT	"10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10"
#define LOCAL_DEFAULT	ORIGINS_DEFAULT ",169.254.0.0/16,fc00::/7,fe80::/10"

#define TIMEOUT(symbol, help) \
	{ NFG_A_CONFIG_TIMEOUT_##symbol, CONFIG_DURATION, { NULL }, 1, NFG_TIMEOUT_MAX, \
	  "DURATION", help }

const char *const config_words[] = {
	[NFG_A_CONFIG_ENABLED] = "enabled",
	[NFG_A_CONFIG_PORT] = "port",
	[NFG_A_CONFIG_MODE] = "mode",
	[NFG_A_CONFIG_REINJECT] = "reinject",
	[NFG_A_CONFIG_UDP_CHECKSUM] = "udp-checksum",
	[NFG_A_CONFIG_ORIGINS] = "origins",
	[NFG_A_CONFIG_LOCAL] = "local",
	[NFG_A_CONFIG_FLOW_MAX] = "flow-max",
	[NFG_A_CONFIG_FLOW_FULL] = "flow-full",
	[NFG_A_CONFIG_FRAGMENTS] = "fragments",
	[NFG_A_CONFIG_TCP_PICKUP] = "tcp-pickup",
	[NFG_A_CONFIG_TIMEOUT_ESTABLISHED] = "timeout-established",
	[NFG_A_CONFIG_TIMEOUT_OTHER] = "timeout-other",
	[NFG_A_CONFIG_TIMEOUT_HALF_OPEN] = "timeout-half-open",
	[NFG_A_CONFIG_TIMEOUT_CLOSING] = "timeout-closing",
	[NFG_A_CONFIG_TIMEOUT_DENIED] = "timeout-denied",
	[NFG_A_CONFIG_REJECT_RATE] = "reject-rate",
	[NFG_A_CONFIG_LOG_RATE] = "log-rate",
};

const struct config_key config_keys[] = {
	{ NFG_A_CONFIG_ENABLED, CONFIG_YES_NO, { "no", "yes" }, 0, 1,
	  "yes|no", "handle packets in this namespace" },
	{ NFG_A_CONFIG_PORT, CONFIG_PORT, { NULL }, 1, UINT16_MAX,
	  "1-65535", "UDP port of GENEVE (6081)" },
	{ NFG_A_CONFIG_MODE, CONFIG_WORD,
	  { [NFG_MODE_ENFORCE] = "enforce", [NFG_MODE_MONITOR] = "monitor" }, 0, 1,
	  "enforce|monitor", "drop what may not pass, or only count it" },
	{ NFG_A_CONFIG_REINJECT, CONFIG_WORD,
	  { [NFG_REINJECT_L2] = "l2", [NFG_REINJECT_ROUTE] = "route" }, 0, 1,
	  "l2|route", "answer out of the same device, or by the routing table" },
	{ NFG_A_CONFIG_UDP_CHECKSUM, CONFIG_WORD,
	  { [NFG_UDP_CHECKSUM_VERIFY] = "verify", [NFG_UDP_CHECKSUM_TRUST] = "trust" }, 0, 1,
	  "verify|trust", "check outer UDP checksums or not" },
	{ NFG_A_CONFIG_ORIGINS, CONFIG_ORIGINS, { NULL }, 0, NFG_ORIGINS_MAX,
	  "PREFIX[,PREFIX...]|any|none|default", "outer sources that may send" },
	{ NFG_A_CONFIG_LOCAL, CONFIG_LOCAL, { NULL }, 0, NFG_LOCAL_MAX,
	  "PREFIX[,PREFIX...]|any|none|default", "where originators of outbound flows are" },
	{ NFG_A_CONFIG_FLOW_MAX, CONFIG_NUMBER, { NULL }, 1, NFG_FLOWS_MAX,
	  "NUMBER", "flows at most (262144)" },
	{ NFG_A_CONFIG_FLOW_FULL, CONFIG_WORD,
	  { [NFG_FLOW_FULL_DROP] = "drop", [NFG_FLOW_FULL_FORWARD] = "forward" }, 0, 1,
	  "drop|forward", "new flows when no other can make room" },
	{ NFG_A_CONFIG_FRAGMENTS, CONFIG_WORD,
	  { [NFG_FRAGMENTS_DROP] = "drop", [NFG_FRAGMENTS_PASS] = "pass" }, 0, 1,
	  "drop|pass", "later inner fragments whose first was not seen" },
	{ NFG_A_CONFIG_TCP_PICKUP, CONFIG_ON_OFF, { "off", "on" }, 0, 1,
	  "on|off", "take TCP connections whose beginning was not seen" },
	TIMEOUT(ESTABLISHED, "idle established TCP (350s)"),
	TIMEOUT(OTHER, "idle flows of other protocols (120s)"),
	TIMEOUT(HALF_OPEN, "TCP handshake not complete (30s)"),
	TIMEOUT(CLOSING, "TCP after a FIN or RST (10s)"),
	TIMEOUT(DENIED, "flows that are dropped (30s)"),
	{ NFG_A_CONFIG_REJECT_RATE, CONFIG_NUMBER, { NULL }, 0, UINT32_MAX,
	  "NUMBER", "answers of reject rules per second (1000)" },
	{ NFG_A_CONFIG_LOG_RATE, CONFIG_NUMBER, { NULL }, 0, UINT32_MAX,
	  "NUMBER", "events of rules with log per second (1000)" },
};

const size_t config_n_keys = sizeof(config_keys) / sizeof(config_keys[0]);

const char *config_value_word(const struct config_key *key, uint32_t value)
{
	/* A newer module may have more. */
	return value < 2 ? key->words[value] : "unknown";
}

static bool put_switch(struct why *why, const struct config_key *key, const char *value,
		       struct nlmsghdr *nlh)
{
	/* yes and its like are even */
	static const char *const words[] = {
		"yes", "no", "on", "off", "1", "0", "true", "false"
	};
	int i = word_match(why, value, words, sizeof(words) / sizeof(words[0]));

	if (i < 0)
		return false;
	mnl_attr_put_u8(nlh, key->attr, i % 2 == 0);
	return true;
}

static bool put_word(struct why *why, const struct config_key *key, const char *value,
		     struct nlmsghdr *nlh)
{
	int i = word_match(why, value, key->words, 2);

	if (i < 0)
		return false;
	mnl_attr_put_u8(nlh, key->attr, i);
	return true;
}

static bool put_number(struct why *why, const struct config_key *key, const char *value,
		       struct nlmsghdr *nlh)
{
	unsigned long number;

	if (!value_number(value, key->max, &number) || number < key->min)
		return refuse(why, "'%.64s': expected a number from %u to %u", value, key->min,
			      key->max);
	if (key->kind == CONFIG_PORT)
		mnl_attr_put_u16(nlh, key->attr, number);
	else
		mnl_attr_put_u32(nlh, key->attr, number);
	return true;
}

static bool put_duration(struct why *why, const struct config_key *key, const char *value,
			 struct nlmsghdr *nlh)
{
	uint32_t seconds;

	if (!duration_parse(why, value, key->max, &seconds))
		return false;
	mnl_attr_put_u32(nlh, key->attr, seconds);
	return true;
}

static void put_prefix(struct nlmsghdr *nlh, const struct prefix *prefix)
{
	struct nlattr *item = mnl_attr_nest_start(nlh, NFG_A_PREFIXES_ITEM);

	mnl_attr_put(nlh, NFG_A_PREFIX_ADDR, family_size(prefix->family), prefix->addr);
	mnl_attr_put_u8(nlh, NFG_A_PREFIX_LEN, prefix->len);
	mnl_attr_nest_end(nlh, item);
}

/* A list of prefixes, @list is cut into pieces. */
static bool put_prefixes(struct why *why, const struct config_key *key, char *list,
			 struct nlmsghdr *nlh)
{
	struct prefix prefix;
	unsigned int n = 0;
	char *one;

	while ((one = strsep(&list, ","))) {
		if (key->kind == CONFIG_ORIGINS && strchr(one, ':'))
			return refuse(why, "'%.64s' is not IPv4: the outer header always is, expected a prefix like 10.0.0.0/8",
				      one);
		if (!value_prefix(why, one, &prefix))
			return false;
		if (++n > key->max)
			return refuse(why, "the list is too long: expected at most %u prefixes",
				      key->max);
		put_prefix(nlh, &prefix);
	}
	return true;
}

/* The list behind a word; any other value is a list itself. */
static const char *list_of(const struct config_key *key, const char *value)
{
	bool origins = key->kind == CONFIG_ORIGINS;

	if (!strcmp(value, "any"))
		return origins ? "0.0.0.0/0" : "0.0.0.0/0,::/0";
	if (!strcmp(value, "default"))
		return origins ? ORIGINS_DEFAULT : LOCAL_DEFAULT;
	return value;
}

static bool put_list(struct why *why, const struct config_key *key, const char *value,
		     struct nlmsghdr *nlh)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, key->attr);
	bool good = true;
	char *list;

	if (strcmp(value, "none")) {
		list = strdup(list_of(key, value));
		good = list ? put_prefixes(why, key, list, nlh) : refuse(why, "no memory");
		free(list);
	}
	mnl_attr_nest_end(nlh, nest);
	return good;
}

bool config_put(struct why *why, const struct config_key *key, const char *value,
		struct nlmsghdr *nlh)
{
	switch (key->kind) {
	case CONFIG_YES_NO:
	case CONFIG_ON_OFF:
		return put_switch(why, key, value, nlh);
	case CONFIG_WORD:
		return put_word(why, key, value, nlh);
	case CONFIG_PORT:
	case CONFIG_NUMBER:
		return put_number(why, key, value, nlh);
	case CONFIG_DURATION:
		return put_duration(why, key, value, nlh);
	case CONFIG_ORIGINS:
	case CONFIG_LOCAL:
		return put_list(why, key, value, nlh);
	}
	return refuse(why, "no such kind of setting");
}
