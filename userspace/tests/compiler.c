// SPDX-License-Identifier: GPL-2.0 OR MIT
/* From the text of a rule to the conditions that are sent. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "fake_kernel.h"
#include "language.h"
#include "ruleset_put.h"
#include "tap.h"

/*
 * The attributes of a rule: "FIELD[!]=VALUES" for each condition in the order of
 * the request; values in hexadecimal without leading zeros.
 */
static const struct {
	const char *rule;
	const char *sent;
} cases[] = {
	{ "accept", "verdict 0" },
	{ "outbound drop", "direction=0 verdict 1" },
	{ "inbound drop", "direction=1 verdict 1" },
	{ "ip drop", "family=4 verdict 1" },
	{ "ip6 drop", "family=6 verdict 1" },
	{ "tcp drop", "proto=6 verdict 1" },
	{ "udp drop", "proto=11 verdict 1" },
	{ "sctp drop", "proto=84 verdict 1" },
	{ "proto { esp, 0-5 } drop", "proto=0-5,32 verdict 1" },
	{ "proto != tcp drop", "proto!=6 verdict 1" },
	{ "proto @protos drop", "proto=@protos verdict 1" },
	{ "saddr 10.0.0.0/8 drop", "saddr=a000000-affffff/4 verdict 1" },
	{ "daddr != { 192.0.2.1, 2001:db8::/32 } drop",
	  "daddr!=c0000201/4,20010db8000000000000000000000000-20010db8ffffffffffffffffffffffff/6 verdict 1",
	},
	{ "tcp dport 443 accept", "proto=6 dport=1bb verdict 0" },
	{ "dport 53 accept", "proto=6,11,84 dport=35 verdict 0" },
	{ "dport != { 80, 8000-8099 } accept", "proto=6,11,84 dport!=50,1f40-1fa3 verdict 0" },
	{ "dport @web sport 5 accept", "proto=6,11,84 sport=5 dport=@web verdict 0" },
	{ "proto @protos dport 5 accept", "proto=@protos proto=6,11,84 dport=5 verdict 0" },
	{ "icmp accept", "family=4 proto=1 verdict 0" },
	{ "icmpv6 accept", "family=6 proto=3a verdict 0" },
	{ "icmp type echo-request accept", "family=4 proto=1 dport=800-8ff verdict 0" },
	{ "icmpv6 type echo-request code 0 accept", "family=6 proto=3a dport=8000 verdict 0" },
	{ "icmp type { 3, 11 } code { 0, 4-5 } accept",
	  "family=4 proto=1 dport=300,304-305,b00,b04-b05 verdict 0" },
	{ "icmp type != 8 accept", "family=4 proto=1 dport!=800-8ff verdict 0" },
	{ "icmp type 3-4 accept", "family=4 proto=1 dport=300-4ff verdict 0" },
	{ "icmp type 3 code != 4 accept", "family=4 proto=1 dport=300-303,305-3ff verdict 0" },
	{ "endpoint { vpce-0123456789abcdef0, shop } accept",
	  "endpoint=abc,123456789abcdef0 verdict 0" },
	{ "dport 80 tcp saddr 10.0.0.1 ip outbound accept",
	  "direction=0 family=4 proto=6 saddr=a000001/4 dport=50 verdict 0" },
	{ "log drop", "verdict 1 log" },
	{ "log group 7 drop", "verdict 1 log group 7" },
	{ "limit 5/minute accept", "verdict 0 limit 5/60" },
	{ "limit 5/second burst 9 accept", "verdict 0 limit 5/1 burst 9" },
	{ "reject", "verdict 2 reject 0" },
	{ "tcp reject with tcp-reset", "proto=6 verdict 2 reject 1" },
	{ "reject with admin-prohibited", "verdict 2 reject 2" },
	{ "reject with port-unreachable", "verdict 2 reject 3" },
};

static const char rest[] =
	"set protos { type proto }\nset web { type port }\nendpoint abc { name shop }\n";

