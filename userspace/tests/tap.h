/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Results of tests in KTAP. */
#ifndef GENEVECTL_TESTS_TAP_H
#define GENEVECTL_TESTS_TAP_H

#include <stdbool.h>

/* One result; @what and the beginning of @input name it. */
void ok(bool good, const char *what, const char *input);

/* Two texts have to be the same; if not, both are shown. */
void same(const char *what, const char *input, const char *wanted, const char *got);

/* The plan. Return: exit status. */
int done(void);

#endif /* GENEVECTL_TESTS_TAP_H */
