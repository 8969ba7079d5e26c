// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Sends packets as a load balancer does and compares what comes back.
 *
 * usage: probe [-c COUNT] [-s SIZE] [-t TTL] [-T TTL] [-f SECONDS] [-n] SOURCE DESTINATION
 *
 * A UDP socket is enough: the answer keeps its ports, so a socket whose own
 * port is 6081, too, gets it.  Exit status 0 if every packet came back once,
 * with its bytes and the expected TTL.
 *
 *	-c COUNT	packets, one at a time (default 100)
 *	-s SIZE		bytes of the inner packet (default 64)
 *	-t TTL		outer TTL (default 254)
 *	-T TTL		outer TTL of the answers (default: one less)
 *	-f SECONDS	flood instead: send for so long, ask for nothing
 *	-n		do not wait for answers
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PORT		6081
#define GENEVE_LEN	40
#define SIZE_MIN	(sizeof(struct iphdr) + sizeof(struct udphdr) + sizeof(uint32_t))
#define SIZE_MAX_INNER	9500
#define ANSWER_MS	2000

/* Base header with 8 words of options, inner IPv4, and the three options. */
static const uint8_t geneve[GENEVE_LEN] = {
	0x08, 0x00, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x01, 0x08, 0x01, 0x02, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef,
	0x01, 0x08, 0x02, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x01, 0x08, 0x03, 0x01, 0x39, 0xf7, 0xf1, 0xa7,
};

struct probe {
	int fd;
	struct sockaddr_in peer;
	size_t len;
	int ttl;			/* of the answers */
	unsigned int sent, back, different;
	uint8_t packet[GENEVE_LEN + SIZE_MAX_INNER];
};

static uint16_t ip_sum(const void *header)
{
	const uint16_t *word = header;
	uint32_t sum = 0;

	for (unsigned int i = 0; i < sizeof(struct iphdr) / 2; i++)
		sum += word[i];
	sum = (sum & 0xffff) + (sum >> 16);
	sum += sum >> 16;
	return ~sum;
}

static void build(struct probe *p, size_t size)
{
	struct iphdr ip = {
		.version = 4,
		.ihl = 5,
		.tot_len = htons(size),
		.ttl = 64,
		.protocol = IPPROTO_UDP,
		.saddr = inet_addr("10.1.0.10"),
		.daddr = inet_addr("10.9.0.10"),
	};
	struct udphdr udp = {
		.source = htons(4000),
		.dest = htons(7),
		.len = htons(size - sizeof(ip)),
	};

	ip.check = ip_sum(&ip);
	p->len = sizeof(geneve) + size;
	memset(p->packet, 0xa5, p->len);
	memcpy(p->packet, geneve, sizeof(geneve));
	memcpy(p->packet + sizeof(geneve), &ip, sizeof(ip));
	memcpy(p->packet + sizeof(geneve) + sizeof(ip), &udp, sizeof(udp));
}

/* The last bytes tell one packet from the next. */
static int send_one(struct probe *p)
{
	uint32_t number = htonl(++p->sent);

	memcpy(p->packet + p->len - sizeof(number), &number, sizeof(number));
	return sendto(p->fd, p->packet, p->len, 0, (struct sockaddr *)&p->peer,
		      sizeof(p->peer)) < 0 ? -errno : 0;
}

static int receive_one(struct probe *p)
{
	static uint8_t data[65536];
	char control[CMSG_SPACE(sizeof(int))];
	struct sockaddr_in from;
	struct iovec iov = { .iov_base = data, .iov_len = sizeof(data) };
	struct msghdr msg = {
		.msg_name = &from, .msg_namelen = sizeof(from),
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control),
	};
	struct cmsghdr *cmsg;
	ssize_t len;
	int ttl = -1;

	len = recvmsg(p->fd, &msg, MSG_DONTWAIT);
	if (len < 0)
		return -errno;
	cmsg = CMSG_FIRSTHDR(&msg);
	if (cmsg && cmsg->cmsg_level == IPPROTO_IP && cmsg->cmsg_type == IP_TTL)
		memcpy(&ttl, CMSG_DATA(cmsg), sizeof(ttl));

	p->back++;
	if ((size_t)len != p->len || memcmp(data, p->packet, len) ||
	    from.sin_addr.s_addr != p->peer.sin_addr.s_addr || ttl != p->ttl) {
		p->different++;
		printf("answer %u: %zd bytes instead of %zu, from %s, TTL %d instead of %d\n",
		       p->back, len, p->len, inet_ntoa(from.sin_addr), ttl, p->ttl);
	}
	return 0;
}

