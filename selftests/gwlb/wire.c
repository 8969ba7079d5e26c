// SPDX-License-Identifier: GPL-2.0
/*
 * The outer side.  Packets leave by a raw socket with headers of our own.
 * Answers are read from a packet socket: it shows all of the outer header and
 * also what the IP layer would throw away, such as a wrong header checksum.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gwlb.h"

#define RECEIVE_BUFFER	(8 << 20)
#define BURST		64

static int filter_attach(int fd, struct sock_filter *code, unsigned short len)
{
	struct sock_fprog prog = { .len = len, .filter = code };

	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &prog, sizeof(prog));
}

/*
 * A UDP socket on the port keeps the kernel from answering the answers with
 * ICMP port unreachable; its filter takes nothing.
 */
static int sink_open(struct gwlb *g)
{
	struct sock_filter nothing[] = { BPF_STMT(BPF_RET | BPF_K, 0) };
	struct sockaddr_in addr = { .sin_family = AF_INET, .sin_port = htons(g->port) };

	g->sink_fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (g->sink_fd < 0 || filter_attach(g->sink_fd, nothing, ARRAY_SIZE(nothing)) < 0)
		return -1;
	return bind(g->sink_fd, (struct sockaddr *)&addr, sizeof(addr));
}

/* Is the transport checksum in place, or left to a device that is none? */
static bool csum_is_ready(struct msghdr *msg)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(msg); c; c = CMSG_NXTHDR(msg, c)) {
		struct tpacket_auxdata aux;

		if (c->cmsg_level != SOL_PACKET || c->cmsg_type != PACKET_AUXDATA)
			continue;
		memcpy(&aux, CMSG_DATA(c), sizeof(aux));
		return !(aux.tp_status & TP_STATUS_CSUMNOTREADY);
	}
	return true;
}

static void count_overruns(struct gwlb *g)
{
	struct tpacket_stats stats;
	socklen_t len = sizeof(stats);

	if (!getsockopt(g->answers.fd, SOL_PACKET, PACKET_STATISTICS, &stats, &len))
		g->drop_receive += stats.tp_drops;
}

static void answers_ready(struct gwlb *g, struct watch *w, uint32_t events)
{
	static uint8_t packet[PACKET_MAX];
	char control[CMSG_SPACE(sizeof(struct tpacket_auxdata))];

	(void)events;
	for (int i = 0; i < BURST; i++) {
		struct iovec iov = { .iov_base = packet, .iov_len = sizeof(packet) };
		struct sockaddr_ll from;
		struct msghdr msg = {
			.msg_name = &from, .msg_namelen = sizeof(from),
			.msg_iov = &iov, .msg_iovlen = 1,
			.msg_control = control, .msg_controllen = sizeof(control),
		};
		ssize_t n = recvmsg(w->fd, &msg, MSG_DONTWAIT);

		if (n < 0)
			break;
		if (from.sll_pkttype == PACKET_HOST)
			check_answer(g, packet, (size_t)n, csum_is_ready(&msg));
	}
	count_overruns(g);
}

static int answers_open(struct gwlb *g)
{
	struct sock_filter udp[] = {
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 9),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_UDP, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, PACKET_MAX),
		BPF_STMT(BPF_RET | BPF_K, 0),
	};
	struct sockaddr_ll any = { .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_IP) };
	int one = 1, size = RECEIVE_BUFFER;
	int fd;

	/* Protocol 0: nothing arrives before the filter is in place. */
	fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	g->answers.fd = fd;
	g->answers.ready = answers_ready;
	if (fd < 0 || filter_attach(fd, udp, ARRAY_SIZE(udp)) < 0)
		return -1;
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0 ||
	    setsockopt(fd, SOL_PACKET, PACKET_AUXDATA, &one, sizeof(one)) < 0)
		return -1;
	if (bind(fd, (struct sockaddr *)&any, sizeof(any)) < 0)
		return -1;
	return watch_add(g, &g->answers, EPOLLIN);
}

/* Return: 0, or -1 with errno set */
int wire_open(struct gwlb *g)
{
	int size = RECEIVE_BUFFER;

	g->send_fd = socket(AF_INET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_RAW);
	if (g->send_fd < 0 ||
	    setsockopt(g->send_fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size)) < 0)
		return -1;
	return sink_open(g) < 0 ? -1 : answers_open(g);
}

/*
 * Fills the OVERHEAD bytes in front of the inner packet and sends it.  The
 * kernel adds the header checksum and refuses what does not fit the device's
 * MTU, so that outer fragments do not occur.
 *
 * Return: the bytes sent, or -1.
 */
int wire_send(struct gwlb *g, uint8_t *packet, size_t inner_len, const struct record *r,
	      unsigned int version)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr = r->to };
	uint8_t *ip = packet, *udp = packet + 20;
	size_t total = OVERHEAD + inner_len;
	uint16_t csum;
	ssize_t n;

	memset(ip, 0, OUTER_LEN);
	ip[0] = 0x45;
	put_be16(ip + 2, (uint16_t)total);
	if (!++g->outer_id)	/* for 0 the kernel would choose one */
		g->outer_id = 1;
	put_be16(ip + 4, g->outer_id);
	ip[8] = 254;
	ip[9] = IPPROTO_UDP;
	memcpy(ip + 12, &r->from, 4);
	memcpy(ip + 16, &r->to, 4);

	put_be16(udp, r->port);
	put_be16(udp + 2, g->port);
	put_be16(udp + 4, (uint16_t)(total - 20));
	geneve_build(udp + 8, version, g->endpoints[r->endpoint].id, r->cookie);
	csum = udp_csum(ip, udp, total - 20);
	if (!csum)
		csum = 0xffff;
	memcpy(udp + 6, &csum, sizeof(csum));

	do {
		n = sendto(g->send_fd, packet, total, 0, (struct sockaddr *)&to, sizeof(to));
	} while (n < 0 && errno == EINTR);
	return n == (ssize_t)total ? (int)n : -1;
}
