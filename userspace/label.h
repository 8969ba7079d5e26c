/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * Words for the enumerations of flows, events and explanations; verdicts and fields
 * are those of the policy language.
 */
#ifndef GENEVECTL_LABEL_H
#define GENEVECTL_LABEL_H

#include <stddef.h>

#include <linux/nf_geneve.h>

#include "policy/ruleset.h"

extern const char *const label_directions[2];
extern const char *const label_states[6];
extern const char *const label_fates[5];

/* The word for a value, "unknown" for one of a newer module. */
const char *label_word(const char *const *words, size_t n, unsigned int value);

#define LABEL(words, value) \
	label_word(words, sizeof(words) / sizeof((words)[0]), value)

#endif /* GENEVECTL_LABEL_H */
