/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* A text as a sequence of words and signs. */
#ifndef GENEVECTL_POLICY_LEXER_H
#define GENEVECTL_POLICY_LEXER_H

#include "source.h"

enum token {
	TOKEN_END,		/* of the text */
	TOKEN_NEWLINE,
	TOKEN_SEMICOLON,
	TOKEN_COMMA,
	TOKEN_OPEN,		/* { */
	TOKEN_CLOSE,		/* } */
	TOKEN_NOT,		/* != */
	TOKEN_WORD,
	TOKEN_STRING,		/* "...", with \" and \\ for " and \ */
	TOKEN_OPEN_STRING,	/* a string that does not end in its line */
	TOKEN_BAD,		/* a character that has no business here */
};

/**
 * struct lexer - position in a text
 * @src: text
 * @next: where the token after this one is looked for
 * @token: enum token, the current one
 * @at: where it begins
 * @len: its bytes
 */
struct lexer {
	const struct source *src;
	uint32_t next;
	uint8_t token;
	uint32_t at;
	uint32_t len;
};

/* Goes to the first token. */
void lexer_init(struct lexer *lex, const struct source *src);

/* Goes to the next one; behind the end there is only TOKEN_END. */
void lexer_next(struct lexer *lex);

#endif /* GENEVECTL_POLICY_LEXER_H */
