// SPDX-License-Identifier: GPL-2.0 OR MIT
/* A file: its items, and what it includes. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "parse.h"
#include "parser.h"

/* Files that include each other, at most. */
#define DEPTH_MAX	16

static const struct keyword items[] = {
	{ "config", parse_config },
	{ "set", parse_set },
	{ "policy", parse_policy },
	{ "endpoint", parse_endpoint },
	{ "include", parse_include },
};

static bool parse_items(struct parser *p)
{
	static const char expected[] = "config, set, policy, endpoint or include";

	parser_skip_breaks(p);
	while (!parser_at(p, TOKEN_END)) {
		if (!parser_keyword(p, items, sizeof(items) / sizeof(items[0]), NULL, expected) ||
		    !parser_end(p, "the end of the line"))
			return false;
		if (parser_at(p, TOKEN_CLOSE))
			return parser_unexpected(p, expected);
	}
	return true;
}

/* A path that a file names is relative to that file; there "-" is a file like others. */
static bool beside(char path[PATH_MAX], const char *file, const char *name)
{
	const char *slash = name[0] == '/' ? NULL : strrchr(file, '/');
	int len = slash ? slash + 1 - file : 0;
	const char *here = !len && !strcmp(name, "-") ? "./" : "";

	return snprintf(path, PATH_MAX, "%.*s%s%s", len, file, here, name) < PATH_MAX;
}

static bool is_open(const struct source *src, const struct source *opened)
{
	for (; src; src = src->from)
		if (src->dev == opened->dev && src->ino == opened->ino)
			return true;
	return false;
}

const struct source *parser_open(struct parser *p)
{
	struct place place = parser_place(p);
	char name[WORD_MAX + 1], path[PATH_MAX];
	struct source *src;
	struct why why;

	if (!parser_string(p, name, "a file's name in quotes"))
		return NULL;
	if (!beside(path, place.src->name, name)) {
		parser_fail(p, &place, "the path is too long: expected at most %d characters",
			    PATH_MAX - 1);
		return NULL;
	}
	src = p->read(&p->rs->arena, path, &why);
	if (!src) {
		parser_fail(p, &place, "%s: expected a file that can be read", why.text);
		return NULL;
	}
	if (!source_is_text(src, p->bad))
		return NULL;
	if (is_open(place.src, src)) {
		parser_fail(p, &place, "'%s' includes itself: expected another file", name);
		return NULL;
	}
	src->from = place.src;
	return src;
}

bool parse_include(struct parser *p, void *unused)
{
	const struct source *src;
	struct lexer lex;
	bool good;

	(void)unused;
	if (p->depth == DEPTH_MAX)
		return parser_fail(p, &p->keyword, "too many files include each other: expected at most %d",
				   DEPTH_MAX);
	src = parser_open(p);
	if (!src)
		return false;
	lex = p->lex;
	p->depth++;
	lexer_init(&p->lex, src);
	good = parse_items(p);
	p->depth--;
	p->lex = lex;
	return good;
}

static void init(struct parser *p, struct ruleset *rs, const struct source *src, source_fn read,
		 struct complaint *bad)
{
	*p = (struct parser){ .rs = rs, .read = read, .bad = bad };
	lexer_init(&p->lex, src);
}

bool parse_ruleset(struct ruleset *rs, const struct source *src, source_fn read,
		   struct complaint *bad)
{
	struct parser p;

	if (!source_is_text(src, bad))
		return false;
	init(&p, rs, src, read, bad);
	return parse_items(&p);
}

/* As it stands in a file, too; a rule may have the name "rule". */
static void skip_rule_word(struct parser *p)
{
	struct lexer name = p->lex;

	if (!parser_at_word(p, "rule"))
		return;
	lexer_next(&p->lex);
	if (!parser_at(p, TOKEN_STRING) && !parser_at_name(p))
		p->lex = name;
}

struct rule *parse_rule_text(struct ruleset *rs, struct policy *policy, const struct source *src,
			     struct complaint *bad)
{
	struct parser p;

	init(&p, rs, src, NULL, bad);
	parser_skip_newlines(&p);
	skip_rule_word(&p);
	if (!parse_rule(&p, policy))
		return NULL;
	parser_skip_breaks(&p);
	if (!parser_at(&p, TOKEN_END)) {
		parser_unexpected(&p, "one rule");
		return NULL;
	}
	return policy->rules;
}

/* The timeout is for all elements from @first on. */
static bool parse_common_timeout(struct parser *p, struct elements *list, uint32_t first)
{
	uint32_t ms;

	if (!parser_duration(p, &ms))
		return false;
	for (; first < list->n; first++)
		list->e[first].v.timeout = ms;
	return true;
}

bool parse_elements_text(struct ruleset *rs, struct set *set, const struct source *src,
			 bool timeouts, struct complaint *bad)
{
	struct elements *list = &set->elements;
	uint32_t first = 0;
	struct parser p;

	init(&p, rs, src, NULL, bad);
	do {
		if (!parser_item(&p, set->type, list))
			return false;
		if (timeouts && parser_take_word(&p, "timeout")) {
			if (!parse_common_timeout(&p, list, first))
				return false;
			first = list->n;
		}
		parser_take(&p, TOKEN_COMMA);
		parser_skip_newlines(&p);
	} while (!parser_at(&p, TOKEN_END));
	return true;
}
