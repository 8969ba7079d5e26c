// SPDX-License-Identifier: GPL-2.0
/*
 * Two threads take turns with one netlink port number: while the socket of one is being
 * closed, the other has its number already and goes on with a transaction.
 *
 * usage: portid SECONDS		prints how many requests were accepted
 */
#include <err.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <linux/nf_geneve.h>

#define PORT		0x4e464721
#define ELEMENTS	1300

static uint16_t family;
static time_t end;
static _Atomic unsigned long accepted;

static struct nlmsghdr *request(char *buf, int type, int cmd)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	struct genlmsghdr *genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	genl->cmd = cmd;
	genl->version = NFG_GENL_VERSION;
	return nlh;
}

/* The error of the answer, a positive number if it is something else. */
static int answer(struct mnl_socket *s, const struct nlmsghdr *nlh)
{
	char buf[8192];
	const struct nlmsghdr *got = (const struct nlmsghdr *)buf;
	int error = 1;

	if (mnl_socket_sendto(s, nlh, nlh->nlmsg_len) < 0)
		err(2, "sending");
	if (mnl_socket_recvfrom(s, buf, sizeof(buf)) < 0)
		err(2, "receiving");
	if (got->nlmsg_type == NLMSG_ERROR)
		memcpy(&error, mnl_nlmsg_get_payload(got), sizeof(error));
	return error;
}

static void find_family(void)
{
	struct mnl_socket *s = mnl_socket_open(NETLINK_GENERIC);
	char buf[8192];
	struct nlmsghdr *nlh = request(buf, GENL_ID_CTRL, CTRL_CMD_GETFAMILY);
	const struct nlattr *attr;

	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, NFG_GENL_NAME);
	if (!s || mnl_socket_bind(s, 0, MNL_SOCKET_AUTOPID) ||
	    mnl_socket_sendto(s, nlh, nlh->nlmsg_len) < 0 ||
	    mnl_socket_recvfrom(s, buf, sizeof(buf)) < 0)
		err(2, "netlink");
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			family = mnl_attr_get_u16(attr);
	mnl_socket_close(s);
	if (!family)
		errx(2, "no module");
}

static int put_elements(struct mnl_socket *s, char *buf)
{
	static const struct nfg_element elements[ELEMENTS];
	struct nlmsghdr *nlh = request(buf, family, NFG_CMD_SET_ADD);

	mnl_attr_put_strz(nlh, NFG_A_SET_NAME, "s");
	mnl_attr_put(nlh, NFG_A_SET_ELEMENTS, sizeof(elements), elements);
	return answer(s, nlh);
}

static int put_set(struct mnl_socket *s, char *buf)
{
	struct nlmsghdr *nlh = request(buf, family, NFG_CMD_SET_NEW);

	mnl_attr_put_strz(nlh, NFG_A_SET_NAME, "s");
	mnl_attr_put_u8(nlh, NFG_A_SET_TYPE, NFG_SET_PORT);
	return answer(s, nlh);
}

static void *run(void *arg)
{
	static _Thread_local char buf[1 << 17];
	struct mnl_socket *s;
	int i, one = 1;

	(void)arg;
	while (time(NULL) < end) {
		s = mnl_socket_open(NETLINK_GENERIC);
		if (!s)
			err(2, "netlink");
		mnl_socket_setsockopt(s, NETLINK_CAP_ACK, &one, sizeof(one));
		while (mnl_socket_bind(s, 0, PORT))
			if (errno != EADDRINUSE || time(NULL) >= end)
				goto close;
		answer(s, request(buf, family, NFG_CMD_RULESET_BEGIN));
		accepted += !put_set(s, buf);
		for (i = 0; i < 3; i++)
			accepted += !put_elements(s, buf);
close:
		mnl_socket_close(s);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t threads[3];
	unsigned int i;

	if (argc != 2)
		errx(2, "usage: portid SECONDS");
	find_family();
	end = time(NULL) + atoi(argv[1]);
	for (i = 0; i < 3; i++)
		if (pthread_create(&threads[i], NULL, run, NULL))
			errx(2, "threads");
	for (i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	printf("%lu\n", accepted);
	return !accepted;
}
