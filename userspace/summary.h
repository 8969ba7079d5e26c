/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* The ruleset as a whole. */
#ifndef GENEVECTL_SUMMARY_H
#define GENEVECTL_SUMMARY_H

#include <jansson.h>
#include <stdint.h>

#include "nl.h"

struct summary {
	uint32_t generation;
	uint32_t policies;
	uint32_t rules;
	uint32_t sets;
	uint32_t elements;
	uint32_t bindings;
	uint64_t memory;
};

/**
 * summary_get() - ask for it
 * @nl: connection
 * @summary: gets it
 *
 * Return: 0, or an exit status after a sentence.
 */
int summary_get(struct nl *nl, struct summary *summary);

/* Reads it out of a message; @data is a struct summary. */
void summary_read(const struct nlmsghdr *nlh, void *data);

json_t *summary_json(const struct summary *summary);

/* Prints it on one line. */
void summary_print(const struct summary *summary);

#endif /* GENEVECTL_SUMMARY_H */
