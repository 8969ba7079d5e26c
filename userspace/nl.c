// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "nl.h"
#include "text.h"

uint64_t nl_uint(const struct nlattr *attr)
{
	uint64_t u64;

	switch (mnl_attr_get_payload_len(attr)) {
	case 1:
		return mnl_attr_get_u8(attr);
	case 2:
		return mnl_attr_get_u16(attr);
	case 4:
		return mnl_attr_get_u32(attr);
	case 8:
		memcpy(&u64, mnl_attr_get_payload(attr), sizeof(u64));
		return u64;
	default:
		return 0;
	}
}

const char *nl_text(char *buf, size_t size, const struct nlattr *attr)
{
	snprintf(buf, size, "%.*s", (int)mnl_attr_get_payload_len(attr),
		 (const char *)mnl_attr_get_payload(attr));
	return buf;
}

int nl_address(uint8_t *addr, const struct nlattr *attr)
{
	size_t len = mnl_attr_get_payload_len(attr);

	memset(addr, 0, 16);
	memcpy(addr, mnl_attr_get_payload(attr), len < 16 ? len : 16);
	return len == 4 ? AF_INET : AF_INET6;
}

static void nl_begin(union nl_request *req, uint16_t family, uint8_t cmd, uint8_t version,
		     uint16_t flags)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(req);
	struct genlmsghdr *genl;

	nlh->nlmsg_type = family;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = cmd;
	genl->version = version;
}

void nl_request(union nl_request *req, uint8_t cmd, bool dump)
{
	/* nl_send() knows the family. */
	nl_begin(req, 0, cmd, NFG_GENL_VERSION, dump ? NLM_F_DUMP : NLM_F_ACK);
}

/* The attribute of a request that lies at @offset, 0 for none. */
static uint16_t nl_attr_at(const union nl_request *req, uint32_t offset)
{
	const struct nlattr *attr;

	nl_for_each(attr, &req->hdr) {
		size_t begin = (const char *)attr - req->buf;

		if (offset >= begin && offset < begin + attr->nla_len)
			return mnl_attr_get_type(attr);
	}
	return 0;
}

/* Keeps the extended acknowledgment's attributes, which begin at @skip. */
static void nl_keep_extack(struct nl *nl, const union nl_request *req,
			   const struct nlmsghdr *nlh, size_t skip)
{
	const struct nlattr *attr;

	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS) || mnl_nlmsg_get_payload_len(nlh) < skip)
		return;
	mnl_attr_for_each(attr, nlh, skip) {
		switch (mnl_attr_get_type(attr)) {
		case NLMSGERR_ATTR_MSG:
			nl_text(nl->message, sizeof(nl->message), attr);
			break;
		case NLMSGERR_ATTR_OFFS:
			nl->bad_attr = nl_attr_at(req, nl_uint(attr));
			break;
		}
	}
}

/* Reads the end of an answer: an acknowledgment or the last part of a dump. */
static int nl_end(struct nl *nl, const union nl_request *req, const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *err = mnl_nlmsg_get_payload(nlh);
	size_t skip = sizeof(int);

	nl->error = 0;
	if (mnl_nlmsg_get_payload_len(nlh) >= sizeof(int))
		nl->error = err->error;
	if (nlh->nlmsg_type == NLMSG_ERROR) {
		skip = sizeof(*err);
		/* The kernel repeats the whole request behind an error. */
		if (nl->error && !(nlh->nlmsg_flags & NLM_F_CAPPED))
			skip += mnl_nlmsg_get_payload_len(&err->msg);
	}
	if (nl->error)
		nl_keep_extack(nl, req, nlh, skip);
	return nl->error;
}

int nl_send(struct nl *nl, union nl_request *req, nl_cb cb, void *data)
{
	char buf[NL_ANSWER_MAX] __attribute__((aligned(NLMSG_ALIGNTO)));
	const struct nlmsghdr *nlh;
	bool disturbed = false;
	ssize_t got;
	int len;

	nl->message[0] = '\0';
	nl->bad_attr = 0;
	if (!req->hdr.nlmsg_type)
		req->hdr.nlmsg_type = nl->family;
	req->hdr.nlmsg_seq = ++nl->seq;
	if (mnl_socket_sendto(nl->sock, req, req->hdr.nlmsg_len) < 0)
		return nl->error = -errno;

	for (;;) {
		got = mnl_socket_recvfrom(nl->sock, buf, sizeof(buf));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return nl->error = -errno;
		len = got;
		for (nlh = (void *)buf; mnl_nlmsg_ok(nlh, len);
		     nlh = mnl_nlmsg_next(nlh, &len)) {
			if (nlh->nlmsg_seq != nl->seq)
				continue;
			if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
				disturbed = true;
			if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE) {
				if (!nl_end(nl, req, nlh) && disturbed)
					nl->error = -EAGAIN;
				return nl->error;
			}
			if (cb && nlh->nlmsg_type >= NLMSG_MIN_TYPE)
				cb(nlh, data);
		}
	}
}

