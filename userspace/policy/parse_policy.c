// SPDX-License-Identifier: GPL-2.0 OR MIT
/* policy NAME { rule ...; default ... } */
#include "parser.h"

static const struct keyword statements[] = {
	{ "rule", parse_rule },
	{ "default", parse_default },
};

bool parse_policy(struct parser *p, void *unused)
{
	struct place place = parser_place(p);
	const struct policy *first;
	struct policy *policy;
	char name[WORD_MAX + 1];

	(void)unused;
	if (!parser_name(p, name, "the policy's name"))
		return false;
	first = names_find(&p->rs->policies_by_name, name);
	if (first)
		return parser_twice(p, &place, "the policy", name, &first->place);
	policy = ruleset_add_policy(p->rs, name);
	policy->place = place;
	return parser_block(p, statements, sizeof(statements) / sizeof(statements[0]), policy,
			    "rule, default");
}
