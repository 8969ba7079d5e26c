/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Scalars of YAML 1.1, as the loader of that proxy understands them. */
#ifndef GENEVECTL_IMPORT_SCALAR_H
#define GENEVECTL_IMPORT_SCALAR_H

#include <stdbool.h>

enum scalar_kind {
	SCALAR_NULL,
	SCALAR_BOOL,
	SCALAR_NUMBER,
	SCALAR_TEXT,	/* also dates and fractions: nothing that counts as a number */
};

/* Numbers beyond it all compare alike: there is no such protocol or port. */
#define SCALAR_NUMBER_MAX	1000000000L

struct scalar {
	enum scalar_kind kind;
	long number;	/* of a number; 0 or 1 of a bool */
};

/**
 * scalar_resolve() - what a scalar is
 * @text: its text
 * @plain: it stands there without quotes
 *
 * Return: kind and value.
 */
struct scalar scalar_resolve(const char *text, bool plain);

/* Does it count as true where a condition is asked for? */
bool scalar_is_true(const struct scalar *scalar, const char *text);

#endif /* GENEVECTL_IMPORT_SCALAR_H */
