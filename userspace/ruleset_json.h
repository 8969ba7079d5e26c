/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* A ruleset as JSON. */
#ifndef GENEVECTL_RULESET_JSON_H
#define GENEVECTL_RULESET_JSON_H

#include <jansson.h>

#include "policy/ruleset.h"

/* Everything but the settings. */
json_t *ruleset_json(const struct ruleset *rs);

/* The rules of all policies, in one array. */
json_t *rules_json(const struct ruleset *rs);

/* A set, with its elements or only their number. */
json_t *set_json(const struct set *set, bool elements);

#endif /* GENEVECTL_RULESET_JSON_H */
