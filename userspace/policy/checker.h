/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* What the parts of the checker share. */
#ifndef GENEVECTL_POLICY_CHECKER_H
#define GENEVECTL_POLICY_CHECKER_H

#include "check.h"

/* @outside: NULL for a whole ruleset, which refers to nothing but itself */
struct checker {
	struct ruleset *rs;
	const struct outside *outside;
	struct complaint *bad;
};

/* Each says what is wrong. Return: false. */
bool check_fail(struct checker *c, const struct place *place, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
bool check_unknown(struct checker *c, const struct place *place, const char *what,
		   const char *name, const char *near);

/* Resolves the names of endpoints, sorts, and refuses what overlaps. */
bool check_elements(struct checker *c, uint8_t type, struct elements *list);

#endif /* GENEVECTL_POLICY_CHECKER_H */
