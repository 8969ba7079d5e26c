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
static int ambiguous(struct why *why, const char *given, const char *const *words, size_t n)
{
	const char *matches[n];
	char text[WORDS_TEXT];
	size_t i, found = 0;

	for (i = 0; i < n; i++)
		if (!strncmp(words[i], given, strlen(given)))
			matches[found++] = words[i];
	refuse(why, "'%s' is ambiguous: %s", given,
	       word_list(text, sizeof(text), matches, found));
	return -1;
}

int word_match(struct why *why, const char *given, const char *const *words, size_t n)
{
	char text[WORDS_TEXT];
	size_t i, found = 0;
	int match = -1;

	word_list(text, sizeof(text), words, n);
	if (!given) {
		refuse(why, "a word is missing: expected %s", text);
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
		return ambiguous(why, given, words, n);
	if (!found)
		refuse(why, "unknown word '%.64s': expected %s", given, text);
	return match;
}

int word_find(const char *what, const char *given, const char *const *words, size_t n)
{
	struct why why;
	int match = word_match(&why, given, words, n);

	if (match < 0)
		fail(STATUS_USAGE, "%s: %s", what, why.text);
	return match;
}
