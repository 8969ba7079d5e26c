// SPDX-License-Identifier: GPL-2.0 OR MIT
/* What is wrong, where, and what was expected. */
#include <stdlib.h>
#include <string.h>

#include "language.h"
#include "tap.h"

#define MATCHES	"a match, log, limit, accept, drop or reject"
#define LONG	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

/* In a policy, its rule "r" */
#define RULE(body)	"policy p { rule r " body " }"

static const struct {
	const char *text;
	const char *first;	/* first line of what is printed, without "t:" */
} cases[] = {
	/* items */
	{ "polcy p {}", "1:1: unknown word 'polcy': expected 'policy'?" },
	{ "rule r accept",
	  "1:1: unknown word 'rule': expected config, set, policy, endpoint or include" },
	{ "\n\n  }", "3:3: unexpected '}': expected config, set, policy, endpoint or include" },
	{ "policy p {} policy q {}", "1:13: unexpected 'policy': expected the end of the line" },
	{ "policy p {} }",
	  "1:13: unexpected '}': expected config, set, policy, endpoint or include" },
	{ "policy p {\n", "2:1: unexpected end of the text: expected rule, default or '}'" },
	{ "policy p\n{}", "1:9: unexpected end of the line: expected '{'" },
	{ "\"policy\" p {}",
	  "1:1: unexpected '\"policy\"': expected config, set, policy, endpoint or include" },
	{ "policy \001 {}", "1:8: unexpected character '\\x01': expected the policy's name" },
	{ "policy ! {}", "1:8: unexpected character '!': expected the policy's name" },
	{ "policy \"p {}", "1:8: the string does not end: expected '\"' in the same line" },
	{ "policy a/b {}", "1:8: 'a/b' is no name: expected letters, digits, '_', '.' or '-'" },
	{ "policy " LONG " {}", "1:8: the name is too long: expected at most 63 characters" },
	{ "policy p {}\npolicy p {}",
	  "2:8: the policy 'p' is there already, in line 1: expected another name" },
	/* config */
	{ "config { port 1; prot 2 }", "1:18: unknown setting 'prot': expected 'port'?" },
	{ "config { port }", "1:15: unexpected '}': expected a value" },
	{ "config { port 0 }", "1:15: port: '0': expected a number from 1 to 65535" },
	{ "config { port 1\nport 2 }",
	  "2:1: the setting 'port' is there already, in line 1: expected another name" },
	{ "config { mode x }", "1:15: mode: unknown word 'x': expected enforce or monitor" },
	{ "config { origins { 10.0.0.0/8 192.168.0.0/16 } }",
	  "1:31: unexpected '192.168.0.0/16': expected ',' or '}'" },
	{ "config { origins 10.0.0.1/8 }",
	  "1:18: origins: '10.0.0.1/8' has bits set behind its prefix: expected 10.0.0.0/8" },
	{ "config { timeout-other 2x }",
	  "1:24: timeout-other: '2x': expected a duration from 1s to 86400s, like 90s, 5m or 1h30m",
	},
	/* sets */
	{ "set s { elements { 1 } }",
	  "1:9: elements of unknown type: expected 'type' before 'elements'" },
	{ "set s { type addrs }",
	  "1:14: unknown type 'addrs': expected addr, port, proto or endpoint" },
	{ "set s { type port; type port }", "1:20: the set has a type already: expected one" },
	{ "set s { timeout 5m; timeout 5m; type port }",
	  "1:21: the set has a timeout already: expected one" },
	{ "set s { timeout 0 }",
	  "1:17: '0': expected a duration from 1s to 4294967s, like 90s, 5m or 1h30m" },
	{ "set s { }",
	  "1:5: the set 's' has no type: expected 'type addr', port, proto or endpoint" },
	{ "set s { type port; elements 1 }", "1:29: unexpected '1': expected '{' or 'file'" },
	{ "set s { type port; elements { 1 2 } }", "1:33: unexpected '2': expected ',' or '}'" },
	{ "set s { type port; elements { 1,, } }",
	  "1:33: unexpected ',': expected a port or a range of ports" },
	{ "set s { type port; elements { 1 timeout } }",
	  "1:41: unexpected '}': expected a duration like 90s, 5m or 1h30m" },
	{ "set s { type port; elements file x }",
	  "1:34: unexpected 'x': expected a file's name in quotes" },
	{ "set s { type port; elements file \"x\" }",
	  "1:34: cannot read 'x': not in this test: expected a file that can be read" },
	{ "set s { type port; elements { 1 }\nelements { 0-5 } }",
	  "2:12: '0-5' overlaps '1' in line 1: expected elements apart from each other" },
	{ "set s { type addr; elements { 10.0.0.0/8, 10.1.0.0/16 } }",
	  "1:43: '10.1.0.0/16' overlaps '10.0.0.0/8' in line 1: expected elements apart from each other",
	},
	{ "set s { type port }\nset s { type port }",
	  "2:5: the set 's' is there already, in line 1: expected another name" },
	/* values */
	{ RULE("saddr 10.0.0 drop"),
	  "1:25: '10.0.0' is no address: expected one like 192.0.2.1 or 2001:db8::1, a prefix or a range",
	},
	{ RULE("saddr 010.0.0.0 drop"),
	  "1:25: '010.0.0.0' is no address: expected one like 192.0.2.1 or 2001:db8::1, a prefix or a range",
	},
	{ RULE("saddr 10.0.0.0/33 drop"),
	  "1:25: '10.0.0.0/33': expected a prefix length from 0 to 32" },
	{ RULE("saddr ::/129 drop"), "1:25: '::/129': expected a prefix length from 0 to 128" },
	{ RULE("saddr 10.0.0.1/8 drop"),
	  "1:25: '10.0.0.1/8' has bits set behind its prefix: expected 10.0.0.0/8" },
	{ RULE("saddr 2001:db8::1/64 drop"),
	  "1:25: '2001:db8::1/64' has bits set behind its prefix: expected 2001:db8::/64" },
	{ RULE("saddr 10.0.0.9-10.0.0.1 drop"),
	  "1:25: '10.0.0.9-10.0.0.1' ends before it begins: expected the smaller one first" },
	{ RULE("saddr 10.0.0.9-::1 drop"),
	  "1:25: '10.0.0.9-::1' is no range: expected two addresses of one family" },
	{ RULE("dport 65536 drop"),
	  "1:25: '65536' is no port: expected a number from 0 to 65535 or a range like 8000-8099" },
	{ RULE("dport http drop"),
	  "1:25: 'http' is no port: expected a number from 0 to 65535 or a range like 8000-8099" },
	{ RULE("dport 9-8 drop"),
	  "1:25: '9-8' ends before it begins: expected the smaller one first" },
	{ RULE("proto 256 drop"),
	  "1:25: '256' is no protocol: expected tcp, udp, icmp, icmpv6, sctp, esp, ah, gre, ipip, igmp or a number from 0 to 255",
	},
	{ RULE("dport { } drop"), "1:25: the list is empty: expected a value" },
	{ RULE("dport { 80, 1-100 } drop"),
	  "1:31: '1-100' overlaps '80' in line 1: expected elements apart from each other" },
	{ RULE("dport @ drop"), "1:25: '@' names no set: expected '@' and a name" },
	{ RULE("dport @s drop"), "1:25: there is no set 's': expected one that is defined" },
	{ RULE("dport @webb drop") "\nset web { type port }",
	  "1:25: there is no set 'webb': expected 'web'?" },
	{ RULE("dport @s drop") "\nset s { type addr }",
	  "1:25: the set 's' is of type addr: expected one of type port" },
	{ RULE("endpoint shop drop"),
	  "1:28: there is no endpoint 'shop': expected one that is defined" },
	{ RULE("endpoint shp drop") "\nendpoint 1 { name shop }",
	  "1:28: there is no endpoint 'shp': expected 'shop'?" },
	{ RULE("endpoint a/b drop"),
	  "1:28: 'a/b' is no endpoint: expected an id like vpce-0123456789abcdef0" },
	{ RULE("icmp type ech-request drop"),
	  "1:29: 'ech-request' is no type of ICMP: expected echo-request" },
	{ RULE("icmpv6 type timestamp-request drop"),
	  "1:31: 'timestamp-request' is no type of ICMPv6: expected one like echo-request or a number from 0 to 255",
	},
	{ RULE("icmp type @s drop"),
	  "1:29: sets hold no ICMP types or codes: expected a value or a list" },
	{ RULE("icmp type 9-8 drop"),
	  "1:29: '9-8' ends before it begins: expected the smaller one first" },
	{ RULE("icmp type 3 code x drop"),
	  "1:36: 'x' is no code: expected a number from 0 to 255" },
	{ RULE("icmp type 3 code != 0-255 drop"),
	  "1:19: nothing is left: expected a type and a code" },
	/* rules */
	{ "policy p { rule }", "1:17: unexpected '}': expected the rule's name" },
	{ "policy p { rule tcp dport 80 accept }",
	  "1:17: 'tcp' is a keyword: expected the rule's name, in quotes if it is meant" },
	{ "policy p { rule r }", "1:19: unexpected '}': expected " MATCHES },
	{ RULE("tcp\naccept"), "1:22: unexpected end of the line: expected " MATCHES },
	{ RULE("tpc accept"), "1:19: unknown word 'tpc': expected 'tcp'?" },
	{ RULE("http accept"), "1:19: unknown word 'http': expected " MATCHES },
	{ RULE("accept log"), "1:26: unexpected 'log': expected the end of the line or ';'" },
	{ RULE("accept; rule r drop"),
	  "1:32: the rule 'r' is there already, in line 1: expected another name" },
	{ RULE("log log drop"), "1:23: 'log' is given twice: expected once" },
	{ RULE("log group drop"), "1:29: 'drop': expected a number from 0 to 65535" },
	{ RULE("log group 65536 drop"), "1:29: '65536': expected a number from 0 to 65535" },
	{ RULE("limit 5 accept"),
	  "1:25: '5': expected a rate like 100/second, or per minute, hour or day" },
	{ RULE("limit 0/second accept"),
	  "1:25: '0/second': expected a rate like 100/second, or per minute, hour or day" },
	{ RULE("limit 5/week accept"),
	  "1:25: '5/week': expected a rate like 100/second, or per minute, hour or day" },
	{ RULE("limit 4294967296/day accept"),
	  "1:25: '4294967296/day': expected a rate like 100/second, or per minute, hour or day" },
	{ RULE("limit 5/day burst 0 accept"), "1:37: '0': expected a number from 1 to 4294967295" },
	{ RULE("limit 5/day limit 5/day accept"), "1:31: 'limit' is given twice: expected once" },
	{ RULE("reject with rst"),
	  "1:31: unknown answer 'rst': expected tcp-reset, admin-prohibited or port-unreachable" },
	{ RULE("reject with tcp-reset"),
	  "1:31: tcp-reset answers TCP only: expected 'tcp' in the rule" },
	{ RULE("proto { tcp, udp } reject with tcp-reset"),
	  "1:50: tcp-reset answers TCP only: expected 'tcp' in the rule" },
	{ RULE("proto != udp reject with tcp-reset"),
	  "1:44: tcp-reset answers TCP only: expected 'tcp' in the rule" },
	{ "policy p { default reject with tcp-reset }",
	  "1:32: tcp-reset answers TCP only: expected a rule for tcp, or 'reject' alone" },
	{ "policy p { default tcp accept }",
	  "1:20: unknown word 'tcp': expected log, limit, accept, drop or reject" },
	{ "policy p { default drop\ndefault drop }",
	  "2:1: the policy has a default already, in line 1: expected one" },
	/* contradictions */
	{ RULE("icmp dport 5 drop"), "1:30: icmp has no ports: expected tcp, udp or sctp" },
	{ RULE("proto { tcp, 99 } sport 5 drop"),
	  "1:43: protocol 99 has no ports: expected tcp, udp or sctp" },
	{ RULE("tcp udp dport 5 drop"),
	  "1:23: another protocol is demanded already: expected one, or a list like 'proto { tcp, udp }'",
	},
	{ RULE("icmp type 8 proto 2 drop"),
	  "1:37: another protocol is demanded already: expected one, or a list like 'proto { tcp, udp }'",
	},
	{ RULE("type 8 drop"),
	  "1:19: a type or code of no protocol: expected 'icmp type ...' or 'icmpv6 type ... code ...'",
	},
	{ RULE("icmp code 8 drop"),
	  "1:24: a type or code of no protocol: expected 'icmp type ...' or 'icmpv6 type ... code ...'",
	},
	{ RULE("ip saddr ::1 drop"),
	  "1:28: this is IPv6, but the rule is about IPv4: expected one of them" },
	{ RULE("saddr 10.0.0.1 daddr { ::1, ::2 } drop"),
	  "1:40: this is IPv6, but the rule is about IPv4: expected one of them" },
	{ RULE("icmpv6 ip drop"),
	  "1:26: this is IPv4, but the rule is about IPv6: expected one of them" },
	{ RULE("inbound outbound drop"),
	  "1:27: no flow is both inbound and outbound: expected one of them" },
	/* endpoints */
	{ "endpoint shop { policy p }",
	  "1:10: 'shop' is no endpoint id: expected one like vpce-0123456789abcdef0" },
	{ "endpoint 1 { }", "1:10: the endpoint 1 gets nothing: expected its name or policy" },
	{ "endpoint 1 { name me }\nendpoint 2 { name me }",
	  "2:19: the endpoint 'me' is there already, in line 1: expected another name" },
	{ "endpoint 1 { name me }\nendpoint 0x01 { name you }",
	  "2:10: the endpoint vpce-00000001 is there already, in line 1: expected one block for each",
	},
	{ "endpoint 1 { name me; name you }",
	  "1:23: the endpoint has a name already: expected one" },
	{ "endpoint 1 { name cafe }", "1:19: 'cafe' reads like an endpoint id: expected a name" },
	{ "endpoint 1 { name \"a b\" }",
	  "1:19: 'a b' is no name: expected printable ASCII characters without blanks" },
	{ "endpoint 1 { name \"\" }",
	  "1:19: '' is no name: expected printable ASCII characters without blanks" },
	{ "endpoint 1 { policy q }", "1:21: there is no policy 'q': expected one that is defined" },
	{ "endpoint 1 { policy tenant }\npolicy tenants {}",
	  "1:21: there is no policy 'tenant': expected 'tenants'?" },
	{ "include x", "1:9: unexpected 'x': expected a file's name in quotes" },
	{ "include \"x\"",
	  "1:9: cannot read 'x': not in this test: expected a file that can be read" },
};

