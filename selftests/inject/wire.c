// SPDX-License-Identifier: GPL-2.0
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "inject.h"

#define APPLIANCE_MAC	"\x02\x00\x00\x00\x00\x02"
/* Nobody's: only an answer that takes the address from the frame gets there. */
#define SENDER_MAC	"\x02\x00\x00\x00\x00\x77"
#define IP_PROTOCOL	9
#define GENEVE_PORT	6081

static int packet_fd, stack_fd, forge_fd = -1;
static struct nfg_forge forge;
static uint8_t expected_macs[2 * ETH_ALEN];

static int raw_socket(int domain, int protocol)
{
	int fd = socket(domain, SOCK_RAW | SOCK_CLOEXEC, protocol);

	if (fd < 0)
		err(2, "raw socket");
	return fd;
}

static void own_mac(const char *dev, uint8_t *mac)
{
	struct ifreq request = { 0 };

	strncpy(request.ifr_name, dev, IFNAMSIZ - 1);
	if (ioctl(packet_fd, SIOCGIFHWADDR, &request))
		err(2, "%s", dev);
	memcpy(mac, request.ifr_hwaddr.sa_data, ETH_ALEN);
}

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

	packet_fd = raw_socket(AF_PACKET, 0);
	if (bind(packet_fd, (struct sockaddr *)&address, sizeof(address)) ||
	    setsockopt(packet_fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &promiscuous,
		       sizeof(promiscuous)))
		err(2, "%s", dev);
}

/* Routed answers are for this host: with a socket it does not send ICMP errors,
 * which the appliance would count.
 */
static void sink_open(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(GENEVE_PORT) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)))
		err(2, "port %d", GENEVE_PORT);
}

/* What must be done inside the appliance's namespace; comes back afterwards. */
static void appliance_open(const struct options *o)
{
	int home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC), there;
	char path[128];

	snprintf(path, sizeof(path), "/run/netns/%s", o->appliance);
	there = open(path, O_RDONLY | O_CLOEXEC);
	if (home < 0 || there < 0 || setns(there, CLONE_NEWNET))
		err(2, "%s", path);
	stack_fd = raw_socket(AF_INET, IPPROTO_UDP);
	if (o->forging) {
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

void wire_open(const struct options *o)
{
	forge = o->forge;
	packet_open(o->dev);
	sink_open();
	appliance_open(o);
	memcpy(expected_macs, SENDER_MAC, ETH_ALEN);
	if (o->route)
		own_mac(o->dev, expected_macs);
	memcpy(expected_macs + ETH_ALEN, APPLIANCE_MAC, ETH_ALEN);
}

static bool forge_send(const uint8_t *frame, size_t len)
{
	static uint8_t request[sizeof(forge) + FRAME_MAX];

	memcpy(request, &forge, sizeof(forge));
	memcpy(request + sizeof(forge), frame, len);
	if (write(forge_fd, request, sizeof(forge) + len) >= 0)
		return true;
	if (errno == EBADMSG)
		printf("# the bytes of a clone were changed\n");
	else if (errno == EILSEQ)
		printf("# a packet left with stale metadata, see the kernel log\n");
	else
		err(2, "nfg_forge");
	return false;
}

bool wire_send(const uint8_t *ip, size_t len)
{
	static uint8_t frame[FRAME_MAX] = APPLIANCE_MAC SENDER_MAC "\x08";

	memcpy(frame + ETH_HLEN, ip, len);
	if (forge_fd >= 0)
		return forge_send(frame, ETH_HLEN + len);
	if (send(packet_fd, frame, ETH_HLEN + len, 0) < 0)
		err(2, "sending %zu bytes", ETH_HLEN + len);
	return true;
}

static bool readable(int fd, int ms)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, ms) > 0;
}

/* Not what we sent, and not what the appliance's stack says to passed packets. */
size_t wire_receive(uint8_t *frame, int ms)
{
	struct sockaddr_ll from;
	socklen_t size;
	ssize_t n;

	while (readable(packet_fd, ms)) {
		size = sizeof(from);
		n = recvfrom(packet_fd, frame, FRAME_MAX, 0, (struct sockaddr *)&from, &size);
		if (n < 0)
			err(2, "receiving");
		if (from.sll_pkttype != PACKET_OUTGOING &&
		    frame[ETH_HLEN + IP_PROTOCOL] == IPPROTO_UDP)
			return n;
	}
	return 0;
}

size_t wire_delivered(uint8_t *ip, int ms)
{
	ssize_t n;

	if (!readable(stack_fd, ms))
		return 0;
	n = recv(stack_fd, ip, FRAME_MAX, 0);
	if (n < 0)
		err(2, "receiving");
	return n;
}

void wire_answer_header(uint8_t *frame)
{
	memcpy(frame, expected_macs, sizeof(expected_macs));
	memcpy(frame + sizeof(expected_macs), "\x08\x00", 2);
}