static int ask(struct probe *p, unsigned int count)
{
	struct pollfd pfd = { .fd = p->fd, .events = POLLIN };

	while (p->sent < count) {
		int err = send_one(p);

		if (err) {
			printf("cannot send: %s\n", strerror(-err));
			return 1;
		}
		if (poll(&pfd, 1, ANSWER_MS) == 1)
			receive_one(p);
		if (p->back < p->sent)
			break;
	}
	/* What comes twice comes soon. */
	if (poll(&pfd, 1, 20) == 1)
		receive_one(p);
	printf("%u sent, %u back, %u of them different\n", p->sent, p->back, p->different);
	return p->sent != count || p->back != p->sent || p->different;
}

/* Devices and routes may vanish meanwhile: errors are part of the game. */
static int flood(struct probe *p, unsigned int seconds)
{
	time_t end = time(NULL) + seconds;

	p->ttl = -1;
	while (time(NULL) < end) {
		if (send_one(p))
			usleep(1000);
		while (recv(p->fd, NULL, 0, MSG_DONTWAIT | MSG_TRUNC) >= 0)
			p->back++;
	}
	printf("%u sent, %u back\n", p->sent, p->back);
	return 0;
}

static int open_socket(const char *source, int ttl)
{
	struct sockaddr_in local = { .sin_family = AF_INET, .sin_port = htons(PORT) };
	int one = 1, discover = IP_PMTUDISC_DONT;
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	/* Transparent: the source need not be an address of this host. */
	if (fd < 0 || inet_pton(AF_INET, source, &local.sin_addr) != 1 ||
	    setsockopt(fd, IPPROTO_IP, IP_TRANSPARENT, &one, sizeof(one)) ||
	    setsockopt(fd, IPPROTO_IP, IP_MTU_DISCOVER, &discover, sizeof(discover)) ||
	    setsockopt(fd, IPPROTO_IP, IP_RECVTTL, &one, sizeof(one)) ||
	    setsockopt(fd, IPPROTO_IP, IP_TTL, &ttl, sizeof(ttl)) ||
	    bind(fd, (struct sockaddr *)&local, sizeof(local))) {
		perror("probe: socket");
		exit(2);
	}
	return fd;
}

int main(int argc, char **argv)
{
	static struct probe p = { .peer.sin_family = AF_INET };
	unsigned int count = 100, seconds = 0, size = 64;
	int ttl = 254, silent = 0, opt;

	p.ttl = -1;
	while ((opt = getopt(argc, argv, "c:s:t:T:f:n")) != -1) {
		switch (opt) {
		case 'c':
			count = atoi(optarg);
			break;
		case 's':
			size = atoi(optarg);
			break;
		case 't':
			ttl = atoi(optarg);
			break;
		case 'T':
			p.ttl = atoi(optarg);
			break;
		case 'f':
			seconds = atoi(optarg);
			break;
		case 'n':
			silent = 1;
			break;
		default:
			return 2;
		}
	}
	if (argc - optind != 2 || size < SIZE_MIN || size > SIZE_MAX_INNER ||
	    inet_pton(AF_INET, argv[optind + 1], &p.peer.sin_addr) != 1) {
		fprintf(stderr, "usage: probe [-c COUNT] [-s SIZE] [-t TTL] [-T TTL] [-f SECONDS] [-n] SOURCE DESTINATION\n");
		return 2;
	}
	p.peer.sin_port = htons(PORT);
	if (p.ttl < 0)
		p.ttl = ttl - 1;
	p.fd = open_socket(argv[optind], ttl);
	build(&p, size);
	if (seconds)
		return flood(&p, seconds);
	if (!silent)
		return ask(&p, count);
	while (p.sent < count)
		if (send_one(&p))
			return 1;
	return 0;
}
