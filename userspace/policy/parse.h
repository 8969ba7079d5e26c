/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* The policy language: from text to a ruleset.  No kernel is asked. */
#ifndef GENEVECTL_POLICY_PARSE_H
#define GENEVECTL_POLICY_PARSE_H

#include "ruleset.h"

/**
 * parse_ruleset() - read a file
 * @rs: ruleset, empty; the caller frees it in any case
 * @src: text; it has to live as long as @rs
 * @read: reads what it includes
 * @bad: gets what is wrong
 *
 * Only the grammar is looked at, check_ruleset() does the rest.
 *
 * Return: false if something is wrong.
 */
bool parse_ruleset(struct ruleset *rs, const struct source *src, source_fn read,
		   struct complaint *bad);

/**
 * parse_rule_text() - read "[rule] NAME MATCH... VERDICT"
 * @rs: ruleset the rule's memory belongs to
 * @policy: policy of @rs that gets it
 * @src: text, nothing may follow the rule
 * @bad: gets what is wrong
 *
 * Return: the rule, NULL if something is wrong.
 */
struct rule *parse_rule_text(struct ruleset *rs, struct policy *policy, const struct source *src,
			     struct complaint *bad);

/**
 * parse_elements_text() - read elements between blanks or commas
 * @rs: ruleset
 * @set: set of @rs that gets them
 * @src: text
 * @timeouts: "timeout DURATION" may follow; it is for all before it that have none
 * @bad: gets what is wrong
 *
 * Return: false if something is wrong.
 */
bool parse_elements_text(struct ruleset *rs, struct set *set, const struct source *src,
			 bool timeouts, struct complaint *bad);

/* Can it be the name of a set, policy or rule without quotes? */
bool parse_is_name(const char *s);

/* Does it mean something in a rule, so that it is no rule's name without quotes? */
bool parse_is_keyword(const char *s);

#endif /* GENEVECTL_POLICY_PARSE_H */
