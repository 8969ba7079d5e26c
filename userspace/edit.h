/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Changes of a part of the ruleset, written on the command line. */
#ifndef GENEVECTL_EDIT_H
#define GENEVECTL_EDIT_H

#include "nl.h"
#include "policy/check.h"

/**
 * struct edit - a change
 * @what: the command, for the sentence about an error
 * @nl: connection
 * @rs: what is added
 * @outside: what it may refer to: what the kernel has
 */
struct edit {
	const char *what;
	struct nl nl;
	struct ruleset rs;
	struct outside outside;
};

void edit_init(struct edit *edit, const char *what);
void edit_free(struct edit *edit);

/* Connects. Return: 0, or an exit status after a sentence. */
int edit_open(struct edit *edit);

/* The words of the command line as a text. */
const struct source *edit_source(struct ruleset *rs, int argc, char **argv);

/* Says that this is no name. Return: STATUS_USAGE. */
int edit_no_name(const char *what, const char *object, const char *name);

#endif /* GENEVECTL_EDIT_H */
