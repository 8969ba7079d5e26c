// SPDX-License-Identifier: GPL-2.0 OR MIT
/* ruleset show, check, apply and flush. */
#include <stdio.h>
#include <string.h>

#include "config.h"
#include "out.h"
#include "policy/check.h"
#include "policy/parse.h"
#include "policy/print.h"
#include "ruleset_cmd.h"
#include "ruleset_get.h"
#include "ruleset_json.h"
#include "ruleset_put.h"
#include "text.h"
#include "word.h"

/* Settings may change while the ruleset is read. */
#define TRIES	20

static void print_all(const struct config *cfg, const struct ruleset *rs)
{
	printf("config {\n    ");
	config_print(cfg, "\n    ");
	printf("\n}\n");
	print_ruleset(stdout, rs);
}

static json_t *all_json(const struct config *cfg, const struct ruleset *rs, uint32_t generation)
{
	json_t *json = ruleset_json(rs);

	json_object_set_new(json, "generation", json_integer(generation));
	json_object_set_new(json, "config", config_json(cfg));
	return json;
}

static bool config_same(const struct config *a, const struct config *b)
{
	json_t *json[] = { config_json(a), config_json(b) };
	bool same = json_equal(json[0], json[1]);

	json_decref(json[0]);
	json_decref(json[1]);
	return same;
}

/* Settings and ruleset as they were together; @rs is freed by the caller on success. */
static int get_all(struct nl *nl, struct config *cfg, struct ruleset *rs, uint32_t *generation)
{
	struct config before;
	int tries, err;

	err = config_get(nl, cfg);
	for (tries = 0; !err && tries < TRIES; tries++) {
		before = *cfg;
		err = ruleset_get(nl, "ruleset show", GET_ALL, rs, generation);
		if (err)
			return err;
		err = config_get(nl, cfg);
		if (!err && config_same(&before, cfg))
			return 0;
		ruleset_free(rs);
	}
	return err ? err : fail(STATUS_KERNEL, "ruleset show: the settings change too often to be read");
}

int ruleset_show(int argc, char **argv)
{
	uint32_t generation = 0;
	struct ruleset rs;
	struct config cfg;
	struct nl nl;
	int err;

	if (argc)
		return fail(STATUS_USAGE, "ruleset show: unexpected word '%.64s': expected nothing",
			    argv[0]);
	err = nl_open(&nl);
	if (err)
		return err;
	err = get_all(&nl, &cfg, &rs, &generation);
	nl_close(&nl);
	if (err)
		return err;
	if (options.json)
		out_json(all_json(&cfg, &rs, generation));
	else
		print_all(&cfg, &rs);
	ruleset_free(&rs);
	return 0;
}

/* Reads and checks a file; the caller frees @rs in any case. */
static int read_file(const char *path, struct ruleset *rs)
{
	struct complaint bad = { 0 };
	struct source *src;

	src = source_read(&rs->arena, path, &bad.why);
	if (!src)
		return fail(STATUS_USAGE, "%s", bad.why.text);
	if (parse_ruleset(rs, src, source_read, &bad) && check_ruleset(rs, &bad))
		return 0;
	complaint_print(stderr, &bad);
	return STATUS_USAGE;
}

int ruleset_check(int argc, char **argv)
{
	struct ruleset rs;
	int err;

	if (argc != 1)
		return argc ? fail(STATUS_USAGE, "ruleset check: unexpected word '%.64s': expected one file",
				   argv[1])
			    : fail(STATUS_USAGE, "ruleset check: a file is missing: expected its name, or - for standard input");
	ruleset_init(&rs);
	err = read_file(argv[0], &rs);
	ruleset_free(&rs);
	return err;
}

struct apply {
	struct ruleset rs;
	bool keep_flows;
};

static int apply_fill(struct put *put, void *data)
{
	const struct apply *apply = data;

	return put_ruleset(put, &apply->rs);
}

static void apply_commit(struct nlmsghdr *nlh, void *data)
{
	const struct apply *apply = data;
	const struct setting *setting;
	struct nlattr *nest;
	struct why why;

	if (apply->keep_flows)
		mnl_attr_put(nlh, NFG_A_RULESET_KEEP_FLOWS, 0, NULL);
	if (!apply->rs.settings)
		return;
	nest = mnl_attr_nest_start(nlh, NFG_A_RULESET_CONFIG);
	/* The parser has tried them all. */
	for (setting = apply->rs.settings; setting; setting = setting->next)
		config_put(&why, setting->key, setting->value, nlh);
	mnl_attr_nest_end(nlh, nest);
}

static int apply_options(int argc, char **argv, struct apply *apply, const char **path)
{
	static const char *const words[] = { "--keep-flows" };
	bool files = false;
	int i;

	for (i = 0; i < argc; i++) {
		if (!files && !strcmp(argv[i], "--")) {
			files = true;
		} else if (!files && argv[i][0] == '-' && argv[i][1]) {
			if (word_find("ruleset apply", argv[i], words, 1) < 0)
				return STATUS_USAGE;
			apply->keep_flows = true;
		} else if (*path) {
			return fail(STATUS_USAGE, "ruleset apply: unexpected word '%.64s': expected one file",
				    argv[i]);
		} else {
			*path = argv[i];
		}
	}
	return *path ? 0 : fail(STATUS_USAGE, "ruleset apply: a file is missing: expected its name, or - for standard input");
}

/* Whoever makes the file may have failed to: that is not to open everything. */
static int refuse_empty(const char *path, const struct ruleset *rs)
{
	if (rs->settings || rs->sets || rs->policies || rs->bindings)
		return 0;
	return fail(STATUS_USAGE, "ruleset apply: '%.200s' has nothing in it: expected policies; 'genevectl ruleset flush' removes all",
		    path);
}

int ruleset_apply(int argc, char **argv)
{
	struct apply apply = { .keep_flows = false };
	const char *path = NULL;
	struct nl nl;
	int err;

	err = apply_options(argc, argv, &apply, &path);
	if (err)
		return err;
	ruleset_init(&apply.rs);
	err = read_file(path, &apply.rs);
	if (!err)
		err = refuse_empty(path, &apply.rs);
	if (!err)
		err = nl_open(&nl);
	if (!err) {
		err = put_transact(&nl, "ruleset apply", false, apply_fill, apply_commit, &apply);
		nl_close(&nl);
	}
	ruleset_free(&apply.rs);
	return err;
}

static int flush_fill(struct put *put, void *data)
{
	(void)put;
	(void)data;
	return 0;
}

int ruleset_flush(int argc, char **argv)
{
	struct nl nl;
	int err;

	if (argc)
		return fail(STATUS_USAGE, "ruleset flush: unexpected word '%.64s': expected nothing",
			    argv[0]);
	err = nl_open(&nl);
	if (err)
		return err;
	err = put_transact(&nl, "ruleset flush", false, flush_fill, NULL, NULL);
	nl_close(&nl);
	return err;
}
