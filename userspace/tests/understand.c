// SPDX-License-Identifier: GPL-2.0 OR MIT
/* What all tests of the policy language do with a text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "language.h"

char *understand(struct ruleset *rs, const char *name, const char *text, size_t len,
		 source_fn read)
{
	struct complaint bad = { 0 };
	char *sentence = NULL;
	size_t size = 0;
	FILE *to;

	ruleset_init(rs);
	if (parse_ruleset(rs, source_of(&rs->arena, name, text, len), read, &bad) &&
	    check_ruleset(rs, &bad))
		return NULL;
	to = open_memstream(&sentence, &size);
	complaint_print(to, &bad);
	fclose(to);
	return sentence;
}

char *printed(const struct ruleset *rs)
{
	char *text = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&text, &size);

	print_settings(to, rs);
	print_ruleset(to, rs);
	fclose(to);
	return text;
}

bool is_fixed(const struct ruleset *rs)
{
	char *text = printed(rs), *again, *bad;
	struct ruleset copy;
	bool good = false;

	bad = understand(&copy, "printed", text, strlen(text), NULL);
	if (!bad) {
		again = printed(&copy);
		good = !strcmp(text, again);
		if (!good)
			printf("# printed:\n%s# and again:\n%s", text, again);
		free(again);
	} else {
		printf("# %s", bad);
	}
	free(bad);
	ruleset_free(&copy);
	free(text);
	return good;
}

bool is_sentence(const char *bad)
{
	const char *end = strchrnul(bad, '\n');
	unsigned int lines = 0;
	const char *c;

	for (c = bad; *c; c++) {
		lines += *c == '\n';
		if (*c != '\n' && (*c < ' ' || *c > '~'))
			return false;
	}
	return lines == 3 && bad[strlen(bad) - 2] == '^' &&
	       (memmem(bad, end - bad, "expected", 8) || memmem(bad, end - bad, "ambiguous", 9));
}
