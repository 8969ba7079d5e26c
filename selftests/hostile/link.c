// SPDX-License-Identifier: GPL-2.0
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "counters.h"
#include "packets.h"

#define BATCH_MAX	64
#define BUFFER		(64 << 20)
#define RETRIES_MAX	5000

static int packet_fd, forge_fd = -1;

static void packet_open(const char *dev)
{
	struct sockaddr_ll address = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_IP),
		.sll_ifindex = if_nametoindex(dev),
	};
	struct packet_mreq promiscuous = {
		.mr_ifindex = address.sll_ifindex,
		.mr_type = PACKET_MR_PROMISC,
	};
	int one = 1, size = BUFFER;

	packet_fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (packet_fd < 0 ||
	    setsockopt(packet_fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) ||
	    setsockopt(packet_fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one, sizeof(one)) ||
	    setsockopt(packet_fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof(one)) ||
	    bind(packet_fd, (struct sockaddr *)&address, sizeof(address)) ||
	    setsockopt(packet_fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &promiscuous,
		       sizeof(promiscuous)))
		err(2, "%s", dev);
}

/* Routed answers are for this host: with a socket it does not send ICMP errors,
 * which the appliance would count.
 */
static void sink_open(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(6081) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), size = 1;

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)) ||
	    bind(fd, (struct sockaddr *)&address, sizeof(address)))
		err(2, "port 6081");
}

static void appliance_open(const char *appliance, bool forging)
{
	int home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC), there;
	char path[128];

	snprintf(path, sizeof(path), "/run/netns/%s", appliance);
	there = open(path, O_RDONLY | O_CLOEXEC);
	if (home < 0 || there < 0 || setns(there, CLONE_NEWNET))
		err(2, "%s", path);
	if (forging) {
		forge_fd = open("/dev/nfg_forge", O_WRONLY | O_CLOEXEC);
		if (forge_fd < 0)
			err(2, "/dev/nfg_forge");
	}
	counters_open();
	if (setns(home, CLONE_NEWNET))
		err(2, "network namespace");
	close(home);
	close(there);
}

void link_open(const char *dev, const char *appliance, bool forging)
{
	packet_open(dev);
	sink_open();
	appliance_open(appliance, forging);
}

void link_send(struct packet *p, u32 n)
{
	struct mmsghdr messages[BATCH_MAX] = { 0 };
	struct iovec parts[BATCH_MAX];
	u32 sent = 0, tries = 0;
	int some;

	for (u32 i = 0; i < n; i++) {
		parts[i] = (struct iovec){ p[i].frame, ETH_LEN + p[i].len };
		messages[i].msg_hdr.msg_iov = &parts[i];
		messages[i].msg_hdr.msg_iovlen = 1;
	}
	while (sent < n) {
		some = sendmmsg(packet_fd, messages + sent, n - sent, 0);
		/* the ring of a device is full */
		if (some < 0 && errno == ENOBUFS && tries++ < RETRIES_MAX)
			usleep(1000);
		else if (some < 0)
			err(2, "sending packet %llu of %u bytes",
			    (unsigned long long)p[sent].number, p[sent].len);
		else
			sent += some;
	}
}

const char *link_forge(const struct packet *p)
{
	static u8 request[sizeof(p->forge) + FRAME_MAX];
	struct nfg_forge *forge = (struct nfg_forge *)request;

	*forge = p->forge;
	snprintf(forge->dev, sizeof(forge->dev), "vb");
	memcpy(forge + 1, p->frame, ETH_LEN + p->len);
	if (write(forge_fd, request, sizeof(*forge) + ETH_LEN + p->len) >= 0)
		return NULL;
	if (errno == EBADMSG)
		return "the bytes of a clone were changed";
	if (errno == EILSEQ)
		return "a packet left with stale metadata, see the kernel log";
	err(2, "nfg_forge, packet %llu", (unsigned long long)p->number);
}

u32 link_receive(u8 *frame, int ms)
{
	struct pollfd readable = { .fd = packet_fd, .events = POLLIN };
	ssize_t n;

	for (;;) {
		n = recv(packet_fd, frame, FRAME_MAX, MSG_DONTWAIT | MSG_TRUNC);
		if (n > FRAME_MAX)
			errx(1, "a frame of %zd bytes came", n);
		if (n >= ETH_LEN + 20 && frame[ETH_LEN + 9] == IPPROTO_UDP)
			return n;
		if (n >= 0)
			continue;
		if (errno != EAGAIN)
			err(2, "receiving");
		if (poll(&readable, 1, ms) <= 0)
			return 0;
	}
}
