// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * flow list.  A short list is sorted; of a long one only the beginning is, and
 * the rest is printed as it comes: memory does not grow with the table.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flow.h"
#include "out.h"
#include "stop.h"
#include "text.h"
#include "value.h"

#define SORTED_MAX	4096
#define TRIES		3

struct list {
	struct flow *flows;	/* not printed yet, SORTED_MAX at most */
	size_t n;
	unsigned long printed;
};

static void begin(struct list *list)
{
	list->n = 0;
	list->printed = 0;
}

static void print_flow(struct list *list, const struct flow *flow)
{
	if (options.json) {
		out_json_element(&list->printed, flow_json(flow));
		return;
	}
	if (!list->printed++)
		flow_print_head();
	flow_print_row(flow);
}

static void print_sorted(struct list *list)
{
	size_t i;

	qsort(list->flows, list->n, sizeof(*list->flows), flow_order);
	for (i = 0; i < list->n; i++)
		print_flow(list, &list->flows[i]);
	list->n = 0;
}

static void add(const struct nlmsghdr *nlh, void *data)
{
	struct list *list = data;
	struct flow flow;

	if (!list->printed && list->n < SORTED_MAX) {
		flow_read(nlh, &list->flows[list->n++]);
		return;
	}
	if (!list->printed)
		print_sorted(list);
	flow_read(nlh, &flow);
	print_flow(list, &flow);
}

static void end(struct list *list)
{
	print_sorted(list);
	if (options.json)
		out_json_end(list->printed);
	else if (!list->printed)
		flow_print_head();
}

/* A list that was disturbed is asked for again as long as none of it is printed. */
static int print_list(struct nl *nl, int argc, char **argv, struct list *list)
{
	union nl_request req;
	int tries = TRIES, err;

	do {
		begin(list);
		nl_request(&req, NFG_CMD_FLOW_GET, true);
		err = flow_filter(nl, "flow list", argc, argv, &req.hdr);
		if (err)
			return err;
		err = nl_send(nl, &req, add, list);
	} while (err == -EAGAIN && !list->printed && --tries);

	if (!err || err == -EAGAIN || list->printed)
		end(list);
	fflush(stdout);
	if (err && err != -EAGAIN)
		return nl_fail(nl, "flow list", flow_words, FLOW_WORDS);
	if (err)
		return fail(STATUS_KERNEL,
			    "flow list: the table was resized meanwhile: flows may be missing or there twice, try again");
	return 0;
}

static int watch(struct nl *nl, int argc, char **argv, struct list *list, int every_ms)
{
	const char *clear = isatty(STDOUT_FILENO) ? "\033[H\033[J" : "";
	int err;

	stop_init();
	do {
		if (!options.json)
			fputs(clear, stdout);
		err = print_list(nl, argc, argv, list);
		/* What was disturbed is better the next time. */
		if (err && !list->printed)
			return err;
		if (!*clear && !options.json)
			putchar('\n');
		fflush(stdout);
	} while (!ferror(stdout) && stop_wait(-1, every_ms) != STOP_SIGNAL);
	return 0;
}

/* Takes "--watch [SECONDS]" off the end; false after refuse(). */
static bool take_watch(struct why *why, int *argc, char **argv, int *every_ms)
{
	int i;

	*every_ms = 0;
	if (*argc && !strcmp(argv[0], "--")) {
		--*argc;
		memmove(argv, argv + 1, *argc * sizeof(*argv));
		return true;
	}
	for (i = 0; i < *argc && strcmp(argv[i], "--watch"); i++)
		;
	if (i == *argc)
		return true;
	*every_ms = 1000;
	if (i + 2 < *argc)
		return refuse(why, "unexpected word '%.64s' behind --watch: expected filters in front of it",
			      argv[i + 2]);
	if (i + 1 < *argc && !value_seconds(argv[i + 1], every_ms))
		return refuse(why, "--watch: '%.64s': expected seconds from 0.1 to 86400",
			      argv[i + 1]);
	*argc = i;
	return true;
}

int flow_list(int argc, char **argv)
{
	struct list list = { 0 };
	struct why why;
	int every_ms, err;
	struct nl nl;

	if (!take_watch(&why, &argc, argv, &every_ms))
		return fail(STATUS_USAGE, "flow list: %s", why.text);
	list.flows = calloc(SORTED_MAX, sizeof(*list.flows));
	if (!list.flows)
		return fail(STATUS_KERNEL, "flow list: no memory");
	err = nl_open(&nl);
	if (err)
		goto free;
	err = every_ms ? watch(&nl, argc, argv, &list, every_ms) :
			 print_list(&nl, argc, argv, &list);
	nl_close(&nl);
free:
	free(list.flows);
	return err;
}
