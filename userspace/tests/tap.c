// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <stdio.h>
#include <string.h>

#include "tap.h"
#include "text.h"

#define SHOWN	70

static int count, failed;

void ok(bool good, const char *what, const char *input)
{
	char clean[TEXT_ESCAPED(SHOWN)];

	if (!count)
		printf("TAP version 13\n");
	count++;
	failed += !good;
	printf("%sok %d - %s '%s'\n", good ? "" : "not ", count, what,
	       text_escape(clean, sizeof(clean), input));
}

static void comment(const char *head, const char *text)
{
	printf("# %s", head);
	for (; *text; text++) {
		putchar(*text);
		if (*text == '\n')
			printf("# ");
	}
	putchar('\n');
}

void same(const char *what, const char *input, const char *wanted, const char *got)
{
	bool good = !strcmp(wanted, got);

	ok(good, what, input);
	if (good)
		return;
	comment("wanted: ", wanted);
	comment("got:    ", got);
}

int done(void)
{
	printf("1..%d\n", count);
	return failed != 0;
}
