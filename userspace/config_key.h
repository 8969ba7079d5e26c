/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* The settings: one table for `config show`, `config set` and ruleset files. */
#ifndef GENEVECTL_CONFIG_KEY_H
#define GENEVECTL_CONFIG_KEY_H

#include <libmnl/libmnl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/nf_geneve.h>

#include "text.h"

enum config_kind {
	CONFIG_YES_NO,		/* u8 */
	CONFIG_ON_OFF,		/* u8 */
	CONFIG_WORD,		/* u8, one of two words */
	CONFIG_PORT,		/* u16 */
	CONFIG_NUMBER,		/* u32 */
	CONFIG_DURATION,	/* u32, seconds */
	CONFIG_ORIGINS,		/* list of IPv4 prefixes */
	CONFIG_LOCAL,		/* list of prefixes */
};

/**
 * struct config_key - a setting
 * @attr: its attribute, and index into config_words
 * @kind: what values it takes
 * @words: CONFIG_WORD: values, in the order of the enumeration
 * @min: smallest number
 * @max: largest number; of a list: prefixes at most
 * @values: what can be set, for help
 * @text: what it is, for help
 */
struct config_key {
	uint16_t attr;
	enum config_kind kind;
	const char *words[2];
	uint32_t min;
	uint32_t max;
	const char *values;
	const char *text;
};

extern const struct config_key config_keys[];
extern const size_t config_n_keys;

/* The word of each attribute, NULL for none. */
extern const char *const config_words[NFG_A_CONFIG_MAX + 1];

/* The word for a value of a CONFIG_YES_NO, _ON_OFF or _WORD. */
const char *config_value_word(const struct config_key *key, uint32_t value);

/**
 * config_put() - put a setting into a request
 * @why: gets why it is refused
 * @key: setting
 * @value: value as the operator wrote it
 * @nlh: request
 *
 * Return: false if it is refused.
 */
bool config_put(struct why *why, const struct config_key *key, const char *value,
		struct nlmsghdr *nlh);

#endif /* GENEVECTL_CONFIG_KEY_H */
