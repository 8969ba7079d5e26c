// SPDX-License-Identifier: GPL-2.0 OR MIT
/* Messages that come by themselves. */
#include <errno.h>
#include <string.h>

#include "nl.h"

/* The control family's group "notify" has the family's own number. */
#define CTRL_GROUP_NOTIFY	GENL_ID_CTRL

static int nl_join(struct nl *nl, uint32_t group)
{
	return mnl_socket_setsockopt(nl->sock, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)) ?
	       -errno : 0;
}

int nl_subscribe(struct nl *nl, unsigned int groups)
{
	nl->error = nl_join(nl, CTRL_GROUP_NOTIFY);
	if (!nl->error && groups & NL_GROUP_CONFIG)
		nl->error = nl_join(nl, nl->config_group);
	if (!nl->error && groups & NL_GROUP_EVENTS)
		nl->error = nl_join(nl, nl->events_group);
	return nl->error;
}

static bool nl_is_farewell(const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *attr;
	char name[GENL_NAMSIZ];

	if (nlh->nlmsg_type != GENL_ID_CTRL || genl->cmd != CTRL_CMD_DELFAMILY)
		return false;
	nl_for_each(attr, nlh)
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_NAME &&
		    !strcmp(nl_text(name, sizeof(name), attr), NFG_GENL_NAME))
			return true;
	return false;
}

int nl_receive(struct nl *nl, nl_cb cb, void *data, enum nl_event *event)
{
	char buf[NL_ANSWER_MAX] __attribute__((aligned(NLMSG_ALIGNTO)));
	const struct nlmsghdr *nlh;
	ssize_t got;
	int len;

	*event = NL_EVENT_FAMILY;
	got = mnl_socket_recvfrom(nl->sock, buf, sizeof(buf));
	if (got < 0 && errno == ENOBUFS) {
		*event = NL_EVENT_LOST;
		return 0;
	}
	if (got < 0)
		return errno == EINTR ? 0 : (nl->error = -errno);

	len = got;
	for (nlh = (void *)buf; mnl_nlmsg_ok(nlh, len); nlh = mnl_nlmsg_next(nlh, &len)) {
		if (nlh->nlmsg_type == nl->family)
			cb(nlh, data);
		else if (nl_is_farewell(nlh))
			*event = NL_EVENT_GONE;
	}
	return 0;
}
