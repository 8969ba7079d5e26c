/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* The configuration of a network namespace. */
#ifndef GENEVECTL_CONFIG_H
#define GENEVECTL_CONFIG_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "nl.h"
#include "value.h"

struct config {
	char version[32];
	bool enabled;
	uint16_t port;
	uint8_t mode;
	uint8_t reinject;
	uint8_t udp_checksum;
	unsigned int n_origins;
	struct prefix origins[NFG_ORIGINS_MAX];
};

/* The operator's words: for attributes, and for the values of enumerations. */
extern const char *const config_words[NFG_A_CONFIG_MAX + 1];
extern const char *const config_modes[2];
extern const char *const config_reinjects[2];
extern const char *const config_udp_checksums[2];

/* The default of "origins", as the module has it. */
#define CONFIG_ORIGINS_DEFAULT	"10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10"

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

/* What `config set` accepts, a pair between @separator and the next. */
void config_print(const struct config *cfg, const char *separator);

json_t *config_json(const struct config *cfg);

/* "yes" or "no" */
const char *config_yes_no(bool yes);

/* Commands. */
int config_show(int argc, char **argv);
int config_set(int argc, char **argv);
void config_set_help(FILE *to);

#endif /* GENEVECTL_CONFIG_H */
