// SPDX-License-Identifier: GPL-2.0 OR MIT
/* flow count, show and flush. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "endpoint.h"
#include "flow.h"
#include "out.h"
#include "text.h"
#include "value.h"

const char *const flow_words[] = {
	[NFG_A_FLOW_FILTER] = "filter",
	[NFG_A_FLOW_ENDPOINT] = "endpoint",
	[NFG_A_FLOW_PROTO] = "protocol",
	[NFG_A_FLOW_SADDR] = "source",
	[NFG_A_FLOW_DADDR] = "destination",
	[NFG_A_FLOW_SPORT] = "source port",
	[NFG_A_FLOW_DPORT] = "destination port",
	[NFG_A_FLOW_EXPIRES_MS] = NULL,
};

static void read_count(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr;

	nl_for_each(attr, nlh)
		if (mnl_attr_get_type(attr) == NFG_A_FLOW_COUNT)
			*(uint32_t *)data = nl_uint(attr);
}

/* FLOW_COUNT or FLOW_FLUSH: how many flows the filter selects. */
static int ask_count(uint8_t cmd, const char *what, int argc, char **argv, uint32_t *count)
{
	union nl_request req;
	struct nl nl;
	int err;

	err = nl_open(&nl);
	if (err)
		return err;
	nl_request(&req, cmd, false);
	err = flow_filter(&nl, what, argc, argv, &req.hdr);
	if (!err && nl_send(&nl, &req, read_count, count))
		err = nl_fail(&nl, what, flow_words, FLOW_WORDS);
	nl_close(&nl);
	return err;
}

int flow_count(int argc, char **argv)
{
	uint32_t count = 0;
	int err;

	err = ask_count(NFG_CMD_FLOW_COUNT, "flow count", argc, argv, &count);
	if (err)
		return err;
	if (options.json)
		out_json(json_pack("{s:I}", "flows", (json_int_t)count));
	else
		printf("%" PRIu32 "\n", count);
	return 0;
}

int flow_flush(int argc, char **argv)
{
	uint32_t count = 0;
	int err;

	err = ask_count(NFG_CMD_FLOW_FLUSH, "flow flush", argc, argv, &count);
	if (!err && options.json)
		out_json(json_pack("{s:I}", "flows", (json_int_t)count));
	return err;
}

static void put_tuple(struct nlmsghdr *nlh, const struct tuple *tuple)
{
	mnl_attr_put_u8(nlh, NFG_A_FLOW_PROTO, tuple->proto);
	mnl_attr_put(nlh, NFG_A_FLOW_SADDR, family_size(tuple->family), tuple->saddr);
	mnl_attr_put(nlh, NFG_A_FLOW_DADDR, family_size(tuple->family), tuple->daddr);
	mnl_attr_put_u16(nlh, NFG_A_FLOW_SPORT, tuple->sport);
	mnl_attr_put_u16(nlh, NFG_A_FLOW_DPORT, tuple->dport);
}

static int get_flow(struct nl *nl, const char *endpoint, const struct tuple *tuple,
		    struct flow *flow)
{
	union nl_request req;
	uint64_t id;
	int err;

	err = endpoint_id(nl, "flow show", endpoint, &id);
	if (err)
		return err;
	nl_request(&req, NFG_CMD_FLOW_GET, false);
	mnl_attr_put_u64(&req.hdr, NFG_A_FLOW_ENDPOINT, id);
	put_tuple(&req.hdr, tuple);
	if (!nl_send(nl, &req, flow_read, flow))
		return 0;
	if (nl->error == -ENOENT)
		return fail(STATUS_KERNEL,
			    "flow show: no such flow: expected one of 'genevectl flow list'");
	return nl_fail(nl, "flow show", flow_words, FLOW_WORDS);
}

int flow_show(int argc, char **argv)
{
	struct tuple tuple = { 0 };
	struct flow flow = { 0 };
	struct why why;
	struct nl nl;
	int err;

	if (argc != 4)
		return fail(STATUS_USAGE,
			    "flow show: expected ENDPOINT PROTO SOURCE DESTINATION, as 'genevectl flow list' prints them");
	if (!tuple_parse(&why, argv[1], argv[2], argv[3], &tuple))
		return fail(STATUS_USAGE, "flow show: %s", why.text);
	err = nl_open(&nl);
	if (err)
		return err;
	err = get_flow(&nl, argv[0], &tuple, &flow);
	nl_close(&nl);
	if (err)
		return err;
	if (options.json)
		out_json(flow_json(&flow));
	else
		flow_print(&flow, "");
	return 0;
}
