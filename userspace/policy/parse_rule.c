// SPDX-License-Identifier: GPL-2.0 OR MIT
/* rule NAME MATCH... [log [group N]] [limit N/UNIT [burst N]] VERDICT */
#include <string.h>

#include "parse.h"
#include "parser.h"
#include "value.h"

static bool parse_log(struct parser *p, void *object)
{
	struct rule *rule = ((struct body *)object)->rule;
	unsigned long group;

	if (rule->log)
		return parser_fail(p, &p->keyword, "'log' is given twice: expected once");
	rule->log = true;
	if (!parser_take_word(p, "group"))
		return true;
	if (!parser_number(p, 0, UINT16_MAX, &group))
		return false;
	rule->log_group = group;
	return true;
}

/* "1000/second" */
static bool parse_rate(struct parser *p, struct rule *rule)
{
	static const char expected[] = "a rate like 100/second, or per minute, hour or day";
	struct place place = parser_place(p);
	char word[WORD_MAX + 1], *slash;
	unsigned long count;
	const struct limit_unit *unit = NULL;

	if (!parser_word(p, word, expected))
		return false;
	slash = strchr(word, '/');
	if (slash) {
		*slash = '\0';
		unit = limit_unit_named(slash + 1);
	}
	if (!unit || !value_number(word, UINT32_MAX, &count) || !count) {
		if (slash)
			*slash = '/';
		return parser_fail(p, &place, "'%.64s': expected %s", word, expected);
	}
	rule->limit = count;
	rule->limit_seconds = unit->seconds;
	return true;
}

static bool parse_limit(struct parser *p, void *object)
{
	struct rule *rule = ((struct body *)object)->rule;
	unsigned long burst;

	if (rule->limit)
		return parser_fail(p, &p->keyword, "'limit' is given twice: expected once");
	if (!parse_rate(p, rule))
		return false;
	if (!parser_take_word(p, "burst"))
		return true;
	if (!parser_number(p, 1, UINT32_MAX, &burst))
		return false;
	rule->burst = burst;
	return true;
}

static bool parse_accept(struct parser *p, void *object)
{
	struct body *body = object;

	(void)p;
	body->rule->verdict = NFG_VERDICT_ACCEPT;
	body->done = true;
	return true;
}

static bool parse_drop(struct parser *p, void *object)
{
	struct body *body = object;

	(void)p;
	body->rule->verdict = NFG_VERDICT_DROP;
	body->done = true;
	return true;
}

static bool parse_reject(struct parser *p, void *object)
{
	static const char expected[] = "tcp-reset, admin-prohibited or port-unreachable";
	struct body *body = object;
	struct place place;
	char word[WORD_MAX + 1];
	uint8_t i;

	body->rule->verdict = NFG_VERDICT_REJECT;
	body->done = true;
	if (!parser_take_word(p, "with"))
		return true;
	place = parser_place(p);
	if (!parser_word(p, word, expected))
		return false;
	for (i = NFG_REJECT_TCP_RESET; i <= NFG_REJECT_PORT_UNREACHABLE; i++) {
		if (!strcmp(rejects[i], word)) {
			body->rule->reject = i;
			body->rule->reject_place = place;
			return true;
		}
	}
	return parser_fail(p, &place, "unknown answer '%.64s': expected %s", word, expected);
}

static const struct keyword words[] = {
	/* what a default may have, too */
	{ "accept", parse_accept },
	{ "drop", parse_drop },
	{ "reject", parse_reject },
	{ "log", parse_log },
	{ "limit", parse_limit },
	/* matches */
	{ "inbound", parse_inbound },
	{ "outbound", parse_outbound },
	{ "endpoint", parse_endpoint_match },
	{ "ip", parse_ip },
	{ "ip6", parse_ip6 },
	{ "proto", parse_proto },
	{ "tcp", parse_tcp },
	{ "udp", parse_udp },
	{ "icmp", parse_icmp },
	{ "icmpv6", parse_icmpv6 },
	{ "sctp", parse_sctp },
	{ "saddr", parse_saddr },
	{ "daddr", parse_daddr },
	{ "sport", parse_sport },
	{ "dport", parse_dport },
	{ "type", parse_stray_type },
	{ "code", parse_stray_type },
};

#define N_WORDS		(sizeof(words) / sizeof(words[0]))
#define N_WORDS_DEFAULT	5

bool parse_is_keyword(const char *s)
{
	size_t i;

	for (i = 0; i < N_WORDS; i++)
		if (!strcmp(words[i].word, s))
			return true;
	return false;
}

bool parse_is_name(const char *s)
{
	size_t len = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

	return len && len <= NFG_NAME_LEN_MAX && !s[len];
}

/* A rule without its name would begin with a match, and that would be its name. */
static bool parse_rule_name(struct parser *p, char name[WORD_MAX + 1])
{
	struct place place = parser_place(p);
	bool quoted = parser_at(p, TOKEN_STRING);

	if (!parser_name(p, name, "the rule's name"))
		return false;
	if (!quoted && parse_is_keyword(name))
		return parser_fail(p, &place, "'%s' is a keyword: expected the rule's name, in quotes if it is meant",
				   name);
	return true;
}

/* Looking for what is said twice takes the square of their number. */
static bool check_conds(struct parser *p, const struct rule *rule)
{
	const struct cond *cond;
	unsigned int n = 0;

	for (cond = rule->conds; cond; cond = cond->next)
		n++;
	return n <= NFG_CONDS_MAX ||
	       parser_fail(p, &p->keyword, "the rule has too many matches: expected at most %d",
			   NFG_CONDS_MAX);
}

bool parse_rule(struct parser *p, void *object)
{
	struct place place = parser_place(p);
	struct policy *policy = object;
	const struct rule *first;
	struct body body = { 0 };
	char name[WORD_MAX + 1];

	if (!parse_rule_name(p, name))
		return false;
	first = names_find(&policy->by_name, name);
	if (first)
		return parser_twice(p, &place, "the rule", name, &first->place);
	body.rule = policy_add_rule(p->rs, policy, name);
	body.rule->place = place;
	while (!body.done)
		if (!parser_keyword(p, words, N_WORDS, &body,
				    "a match, log, limit, accept, drop or reject") ||
		    !check_conds(p, body.rule))
			return false;
	return true;
}

bool parse_default(struct parser *p, void *object)
{
	struct policy *policy = object;
	struct body body = { 0 };

	if (policy->fallback)
		return parser_fail(p, &p->keyword, "the policy has a default already, in line %u: expected one",
				   place_line(&policy->fallback->place));
	policy->fallback = rule_new(p->rs);
	policy->fallback->place = p->keyword;
	body.rule = policy->fallback;
	while (!body.done)
		if (!parser_keyword(p, words, N_WORDS_DEFAULT, &body,
				    "log, limit, accept, drop or reject"))
			return false;
	return true;
}
