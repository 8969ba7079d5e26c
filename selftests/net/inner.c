// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Sends inner packets of a flow through an appliance and says what becomes of them.
 *
 * usage: inner [OPTION...] PROTO ADDR PORT PEER_ADDR PEER_PORT PACKET...
 *
 * PROTO is tcp, udp, icmp (ICMPv6 between IPv6 addresses; PORT is the id) or a
 * number. PACKET is `>` (sent by ADDR) or `<` (by its peer) and what it is:
 *
 *	tcp		flags, of SAFRPU; `0` for none
 *	icmp		`.`: an echo request, or the reply to it; TYPE.CODE: any other query
 *	others		`.`
 *	any		`!TYPE.CODE`: an ICMP error that quotes a packet of the receiver
 *
 * and `/N`: fragment N of FRAGMENTS.
 *
 *	-e ENDPOINT	id, 16 hexadecimal digits
 *	-c COOKIE	8 hexadecimal digits
 *	-i ID		of fragmented packets; counts up with the flows
 *	-r ROUTER	source of ICMP errors, instead of the peer
 *	-t TO		receiver of ICMP errors, instead of the other side
 *	-q OLD_PORT	the port of ADDR that ICMP errors quote
 *	-m		ICMP errors quote a packet that the receiver got, not one of its own
 *	-l SOURCE -d DESTINATION	outer addresses
 *	-w MS		to wait for an answer
 *	-k ROUNDS	so many times the packets, waiting for each answer; 0: until SIGTERM
 *	-p US		pause after each round
 *	-u		each round is another flow, PORT and then ADDR counting up
 *	-n FLOWS	so many flows, likewise; waits for nothing
 *
 * Output: a word for each packet, `back`, `lost` or `other` (something else came
 * back); with -k and -n "SENT sent BACK back".
 *
 * A UDP socket is enough: the answer keeps its ports, so a socket whose own
 * port is 6081, too, gets it. Transport checksums are left zero.
 */
#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "slow.h"

#define PORT		6081
#define GENEVE_LEN	40
#define FRAGMENTS	3
#define FRAGMENT_LEN	24	/* a TCP header fits, and it is a multiple of 8 */
#define L4_LEN		(FRAGMENTS * FRAGMENT_LEN)
#define ERROR_LEN	(8 + 40 + L4_LEN)
#define PACKET_MAX	(GENEVE_LEN + 40 + 8 + ERROR_LEN)
#define BUFFER		(8 << 20)
#define ICMPV6_QUERY	128
#define PORTS		50000	/* counted through before the next address */

enum word { BACK, LOST, OTHER };

struct addr {
	int len;		/* 4 or 16 bytes */
	uint8_t bytes[16];
};

struct flow {
	uint8_t proto;
	struct addr addr, peer;
	uint16_t port, peer_port;
};

struct options {
	uint64_t endpoint;
	uint32_t cookie;
	uint32_t id;
	const char *router, *to, *source, *destination;
	int quoted_port, wait_ms;
	unsigned int rounds, pause_us, flows;
	bool repeat, other_flow, mirrored;
};

struct packet {
	size_t len;
	uint8_t data[PACKET_MAX];
};

static struct options options = {
	.endpoint = 0x0123456789abcdef, .cookie = 0x39f7f1a7, .id = 1, .quoted_port = -1,
	.source = "10.30.1.10", .destination = "10.30.1.50", .wait_ms = 500,
};

static void put(struct packet *p, uint64_t value, unsigned int bytes)
{
	while (bytes--)
		p->data[p->len++] = value >> 8 * bytes;
}

static void put_bytes(struct packet *p, const void *data, size_t len)
{
	memcpy(p->data + p->len, data, len);
	p->len += len;
}

static struct addr address(const char *text)
{
	struct addr a = { .len = strchr(text, ':') ? 16 : 4 };

	if (inet_pton(a.len == 4 ? AF_INET : AF_INET6, text, a.bytes) != 1)
		errx(2, "no address: %s", text);
	return a;
}

static void put_geneve(struct packet *p, const struct flow *f)
{
	put(p, 0x08000000 | (f->addr.len == 4 ? 0x0800 : 0x86dd), 4);
	put(p, 0, 4);
	put(p, 0x01080102, 4);
	put(p, options.endpoint, 8);
	put(p, 0x01080202, 4);
	put(p, 0, 8);
	put(p, 0x01080301, 4);
	put(p, options.cookie, 4);
}

