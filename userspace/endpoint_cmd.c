// SPDX-License-Identifier: GPL-2.0 OR MIT
/* endpoint list, show and set. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "endpoint.h"
#include "out.h"
#include "text.h"
#include "word.h"

static const char *const words[NFG_A_ENDPOINT_MAX + 1] = {
	[NFG_A_ENDPOINT_ID] = "id",
	[NFG_A_ENDPOINT_NAME] = "name",
};

#define N_WORDS	(sizeof(words) / sizeof(words[0]))

struct list {
	struct endpoint *eps;
	size_t n;
	size_t room;
};

static void add(const struct nlmsghdr *nlh, void *data)
{
	struct list *list = data;
	struct endpoint *eps;

	if (list->n == list->room) {
		list->room = list->room ? 2 * list->room : 64;
		eps = realloc(list->eps, list->room * sizeof(*eps));
		if (!eps)
			exit(fail(STATUS_KERNEL, "endpoint list: no memory"));
		list->eps = eps;
	}
	endpoint_read(nlh, &list->eps[list->n++]);
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct endpoint *)a)->id, ((const struct endpoint *)b)->id);
}

static const char *idle_text(char *buf, const struct endpoint *ep)
{
	uint64_t s = ep->idle_ms / 1000;

	if (!ep->ever)
		snprintf(buf, OUT_QUANTITY, "-");
	else if (s < 60)
		snprintf(buf, OUT_QUANTITY, "%" PRIu64 ".%" PRIu64 "s", s,
			 ep->idle_ms % 1000 / 100);
	else if (s < 3600)
		snprintf(buf, OUT_QUANTITY, "%" PRIu64 "m%02" PRIu64 "s", s / 60, s % 60);
	else
		snprintf(buf, OUT_QUANTITY, "%" PRIu64 "h%02" PRIu64 "m", s / 3600, s / 60 % 60);
	return buf;
}

static const char *name_of(const struct endpoint *ep)
{
	return ep->name[0] ? ep->name : NULL;
}

static void print_list(const struct list *list)
{
	char name[OUT_TEXT], idle[OUT_QUANTITY];
	int width = strlen("name");
	size_t i;

	for (i = 0; i < list->n; i++) {
		int w = strlen(out_text(name, name_of(&list->eps[i])));

		width = w > width ? w : width;
	}
	printf("%-22s  %-*s %12s %12s %12s %8s\n", "id", width, "name", "rx", "tx", "drop", "idle");
	for (i = 0; i < list->n; i++) {
		const struct endpoint *ep = &list->eps[i];

		printf("%-22s  %-*s %12" PRIu64 " %12" PRIu64 " %12" PRIu64 " %8s\n", ep->id,
		       width, out_text(name, name_of(ep)), ep->rx.packets, ep->tx.packets,
		       ep->drop.packets, idle_text(idle, ep));
	}
}

static json_t *list_json(const struct list *list)
{
	json_t *json = json_array();
	size_t i;

	for (i = 0; i < list->n; i++)
		json_array_append_new(json, endpoint_json(&list->eps[i]));
	return json;
}

/* Endpoints come and go while we read: then once more, but not for ever. */
static int get_list(struct nl *nl, struct list *list)
{
	union nl_request req;
	int tries = 10, err;

	do {
		list->n = 0;
		nl_request(&req, NFG_CMD_ENDPOINT_GET, true);
		err = nl_send(nl, &req, add, list);
	} while (err == -EAGAIN && --tries);
	return err == -EAGAIN ? 0 : err;
}

int endpoint_list(int argc, char **argv)
{
	struct list list = { 0 };
	struct nl nl;
	int err;

	if (argc)
		return fail(STATUS_USAGE, "endpoint list: unexpected word '%.64s': expected nothing",
			    argv[0]);
	err = nl_open(&nl);
	if (err)
		return err;
	if (get_list(&nl, &list)) {
		err = nl_fail(&nl, "endpoint list", words, N_WORDS);
	} else {
		if (list.n)
			qsort(list.eps, list.n, sizeof(*list.eps), by_id);
		if (options.json)
			out_json(list_json(&list));
		else
			print_list(&list);
	}
	free(list.eps);
	nl_close(&nl);
	return err;
}