static struct source *no_files(struct arena *arena, const char *path, struct why *why)
{
	(void)arena;
	refuse(why, "cannot read '%s': not in this test", path);
	return NULL;
}

static void test_sentences(void)
{
	struct ruleset rs;
	char *got;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		got = understand(&rs, "t", cases[i].text, strlen(cases[i].text), no_files);
		if (!got)
			got = strdup("t:none");
		*strchrnul(got, '\n') = '\0';
		same("error", cases[i].text, cases[i].first, got + 2);
		free(got);
		ruleset_free(&rs);
	}
}

/* The line and the caret below it, whatever stands there. */
static void test_caret(void)
{
	char text[1000];
	struct ruleset rs;
	char *got;

	got = understand(&rs, "a\nb", "policy p {\n\trule\tr tpc \001\xff accept\n}", 34, no_files);
	same("the place is shown", "", "a\\x0ab:2:9: unknown word 'tpc': expected 'tcp'?\n"
	     "     rule r tpc ?? accept\n            ^\n", got ? got : "none");
	free(got);
	ruleset_free(&rs);

	memset(text, ' ', sizeof(text));
	text[500] = '?';
	got = understand(&rs, "t", text, sizeof(text), no_files);
	ok(got && !strncmp(got, "t:1:501: unknown word '?'", 25) && strlen(got) < 400 &&
	   strstr(got, "\n                                                                ?"),
	   "of a long line only a part", "");
	free(got);
	ruleset_free(&rs);
}

