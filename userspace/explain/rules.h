/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* The text of rules that were tried. */
#ifndef GENEVECTL_EXPLAIN_RULES_H
#define GENEVECTL_EXPLAIN_RULES_H

#include <stdbool.h>

#include "nl.h"
#include "policy/ruleset.h"

/* The rules of the policy that was asked last; begins as zeros. */
struct rules {
	bool known;
	char policy[NFG_NAME_LEN_MAX + 1];
	struct ruleset rs;
};

/* Room for the text of a rule; of a longer one there is only the beginning. */
#define RULE_TEXT	240

/* Asks for the rules of a policy, if they are not known yet. */
void rules_get(struct nl *nl, struct rules *rules, const char *policy);

void rules_free(struct rules *rules);

/**
 * rules_text() - the text of a rule
 * @buf: gets it, without its name, RULE_TEXT bytes
 * @rules: rules
 * @name: name of the rule
 *
 * Return: @buf, empty if the rule is not known.
 */
const char *rules_text(char *buf, const struct rules *rules, const char *name);

#endif /* GENEVECTL_EXPLAIN_RULES_H */
