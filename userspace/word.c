// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <stdio.h>
#include <string.h>

#include "text.h"
#include "word.h"

const char *word_list(char *buf, size_t size, const char *const *words, size_t n)
{
	size_t used = 0, i;

	buf[0] = '\0';
	for (i = 0; i < n && used < size; i++)
		used += snprintf(buf + used, size - used, "%s%s",
				 !i ? "" : i + 1 < n ? ", " : " or ", words[i]);
	return buf;
}

/* The words that begin with @given, at least two, in a sentence. */
static int ambiguous(const char *what, const char *given, const char *const *words, size_t n)
{
	const char *matches[n];
	char text[WORDS_TEXT];
	size_t i, found = 0;

	for (i = 0; i < n; i++)
		if (!strncmp(words[i], given, strlen(given)))
			matches[found++] = words[i];
	fail(STATUS_USAGE, "%s: '%s' is ambiguous: %s", what, given,
	     word_list(text, sizeof(text), matches, found));
	return -1;
}

int word_find(const char *what, const char *given, const char *const *words, size_t n)
{
	char text[WORDS_TEXT];
	size_t i, found = 0;
	int match = -1;

	word_list(text, sizeof(text), words, n);
	if (!given) {
		fail(STATUS_USAGE, "%s: a word is missing: expected %s", what, text);
		return -1;
	}
	for (i = 0; i < n; i++) {
		if (!strcmp(words[i], given))
			return i;
		if (*given && !strncmp(words[i], given, strlen(given))) {
			match = i;
			found++;
		}
	}
	if (found > 1)
		return ambiguous(what, given, words, n);
	if (!found)
		fail(STATUS_USAGE, "%s: unknown word '%.64s': expected %s", what, given, text);
	return match;
}
