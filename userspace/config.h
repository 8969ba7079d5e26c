/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* The configuration of a network namespace. */
#ifndef GENEVECTL_CONFIG_H
#define GENEVECTL_CONFIG_H

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>

#include "config_key.h"
#include "nl.h"
#include "value.h"

/* Prefixes in a list: NFG_ORIGINS_MAX, NFG_LOCAL_MAX */
#define CONFIG_LIST_MAX	256

struct config_list {
	unsigned int n;
	struct prefix item[CONFIG_LIST_MAX];
};

struct config {
	char version[32];
	uint32_t value[NFG_A_CONFIG_MAX + 1];	/* of all that is no list */
	struct config_list origins;
	struct config_list local;
};

/**
 * config_get() - ask for the configuration
 * @nl: connection
 * @cfg: gets it
 *
 * Return: 0, or an exit status after a sentence.
 */
int config_get(struct nl *nl, struct config *cfg);

/* Reads a configuration out of a message; @data is a struct config. */
void config_read(const struct nlmsghdr *nlh, void *data);

/* What `config set` accepts, with @separator between two pairs. */
void config_print(const struct config *cfg, const char *separator);

/* Only those that say how the namespace takes part; the same way. */
void config_print_brief(const struct config *cfg, const char *separator);

json_t *config_json(const struct config *cfg);

/* Commands. */
int config_show(int argc, char **argv);
int config_set(int argc, char **argv);
void config_set_help(FILE *to);

#endif /* GENEVECTL_CONFIG_H */
