// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Gives every packet of a queue (NFQUEUE) back as it is, as an intrusion detection
 * system does in front of an appliance.
 *
 * usage: queue NUMBER		until SIGTERM; prints how many there were
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_queue.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>

static struct nlmsghdr *request(char *buf, int type, int queue)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	struct nfgenmsg *nfg = mnl_nlmsg_put_extra_header(nlh, sizeof(*nfg));

	nlh->nlmsg_type = NFNL_SUBSYS_QUEUE << 8 | type;
	nlh->nlmsg_flags = NLM_F_REQUEST;
	nfg->version = NFNETLINK_V0;
	nfg->res_id = htons(queue);
	return nlh;
}

static void send_request(struct mnl_socket *s, const struct nlmsghdr *nlh)
{
	if (mnl_socket_sendto(s, nlh, nlh->nlmsg_len) < 0)
		err(2, "netlink");
}

static void bind_queue(struct mnl_socket *s, int queue)
{
	const struct nfqnl_msg_config_cmd cmd = {
		.command = NFQNL_CFG_CMD_BIND, .pf = htons(AF_INET),
	};
	const struct nfqnl_msg_config_params params = { .copy_mode = NFQNL_COPY_META };
	char buf[256];
	struct nlmsghdr *nlh = request(buf, NFQNL_MSG_CONFIG, queue);

	mnl_attr_put(nlh, NFQA_CFG_CMD, sizeof(cmd), &cmd);
	mnl_attr_put(nlh, NFQA_CFG_PARAMS, sizeof(params), &params);
	send_request(s, nlh);
}

static int packet_id(const struct nlattr *attr, void *id)
{
	const struct nfqnl_msg_packet_hdr *packet = mnl_attr_get_payload(attr);

	if (mnl_attr_get_type(attr) == NFQA_PACKET_HDR)
		*(uint32_t *)id = packet->packet_id;
	return MNL_CB_OK;
}

static void accept_packet(struct mnl_socket *s, int queue, const struct nlmsghdr *got)
{
	struct nfqnl_msg_verdict_hdr verdict = { .verdict = htonl(NF_ACCEPT) };
	char buf[256];
	struct nlmsghdr *nlh = request(buf, NFQNL_MSG_VERDICT, queue);

	mnl_attr_parse(got, sizeof(struct nfgenmsg), packet_id, &verdict.id);
	mnl_attr_put(nlh, NFQA_VERDICT_HDR, sizeof(verdict), &verdict);
	send_request(s, nlh);
}

int main(int argc, char **argv)
{
	struct mnl_socket *s = mnl_socket_open(NETLINK_NETFILTER);
	const struct timeval second = { .tv_sec = 1 };
	int queue = argc == 2 ? atoi(argv[1]) : -1, len;
	static char buf[1 << 16];
	unsigned long packets = 0;
	sigset_t term, pending;
	struct nlmsghdr *nlh;

	if (queue < 0)
		errx(2, "usage: queue NUMBER");
	if (!s || mnl_socket_bind(s, 0, MNL_SOCKET_AUTOPID))
		err(2, "netlink");
	setsockopt(mnl_socket_get_fd(s), SOL_SOCKET, SO_RCVTIMEO, &second, sizeof(second));
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, NULL);
	bind_queue(s, queue);
	while (sigpending(&pending), !sigismember(&pending, SIGTERM)) {
		len = mnl_socket_recvfrom(s, buf, sizeof(buf));
		if (len < 0 && errno != EAGAIN && errno != ENOBUFS)
			err(2, "receiving");
		for (nlh = (struct nlmsghdr *)buf; len > 0 && mnl_nlmsg_ok(nlh, len);
		     nlh = mnl_nlmsg_next(nlh, &len)) {
			if (nlh->nlmsg_type != (NFNL_SUBSYS_QUEUE << 8 | NFQNL_MSG_PACKET))
				continue;
			accept_packet(s, queue, nlh);
			packets++;
		}
	}
	printf("%lu\n", packets);
	return 0;
}
