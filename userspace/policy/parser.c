// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "duration.h"
#include "item.h"
#include "parse.h"
#include "parser.h"
#include "value.h"
#include "vpce.h"

#define EXPECTED_TEXT	256
#define KEYWORDS_MAX	32

struct place parser_place(const struct parser *p)
{
	return (struct place){ p->lex.src, p->lex.at };
}

bool parser_fail(struct parser *p, const struct place *place, const char *fmt, ...)
{
	va_list args;

	p->bad->place = *place;
	va_start(args, fmt);
	vsnprintf(p->bad->why.text, sizeof(p->bad->why.text), fmt, args);
	va_end(args);
	return false;
}

/* The text of the current token; a long one is cut. */
static const char *token_text(const struct parser *p, char buf[WORD_MAX + 1])
{
	snprintf(buf, 64, "%.*s", (int)p->lex.len, p->lex.src->text + p->lex.at);
	return buf;
}

bool parser_unexpected(struct parser *p, const char *expected)
{
	struct place place = parser_place(p);
	char text[WORD_MAX + 1];

	switch (p->lex.token) {
	case TOKEN_END:
		return parser_fail(p, &place, "unexpected end of the text: expected %s", expected);
	case TOKEN_NEWLINE:
		return parser_fail(p, &place, "unexpected end of the line: expected %s", expected);
	case TOKEN_OPEN_STRING:
		return parser_fail(p, &place, "the string does not end: expected '\"' in the same line");
	case TOKEN_BAD:
		return parser_fail(p, &place, "unexpected character '%c': expected %s",
				   p->lex.src->text[p->lex.at], expected);
	default:
		return parser_fail(p, &place, "unexpected '%s': expected %s",
				   token_text(p, text), expected);
	}
}

bool parser_twice(struct parser *p, const struct place *place, const char *what,
		  const char *name, const struct place *first)
{
	char where[PLACE_TEXT];

	return parser_fail(p, place, "%s '%s' is there already, in %s: expected another name",
			   what, name, place_text(where, first, place->src));
}

bool parser_at_word(const struct parser *p, const char *word)
{
	size_t len = strlen(word);

	return parser_at(p, TOKEN_WORD) && p->lex.len == len &&
	       !memcmp(p->lex.src->text + p->lex.at, word, len);
}

bool parser_at_name(const struct parser *p)
{
	char word[WORD_MAX + 1];

	if (!parser_at(p, TOKEN_WORD) || p->lex.len > NFG_NAME_LEN_MAX)
		return false;
	token_text(p, word);
	return parse_is_name(word) && !parse_is_keyword(word);
}

bool parser_take_word(struct parser *p, const char *word)
{
	if (!parser_at_word(p, word))
		return false;
	lexer_next(&p->lex);
	return true;
}

bool parser_take(struct parser *p, enum token wanted)
{
	if (!parser_at(p, wanted))
		return false;
	lexer_next(&p->lex);
	return true;
}

bool parser_need(struct parser *p, enum token wanted, const char *expected)
{
	return parser_take(p, wanted) || parser_unexpected(p, expected);
}

void parser_skip_newlines(struct parser *p)
{
	while (parser_at(p, TOKEN_NEWLINE))
		lexer_next(&p->lex);
}

void parser_skip_breaks(struct parser *p)
{
	while (parser_at(p, TOKEN_NEWLINE) || parser_at(p, TOKEN_SEMICOLON))
		lexer_next(&p->lex);
}

bool parser_end(struct parser *p, const char *expected)
{
	if (parser_at(p, TOKEN_CLOSE) || parser_at(p, TOKEN_END))
		return true;
	if (!parser_at(p, TOKEN_NEWLINE) && !parser_at(p, TOKEN_SEMICOLON))
		return parser_unexpected(p, expected);
	parser_skip_breaks(p);
	return true;
}

bool parser_word(struct parser *p, char word[WORD_MAX + 1], const char *expected)
{
	struct place place = parser_place(p);

	if (!parser_at(p, TOKEN_WORD))
		return parser_unexpected(p, expected);
	if (p->lex.len > WORD_MAX)
		return parser_fail(p, &place, "the word is too long: expected %s", expected);
	memcpy(word, p->lex.src->text + p->lex.at, p->lex.len);
	word[p->lex.len] = '\0';
	lexer_next(&p->lex);
	return true;
}

bool parser_string(struct parser *p, char word[WORD_MAX + 1], const char *expected)
{
	const char *s = p->lex.src->text + p->lex.at + 1;
	struct place place = parser_place(p);
	size_t used = 0, i;

	if (!parser_at(p, TOKEN_STRING))
		return parser_unexpected(p, expected);
	for (i = 0; i < p->lex.len - 2; i++) {
		if (used == WORD_MAX)
			return parser_fail(p, &place, "the string is too long: expected at most %d characters",
					   WORD_MAX);
		if (s[i] == '\\')
			i++;
		word[used++] = s[i];
	}
	word[used] = '\0';
	lexer_next(&p->lex);
	return true;
}

static bool read_name(struct parser *p, char name[WORD_MAX + 1], const char *expected)
{
	struct place place = parser_place(p);
	bool quoted = parser_at(p, TOKEN_STRING);

	if (!(quoted ? parser_string(p, name, expected) : parser_word(p, name, expected)))
		return false;
	if (strlen(name) > NFG_NAME_LEN_MAX)
		return parser_fail(p, &place, "the name is too long: expected at most %d characters",
				   NFG_NAME_LEN_MAX);
	return true;
}

