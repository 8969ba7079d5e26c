// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "nl_batch.h"
#include "text.h"

#define BUF_SIZE	(4 * NL_BATCH_MESSAGE)
/* If all fail the answers still fit into the socket. */
#define WAITING_MAX	96

void nl_batch_init(struct nl_batch *batch, struct nl *nl)
{
	int on = 1;

	*batch = (struct nl_batch){ .nl = nl, .buf = malloc(BUF_SIZE) };
	if (!batch->buf)
		exit(fail(STATUS_KERNEL, "no memory"));
	/* An answer need not repeat its request, which may be long. */
	mnl_socket_setsockopt(nl->sock, NETLINK_CAP_ACK, &on, sizeof(on));
}

void nl_batch_free(struct nl_batch *batch)
{
	free(batch->buf);
}

/* What the requests take, the last of which may still grow. */
static size_t length(const struct nl_batch *batch)
{
	return batch->used + (batch->last ? MNL_ALIGN(batch->last->nlmsg_len) : 0);
}

int nl_batch_add(struct nl_batch *batch, uint8_t cmd, struct nlmsghdr **nlh)
{
	struct genlmsghdr *genl;
	int err;

	if (batch->waiting == WAITING_MAX || BUF_SIZE - length(batch) < NL_BATCH_MESSAGE) {
		err = nl_batch_flush(batch);
		if (err)
			return err;
	}
	batch->used = length(batch);
	*nlh = mnl_nlmsg_put_header(batch->buf + batch->used);
	(*nlh)->nlmsg_type = batch->nl->family;
	(*nlh)->nlmsg_flags = NLM_F_REQUEST;
	(*nlh)->nlmsg_seq = ++batch->nl->seq;
	genl = mnl_nlmsg_put_extra_header(*nlh, sizeof(*genl));
	genl->cmd = cmd;
	genl->version = NFG_GENL_VERSION;
	batch->last = *nlh;
	batch->waiting++;
	batch->n++;
	return 0;
}

/* Keeps what the kernel says about the first request that failed. */
static void keep_error(struct nl_batch *batch, const struct nlmsghdr *nlh, uint32_t first)
{
	const struct nlmsgerr *err = mnl_nlmsg_get_payload(nlh);
	struct nl *nl = batch->nl;
	size_t skip = sizeof(*err);
	const struct nlattr *attr;

	if (!err->error || nl->error)
		return;
	nl->error = err->error;
	batch->failed = batch->n - batch->waiting + (nlh->nlmsg_seq - first);
	/* The kernel repeats the whole request behind an error. */
	if (!(nlh->nlmsg_flags & NLM_F_CAPPED))
		skip += mnl_nlmsg_get_payload_len(&err->msg);
	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS) || mnl_nlmsg_get_payload_len(nlh) < skip)
		return;
	mnl_attr_for_each(attr, nlh, skip)
		if (mnl_attr_get_type(attr) == NLMSGERR_ATTR_MSG)
			nl_text(nl->message, sizeof(nl->message), attr);
}

/* Reads answers up to the one to the last request. */
static void read_answers(struct nl_batch *batch, uint32_t first)
{
	char buf[2 * NL_BATCH_MESSAGE] __attribute__((aligned(NLMSG_ALIGNTO)));
	struct nl *nl = batch->nl;
	const struct nlmsghdr *nlh;
	ssize_t got;
	int len;

	for (;;) {
		got = mnl_socket_recvfrom(nl->sock, buf, sizeof(buf));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			nl->error = -errno;
			return;
		}
		len = got;
		for (nlh = (void *)buf; mnl_nlmsg_ok(nlh, len);
		     nlh = mnl_nlmsg_next(nlh, &len)) {
			if (nlh->nlmsg_type != NLMSG_ERROR ||
			    nlh->nlmsg_seq - first > nl->seq - first)
				continue;
			keep_error(batch, nlh, first);
			if (nlh->nlmsg_seq == nl->seq)
				return;
		}
	}
}

int nl_batch_flush(struct nl_batch *batch)
{
	struct nl *nl = batch->nl;
	uint32_t first = nl->seq + 1 - batch->waiting;

	if (!batch->waiting)
		return 0;
	/* One answer for all of them, if none fails. */
	batch->last->nlmsg_flags |= NLM_F_ACK;
	nl->error = 0;
	nl->message[0] = '\0';
	nl->bad_attr = 0;
	if (mnl_socket_sendto(nl->sock, batch->buf, length(batch)) < 0)
		nl->error = -errno;
	else
		read_answers(batch, first);
	batch->used = 0;
	batch->waiting = 0;
	batch->last = NULL;
	return nl->error;
}
