/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Words of the command line, which may be abbreviated. */
#ifndef GENEVECTL_WORD_H
#define GENEVECTL_WORD_H

#include <stddef.h>

#include "text.h"

/* Room for a list of words in a sentence. */
#define WORDS_TEXT	400

/**
 * word_find() - which of a list of words is meant?
 * @what: where we are, for the sentence about an error: "config set: mode"
 * @given: word, or its beginning if no other word begins so; NULL if missing
 * @words: list
 * @n: its entries
 *
 * Return: index into @words; -1 after a sentence that says what was expected.
 */
int word_find(const char *what, const char *given, const char *const *words, size_t n);

/**
 * word_match() - the same, for who says it himself
 * @why: gets what was expected
 * @given: word, or its beginning; NULL if missing
 * @words: list
 * @n: its entries
 *
 * Return: index into @words or -1.
 */
int word_match(struct why *why, const char *given, const char *const *words, size_t n);

/**
 * word_list() - "a, b or c"
 * @buf: gets the text
 * @size: room in @buf
 * @words: list
 * @n: its entries
 *
 * Return: @buf.
 */
const char *word_list(char *buf, size_t size, const char *const *words, size_t n);

#endif /* GENEVECTL_WORD_H */