/* Too much of something. */
static void test_limits(void)
{
	char *text = malloc(40000), *got;
	struct ruleset rs;
	size_t used;
	int i;

	used = sprintf(text, "policy p { rule r");
	for (i = 0; i < 33; i++)
		used += sprintf(text + used, " sport != %d", i);
	used += sprintf(text + used, " drop }");
	got = understand(&rs, "t", text, used, no_files);
	ok(got && strstr(got, ":393: the rule has too many matches: expected at most 32"),
	   "33 conditions", "");
	free(got);
	ruleset_free(&rs);

	/* The protocols are implied. */
	used = sprintf(text, "policy p { rule r");
	for (i = 0; i < 32; i++)
		used += sprintf(text + used, " sport != %d", i);
	used += sprintf(text + used, " drop }");
	got = understand(&rs, "t", text, used, no_files);
	ok(got && strstr(got, ":17: the rule has too many matches: expected at most 32"),
	   "32 conditions and an implied one", "");
	free(got);
	ruleset_free(&rs);

	used = sprintf(text, "policy p { rule r tcp sport {");
	for (i = 0; i < 512; i++)
		used += sprintf(text + used, "%d,", 2 * i);
	used += sprintf(text + used, "} drop }");
	got = understand(&rs, "t", text, used, no_files);
	ok(got && strstr(got, ":17: the rule lists too many values: expected at most 512"),
	   "513 values", "");
	free(got);
	ruleset_free(&rs);
	free(text);
}

void test_errors(void)
{
	test_sentences();
	test_caret();
	test_limits();
}