static void tell_key(FILE *to, const uint8_t key[16])
{
	int i = 0;

	while (i < 15 && !key[i])
		i++;
	fprintf(to, key[i] < 16 || i == 15 ? "%x" : "%02x", key[i]);
	while (++i < 16)
		fprintf(to, "%02x", key[i]);
}

static void tell_elements(FILE *to, const struct nlattr *attr)
{
	const struct nfg_element *e = mnl_attr_get_payload(attr);
	size_t i, n = mnl_attr_get_payload_len(attr) / sizeof(*e);

	for (i = 0; i < n; i++) {
		fputs(i ? "," : "", to);
		tell_key(to, e[i].from);
		if (memcmp(e[i].from, e[i].to, sizeof(e[i].from))) {
			putc('-', to);
			tell_key(to, e[i].to);
		}
		if (e[i].family)
			fprintf(to, "/%u", e[i].family);
		if (e[i].timeout)
			fprintf(to, " timeout %u", e[i].timeout);
	}
}

static void tell_cond(FILE *to, const struct nlattr *nest)
{
	const struct nlattr *attr, *negate = NULL;

	mnl_attr_for_each_nested(attr, nest)
		if (mnl_attr_get_type(attr) == NFG_A_COND_NEGATE)
			negate = attr;
	mnl_attr_for_each_nested(attr, nest) {
		switch (mnl_attr_get_type(attr)) {
		case NFG_A_COND_FIELD:
			fprintf(to, "%s%s=", fields[mnl_attr_get_u8(attr)], negate ? "!" : "");
			break;
		case NFG_A_COND_SET:
			fprintf(to, "@%s", mnl_attr_get_str(attr));
			break;
		case NFG_A_COND_ELEMENTS:
			tell_elements(to, attr);
			break;
		}
	}
	putc(' ', to);
}

static void tell_attr(FILE *to, const struct nlattr *attr)
{
	switch (mnl_attr_get_type(attr)) {
	case NFG_A_RULE_COND:
		tell_cond(to, attr);
		break;
	case NFG_A_RULE_VERDICT:
		fprintf(to, "verdict %u", mnl_attr_get_u8(attr));
		break;
	case NFG_A_RULE_REJECT:
		fprintf(to, " reject %u", mnl_attr_get_u8(attr));
		break;
	case NFG_A_RULE_LOG:
		fputs(" log", to);
		break;
	case NFG_A_RULE_LOG_GROUP:
		fprintf(to, " group %u", mnl_attr_get_u16(attr));
		break;
	case NFG_A_RULE_LIMIT_COUNT:
		fprintf(to, " limit %" PRIu32, mnl_attr_get_u32(attr));
		break;
	case NFG_A_RULE_LIMIT_SECONDS:
		fprintf(to, "/%" PRIu32, mnl_attr_get_u32(attr));
		break;
	case NFG_A_RULE_LIMIT_BURST:
		fprintf(to, " burst %" PRIu32, mnl_attr_get_u32(attr));
		break;
	}
}

/* What was sent for the only rule. */
static char *sent(const struct ruleset *rs)
{
	const struct nlattr *attr;
	char *text = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&text, &size);
	struct put put = { 0 };
	struct nl nl;

	nl_batch_init(&put.batch, &nl);
	put_rule(&put, rs->policies->name, rs->policies->rules, NULL);
	free(put.items);
	nl_for_each(attr, fake_request(0))
		tell_attr(to, attr);
	fclose(to);
	fake_reset();
	return text;
}

void test_compiler(void)
{
	char text[512], *got, *bad;
	struct ruleset rs;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		snprintf(text, sizeof(text), "%spolicy p { rule r %s }", rest, cases[i].rule);
		bad = understand(&rs, "t", text, strlen(text), NULL);
		got = bad ? bad : sent(&rs);
		same("sent", cases[i].rule, cases[i].sent, got);
		free(got);
		ruleset_free(&rs);
	}
}
