// SPDX-License-Identifier: GPL-2.0 OR MIT
/* endpoint list and show. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "endpoint.h"
#include "out.h"
#include "text.h"

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
	if (ep->ever)
		return out_time(buf, ep->idle_ms);
	return "-";
}

static const char *name_of(const struct endpoint *ep)
{
	return ep->name[0] ? ep->name : NULL;
}

/* NULL for the default */
static const char *policy_of(const struct endpoint *ep)
{
	return ep->policy[0] ? ep->policy : NULL;
}

static int wider(int width, const char *text)
{
	int len = strlen(text);

	return len > width ? len : width;
}

static void print_list(const struct list *list)
{
	char name[OUT_TEXT], policy[OUT_TEXT], idle[OUT_QUANTITY];
	int names = strlen("name"), policies = strlen("policy");
	const struct endpoint *ep;

	for (ep = list->eps; ep < list->eps + list->n; ep++) {
		names = wider(names, out_text(name, name_of(ep)));
		policies = wider(policies, out_text(policy, policy_of(ep)));
	}
	printf("%-22s  %-*s  %-*s %12s %12s %12s %8s\n", "id", names, "name", policies, "policy",
	       "rx", "tx", "drop", "idle");
	for (ep = list->eps; ep < list->eps + list->n; ep++)
		printf("%-22s  %-*s  %-*s %12" PRIu64 " %12" PRIu64 " %12" PRIu64 " %8s\n",
		       ep->id, names, out_text(name, name_of(ep)), policies,
		       out_text(policy, policy_of(ep)), ep->rx.packets, ep->tx.packets,
		       ep->drop.packets, idle_text(idle, ep));
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
	return err;
}

static void show_list(const struct list *list)
{
	if (list->n)
		qsort(list->eps, list->n, sizeof(*list->eps), by_id);
	if (options.json)
		out_json(list_json(list));
	else
		print_list(list);
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
	err = get_list(&nl, &list);
	if (!err || err == -EAGAIN)
		show_list(&list);
	if (err == -EAGAIN)
		err = fail(STATUS_KERNEL,
			   "endpoint list: endpoints came and went meanwhile: some may be missing or there twice, try again");
	else if (err)
		err = nl_fail(&nl, "endpoint list", endpoint_words, ENDPOINT_WORDS);
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
		return nl_fail(nl, what, endpoint_words, ENDPOINT_WORDS);
unknown:
	return fail(STATUS_KERNEL,
		    "%s: unknown endpoint '%.64s': expected the id or name of one in 'genevectl endpoint list'",
		    what, key);
}

int endpoint_id(struct nl *nl, const char *what, const char *key, uint64_t *id)
{
	struct endpoint ep;
	int err;

	if (!nfg_vpce_parse(key, id))
		return 0;
	err = find(nl, what, key, &ep);
	if (!err)
		*id = ep.number;
	return err;
}

static void print_count(const char *name, const struct count *count)
{
	char bytes[OUT_QUANTITY];

	printf("  %-5s%14" PRIu64 " packets%12s\n", name, count->packets,
	       out_quantity(bytes, count->bytes, "B"));
}

int endpoint_show(int argc, char **argv)
{
	char name[OUT_TEXT], policy[OUT_TEXT], idle[OUT_QUANTITY];
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
	printf("%s  name %s  policy %s  idle %s\n", ep.id, out_text(name, name_of(&ep)),
	       out_text(policy, policy_of(&ep)), idle_text(idle, &ep));
	print_count("rx", &ep.rx);
	print_count("tx", &ep.tx);
	print_count("drop", &ep.drop);
	return 0;
}
