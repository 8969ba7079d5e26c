/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* A ruleset as text that parse_ruleset() reads. */
#ifndef GENEVECTL_POLICY_PRINT_H
#define GENEVECTL_POLICY_PRINT_H

#include <stdio.h>

#include "ruleset.h"

/* Everything but the settings. */
void print_ruleset(FILE *to, const struct ruleset *rs);

/* "config { ... }", if there are any settings. */
void print_settings(FILE *to, const struct ruleset *rs);

/* What stands behind a rule's name, or behind "default". */
void print_rule_body(FILE *to, const struct rule *rule);

/* "ELEMENT", or "ELEMENT timeout DURATION" */
void print_element(FILE *to, uint8_t type, const struct nfg_element *e);

/* A name, and that of a rule, in quotes where it needs them. */
void print_name(FILE *to, const char *name);
void print_rule_name(FILE *to, const char *name);

#endif /* GENEVECTL_POLICY_PRINT_H */
