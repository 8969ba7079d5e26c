/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Does a ruleset make sense? */
#ifndef GENEVECTL_POLICY_CHECK_H
#define GENEVECTL_POLICY_CHECK_H

#include "ruleset.h"

/**
 * struct outside - what a part of a ruleset may refer to
 * @endpoint: tells the id of an endpoint of that name, false when there is none
 * @data: for it
 */
struct outside {
	bool (*endpoint)(void *data, const char *name, uint64_t *id);
	void *data;
};

/**
 * check_ruleset() - check a ruleset and make it ready
 * @rs: what parse_ruleset() made
 * @bad: gets what is wrong
 *
 * Afterwards elements are sorted, names of endpoints are ids and conditions stand
 * in one order, those that others imply among them.
 *
 * Return: false if something is wrong.
 */
bool check_ruleset(struct ruleset *rs, struct complaint *bad);

/* The same for a single rule, or for the elements of a set. */
bool check_rule(struct ruleset *rs, struct rule *rule, const struct outside *outside,
		struct complaint *bad);
bool check_set(struct ruleset *rs, struct set *set, const struct outside *outside,
	       struct complaint *bad);

/* Is the condition one that check_rule() added to a rule about ports? */
bool check_is_implied(const struct rule *rule, const struct cond *cond);

/* Is the condition @field = @value and nothing else? */
bool cond_is(const struct cond *cond, uint8_t field, uint16_t value);

#endif /* GENEVECTL_POLICY_CHECK_H */
