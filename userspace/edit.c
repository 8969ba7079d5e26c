// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <string.h>

#include "edit.h"
#include "ruleset_get.h"
#include "text.h"

static bool find_endpoint(void *data, const char *name, uint64_t *id)
{
	return ruleset_get_endpoint(data, name, id);
}

void edit_init(struct edit *edit, const char *what)
{
	memset(edit, 0, sizeof(*edit));
	edit->what = what;
	ruleset_init(&edit->rs);
	edit->outside = (struct outside){ .endpoint = find_endpoint, .data = &edit->nl };
}

int edit_open(struct edit *edit)
{
	return nl_open(&edit->nl);
}

void edit_free(struct edit *edit)
{
	ruleset_free(&edit->rs);
	if (edit->nl.sock)
		nl_close(&edit->nl);
}

const struct source *edit_source(struct ruleset *rs, int argc, char **argv)
{
	size_t size = 1, used = 0, len;
	char *text;
	int i;

	for (i = 0; i < argc; i++)
		size += strlen(argv[i]) + 1;
	text = arena_alloc(&rs->arena, size);
	for (i = 0; i < argc; i++) {
		len = strlen(argv[i]);
		if (i)
			text[used++] = ' ';
		memcpy(text + used, argv[i], len);
		used += len;
	}
	return source_of(&rs->arena, "<command line>", text, used);
}

int edit_no_name(const char *what, const char *object, const char *name)
{
	return fail(STATUS_USAGE, "%s: '%.64s' is not the name of a %s: expected letters, digits, '_', '.' or '-'",
		    what, name, object);
}
