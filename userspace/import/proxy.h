/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* The configuration of geneve-proxy. */
#ifndef GENEVECTL_IMPORT_PROXY_H
#define GENEVECTL_IMPORT_PROXY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "policy/source.h"

enum proxy_direction {
	PROXY_OUTBOUND,
	PROXY_INBOUND,
	PROXY_DIRECTIONS
};

enum proxy_list_kind {
	PROXY_ALLOWED_PROTOCOLS,
	PROXY_BLOCKED_PROTOCOLS,
	PROXY_ALLOWED_PORTS,
	PROXY_BLOCKED_PORTS,
	PROXY_LISTS
};

/**
 * struct proxy_value - a value of a list
 * @number: it, -1 when it equals no protocol or port
 * @text: as the file has it
 * @line: where
 * @ignored: why it has no effect, NULL if it has
 */
struct proxy_value {
	long number;
	const char *text;
	uint32_t line;
	const char *ignored;
};

/**
 * struct proxy_list - a list of protocols or ports
 * @given: it is set; an empty list is something else than none
 * @any: it is the word True, which was meant to allow all
 * @n: values
 * @values: values
 */
struct proxy_list {
	bool given;
	bool any;
	size_t n;
	struct proxy_value *values;
};

/**
 * struct proxy_unknown - a key that is none of the proxy's
 * @next: another one
 * @key: its text
 * @line: where it stands
 */
struct proxy_unknown {
	struct proxy_unknown *next;
	const char *key;
	uint32_t line;
};

/**
 * struct proxy_section - what holds for a direction
 * @missing: the file does not have it
 * @drop_all: drop_all_traffic counts as true
 * @drop_all_text: what the file says, NULL when it does not
 * @lists: by enum proxy_list_kind
 * @unknown: keys without effect
 */
struct proxy_section {
	bool missing;
	bool drop_all;
	const char *drop_all_text;
	struct proxy_list lists[PROXY_LISTS];
	struct proxy_unknown *unknown;
};

struct proxy_config {
	struct proxy_section sections[PROXY_DIRECTIONS];
	struct proxy_unknown *unknown;
};

extern const char *const proxy_sections[PROXY_DIRECTIONS];
extern const char *const proxy_lists[PROXY_LISTS];

/**
 * proxy_read() - read a configuration
 * @arena: memory for it
 * @src: text
 * @config: gets it
 * @bad: gets what is wrong, and where
 *
 * Return: false if the proxy could not work with it.
 */
bool proxy_read(struct arena *arena, const struct source *src, struct proxy_config *config,
		struct complaint *bad);

/**
 * proxy_write() - write the ruleset that decides the same
 * @to: stream
 * @config: configuration
 * @name: file it came from
 */
void proxy_write(FILE *to, const struct proxy_config *config, const char *name);

/* Command. */
int import_geneve_proxy(int argc, char **argv);

#endif /* GENEVECTL_IMPORT_PROXY_H */
