// SPDX-License-Identifier: GPL-2.0 OR MIT
/* set list, add and delete. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "duration.h"
#include "edit.h"
#include "out.h"
#include "policy/check.h"
#include "policy/parse.h"
#include "policy/print.h"
#include "ruleset_cmd.h"
#include "ruleset_get.h"
#include "ruleset_json.h"
#include "ruleset_put.h"
#include "text.h"

static void print_sets(const struct ruleset *rs)
{
	char timeout[DURATION_TEXT], name[OUT_TEXT];
	int width = strlen("name");
	const struct set *set;

	for (set = rs->sets; set; set = set->next)
		width = (int)strlen(set->name) > width ? (int)strlen(set->name) : width;
	printf("%-*s  %-8s  %10s  %8s\n", width, "name", "type", "elements", "timeout");
	for (set = rs->sets; set; set = set->next)
		printf("%-*s  %-8s  %10" PRIu32 "  %8s\n", width, out_text(name, set->name),
		       set_types[set->type], set->elements.n,
		       set->timeout ? duration_text(timeout, set->timeout / 1000) : "-");
}

static json_t *sets_json(const struct ruleset *rs)
{
	json_t *json = json_array();
	const struct set *set;

	for (set = rs->sets; set; set = set->next)
		json_array_append_new(json, set_json(set, false));
	return json;
}

static int list_sets(void)
{
	uint32_t generation;
	struct ruleset rs;
	struct nl nl;
	int err;

	err = nl_open(&nl);
	if (err)
		return err;
	err = ruleset_get(&nl, "set list", GET_SETS, &rs, &generation);
	nl_close(&nl);
	if (err)
		return err;
	if (options.json)
		out_json(sets_json(&rs));
	else
		print_sets(&rs);
	ruleset_free(&rs);
	return 0;
}

/* A line for each element: what an element file is. */
static void print_elements(const struct set *set)
{
	uint32_t i;

	for (i = 0; i < set->elements.n; i++) {
		print_element(stdout, set->type, &set->elements.e[i].v);
		putchar('\n');
	}
}

static int list_set(const char *name)
{
	struct ruleset rs;
	struct nl nl;
	int err;

	if (!parse_is_name(name))
		return edit_no_name("set list", "set", name);
	err = nl_open(&nl);
	if (err)
		return err;
	ruleset_init(&rs);
	if (ruleset_get_set(&nl, name, &rs) || !rs.sets)
		err = nl_fail(&nl, "set list", NULL, 0);
	else if (options.json)
		out_json(set_json(rs.sets, true));
	else
		print_elements(rs.sets);
	ruleset_free(&rs);
	nl_close(&nl);
	return err;
}

int set_list(int argc, char **argv)
{
	if (argc > 1)
		return fail(STATUS_USAGE, "set list: unexpected word '%.64s': expected one set",
			    argv[1]);
	return argc ? list_set(argv[0]) : list_sets();
}

/* Elements that come or go. */
struct change {
	struct edit edit;
	uint8_t cmd;
	struct set *set;
};

/* The set's type tells how to read its elements. */
static int get_type(struct change *change, const char *name)
{
	if (ruleset_get_type(&change->edit.nl, name, &change->set->type))
		return nl_fail(&change->edit.nl, change->edit.what, NULL, 0);
	return 0;
}

static int read_elements(struct change *change, int argc, char **argv)
{
	struct ruleset *rs = &change->edit.rs;
	bool timeouts = change->cmd == NFG_CMD_SET_ADD;
	struct complaint bad;
	const struct source *src = edit_source(rs, argc, argv);

	if (parse_elements_text(rs, change->set, src, timeouts, &bad) &&
	    check_set(rs, change->set, &change->edit.outside, &bad))
		return 0;
	complaint_print(stderr, &bad);
	return STATUS_USAGE;
}

static int fill_elements(struct put *put, void *data)
{
	struct change *change = data;

	return put_elements(put, change->cmd, change->set);
}

static int change_set(const char *what, uint8_t cmd, int argc, char **argv)
{
	struct change change = { .cmd = cmd };
	int err;

	if (argc < 2)
		return fail(STATUS_USAGE, "%s: a word is missing: expected the set's name and elements",
			    what);
	if (!parse_is_name(argv[0]))
		return edit_no_name(what, "set", argv[0]);
	edit_init(&change.edit, what);
	change.set = ruleset_add_set(&change.edit.rs, argv[0]);
	err = edit_open(&change.edit);
	if (!err)
		err = get_type(&change, argv[0]);
	if (!err)
		err = read_elements(&change, argc - 1, argv + 1);
	if (!err)
		err = put_transact(&change.edit.nl, what, true, fill_elements, NULL, &change);
	edit_free(&change.edit);
	return err;
}

int set_add(int argc, char **argv)
{
	return change_set("set add", NFG_CMD_SET_ADD, argc, argv);
}

int set_delete(int argc, char **argv)
{
	return change_set("set delete", NFG_CMD_SET_DELETE, argc, argv);
}
