// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "config.h"
#include "duration.h"
#include "out.h"

/* Keys up to origins. */
#define CONFIG_BRIEF	6

static void read_prefix(const struct nlattr *item, struct config_list *list)
{
	struct prefix *prefix = &list->item[list->n];
	const struct nlattr *attr;

	if (list->n == CONFIG_LIST_MAX)
		return;
	mnl_attr_for_each_nested(attr, item) {
		switch (mnl_attr_get_type(attr)) {
		case NFG_A_PREFIX_ADDR:
			prefix->family = nl_address(prefix->addr, attr);
			break;
		case NFG_A_PREFIX_LEN:
			prefix->len = nl_uint(attr);
			break;
		}
	}
	list->n++;
}

void config_read(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr, *item;
	struct config *cfg = data;
	uint16_t type;

	memset(cfg, 0, sizeof(*cfg));
	nl_for_each(attr, nlh) {
		type = mnl_attr_get_type(attr);
		switch (type) {
		case NFG_A_CONFIG_VERSION:
			nl_text(cfg->version, sizeof(cfg->version), attr);
			break;
		case NFG_A_CONFIG_ORIGINS:
			mnl_attr_for_each_nested(item, attr)
				read_prefix(item, &cfg->origins);
			break;
		case NFG_A_CONFIG_LOCAL:
			mnl_attr_for_each_nested(item, attr)
				read_prefix(item, &cfg->local);
			break;
		default:
			if (type <= NFG_A_CONFIG_MAX)
				cfg->value[type] = nl_uint(attr);
		}
	}
}

int config_get(struct nl *nl, struct config *cfg)
{
	union nl_request req;

	nl_request(&req, NFG_CMD_CONFIG_GET, false);
	if (nl_send(nl, &req, config_read, cfg))
		return nl_fail(nl, "config show", config_words, NFG_A_CONFIG_MAX + 1);
	return 0;
}

static void print_list(const struct config_list *list)
{
	char text[PREFIX_TEXT];
	unsigned int i;

	if (!list->n)
		printf("none");
	for (i = 0; i < list->n; i++)
		printf("%s%s", i ? "," : "", prefix_text(text, &list->item[i]));
}

static void print_value(const struct config_key *key, const struct config *cfg)
{
	uint32_t value = cfg->value[key->attr];
	char text[DURATION_TEXT];

	switch (key->kind) {
	case CONFIG_YES_NO:
	case CONFIG_ON_OFF:
	case CONFIG_WORD:
		printf("%s", config_value_word(key, value));
		break;
	case CONFIG_PORT:
	case CONFIG_NUMBER:
		printf("%" PRIu32, value);
		break;
	case CONFIG_DURATION:
		printf("%s", duration_text(text, value));
		break;
	case CONFIG_ORIGINS:
		print_list(&cfg->origins);
		break;
	case CONFIG_LOCAL:
		print_list(&cfg->local);
		break;
	}
}

static void print_keys(const struct config *cfg, const char *separator, size_t n)
{
	const struct config_key *key;

	for (key = config_keys; key < config_keys + n; key++) {
		printf("%s%s ", key == config_keys ? "" : separator, config_words[key->attr]);
		print_value(key, cfg);
	}
}

void config_print(const struct config *cfg, const char *separator)
{
	print_keys(cfg, separator, config_n_keys);
}

void config_print_brief(const struct config *cfg, const char *separator)
{
	print_keys(cfg, separator, CONFIG_BRIEF);
}

static json_t *list_json(const struct config_list *list)
{
	json_t *json = json_array();
	char text[PREFIX_TEXT];
	unsigned int i;

	for (i = 0; i < list->n; i++)
		json_array_append_new(json, json_string(prefix_text(text, &list->item[i])));
	return json;
}

static json_t *value_json(const struct config_key *key, const struct config *cfg)
{
	uint32_t value = cfg->value[key->attr];

	switch (key->kind) {
	case CONFIG_YES_NO:
	case CONFIG_ON_OFF:
		return json_boolean(value);
	case CONFIG_WORD:
		return json_string(config_value_word(key, value));
	case CONFIG_PORT:
	case CONFIG_NUMBER:
	case CONFIG_DURATION:
		return json_integer(value);
	case CONFIG_ORIGINS:
		return list_json(&cfg->origins);
	case CONFIG_LOCAL:
		return list_json(&cfg->local);
	}
	return json_null();
}

json_t *config_json(const struct config *cfg)
{
	json_t *json = json_object();
	const struct config_key *key;

	for (key = config_keys; key < config_keys + config_n_keys; key++)
		out_json_member(json, config_words[key->attr], value_json(key, cfg));
	return json;
}

int config_show(int argc, char **argv)
{
	struct config cfg = { 0 };
	struct nl nl;
	int err;

	if (argc)
		return fail(STATUS_USAGE, "config show: unexpected word '%.64s': expected nothing",
			    argv[0]);
	err = nl_open(&nl);
	if (err)
		return err;
	err = config_get(&nl, &cfg);
	nl_close(&nl);
	if (err)
		return err;

	if (options.json) {
		out_json(config_json(&cfg));
	} else {
		config_print(&cfg, "\n");
		putchar('\n');
	}
	return 0;
}