/* The kernel takes no name that reads as an id. */
bool parser_endpoint_name(struct parser *p, char name[WORD_MAX + 1])
{
	struct place place = parser_place(p);
	uint64_t id;
	size_t i;

	if (!read_name(p, name, "the endpoint's name"))
		return false;
	for (i = 0; name[i] > ' ' && name[i] <= '~';)
		i++;
	if (!i || name[i])
		return parser_fail(p, &place, "'%s' is no name: expected printable ASCII characters without blanks",
				   name);
	if (!nfg_vpce_parse(name, &id))
		return parser_fail(p, &place, "'%s' reads like an endpoint id: expected a name",
				   name);
	return true;
}

bool parser_name(struct parser *p, char name[WORD_MAX + 1], const char *expected)
{
	struct place place = parser_place(p);

	if (!read_name(p, name, expected))
		return false;
	if (!parse_is_name(name))
		return parser_fail(p, &place, "'%s' is no name: expected letters, digits, '_', '.' or '-'",
				   name);
	return true;
}

bool parser_keyword(struct parser *p, const struct keyword *keywords, size_t n, void *object,
		    const char *expected)
{
	struct place place = parser_place(p);
	const char *words[KEYWORDS_MAX], *near;
	char word[WORD_MAX + 1];
	size_t i;

	if (!parser_word(p, word, expected))
		return false;
	for (i = 0; i < n; i++) {
		if (!strcmp(keywords[i].word, word)) {
			p->keyword = place;
			return keywords[i].parse(p, object);
		}
		words[i] = keywords[i].word;
	}
	near = words_near(word, words, n);
	if (near)
		return parser_fail(p, &place, "unknown word '%.64s': expected '%s'?", word, near);
	return parser_fail(p, &place, "unknown word '%.64s': expected %s", word, expected);
}

bool parser_block(struct parser *p, const struct keyword *keywords, size_t n, void *object,
		  const char *expected)
{
	char expected_end[EXPECTED_TEXT];

	if (!parser_need(p, TOKEN_OPEN, "'{'"))
		return false;
	parser_skip_breaks(p);
	snprintf(expected_end, sizeof(expected_end), "%s or '}'", expected);
	while (!parser_take(p, TOKEN_CLOSE)) {
		if (!parser_keyword(p, keywords, n, object, expected_end) ||
		    !parser_end(p, "the end of the line or ';'"))
			return false;
	}
	return true;
}

bool parser_list(struct parser *p, bool (*item)(struct parser *p, void *object), void *object)
{
	lexer_next(&p->lex);
	parser_skip_newlines(p);
	while (!parser_take(p, TOKEN_CLOSE)) {
		if (!item(p, object))
			return false;
		parser_skip_newlines(p);
		if (parser_at(p, TOKEN_CLOSE))
			continue;
		if (!parser_need(p, TOKEN_COMMA, "',' or '}'"))
			return false;
		parser_skip_newlines(p);
	}
	return true;
}

bool parser_duration(struct parser *p, uint32_t *ms)
{
	struct place place = parser_place(p);
	char word[WORD_MAX + 1];
	uint32_t seconds;
	struct why why;

	if (!parser_word(p, word, "a duration like 90s, 5m or 1h30m"))
		return false;
	if (!duration_parse(&why, word, ELEMENT_TIMEOUT_MAX, &seconds))
		return parser_fail(p, &place, "%s", why.text);
	*ms = seconds * 1000;
	return true;
}

bool parser_number(struct parser *p, unsigned long min, unsigned long max, unsigned long *number)
{
	struct place place = parser_place(p);
	char word[WORD_MAX + 1], expected[EXPECTED_TEXT];

	snprintf(expected, sizeof(expected), "a number from %lu to %lu", min, max);
	if (!parser_word(p, word, expected))
		return false;
	if (!value_number(word, max, number) || *number < min)
		return parser_fail(p, &place, "'%.64s': expected %s", word, expected);
	return true;
}

/* Names of endpoints are known when the whole file was read. */
static bool is_endpoint_name(uint8_t type, const char *word)
{
	bool range = !strncmp(word, "vpce-", 5) && strstr(word, "-vpce-");

	return type == NFG_SET_ENDPOINT && strlen(word) <= NFG_NAME_LEN_MAX &&
	       !strchr(word, '/') && !range;
}

bool parser_item(struct parser *p, uint8_t type, struct elements *list)
{
	static const char *const expected[] = {
		[NFG_SET_ADDR] = "an address, prefix or range",
		[NFG_SET_PORT] = "a port or a range of ports",
		[NFG_SET_PROTO] = "a protocol",
		[NFG_SET_ENDPOINT] = "the id or name of an endpoint",
	};
	struct place place = parser_place(p);
	bool quoted = type == NFG_SET_ENDPOINT && parser_at(p, TOKEN_STRING);
	struct nfg_element v = { 0 };
	char word[WORD_MAX + 1];
	const char *name = NULL;
	struct element *e;
	struct why why;

	if (quoted ? !parser_string(p, word, expected[type]) :
		     !parser_word(p, word, expected[type]))
		return false;
	if (quoted || !item_parse(&why, type, word, &v)) {
		if (!quoted && !is_endpoint_name(type, word))
			return parser_fail(p, &place, "%s", why.text);
		name = arena_text(&p->rs->arena, word, strlen(word));
	}
	e = elements_add(list, &p->rs->arena);
	e->v = v;
	e->name = name;
	e->place = place;
	return true;
}
