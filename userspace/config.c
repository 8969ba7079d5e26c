// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <stdio.h>
#include <string.h>

#include "config.h"
#include "out.h"

const char *const config_words[NFG_A_CONFIG_MAX + 1] = {
	[NFG_A_CONFIG_ENABLED] = "enabled",
	[NFG_A_CONFIG_PORT] = "port",
	[NFG_A_CONFIG_MODE] = "mode",
	[NFG_A_CONFIG_REINJECT] = "reinject",
	[NFG_A_CONFIG_UDP_CHECKSUM] = "udp-checksum",
	[NFG_A_CONFIG_ORIGINS] = "origins",
};

const char *const config_modes[] = {
	[NFG_MODE_ENFORCE] = "enforce",
	[NFG_MODE_MONITOR] = "monitor",
};

const char *const config_reinjects[] = {
	[NFG_REINJECT_L2] = "l2",
	[NFG_REINJECT_ROUTE] = "route",
};

const char *const config_udp_checksums[] = {
	[NFG_UDP_CHECKSUM_VERIFY] = "verify",
	[NFG_UDP_CHECKSUM_TRUST] = "trust",
};

/* All enumerations have two values; a newer module may have more. */
static const char *word_of(const char *const words[2], uint8_t value)
{
	return value < 2 ? words[value] : "unknown";
}

const char *config_yes_no(bool yes)
{
	return yes ? "yes" : "no";
}

static void read_origin(const struct nlattr *item, struct config *cfg)
{
	struct prefix *prefix = &cfg->origins[cfg->n_origins];
	const struct nlattr *attr;

	if (cfg->n_origins == NFG_ORIGINS_MAX)
		return;
	cfg->n_origins++;
	mnl_attr_for_each_nested(attr, item) {
		switch (mnl_attr_get_type(attr)) {
		case NFG_A_PREFIX_ADDR:
			if (mnl_attr_get_payload_len(attr) == sizeof(prefix->addr))
				memcpy(&prefix->addr, mnl_attr_get_payload(attr),
				       sizeof(prefix->addr));
			break;
		case NFG_A_PREFIX_LEN:
			prefix->len = nl_uint(attr);
			break;
		}
	}
}

void config_read(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr, *item;
	struct config *cfg = data;

	memset(cfg, 0, sizeof(*cfg));
	nl_for_each(attr, nlh) {
		switch (mnl_attr_get_type(attr)) {
		case NFG_A_CONFIG_VERSION:
			nl_text(cfg->version, sizeof(cfg->version), attr);
			break;
		case NFG_A_CONFIG_ENABLED:
			cfg->enabled = nl_uint(attr);
			break;
		case NFG_A_CONFIG_PORT:
			cfg->port = nl_uint(attr);
			break;
		case NFG_A_CONFIG_MODE:
			cfg->mode = nl_uint(attr);
			break;
		case NFG_A_CONFIG_REINJECT:
			cfg->reinject = nl_uint(attr);
			break;
		case NFG_A_CONFIG_UDP_CHECKSUM:
			cfg->udp_checksum = nl_uint(attr);
			break;
		case NFG_A_CONFIG_ORIGINS:
			mnl_attr_for_each_nested(item, attr)
				read_origin(item, cfg);
			break;
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

static void print_origins(const struct config *cfg)
{
	char text[PREFIX_TEXT];
	unsigned int i;

	printf("origins ");
	if (!cfg->n_origins)
		printf("none");
	for (i = 0; i < cfg->n_origins; i++)
		printf("%s%s", i ? "," : "", prefix_text(text, &cfg->origins[i]));
}

void config_print(const struct config *cfg, const char *separator)
{
	printf("enabled %s%s", config_yes_no(cfg->enabled), separator);
	printf("port %u%s", cfg->port, separator);
	printf("mode %s%s", word_of(config_modes, cfg->mode), separator);
	printf("reinject %s%s", word_of(config_reinjects, cfg->reinject), separator);
	printf("udp-checksum %s%s", word_of(config_udp_checksums, cfg->udp_checksum), separator);
	print_origins(cfg);
}

json_t *config_json(const struct config *cfg)
{
	json_t *origins = json_array();
	char text[PREFIX_TEXT];
	unsigned int i;

	for (i = 0; i < cfg->n_origins; i++)
		json_array_append_new(origins, json_string(prefix_text(text, &cfg->origins[i])));
	return json_pack("{s:b, s:i, s:s, s:s, s:s, s:o}",
			 "enabled", cfg->enabled,
			 "port", cfg->port,
			 "mode", word_of(config_modes, cfg->mode),
			 "reinject", word_of(config_reinjects, cfg->reinject),
			 "udp_checksum", word_of(config_udp_checksums, cfg->udp_checksum),
			 "origins", origins);
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
