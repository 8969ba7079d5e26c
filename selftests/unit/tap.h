/* SPDX-License-Identifier: GPL-2.0 */
/* KTAP output for a program that is one test file. */
#ifndef NFG_UNIT_TAP_H
#define NFG_UNIT_TAP_H

#include <stdbool.h>
#include <stdio.h>

static int tap_count, tap_failures;

/* One test point; the details of a failure were printed with tap_note(). */
static inline void tap(bool ok, const char *text)
{
	printf("%sok %d - %s\n", ok ? "" : "not ", ++tap_count, text);
	tap_failures += !ok;
}

/* A diagnostic; gives false, so that "ok = tap_note(...)" reads well. */
#define tap_note(...) (printf("# " __VA_ARGS__), putchar('\n'), false)

/* The plan and the exit status. */
static inline int tap_done(void)
{
	printf("1..%d\n", tap_count);
	return tap_failures ? 1 : 0;
}

#endif /* NFG_UNIT_TAP_H */
