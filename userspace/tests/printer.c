// SPDX-License-Identifier: GPL-2.0 OR MIT
/* What is read is printed in one form, and that form is read as the same. */
#include <stdlib.h>
#include <string.h>

#include "language.h"
#include "tap.h"

/* A rule, and how it is printed; NULL: just so. */
static const struct {
	const char *rule;
	const char *text;
} rules[] = {
	{ "accept", NULL },
	{ "drop", NULL },
	{ "reject", NULL },
	{ "tcp reject with tcp-reset", NULL },
	{ "reject with port-unreachable", NULL },
	{
	  "outbound endpoint vpce-00000001 ip tcp saddr 10.0.0.0/8 sport 1 daddr 192.0.2.1 dport 2 log limit 1/day burst 2 drop",
	  NULL
	},
	{ "log limit 1/day burst 2 dport 2 daddr 192.0.2.1 sport 1 saddr 10.0.0.0/8 tcp ip endpoint 1 outbound drop",
	  "outbound endpoint vpce-00000001 ip tcp saddr 10.0.0.0/8 sport 1 daddr 192.0.2.1 dport 2 log limit 1/day burst 2 drop",
	},
	{ "limit 5/minute log group 3 accept", "log group 3 limit 5/minute accept" },
	{ "limit 5/hour burst 5 accept", "limit 5/hour accept" },
	{ "tcp tcp proto tcp drop", "tcp drop" },
	{ "proto { 6 } drop", "tcp drop" },
	{ "proto {17,tcp, 132} dport 5 drop", "dport 5 drop" },
	{ "proto != tcp dport 5 drop", NULL },
	{ "proto != tcp proto { tcp, udp, sctp } dport 5 drop", "proto != tcp dport 5 drop" },
	{ "tcp proto { tcp, udp, sctp } dport 5 drop",
	  "tcp proto { tcp, udp, sctp } dport 5 drop" },
	{ "proto { 1, 99-101 } drop", "proto { icmp, 99-101 } drop" },
	{ "dport {443,80,81-90,443} drop", "dport { 80-90, 443 } drop" },
	{ "saddr { 10.0.1.0/24, 10.0.0.0-10.0.0.255 } drop", "saddr 10.0.0.0/23 drop" },
	{ "saddr { ::1, 10.0.0.1-10.0.0.2 } drop", "saddr { 10.0.0.1-10.0.0.2, ::1 } drop" },
	{ "saddr 0.0.0.0/0 drop", NULL },
	{ "saddr ::/0 drop", NULL },
	{ "saddr != 255.255.255.255 daddr != ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff drop", NULL },
	{ "saddr 10.0.0.0/32 drop", "saddr 10.0.0.0 drop" },
	{ "saddr 10.0.0.0-10.255.255.255 drop", "saddr 10.0.0.0/8 drop" },
	{ "saddr 2001:DB8:0:0:0:0:0:1 drop", "saddr 2001:db8::1 drop" },
	{ "endpoint 0xAB drop", "endpoint vpce-000000ab drop" },
	{ "endpoint { 1, 2 } drop", "endpoint vpce-00000001-vpce-00000002 drop" },
	{ "endpoint vpce-00000001-vpce-0ffffffffffffffff drop", NULL },
	{ "icmp drop", NULL },
	{ "ip proto icmp drop", "icmp drop" },
	{ "proto icmp drop", NULL },
	{ "icmpv6 icmpv6 drop", "icmpv6 drop" },
	{ "icmp type 8 drop", "icmp type echo-request drop" },
	{ "icmp type { 8, 0, 3-5 } drop", "icmp type { echo-reply, 3-5, echo-request } drop" },
	{ "icmp type != 8 drop", "icmp type != echo-request drop" },
	{ "icmp type != { 8, 255 } drop", "icmp type != { echo-request, 255 } drop" },
	{ "icmp type 3 code { 0-2, 3 } drop", "icmp type destination-unreachable code 0-3 drop" },
	{ "icmp type 3 code != 4 drop",
	  "icmp type destination-unreachable code { 0-3, 5-255 } drop" },
	{ "icmp type != 3 code 4 drop", "icmp type { 0-2, 4-255 } code 4 drop" },
	{ "icmp saddr 10.0.0.1 outbound drop", "outbound icmp saddr 10.0.0.1 drop" },
	{ "icmpv6 type 128-129 saddr fd00::/8 drop", "icmpv6 type 128-129 saddr fd00::/8 drop" },
};

static void test_rules(void)
{
	char text[512], wanted[512], *got, *bad;
	struct ruleset rs;
	size_t i;

	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		snprintf(text, sizeof(text), "policy p { rule r %s }", rules[i].rule);
		snprintf(wanted, sizeof(wanted), "policy p {\n    rule r %s\n}\n",
			 rules[i].text ? rules[i].text : rules[i].rule);
		bad = understand(&rs, "t", text, strlen(text), NULL);
		got = bad ? bad : printed(&rs);
		same("printed", rules[i].rule, wanted, got);
		ruleset_free(&rs);
		free(got);
		/* What was printed is a form that stays. */
		bad = understand(&rs, "t", wanted, strlen(wanted), NULL);
		got = bad ? bad : printed(&rs);
		same("printed again", rules[i].rule, wanted, got);
		ruleset_free(&rs);
		free(got);
	}
}

#define NO_MATCH	": expected a match, log, limit, accept, drop or reject"

/* A rule alone, as `rule add` takes it: its name, or what is wrong. */
static void test_rule_text(void)
{
	static const struct {
		const char *text, *name;
	} cases[] = {
		{ "ntp outbound udp dport 123 accept", "ntp" },
		{ "    rule ntp outbound udp dport 123 accept\n", "ntp" },
		{ "rule \"drop\" accept", "drop" }, { "\"drop\" accept", "drop" },
		{ "rule rule drop", "rule" }, { "rule drop", "rule" },
		{ "rule tcp dport 5 drop", "rule" }, { "\"rule\" drop", "rule" },
		{ "rule limit 5/day drop", "rule" },
		{ "rule x rule drop", "unknown word 'rule'" NO_MATCH },
		{ "rule", "unexpected end of the text" NO_MATCH },
		{ "rule a/b drop", "unknown word 'a/b'" NO_MATCH },
		{ "policy ntp accept", "unknown word 'ntp'" NO_MATCH },
	};
	const struct source *src;
	const struct rule *rule;
	struct complaint bad;
	struct ruleset rs;
	const char *got;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ruleset_init(&rs);
		src = source_of(&rs.arena, "t", cases[i].text, strlen(cases[i].text));
		rule = parse_rule_text(&rs, ruleset_add_policy(&rs, "p"), src, &bad);
		got = rule ? rule->name : bad.why.text;
		same("rule alone", cases[i].text, cases[i].name, got);
		ruleset_free(&rs);
	}
}

void test_printer(void)
{
	test_rules();
	test_rule_text();
}
