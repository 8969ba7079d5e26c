// SPDX-License-Identifier: GPL-2.0 OR MIT
/* rule list, add, insert and delete. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "edit.h"
#include "out.h"
#include "policy/check.h"
#include "policy/parse.h"
#include "policy/print.h"
#include "ruleset_cmd.h"
#include "ruleset_get.h"
#include "ruleset_json.h"
#include "ruleset_put.h"
#include "text.h"

void rule_help(FILE *to)
{
	fputs("\nRULE: [rule] NAME MATCH... [log [group N]] [limit N/second|minute|hour|day [burst N]] VERDICT\n"
	      "MATCH: inbound | outbound | ip | ip6 | tcp | udp | sctp | proto V | saddr V | daddr V |\n"
	      "       sport V | dport V | endpoint V | icmp [type V [code V]] | icmpv6 [type V [code V]]\n"
	      "V: [!=] ITEM | [!=] { ITEM, ... } | [!=] @SET; ITEM: a value, a range or a prefix\n"
	      "VERDICT: accept | drop | reject [with tcp-reset|admin-prohibited|port-unreachable]\n",
	      to);
}

static void print_rule(const struct rule *rule)
{
	printf("%14" PRIu64 "%18" PRIu64 "  ", rule->packets, rule->bytes);
	if (rule->name)
		print_rule_name(stdout, rule->name);
	else
		fputs("default", stdout);
	print_rule_body(stdout, rule);
	putchar('\n');
}

static void print_rules(const struct ruleset *rs)
{
	const struct policy *policy;
	const struct rule *rule;
	char name[OUT_TEXT];

	for (policy = rs->policies; policy; policy = policy->next) {
		printf("%spolicy %s\n%14s%18s  rule\n", policy == rs->policies ? "" : "\n",
		       out_text(name, policy->name), "packets", "bytes");
		for (rule = policy->rules; rule; rule = rule->next)
			print_rule(rule);
		if (policy->fallback)
			print_rule(policy->fallback);
	}
}

/* Of all policies, or of that of the name @policy. */
static int get_rules(const char *policy, struct ruleset *rs)
{
	uint32_t generation;
	struct nl nl;
	int err;

	err = nl_open(&nl);
	if (err)
		return err;
	if (!policy) {
		err = ruleset_get(&nl, "rule list", GET_RULES, rs, &generation);
	} else {
		ruleset_init(rs);
		if (ruleset_get_policy(&nl, policy, rs)) {
			err = nl_fail(&nl, "rule list", NULL, 0);
			ruleset_free(rs);
		}
	}
	nl_close(&nl);
	return err;
}

int rule_list(int argc, char **argv)
{
	struct ruleset rs;
	int err;

	if (argc > 1)
		return fail(STATUS_USAGE, "rule list: unexpected word '%.64s': expected one policy",
			    argv[1]);
	if (argc && !parse_is_name(argv[0]))
		return edit_no_name("rule list", "policy", argv[0]);
	err = get_rules(argc ? argv[0] : NULL, &rs);
	if (err)
		return err;
	if (options.json)
		out_json(rules_json(&rs));
	else
		print_rules(&rs);
	ruleset_free(&rs);
	return 0;
}

/* A rule that is added. */
struct adding {
	struct edit edit;
	struct policy *policy;
	struct rule *rule;
	const char *before;		/* NULL: at the end, or */
	bool front;			/* before the first */
};

/* The first rule of the policy now, NULL for none. */
static int first_rule(struct adding *adding, const char **name)
{
	struct ruleset now;
	int err = 0;

	ruleset_init(&now);
	if (ruleset_get_policy(&adding->edit.nl, adding->policy->name, &now))
		err = nl_fail(&adding->edit.nl, adding->edit.what, NULL, 0);
	else if (now.policies && now.policies->rules)
		*name = arena_text(&adding->edit.rs.arena, now.policies->rules->name,
				   strlen(now.policies->rules->name));
	ruleset_free(&now);
	return err;
}

static int fill_rule(struct put *put, void *data)
{
	struct adding *adding = data;
	const char *before = adding->before;
	int err = adding->front && !before ? first_rule(adding, &before) : 0;

	return err ? err : put_rule(put, adding->policy->name, adding->rule, before);
}

/* Reads the rule out of the words between the policy's name and "before". */
static int read_rule(struct adding *adding, int argc, char **argv)
{
	struct ruleset *rs = &adding->edit.rs;
	struct complaint bad;
	const struct source *src = edit_source(rs, argc, argv);
	int err;

	adding->policy = ruleset_add_policy(rs, argv[-1]);
	adding->rule = parse_rule_text(rs, adding->policy, src, &bad);
	if (!adding->rule)
		goto complain;
	err = edit_open(&adding->edit);
	if (err)
		return err;
	if (check_rule(rs, adding->rule, &adding->edit.outside, &bad))
		return 0;
complain:
	complaint_print(stderr, &bad);
	return STATUS_USAGE;
}

static int add_rule(const char *what, bool front, int argc, char **argv)
{
	struct adding adding = { .front = front };
	int err;

	if (!argc)
		return fail(STATUS_USAGE, "%s: a policy is missing: expected its name and a rule",
			    what);
	if (!parse_is_name(argv[0]))
		return edit_no_name(what, "policy", argv[0]);
	if (argc > 3 && !strcmp(argv[argc - 2], "before")) {
		adding.before = argv[argc - 1];
		if (!parse_is_name(adding.before))
			return edit_no_name(what, "rule", adding.before);
		argc -= 2;
	}
	edit_init(&adding.edit, what);
	err = read_rule(&adding, argc - 1, argv + 1);
	if (!err)
		err = put_transact(&adding.edit.nl, what, true, fill_rule, NULL, &adding);
	edit_free(&adding.edit);
	return err;
}

int rule_add(int argc, char **argv)
{
	return add_rule("rule add", false, argc, argv);
}

int rule_insert(int argc, char **argv)
{
	return add_rule("rule insert", true, argc, argv);
}

static int fill_delete(struct put *put, void *data)
{
	char **names = data;

	return put_rule_delete(put, names[0], names[1]);
}

int rule_delete(int argc, char **argv)
{
	struct nl nl;
	int err;

	if (argc != 2)
		return argc > 2 ? fail(STATUS_USAGE, "rule delete: unexpected word '%.64s': expected a policy and a rule",
				       argv[2])
				: fail(STATUS_USAGE, "rule delete: a name is missing: expected a policy and a rule");
	if (!parse_is_name(argv[0]))
		return edit_no_name("rule delete", "policy", argv[0]);
	if (!parse_is_name(argv[1]))
		return edit_no_name("rule delete", "rule", argv[1]);
	err = nl_open(&nl);
	if (err)
		return err;
	err = put_transact(&nl, "rule delete", true, fill_delete, NULL, argv);
	nl_close(&nl);
	return err;
}
