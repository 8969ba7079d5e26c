// SPDX-License-Identifier: GPL-2.0 OR MIT
/* endpoint ID { name NAME; policy NAME } */
#include <string.h>

#include "parser.h"
#include "vpce.h"

static bool parse_endpoint_own_name(struct parser *p, void *object)
{
	struct place place = parser_place(p);
	struct binding *binding = object;
	const struct binding *first;
	char name[WORD_MAX + 1];

	if (binding->name)
		return parser_fail(p, &p->keyword, "the endpoint has a name already: expected one");
	if (!parser_endpoint_name(p, name))
		return false;
	first = names_find(&p->rs->endpoints_by_name, name);
	if (first)
		return parser_twice(p, &place, "the endpoint", name, &first->place);
	binding->name = arena_text(&p->rs->arena, name, strlen(name));
	names_add(&p->rs->endpoints_by_name, &p->rs->arena, binding->name, binding);
	return true;
}

static bool parse_endpoint_policy(struct parser *p, void *object)
{
	struct binding *binding = object;
	char name[WORD_MAX + 1];

	if (binding->policy)
		return parser_fail(p, &p->keyword,
				   "the endpoint has a policy already: expected one");
	binding->policy_place = parser_place(p);
	if (!parser_name(p, name, "the name of a policy"))
		return false;
	binding->policy = arena_text(&p->rs->arena, name, strlen(name));
	return true;
}

static const struct keyword statements[] = {
	{ "name", parse_endpoint_own_name },
	{ "policy", parse_endpoint_policy },
};

bool parse_endpoint(struct parser *p, void *unused)
{
	static const char expected[] = "an endpoint id like vpce-0123456789abcdef0";
	struct place place = parser_place(p);
	struct binding *binding;
	char word[WORD_MAX + 1];
	uint64_t id;

	(void)unused;
	if (!parser_word(p, word, expected))
		return false;
	if (nfg_vpce_parse(word, &id))
		return parser_fail(p, &place, "'%.64s' is no endpoint id: expected one like vpce-0123456789abcdef0",
				   word);
	binding = ruleset_add_binding(p->rs);
	binding->id = id;
	binding->place = place;
	if (!parser_block(p, statements, sizeof(statements) / sizeof(statements[0]), binding,
			  "name, policy"))
		return false;
	if (!binding->name && !binding->policy)
		return parser_fail(p, &place, "the endpoint %.64s gets nothing: expected its name or policy",
				   word);
	return true;
}