static void put_ipv4(struct packet *p, const struct flow *f, size_t len, int fragment)
{
	unsigned int more = fragment + 1 < FRAGMENTS;
	uint8_t *ip = p->data + p->len;
	uint32_t sum = 0;

	put(p, 0x4500, 2);
	put(p, 20 + len, 2);
	put(p, fragment < 0 ? 0 : options.id, 2);
	put(p, fragment < 0 ? 0 : more << 13 | fragment * FRAGMENT_LEN / 8, 2);
	put(p, 64, 1);
	put(p, f->proto, 1);
	put(p, 0, 2);
	put_bytes(p, f->addr.bytes, 4);
	put_bytes(p, f->peer.bytes, 4);
	for (int i = 0; i < 20; i += 2)
		sum += ip[i] << 8 | ip[i + 1];
	sum = (sum & 0xffff) + (sum >> 16);
	sum = ~(sum + (sum >> 16));
	ip[10] = sum >> 8;
	ip[11] = sum;
}

static void put_ipv6(struct packet *p, const struct flow *f, size_t len, int fragment)
{
	put(p, 0x60000000, 4);
	put(p, len + (fragment < 0 ? 0 : 8), 2);
	put(p, fragment < 0 ? f->proto : IPPROTO_FRAGMENT, 1);
	put(p, 64, 1);
	put_bytes(p, f->addr.bytes, 16);
	put_bytes(p, f->peer.bytes, 16);
	if (fragment < 0)
		return;
	put(p, f->proto << 8, 2);
	put(p, fragment * FRAGMENT_LEN | (fragment + 1 < FRAGMENTS), 2);
	put(p, options.id, 4);
}

static void put_ip(struct packet *p, const struct flow *f, size_t len, int fragment)
{
	if (f->addr.len == 4)
		put_ipv4(p, f, len, fragment);
	else
		put_ipv6(p, f, len, fragment);
}

static uint8_t tcp_flags(const char *text)
{
	static const char names[] = "FSRPAU";
	uint8_t flags = 0;

	for (; *text && *text != '/' && *text != '0'; text++) {
		if (!strchr(names, *text))
			errx(2, "%s: no flag of TCP", text);
		flags |= 1 << (strchr(names, *text) - names);
	}
	return flags;
}

static unsigned int type_and_code(const char *text)
{
	unsigned int type, code;

	if (sscanf(text, "%u.%u", &type, &code) != 2)
		errx(2, "%s: not TYPE.CODE", text);
	return type << 8 | code;
}

static unsigned int icmp_type(const struct flow *f, bool reply, const char *what)
{
	if (*what != '.')
		return type_and_code(what);
	if (f->proto == IPPROTO_ICMPV6)
		return (ICMPV6_QUERY + reply) << 8;
	return reply ? 0 : 8 << 8;
}

static void put_l4(struct packet *p, const struct flow *f, bool reply, const char *what)
{
	size_t end = p->len + L4_LEN;

	memset(p->data + p->len, 0xa5, L4_LEN);
	switch (f->proto) {
	case IPPROTO_TCP:
		put(p, f->port << 16 | f->peer_port, 4);
		put(p, 1000, 4);
		put(p, 2000, 4);
		put(p, 0x5000 | tcp_flags(what), 2);
		put(p, 5000, 2);
		put(p, 0, 4);
		break;
	case IPPROTO_SCTP:
		put(p, f->port << 16 | f->peer_port, 4);
		break;
	case IPPROTO_UDP:
		put(p, f->port << 16 | f->peer_port, 4);
		put(p, L4_LEN, 2);
		put(p, 0, 2);
		break;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		put(p, icmp_type(f, reply, what), 2);
		put(p, 0, 2);
		put(p, reply ? f->peer_port : f->port, 2);
		break;
	}
	p->len = end;
}

static struct flow reversed(const struct flow *f)
{
	return (struct flow){
		.proto = f->proto, .addr = f->peer, .peer = f->addr,
		.port = f->peer_port, .peer_port = f->port,
	};
}

