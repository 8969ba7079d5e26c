/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* The kernel's ruleset, as if it had been read from a file. */
#ifndef GENEVECTL_RULESET_GET_H
#define GENEVECTL_RULESET_GET_H

#include "nl.h"
#include "policy/ruleset.h"

/* What to ask for. */
#define GET_SETS	1
#define GET_RULES	2
#define GET_BINDINGS	4
#define GET_ALL		7

/**
 * ruleset_get() - ask for the ruleset
 * @nl: connection
 * @what: the command, for the sentence about an error
 * @parts: what to ask for, GET_*
 * @rs: gets it; the caller frees it if it succeeds
 * @generation: gets its generation
 *
 * Return: 0, or an exit status after a sentence.
 */
int ruleset_get(struct nl *nl, const char *what, unsigned int parts, struct ruleset *rs,
		uint32_t *generation);

/**
 * ruleset_get_set() - ask for one set
 * @nl: connection
 * @name: its name
 * @rs: gets the set, initialized by the caller
 *
 * Return: 0 or a negative errno, which nl_fail() tells.
 */
int ruleset_get_set(struct nl *nl, const char *name, struct ruleset *rs);

/**
 * ruleset_get_type() - ask for the type of a set
 * @nl: connection
 * @name: its name
 * @type: gets enum nfg_set_type; the set may change meanwhile
 *
 * Return: 0 or a negative errno, which nl_fail() tells.
 */
int ruleset_get_type(struct nl *nl, const char *name, uint8_t *type);

/* As ruleset_get_set(), the rules of one policy. */
int ruleset_get_policy(struct nl *nl, const char *name, struct ruleset *rs);

/* The id of an endpoint of that name; false when there is none. */
bool ruleset_get_endpoint(struct nl *nl, const char *name, uint64_t *id);

#endif /* GENEVECTL_RULESET_GET_H */
