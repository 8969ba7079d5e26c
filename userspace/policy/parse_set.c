// SPDX-License-Identifier: GPL-2.0 OR MIT
/* set NAME { ... } */
#include <string.h>

#include "parser.h"

/* A set while it is read. */
struct reading {
	struct set *set;
	bool typed;
};

static bool parse_type(struct parser *p, void *object)
{
	struct place place = parser_place(p);
	struct reading *reading = object;
	char word[WORD_MAX + 1];
	uint8_t i;

	if (reading->typed)
		return parser_fail(p, &p->keyword, "the set has a type already: expected one");
	if (!parser_word(p, word, "addr, port, proto or endpoint"))
		return false;
	for (i = 0; i < sizeof(set_types) / sizeof(set_types[0]); i++) {
		if (!strcmp(set_types[i], word)) {
			reading->set->type = i;
			reading->typed = true;
			return true;
		}
	}
	return parser_fail(p, &place, "unknown type '%.64s': expected addr, port, proto or endpoint",
			   word);
}

static bool parse_timeout(struct parser *p, void *object)
{
	struct reading *reading = object;

	if (reading->set->timeout)
		return parser_fail(p, &p->keyword, "the set has a timeout already: expected one");
	return parser_duration(p, &reading->set->timeout);
}

static bool parse_element(struct parser *p, void *object)
{
	struct set *set = object;
	struct elements *list = &set->elements;

	if (!parser_item(p, set->type, list))
		return false;
	return !parser_take_word(p, "timeout") ||
	       parser_duration(p, &list->e[list->n - 1].v.timeout);
}

/* One element in a line. */
static bool parse_element_file(struct parser *p, struct set *set)
{
	const struct source *src = parser_open(p);
	struct lexer lex = p->lex;

	if (!src)
		return false;
	lexer_init(&p->lex, src);
	parser_skip_newlines(p);
	while (!parser_at(p, TOKEN_END)) {
		if (!parse_element(p, set))
			return false;
		if (!parser_at(p, TOKEN_END) &&
		    !parser_need(p, TOKEN_NEWLINE, "'timeout' or the end of the line"))
			return false;
		parser_skip_newlines(p);
	}
	p->lex = lex;
	return true;
}

bool parse_elements(struct parser *p, void *object)
{
	struct reading *reading = object;

	if (!reading->typed)
		return parser_fail(p, &p->keyword, "elements of unknown type: expected 'type' before 'elements'");
	if (parser_take_word(p, "file"))
		return parse_element_file(p, reading->set);
	if (!parser_at(p, TOKEN_OPEN))
		return parser_unexpected(p, "'{' or 'file'");
	return parser_list(p, parse_element, reading->set);
}

static const struct keyword statements[] = {
	{ "type", parse_type },
	{ "timeout", parse_timeout },
	{ "elements", parse_elements },
};

bool parse_set(struct parser *p, void *unused)
{
	struct place place = parser_place(p);
	struct reading reading = { 0 };
	char name[WORD_MAX + 1];
	const struct set *first;

	(void)unused;
	if (!parser_name(p, name, "the set's name"))
		return false;
	first = names_find(&p->rs->sets_by_name, name);
	if (first)
		return parser_twice(p, &place, "the set", name, &first->place);
	reading.set = ruleset_add_set(p->rs, name);
	reading.set->place = place;
	if (!parser_block(p, statements, sizeof(statements) / sizeof(statements[0]), &reading,
			  "type, timeout, elements"))
		return false;
	if (!reading.typed)
		return parser_fail(p, &place, "the set '%s' has no type: expected 'type addr', port, proto or endpoint",
				   name);
	return true;
}