/* An error from the side of @f's originator about what its peer sent. */
static void put_error(struct packet *p, const struct flow *f, bool reply, const char *what)
{
	struct flow error = *f, quoted = options.mirrored ? *f : reversed(f);

	error.proto = f->addr.len == 4 ? IPPROTO_ICMP : IPPROTO_ICMPV6;
	if (options.router)
		error.addr = address(options.router);
	if (options.to)
		error.peer = address(options.to);
	if (options.quoted_port >= 0 && reply)
		quoted.port = options.quoted_port;
	else if (options.quoted_port >= 0)
		quoted.peer_port = options.quoted_port;
	put_ip(p, &error, 8 + (f->addr.len == 4 ? 20 : 40) + L4_LEN, -1);
	put(p, type_and_code(what), 2);
	put(p, 0, 6);
	put_ip(p, &quoted, L4_LEN, -1);
	put_l4(p, &quoted, reply == options.mirrored, f->proto == IPPROTO_TCP ? "A" : ".");
}

/* Takes out the middle: what a fragment carries. */
static void cut(struct packet *p, size_t l4, int fragment)
{
	memmove(p->data + l4, p->data + l4 + fragment * FRAGMENT_LEN, FRAGMENT_LEN);
	p->len = l4 + FRAGMENT_LEN;
}

static void build(struct packet *p, const struct flow *f, const char *text)
{
	bool reply = *text == '<';
	struct flow sent = reply ? reversed(f) : *f;
	const char *slash = strchr(text, '/');
	int fragment = slash ? atoi(slash + 1) : -1;
	size_t l4;

	if (!strchr("<>", *text) || !text[1] || fragment >= FRAGMENTS)
		errx(2, "%s: no packet", text);
	p->len = 0;
	put_geneve(p, f);
	if (text[1] == '!') {
		put_error(p, &sent, reply, text + 2);
		return;
	}
	put_ip(p, &sent, slash ? FRAGMENT_LEN : L4_LEN, fragment);
	l4 = p->len;
	put_l4(p, &sent, reply, text + 1);
	if (slash)
		cut(p, l4, fragment);
}

static void deliver(int fd, const struct packet *p)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(PORT) };

	inet_pton(AF_INET, options.destination, &to.sin_addr);
	if (sendto(fd, p->data, p->len, 0, (struct sockaddr *)&to, sizeof(to)) < 0)
		err(2, "sending");
}

static unsigned int drain(int fd)
{
	unsigned int n = 0;

	while (recv(fd, NULL, 0, MSG_DONTWAIT | MSG_TRUNC) >= 0)
		n++;
	return n;
}

/* Something else may come before the answer, or instead of it. */
static enum word ask(int fd, const struct packet *p)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	uint8_t data[PACKET_MAX + 1];
	enum word word = LOST;

	drain(fd);
	deliver(fd, p);
	while (poll(&pfd, 1, slow_ms(options.wait_ms)) == 1) {
		ssize_t len = recv(fd, data, sizeof(data), 0);

		if (len == (ssize_t)p->len && !memcmp(data, p->data, len))
			return BACK;
		word = OTHER;
	}
	return word;
}

static void ask_words(int fd, const struct flow *f, char **packets)
{
	static const char *const words[] = { "back", "lost", "other" };
	struct packet p;

	for (int i = 0; packets[i]; i++) {
		build(&p, f, packets[i]);
		printf("%s%s", i ? " " : "", words[ask(fd, &p)]);
	}
	printf("\n");
}

static void next_flow(struct flow *f, uint16_t first_port)
{
	options.id++;
	f->port++;
	if ((uint16_t)(f->port - first_port) < PORTS)
		return;
	f->port = first_port;
	for (int i = f->addr.len - 1; i >= 0 && !++f->addr.bytes[i]; i--)
		;
}

static bool stopped(void)
{
	sigset_t set;

	sigpending(&set);
	return sigismember(&set, SIGTERM);
}

static void ask_rounds(int fd, struct flow f, char **packets)
{
	unsigned int sent = 0, back = 0;
	uint16_t first_port = f.port;
	struct packet p;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	for (unsigned int n = 0; !stopped() && (!options.rounds || n < options.rounds); n++) {
		for (int i = 0; packets[i]; i++, sent++) {
			build(&p, &f, packets[i]);
			back += ask(fd, &p) == BACK;
		}
		usleep(options.pause_us);
		if (options.other_flow)
			next_flow(&f, first_port);
	}
	printf("%u sent %u back\n", sent, back);
}

