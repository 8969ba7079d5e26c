/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* What the parts of the parser share. */
#ifndef GENEVECTL_POLICY_PARSER_H
#define GENEVECTL_POLICY_PARSER_H

#include "lexer.h"
#include "ruleset.h"

/* A word or a name is never longer than this. */
#define WORD_MAX	255

/**
 * struct parser - where the parser is
 * @rs: what it fills
 * @lex: the current token
 * @read: reads files
 * @bad: gets what is wrong
 * @keyword: where the last keyword stands
 * @depth: files that include this one
 */
struct parser {
	struct ruleset *rs;
	struct lexer lex;
	source_fn read;
	struct complaint *bad;
	struct place keyword;
	unsigned int depth;
};

/* A word and what follows it; @object is what it is about. */
struct keyword {
	const char *word;
	bool (*parse)(struct parser *p, void *object);
};

/* The place of the current token. */
struct place parser_place(const struct parser *p);

/* Each says what is wrong at a place, or at the current token. Return: false. */
bool parser_fail(struct parser *p, const struct place *place, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
bool parser_unexpected(struct parser *p, const char *expected);

/* Says that the object @what of that name is there already, at @first. Return: false. */
bool parser_twice(struct parser *p, const struct place *place, const char *what,
		  const char *name, const struct place *first);

static inline bool parser_at(const struct parser *p, enum token wanted)
{
	return p->lex.token == wanted;
}

/* Is the current token a word that may be a rule's name without quotes? */
bool parser_at_name(const struct parser *p);

/* Is it that word? */
bool parser_at_word(const struct parser *p, const char *word);

/* Goes on if it is. */
bool parser_take_word(struct parser *p, const char *word);

/* Goes on if it is that token; parser_need() complains if not. */
bool parser_take(struct parser *p, enum token wanted);
bool parser_need(struct parser *p, enum token wanted, const char *expected);

/* Goes on over ends of lines, or of statements. */
void parser_skip_newlines(struct parser *p);
void parser_skip_breaks(struct parser *p);

/* The end of a statement: of the line, ';', or what closes it around. */
bool parser_end(struct parser *p, const char *expected);

/* The current word, copied; complains if it is none or too long. */
bool parser_word(struct parser *p, char word[WORD_MAX + 1], const char *expected);

/* The current string without its quotes, likewise. */
bool parser_string(struct parser *p, char word[WORD_MAX + 1], const char *expected);

/* The name of an endpoint: anything that can be printed, with or without quotes. */
bool parser_endpoint_name(struct parser *p, char name[WORD_MAX + 1]);

/* The name of a set, policy or rule, likewise; @expected: what bears it. */
bool parser_name(struct parser *p, char name[WORD_MAX + 1], const char *expected);

/* One of some keywords and all that it takes; @expected: what may stand here. */
bool parser_keyword(struct parser *p, const struct keyword *keywords, size_t n, void *object,
		    const char *expected);

/* "{", statements of these keywords, "}" */
bool parser_block(struct parser *p, const struct keyword *keywords, size_t n, void *object,
		  const char *expected);

/*
 * "{ ITEM, ITEM }" with an optional comma at the end; @item is called for each.
 * The current token is the brace.
 */
bool parser_list(struct parser *p, bool (*item)(struct parser *p, void *object), void *object);

/* A word that is a duration; @ms gets it. */
bool parser_duration(struct parser *p, uint32_t *ms);

/* A value of a set type: the current word. */
bool parser_item(struct parser *p, uint8_t type, struct elements *list);

/* A decimal number. */
bool parser_number(struct parser *p, unsigned long min, unsigned long max,
		   unsigned long *number);

/* The items; each begins behind its keyword. */
bool parse_config(struct parser *p, void *unused);
bool parse_set(struct parser *p, void *unused);
bool parse_policy(struct parser *p, void *unused);
bool parse_endpoint(struct parser *p, void *unused);
bool parse_include(struct parser *p, void *unused);

/* The elements of the set @object: "{ ... }" or "file". */
bool parse_elements(struct parser *p, void *object);

/* Opens the file that the current string names. */
const struct source *parser_open(struct parser *p);

/**
 * struct body - a rule while it is read
 * @rule: it
 * @done: its verdict was read
 */
struct body {
	struct rule *rule;
	bool done;
};

/* A rule from its name on, into the policy @object. */
bool parse_rule(struct parser *p, void *object);

/* The default of a policy, likewise. */
bool parse_default(struct parser *p, void *object);

/* What a match takes behind its keyword; @object is the body. */
bool parse_inbound(struct parser *p, void *object);
bool parse_outbound(struct parser *p, void *object);
bool parse_ip(struct parser *p, void *object);
bool parse_ip6(struct parser *p, void *object);
bool parse_proto(struct parser *p, void *object);
bool parse_tcp(struct parser *p, void *object);
bool parse_udp(struct parser *p, void *object);
bool parse_sctp(struct parser *p, void *object);
bool parse_icmp(struct parser *p, void *object);
bool parse_icmpv6(struct parser *p, void *object);
bool parse_saddr(struct parser *p, void *object);
bool parse_daddr(struct parser *p, void *object);
bool parse_sport(struct parser *p, void *object);
bool parse_dport(struct parser *p, void *object);
bool parse_endpoint_match(struct parser *p, void *object);
bool parse_stray_type(struct parser *p, void *object);

#endif /* GENEVECTL_POLICY_PARSER_H */