int nl_fail(const struct nl *nl, const char *what, const char *const *words, size_t n_words)
{
	const char *word = nl->bad_attr < n_words ? words[nl->bad_attr] : NULL;
	const char *why = nl->message[0] ? nl->message : strerror(-nl->error);

	if (nl->error == -EPERM && !nl->message[0])
		return fail(STATUS_KERNEL,
			    "%s: no permission: CAP_NET_ADMIN is needed in the user namespace of this network namespace",
			    what);
	/* Unloaded since we asked for the family. */
	if (nl->error == -ENOENT && !nl->message[0])
		return fail(STATUS_KERNEL, "nf_geneve is not loaded: try 'modprobe nf_geneve'");
	if (nl->error == -EAGAIN && !nl->message[0])
		return fail(STATUS_KERNEL, "%s: it changes too often to be read: try again", what);
	if (word)
		return fail(STATUS_KERNEL, "%s: %s: %s", what, word, why);
	return fail(STATUS_KERNEL, "%s: %s", what, why);
}

static void nl_family_groups(struct nl *nl, const struct nlattr *groups)
{
	const struct nlattr *group, *attr;
	char name[GENL_NAMSIZ];
	uint32_t id;

	mnl_attr_for_each_nested(group, groups) {
		id = 0;
		name[0] = '\0';
		mnl_attr_for_each_nested(attr, group) {
			if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GRP_ID)
				id = nl_uint(attr);
			else if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GRP_NAME)
				nl_text(name, sizeof(name), attr);
		}
		if (!strcmp(name, NFG_GENL_MCGRP_CONFIG))
			nl->config_group = id;
		else if (!strcmp(name, NFG_GENL_MCGRP_EVENTS))
			nl->events_group = id;
	}
}

static void nl_family_cb(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr;
	struct nl *nl = data;

	nl_for_each(attr, nlh) {
		switch (mnl_attr_get_type(attr)) {
		case CTRL_ATTR_FAMILY_ID:
			nl->family = nl_uint(attr);
			break;
		case CTRL_ATTR_MCAST_GROUPS:
			nl_family_groups(nl, attr);
			break;
		}
	}
}

static int nl_find_family(struct nl *nl)
{
	union nl_request req;

	nl_begin(&req, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 1, NLM_F_ACK);
	mnl_attr_put_strz(&req.hdr, CTRL_ATTR_FAMILY_NAME, NFG_GENL_NAME);
	return nl_send(nl, &req, nl_family_cb, nl);
}

int nl_open(struct nl *nl)
{
	int on = 1, err;

	memset(nl, 0, sizeof(*nl));
	nl->seq = time(NULL);
	nl->sock = mnl_socket_open2(NETLINK_GENERIC, SOCK_CLOEXEC);
	if (!nl->sock)
		return fail(STATUS_KERNEL, "cannot open a netlink socket: %s", strerror(errno));
	if (mnl_socket_bind(nl->sock, 0, MNL_SOCKET_AUTOPID) < 0) {
		err = fail(STATUS_KERNEL, "cannot bind a netlink socket: %s", strerror(errno));
		goto close;
	}
	/* Without it errors come without sentences, which is no reason to stop. */
	mnl_socket_setsockopt(nl->sock, NETLINK_EXT_ACK, &on, sizeof(on));
	/* A refusal need not repeat the whole request. */
	mnl_socket_setsockopt(nl->sock, NETLINK_CAP_ACK, &on, sizeof(on));
	if (nl_find_family(nl)) {
		err = nl_fail(nl, "nf_geneve", NULL, 0);
		goto close;
	}
	return 0;

close:
	nl_close(nl);
	return err;
}

void nl_close(struct nl *nl)
{
	mnl_socket_close(nl->sock);
	nl->sock = NULL;
}