static void flood(int fd, struct flow f, char **packets)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	unsigned int sent = 0, back = 0;
	uint16_t first_port = f.port;
	struct packet p;

	for (unsigned int n = 0; n < options.flows; n++, next_flow(&f, first_port)) {
		for (int i = 0; packets[i]; i++, sent++) {
			build(&p, &f, packets[i]);
			deliver(fd, &p);
			back += drain(fd);
		}
	}
	while (back < sent && poll(&pfd, 1, slow_ms(options.wait_ms)) == 1)
		back += drain(fd);
	printf("%u sent %u back\n", sent, back);
}

/* Transparent: the source need not be an address of this host. */
static int open_socket(void)
{
	struct sockaddr_in local = { .sin_family = AF_INET, .sin_port = htons(PORT) };
	int one = 1, ttl = 254, discover = IP_PMTUDISC_DONT, buffer = BUFFER;
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd < 0 || inet_pton(AF_INET, options.source, &local.sin_addr) != 1 ||
	    setsockopt(fd, IPPROTO_IP, IP_TRANSPARENT, &one, sizeof(one)) ||
	    setsockopt(fd, IPPROTO_IP, IP_MTU_DISCOVER, &discover, sizeof(discover)) ||
	    setsockopt(fd, IPPROTO_IP, IP_TTL, &ttl, sizeof(ttl)) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof(buffer)) ||
	    bind(fd, (struct sockaddr *)&local, sizeof(local)))
		err(2, "socket");
	return fd;
}

static struct flow read_flow(char **argv)
{
	struct flow f = {
		.addr = address(argv[1]), .port = atoi(argv[2]),
		.peer = address(argv[3]), .peer_port = atoi(argv[4]),
	};

	if (!strcmp(argv[0], "tcp"))
		f.proto = IPPROTO_TCP;
	else if (!strcmp(argv[0], "udp"))
		f.proto = IPPROTO_UDP;
	else if (!strcmp(argv[0], "icmp"))
		f.proto = f.addr.len == 4 ? IPPROTO_ICMP : IPPROTO_ICMPV6;
	else
		f.proto = atoi(argv[0]);
	if (f.addr.len != f.peer.len)
		errx(2, "IPv4 and IPv6");
	return f;
}

static void read_options(int argc, char **argv)
{
	int opt;

	while ((opt = getopt(argc, argv, "e:c:i:r:t:q:ml:d:w:k:p:un:")) != -1) {
		switch (opt) {
		case 'e':
			options.endpoint = strtoull(optarg, NULL, 16);
			break;
		case 'c':
			options.cookie = strtoul(optarg, NULL, 16);
			break;
		case 'i':
			options.id = atoi(optarg);
			break;
		case 'r':
			options.router = optarg;
			break;
		case 't':
			options.to = optarg;
			break;
		case 'm':
			options.mirrored = true;
			break;
		case 'q':
			options.quoted_port = atoi(optarg);
			break;
		case 'l':
			options.source = optarg;
			break;
		case 'd':
			options.destination = optarg;
			break;
		case 'w':
			options.wait_ms = atoi(optarg);
			break;
		case 'k':
			options.repeat = true;
			options.rounds = atoi(optarg);
			break;
		case 'p':
			options.pause_us = atoi(optarg);
			break;
		case 'u':
			options.other_flow = true;
			break;
		case 'n':
			options.flows = atoi(optarg);
			break;
		default:
			exit(2);
		}
	}
}

int main(int argc, char **argv)
{
	struct flow f;
	int fd;

	read_options(argc, argv);
	argv += optind;
	if (argc - optind < 6)
		errx(2, "usage: inner [OPTION...] PROTO ADDR PORT PEER_ADDR PEER_PORT PACKET...");
	f = read_flow(argv);
	fd = open_socket();
	if (options.flows)
		flood(fd, f, argv + 5);
	else if (options.repeat)
		ask_rounds(fd, f, argv + 5);
	else
		ask_words(fd, &f, argv + 5);
	return 0;
}
