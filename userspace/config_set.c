// SPDX-License-Identifier: GPL-2.0 OR MIT
/* config set: all pairs go to the kernel in one request. */
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "text.h"
#include "word.h"

/*
 * Each reads the value of a key into the attribute of the request; 0, or an
 * exit status after a sentence that begins with @what.
 */
typedef int (*set_fn)(const char *what, const char *value, struct nlmsghdr *nlh, uint16_t attr);

static int set_enabled(const char *what, const char *value, struct nlmsghdr *nlh, uint16_t attr)
{
	/* yes and its like are even */
	static const char *const words[] = {
		"yes", "no", "on", "off", "1", "0", "true", "false"
	};
	int i = word_find(what, value, words, sizeof(words) / sizeof(words[0]));

	if (i < 0)
		return STATUS_USAGE;
	mnl_attr_put_u8(nlh, attr, i % 2 == 0);
	return 0;
}

static int set_port(const char *what, const char *value, struct nlmsghdr *nlh, uint16_t attr)
{
	unsigned long port;

	if (!value_number(value, UINT16_MAX, &port) || !port)
		return fail(STATUS_USAGE, "%s: '%.64s': expected a number from 1 to 65535",
			    what, value);
	mnl_attr_put_u16(nlh, attr, port);
	return 0;
}

static int set_word(const char *what, const char *value, struct nlmsghdr *nlh, uint16_t attr,
		    const char *const words[2])
{
	int i = word_find(what, value, words, 2);

	if (i < 0)
		return STATUS_USAGE;
	mnl_attr_put_u8(nlh, attr, i);
	return 0;
}

static int set_mode(const char *what, const char *value, struct nlmsghdr *nlh, uint16_t attr)
{
	return set_word(what, value, nlh, attr, config_modes);
}

static int set_reinject(const char *what, const char *value, struct nlmsghdr *nlh, uint16_t attr)
{
	return set_word(what, value, nlh, attr, config_reinjects);
}

static int set_udp_checksum(const char *what, const char *value, struct nlmsghdr *nlh,
			    uint16_t attr)
{
	return set_word(what, value, nlh, attr, config_udp_checksums);
}

static void put_prefix(struct nlmsghdr *nlh, const struct prefix *prefix)
{
	struct nlattr *item = mnl_attr_nest_start(nlh, NFG_A_PREFIXES_ITEM);

	mnl_attr_put(nlh, NFG_A_PREFIX_ADDR, sizeof(prefix->addr), &prefix->addr);
	mnl_attr_put_u8(nlh, NFG_A_PREFIX_LEN, prefix->len);
	mnl_attr_nest_end(nlh, item);
}

/* A list of prefixes, @list is cut into pieces. */
static int put_origins(const char *what, char *list, struct nlmsghdr *nlh)
{
	struct prefix prefix;
	unsigned int n = 0;
	char *one;
	int err;

	while ((one = strsep(&list, ","))) {
		err = value_prefix(what, one, &prefix);
		if (err)
			return err;
		if (++n > NFG_ORIGINS_MAX)
			return fail(STATUS_USAGE, "%s: the list is too long: expected at most %d prefixes",
				    what, NFG_ORIGINS_MAX);
		put_prefix(nlh, &prefix);
	}
	return 0;
}

/* The list behind a word; any other value is a list itself. */
static const char *origins_list(const char *value)
{
	if (!strcmp(value, "any"))
		return "0.0.0.0/0";
	if (!strcmp(value, "default"))
		return CONFIG_ORIGINS_DEFAULT;
	return value;
}

static int set_origins(const char *what, const char *value, struct nlmsghdr *nlh, uint16_t attr)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, attr);
	char *list;
	int err = 0;

	if (strcmp(value, "none")) {
		list = strdup(origins_list(value));
		err = list ? put_origins(what, list, nlh) : fail(STATUS_KERNEL, "no memory");
		free(list);
	}
	mnl_attr_nest_end(nlh, nest);
	return err;
}

static const struct {
	uint16_t attr;
	set_fn set;
	const char *values;
	const char *text;
} keys[] = {
	{ NFG_A_CONFIG_ENABLED, set_enabled, "yes|no", "handle packets in this namespace" },
	{ NFG_A_CONFIG_PORT, set_port, "1-65535", "UDP port of GENEVE (6081)" },
	{ NFG_A_CONFIG_MODE, set_mode, "enforce|monitor",
	  "drop invalid packets, or only count them" },
	{ NFG_A_CONFIG_REINJECT, set_reinject, "l2|route",
	  "answer out of the same device, or by the routing table" },
	{ NFG_A_CONFIG_UDP_CHECKSUM, set_udp_checksum, "verify|trust",
	  "check outer UDP checksums or not" },
	{ NFG_A_CONFIG_ORIGINS, set_origins, "PREFIX[,PREFIX...]|any|none|default",
	  "outer sources that may send" },
};

#define N_KEYS	(sizeof(keys) / sizeof(keys[0]))

void config_set_help(FILE *to)
{
	size_t i;

	fputs("\nKEY and VALUE, as `config show` prints them:\n", to);
	for (i = 0; i < N_KEYS; i++)
		fprintf(to, "  %-12s %-36s %s\n", config_words[keys[i].attr], keys[i].values,
			keys[i].text);
}

static int put_pairs(struct nlmsghdr *nlh, int argc, char **argv)
{
	const char *names[N_KEYS];
	bool given[N_KEYS] = { false };
	char what[32];
	size_t i;
	int key, err;

	for (i = 0; i < N_KEYS; i++)
		names[i] = config_words[keys[i].attr];
	do {
		key = word_find("config set", argc ? argv[0] : NULL, names, N_KEYS);
		if (key < 0)
			return STATUS_USAGE;
		snprintf(what, sizeof(what), "config set: %s", names[key]);
		if (argc < 2)
			return fail(STATUS_USAGE, "%s: value is missing: expected %s", what,
				    keys[key].values);
		if (given[key])
			return fail(STATUS_USAGE, "%s: given twice: expected once", what);
		given[key] = true;
		err = keys[key].set(what, argv[1], nlh, keys[key].attr);
		if (err)
			return err;
		argc -= 2;
		argv += 2;
	} while (argc);
	return 0;
}

int config_set(int argc, char **argv)
{
	union nl_request req;
	struct nl nl;
	int err;

	nl_request(&req, NFG_CMD_CONFIG_SET, false);
	err = put_pairs(&req.hdr, argc, argv);
	if (err)
		return err;
	err = nl_open(&nl);
	if (err)
		return err;
	if (nl_send(&nl, &req, NULL, NULL))
		err = nl_fail(&nl, "config set", config_words, NFG_A_CONFIG_MAX + 1);
	nl_close(&nl);
	return err;
}
