// SPDX-License-Identifier: GPL-2.0 OR MIT
#include "lexer.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* What words consist of: everything printable that is no sign. */
static const bool is_word[256] = {
	['$' ... '+'] = true, ['-' ... ':'] = true, ['<' ... 'z'] = true, ['|'] = true,
	['~'] = true,
};

static void skip(struct lexer *lex)
{
	const char *text = lex->src->text;
	uint32_t i = lex->next;

	while (i < lex->src->len && is_blank(text[i]))
		i++;
	if (i < lex->src->len && text[i] == '#')
		while (i < lex->src->len && text[i] != '\n')
			i++;
	lex->at = i;
}

static uint8_t read_word(struct lexer *lex)
{
	const char *word = lex->src->text + lex->at;
	uint32_t left = lex->src->len - lex->at, len = 1;

	while (len < left && is_word[(unsigned char)word[len]])
		len++;
	lex->len = len;
	return TOKEN_WORD;
}

static uint8_t read_string(struct lexer *lex)
{
	const struct source *src = lex->src;
	uint32_t i;

	for (i = lex->at + 1; i < src->len && src->text[i] != '\n'; i++) {
		if (src->text[i] == '"') {
			lex->len = i + 1 - lex->at;
			return TOKEN_STRING;
		}
		if (src->text[i] == '\\' && i + 1 < src->len && src->text[i + 1] != '\n')
			i++;
	}
	lex->len = i - lex->at;
	return TOKEN_OPEN_STRING;
}

static uint8_t read_token(struct lexer *lex)
{
	const struct source *src = lex->src;
	char c;

	lex->len = 0;
	if (lex->at == src->len)
		return TOKEN_END;
	lex->len = 1;
	c = src->text[lex->at];
	if (is_word[(unsigned char)c])
		return read_word(lex);
	switch (c) {
	case '\n':
		return TOKEN_NEWLINE;
	case ';':
		return TOKEN_SEMICOLON;
	case ',':
		return TOKEN_COMMA;
	case '{':
		return TOKEN_OPEN;
	case '}':
		return TOKEN_CLOSE;
	case '"':
		return read_string(lex);
	case '!':
		if (lex->at + 1 < src->len && src->text[lex->at + 1] == '=') {
			lex->len = 2;
			return TOKEN_NOT;
		}
	}
	return TOKEN_BAD;
}

void lexer_next(struct lexer *lex)
{
	skip(lex);
	lex->token = read_token(lex);
	lex->next = lex->at + lex->len;
}

void lexer_init(struct lexer *lex, const struct source *src)
{
	*lex = (struct lexer){ .src = src };
	lexer_next(lex);
}
