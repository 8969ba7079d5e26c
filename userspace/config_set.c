// SPDX-License-Identifier: GPL-2.0 OR MIT
/* config set: all pairs go to the kernel in one request. */
#include <string.h>

#include "config.h"
#include "config_key.h"
#include "text.h"
#include "word.h"

void config_set_help(FILE *to)
{
	size_t i;

	fputs("\nKEY and VALUE, as `config show` prints them:\n", to);
	for (i = 0; i < config_n_keys; i++)
		fprintf(to, "  %-19s  %-35s  %s\n", config_words[config_keys[i].attr],
			config_keys[i].values, config_keys[i].text);
	fputs("\nDURATION: seconds, or like 90s, 5m, 1h30m; at most 1d.\n", to);
}

static int put_pair(struct nlmsghdr *nlh, const struct config_key *key, const char *value)
{
	const char *name = config_words[key->attr];
	struct why why;

	if (!value)
		return fail(STATUS_USAGE, "config set: %s: value is missing: expected %s", name,
			    key->values);
	if (!config_put(&why, key, value, nlh))
		return fail(STATUS_USAGE, "config set: %s: %s", name, why.text);
	return 0;
}

static int put_pairs(struct nlmsghdr *nlh, int argc, char **argv)
{
	const char *names[config_n_keys];
	bool given[config_n_keys];
	size_t i;
	int key, err;

	memset(given, 0, sizeof(given));
	for (i = 0; i < config_n_keys; i++)
		names[i] = config_words[config_keys[i].attr];
	do {
		key = word_find("config set", argc ? argv[0] : NULL, names, config_n_keys);
		if (key < 0)
			return STATUS_USAGE;
		if (given[key])
			return fail(STATUS_USAGE, "config set: %s: given twice: expected once",
				    names[key]);
		given[key] = true;
		err = put_pair(nlh, &config_keys[key], argc > 1 ? argv[1] : NULL);
		if (err)
			return err;
		argc -= 2;
		argv += 2;
	} while (argc > 0);
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