/* The endpoint of that id or name; the kernel takes no name that reads as an id. */
static int find(struct nl *nl, const char *what, const char *key, struct endpoint *ep)
{
	union nl_request req;
	uint64_t id;

	nl_request(&req, NFG_CMD_ENDPOINT_GET, false);
	if (!nfg_vpce_parse(key, &id))
		mnl_attr_put_u64(&req.hdr, NFG_A_ENDPOINT_ID, id);
	else if (*key && strlen(key) <= NFG_NAME_LEN_MAX)
		mnl_attr_put_strz(&req.hdr, NFG_A_ENDPOINT_NAME, key);
	else
		goto unknown;
	if (!nl_send(nl, &req, endpoint_read, ep))
		return 0;
	if (nl->error != -ENOENT)
		return nl_fail(nl, what, words, N_WORDS);
unknown:
	return fail(STATUS_KERNEL,
		    "%s: unknown endpoint '%.64s': expected the id or name of one in 'genevectl endpoint list'",
		    what, key);
}

static void print_count(const char *name, const struct count *count)
{
	char bytes[OUT_QUANTITY];

	printf("  %-5s%14" PRIu64 " packets%12s\n", name, count->packets,
	       out_quantity(bytes, count->bytes, "B"));
}

int endpoint_show(int argc, char **argv)
{
	char name[OUT_TEXT], idle[OUT_QUANTITY];
	struct endpoint ep;
	struct nl nl;
	int err;

	if (argc != 1)
		return argc ? fail(STATUS_USAGE, "endpoint show: unexpected word '%.64s': expected one id or name",
				   argv[1])
			    : fail(STATUS_USAGE, "endpoint show: an endpoint is missing: expected its id or name");
	err = nl_open(&nl);
	if (err)
		return err;
	err = find(&nl, "endpoint show", argv[0], &ep);
	nl_close(&nl);
	if (err)
		return err;

	if (options.json) {
		out_json(endpoint_json(&ep));
		return 0;
	}
	printf("%s  name %s  idle %s\n", ep.id, out_text(name, name_of(&ep)),
	       idle_text(idle, &ep));
	print_count("rx", &ep.rx);
	print_count("tx", &ep.tx);
	print_count("drop", &ep.drop);
	return 0;
}

/* The name out of "NAME" or "name NAME"; NULL after a sentence. */
static const char *name_argument(int argc, char **argv)
{
	static const char *const keys[] = { "name" };

	if (!argc) {
		fail(STATUS_USAGE, "endpoint set: an endpoint is missing: expected its id or name");
		return NULL;
	}
	if (argc > 2 && word_find("endpoint set", argv[1], keys, 1) < 0)
		return NULL;
	if (argc < 2 || (argc == 2 && !strcmp(argv[1], "name"))) {
		fail(STATUS_USAGE, "endpoint set: name: value is missing: expected a name, '' for none");
		return NULL;
	}
	if (argc > 3) {
		fail(STATUS_USAGE, "endpoint set: unexpected word '%.64s': expected one name",
		     argv[3]);
		return NULL;
	}
	if (strlen(argv[argc - 1]) > NFG_NAME_LEN_MAX) {
		fail(STATUS_USAGE, "endpoint set: name: too long: expected at most %d characters",
		     NFG_NAME_LEN_MAX);
		return NULL;
	}
	return argv[argc - 1];
}

int endpoint_set(int argc, char **argv)
{
	const char *name = name_argument(argc, argv);
	struct endpoint ep;
	union nl_request req;
	struct nl nl;
	int err;

	if (!name)
		return STATUS_USAGE;
	err = nl_open(&nl);
	if (err)
		return err;
	/* An id need not be known yet. */
	if (nfg_vpce_parse(argv[0], &ep.number))
		err = find(&nl, "endpoint set", argv[0], &ep);
	if (err)
		goto close;

	nl_request(&req, NFG_CMD_ENDPOINT_SET, false);
	mnl_attr_put_u64(&req.hdr, NFG_A_ENDPOINT_ID, ep.number);
	mnl_attr_put_strz(&req.hdr, NFG_A_ENDPOINT_NAME, name);
	if (nl_send(&nl, &req, NULL, NULL))
		err = nl_fail(&nl, "endpoint set", words, N_WORDS);
close:
	nl_close(&nl);
	return err;
}
