// SPDX-License-Identifier: GPL-2.0 OR MIT
/* Instead of nl.c and nl_batch.c. */
#include <stdlib.h>
#include <string.h>

#include "fake_kernel.h"
#include "text.h"

static struct nlmsghdr **requests;
static uint32_t n_requests;

void fake_reset(void)
{
	while (n_requests)
		free(requests[--n_requests]);
	free(requests);
	requests = NULL;
}

const struct nlmsghdr *fake_request(uint32_t i)
{
	return i < n_requests ? requests[i] : NULL;
}

static uint8_t cmd_of(const struct nlmsghdr *nlh)
{
	return ((const struct genlmsghdr *)mnl_nlmsg_get_payload(nlh))->cmd;
}

static struct nlmsghdr *begin(void *buf, uint8_t cmd)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	struct genlmsghdr *genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));

	genl->cmd = cmd;
	return nlh;
}

void nl_batch_init(struct nl_batch *batch, struct nl *nl)
{
	*batch = (struct nl_batch){ .nl = nl };
}

void nl_batch_free(struct nl_batch *batch)
{
	(void)batch;
}

int nl_batch_add(struct nl_batch *batch, uint8_t cmd, struct nlmsghdr **nlh)
{
	requests = realloc(requests, (n_requests + 1) * sizeof(*requests));
	requests[n_requests] = malloc(NL_BATCH_MESSAGE);
	*nlh = begin(requests[n_requests++], cmd);
	batch->n++;
	return 0;
}

int nl_batch_flush(struct nl_batch *batch)
{
	(void)batch;
	return 0;
}

void nl_request(union nl_request *req, uint8_t cmd, bool dump)
{
	(void)dump;
	begin(req, cmd);
}

/* A policy's default is dumped among the rules. */
static void tell_default(const struct nlmsghdr *policy, nl_cb cb, void *data)
{
	const struct nlattr *attr, *inner;
	union nl_request answer;
	struct nlmsghdr *nlh = begin(&answer, NFG_CMD_RULE_GET);

	nl_for_each(attr, policy) {
		if (mnl_attr_get_type(attr) == NFG_A_POLICY_NAME)
			mnl_attr_put(nlh, NFG_A_RULE_POLICY, mnl_attr_get_payload_len(attr),
				     mnl_attr_get_payload(attr));
		if (mnl_attr_get_type(attr) != NFG_A_POLICY_DEFAULT)
			continue;
		mnl_attr_for_each_nested(inner, attr)
			mnl_attr_put(nlh, mnl_attr_get_type(inner),
				     mnl_attr_get_payload_len(inner),
				     mnl_attr_get_payload(inner));
		mnl_attr_put(nlh, NFG_A_RULE_DEFAULT, 0, NULL);
		cb(nlh, data);
	}
}

/* Does an answer to @get repeat the request @made? */
static bool answers(uint8_t get, uint8_t made)
{
	return (get == NFG_CMD_SET_GET && (made == NFG_CMD_SET_NEW || made == NFG_CMD_SET_ADD)) ||
	       (get == NFG_CMD_POLICY_GET && made == NFG_CMD_POLICY_NEW) ||
	       (get == NFG_CMD_RULE_GET && made == NFG_CMD_RULE_ADD) ||
	       (get == NFG_CMD_BIND_GET && made == NFG_CMD_BIND);
}

int nl_send(struct nl *nl, union nl_request *req, nl_cb cb, void *data)
{
	uint8_t get = cmd_of(&req->hdr);
	uint32_t i;

	(void)nl;
	for (i = 0; i < n_requests; i++) {
		if (answers(get, cmd_of(requests[i])))
			cb(requests[i], data);
		if (get == NFG_CMD_RULE_GET && cmd_of(requests[i]) == NFG_CMD_POLICY_NEW)
			tell_default(requests[i], cb, data);
	}
	return 0;
}

int nl_fail(const struct nl *nl, const char *what, const char *const *words, size_t n_words)
{
	(void)nl;
	(void)words;
	(void)n_words;
	return fail(STATUS_KERNEL, "%s", what);
}

uint64_t nl_uint(const struct nlattr *attr)
{
	uint64_t u64 = 0;

	memcpy(&u64, mnl_attr_get_payload(attr), mnl_attr_get_payload_len(attr));
	return u64;
}

const char *nl_text(char *buf, size_t size, const struct nlattr *attr)
{
	snprintf(buf, size, "%.*s", (int)mnl_attr_get_payload_len(attr),
		 (const char *)mnl_attr_get_payload(attr));
	return buf;
}
