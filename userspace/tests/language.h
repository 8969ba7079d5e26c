/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* What the tests of the policy language share. */
#ifndef GENEVECTL_TESTS_LANGUAGE_H
#define GENEVECTL_TESTS_LANGUAGE_H

#include "policy/check.h"
#include "policy/parse.h"
#include "policy/print.h"

/*
 * Parses and checks a text that is called "t"; includes are read by @read.  The
 * caller frees @rs in any case.  Return: NULL, or the complaint as it is printed,
 * which the caller frees.
 */
char *understand(struct ruleset *rs, const char *name, const char *text, size_t len,
		 source_fn read);

/* A ruleset as text, which the caller frees. */
char *printed(const struct ruleset *rs);

/* Is what a good ruleset is printed as read as the same? If not, both are shown. */
bool is_fixed(const struct ruleset *rs);

/* Is a complaint "NAME:LINE:COLUMN: ...: expected ...", the line, the caret? */
bool is_sentence(const char *bad);

/* Each is a subject of its own. */
void test_errors(void);
void test_printer(void);
void test_compiler(void);
void test_files(const char *dir);
void test_mutants(const char *dir);

#endif /* GENEVECTL_TESTS_LANGUAGE_H */
