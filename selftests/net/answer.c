// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Sends a packet to an appliance and tells what it is answered with; whatever an
 * answer must have in common with the packet is checked.
 *
 * usage: answer [OPTION...] DEV tcp SADDR DADDR FLAGS [LENGTH]
 *        answer [OPTION...] DEV udp SADDR DADDR [LENGTH]
 *        answer [OPTION...] DEV icmp SADDR DADDR TYPE
 *
 * TCP goes from port 40000 to 443, seq 1000 ack 5000, FLAGS of FSRPAU; UDP from
 * 5353 to 53; LENGTH is that of the data. ICMPv6 if the addresses are IPv6.
 *
 *	-z		no outer UDP checksum
 *	-f OFFSET	the inner packet is a fragment, bytes; 0: the first
 *	-n COUNT	so often; says how many answers there were
 *	-w MS		to wait for an answer
 *
 * Output: `RST seq S ack A` (`RST,ACK`), `ICMP T/C quoting N`, `itself` for the
 * packet, `nothing`; behind it `wrong: WHAT` for whatever is.
 */
#include <arpa/inet.h>
#include <err.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "slow.h"

#define IP		14
#define UDP		(IP + 20)
#define GENEVE		(UDP + 8)
#define GENEVE_LEN	48
#define INNER		(GENEVE + GENEVE_LEN)
#define TTL		254
#define FRAME_MAX	9100

struct frame {
	size_t len;
	uint8_t data[FRAME_MAX];
};

static struct options {
	bool no_sum;
	int fragment, count, wait_ms;
} options = { .fragment = -1, .wait_ms = 400 };

static const uint8_t eth[] = { 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0 };

/* Bits that nobody has a use for, and an option that nobody knows. */
static const uint8_t geneve[GENEVE_LEN] = {
	GENEVE_LEN / 4 - 2, 0x3f, 0, 0, 0xab, 0xcd, 0xef, 0x5a,
	0x01, 0x08, 1, 0xe2, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef,
	0x01, 0x08, 2, 0x02, 1, 2, 3, 4, 5, 6, 7, 8,
	0x01, 0x08, 3, 0xa1, 0xde, 0xad, 0xbe, 0xef,
	0xff, 0xf1, 0x7f, 0x01, 9, 8, 7, 6,
};

static void put(struct frame *f, uint64_t value, unsigned int bytes)
{
	while (bytes--)
		f->data[f->len++] = value >> 8 * bytes;
}

static void put_bytes(struct frame *f, const void *data, size_t len)
{
	memcpy(f->data + f->len, data, len);
	f->len += len;
}

static uint32_t get(const uint8_t *p, unsigned int bytes)
{
	uint32_t value = 0;

	while (bytes--)
		value = value << 8 | *p++;
	return value;
}

/* RFC 1071, not complemented: right data give 0xffff */
static uint32_t sum(const uint8_t *data, size_t len, uint32_t s)
{
	for (size_t i = 0; i < len; i++)
		s += i & 1 ? data[i] : data[i] << 8;
	while (s >> 16)
		s = (s & 0xffff) + (s >> 16);
	return s;
}

static void store_sum(uint8_t *at, uint32_t s)
{
	s = s == 0xffff ? 0xffff : ~s;
	at[0] = s >> 8;
	at[1] = s;
}

/* The payload of an IP header, with its pseudo header. */
static uint32_t l4_sum(const uint8_t *ip, uint8_t proto, const uint8_t *l4, size_t len)
{
	uint32_t s = sum(l4, len, proto + len);

	return ip[0] >> 4 == 4 ? sum(ip + 12, 8, s) : sum(ip + 8, 32, s);
}

static uint8_t tcp_flags(const char *text)
{
	static const char names[] = "FSRPAU";
	uint8_t flags = 0;

	for (; *text; text++) {
		if (!strchr(names, *text))
			errx(2, "%s: no flag of TCP", text);
		flags |= 1 << (strchr(names, *text) - names);
	}
	return flags;
}

static void put_inner_ip(struct frame *f, const char *saddr, const char *daddr, uint8_t proto,
			 size_t len)
{
	bool v6 = strchr(saddr, ':'), fragment = options.fragment >= 0;
	uint8_t *ip = f->data + f->len, addrs[32];

	if (inet_pton(v6 ? AF_INET6 : AF_INET, saddr, addrs) != 1 ||
	    inet_pton(v6 ? AF_INET6 : AF_INET, daddr, addrs + (v6 ? 16 : 4)) != 1)
		errx(2, "addresses: %s %s", saddr, daddr);
	if (v6) {
		put(f, 0x612abcde, 4);
		put(f, len + (fragment ? 8 : 0), 2);
		put(f, fragment ? IPPROTO_FRAGMENT : proto, 1);
		put(f, 9, 1);
		put_bytes(f, addrs, 32);
		if (fragment) {
			put(f, proto << 8, 2);
			put(f, options.fragment | 1, 2);
			put(f, 77, 4);
		}
		return;
	}
	put(f, 0x4528, 2);
	put(f, 20 + len, 2);
	put(f, 0x1234, 2);
	put(f, fragment ? 0x2000 | options.fragment / 8 : 0, 2);
	put(f, 9 << 8 | proto, 2);
	put(f, 0, 2);
	put_bytes(f, addrs, 8);
	store_sum(ip + 10, sum(ip, 20, 0));
}

static void put_inner(struct frame *f, char **argv)
{
	const char *proto = argv[0], *saddr = argv[1], *daddr = argv[2];
	bool v6 = strchr(saddr, ':'), tcp = !strcmp(proto, "tcp"), udp = !strcmp(proto, "udp");
	const char *length = tcp ? (argv[3] ? argv[4] : NULL) : argv[3];
	size_t data = tcp || udp ? atoi(length ?: "0") : 56;
	uint8_t *ip = f->data + f->len, *l4;
	unsigned int number;

	number = tcp ? IPPROTO_TCP : udp ? IPPROTO_UDP : v6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP;
	if (data > 8000 || (!udp && !argv[3]))
		errx(2, "usage: see the source");
	put_inner_ip(f, saddr, daddr, number, (tcp ? 20 : 8) + data);
	l4 = f->data + f->len;
	if (tcp) {
		put(f, 40000 << 16 | 443, 4);
		put(f, 1000, 4);
		put(f, 5000, 4);
		put(f, 0x5000 | tcp_flags(argv[3]), 2);
		put(f, 512, 2);
		put(f, 0, 4);
	} else if (udp) {
		put(f, 5353 << 16 | 53, 4);
		put(f, 8 + data, 2);
		put(f, 0, 2);
	} else {
		put(f, atoi(argv[3]) << 8, 2);
		put(f, 0, 2);
		put(f, 0x00070001, 4);
	}
	for (size_t i = 0; i < data; i++)
		put(f, i * 7, 1);
	store_sum(l4 + (tcp ? 16 : udp ? 6 : 2),
		  number == IPPROTO_ICMP ? sum(l4, f->data + f->len - l4, 0) :
		  l4_sum(ip, number, l4, f->data + f->len - l4));
}

static void build(struct frame *f, char **argv)
{
	uint8_t *ip = f->data + IP;
	size_t len;

	f->len = 0;
	put_bytes(f, eth, sizeof(eth));
	put(f, 0x4500, 2);
	put(f, 0, 2);
	put(f, 0x4242, 2);
	put(f, 0, 2);
	put(f, TTL << 8 | IPPROTO_UDP, 2);
	put(f, 0, 2);
	put(f, 0x0a1e010a, 4);
	put(f, 0x0a1e0132, 4);
	put(f, 60001 << 16 | 6081, 4);
	put(f, 0, 4);
	put_bytes(f, geneve, sizeof(geneve));
	f->data[GENEVE + 2] = strchr(argv[1], ':') ? 0x86 : 0x08;
	f->data[GENEVE + 3] = strchr(argv[1], ':') ? 0xdd : 0x00;
	put_inner(f, argv);

	len = f->len - IP;
	ip[2] = len >> 8;
	ip[3] = len;
	store_sum(ip + 10, sum(ip, 20, 0));
	f->data[UDP + 4] = (len - 20) >> 8;
	f->data[UDP + 5] = len - 20;
	if (!options.no_sum)
		store_sum(f->data + UDP + 6, l4_sum(ip, IPPROTO_UDP, f->data + UDP, len - 20));
}

static void wrong(const char *what)
{
	printf(" wrong: %s", what);
}

/* The outer header, which is the same for answers of any kind. */
static void check_outer(const struct frame *sent, const struct frame *f)
{
	const uint8_t *a = f->data, *p = sent->data, *ip = a + IP;
	size_t len = f->len - IP;

	if (memcmp(a, p + 6, 6) || memcmp(a + 6, p, 6) || memcmp(a + 12, p + 12, 2))
		wrong("MAC addresses");
	if (memcmp(ip, p + IP, 2) || memcmp(ip + 4, p + IP + 4, 4) || ip[8] != TTL - 1)
		wrong("outer header");
	if (get(ip + 2, 2) != len || sum(ip, 20, 0) != 0xffff)
		wrong("outer length or sum");
	if (memcmp(ip + 12, p + IP + 16, 4) || memcmp(ip + 16, p + IP + 12, 4))
		wrong("outer addresses");
	if (memcmp(a + UDP, p + UDP, 4) || get(a + UDP + 4, 2) != len - 20)
		wrong("UDP header");
	if (options.no_sum ? get(a + UDP + 6, 2) :
	    l4_sum(ip, IPPROTO_UDP, a + UDP, len - 20) != 0xffff || !get(a + UDP + 6, 2))
		wrong("UDP checksum");
	if (memcmp(a + GENEVE, p + GENEVE, GENEVE_LEN))
		wrong("GENEVE bytes");
}

static void tell_tcp(const uint8_t *l4, const uint8_t *seg)
{
	printf("RST%s seq %u ack %u", l4[13] & 0x10 ? ",ACK" : "", get(l4 + 4, 4), get(l4 + 8, 4));
	if (memcmp(l4, seg + 2, 2) || memcmp(l4 + 2, seg, 2))
		wrong("ports");
	if (l4[12] != 0x50 || (l4[13] & ~0x10) != 4 || get(l4 + 14, 2) || get(l4 + 18, 2))
		wrong("TCP header");
}

static void tell_icmp(const uint8_t *l4, size_t len, const uint8_t *quoted)
{
	printf("ICMP %u/%u quoting %zu", l4[0], l4[1], len - 8);
	if (get(l4 + 4, 4))
		wrong("ICMP header");
	if (memcmp(l4 + 8, quoted, len - 8))
		wrong("quote");
}

static void tell(const struct frame *sent, const struct frame *f)
{
	const uint8_t *ip = f->data + INNER, *old = sent->data + INNER;
	bool v6 = ip[0] >> 4 == 6;
	size_t header = v6 ? 40 : 20, addr = v6 ? 16 : 4, at = v6 ? 8 : 12;
	size_t len = f->len - INNER - header;
	uint8_t proto = v6 ? ip[6] : ip[9];
	const uint8_t *l4 = ip + header;

	if (f->len == sent->len && !memcmp(ip, old, f->len - INNER)) {
		printf("itself");
	} else if (f->len < INNER + 40 || ip[0] >> 4 != old[0] >> 4) {
		printf("%zu bytes", f->len);
	} else {
		if (proto == IPPROTO_TCP)
			tell_tcp(l4, old + header);
		else
			tell_icmp(l4, len, old);
		if (memcmp(ip + at, old + at + addr, addr) ||
		    memcmp(ip + at + addr, old + at, addr))
			wrong("inner addresses");
		if (v6 ? get(ip + 4, 2) != len || ip[7] != 64 || get(ip, 4) != 0x60000000 :
		    get(ip + 2, 2) != len + 20 || ip[0] != 0x45 || ip[8] != 64 ||
		    get(ip + 6, 2) & 0x3fff || sum(ip, 20, 0) != 0xffff)
			wrong("inner header");
		if ((proto == IPPROTO_ICMP ? sum(l4, len, 0) :
					     l4_sum(ip, proto, l4, len)) != 0xffff)
			wrong("inner checksum");
	}
	check_outer(sent, f);
	putchar('\n');
}

/* Not what this host sends; nor what is not GENEVE of the appliance. */
static bool receive(int fd, struct frame *f)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	struct sockaddr_ll from;
	socklen_t from_len;
	ssize_t len;

	while (poll(&pfd, 1, slow_ms(options.wait_ms)) == 1) {
		from_len = sizeof(from);
		len = recvfrom(fd, f->data, sizeof(f->data), 0, (struct sockaddr *)&from,
			       &from_len);
		if (len < INNER + 20 || from.sll_pkttype == PACKET_OUTGOING ||
		    get(f->data + 12, 2) != 0x800 || f->data[IP + 9] != IPPROTO_UDP ||
		    get(f->data + UDP + 2, 2) != 6081)
			continue;
		f->len = len;
		return true;
	}
	return false;
}

static int open_socket(const char *dev)
{
	struct sockaddr_ll addr = {
		.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = if_nametoindex(dev),
	};
	int fd = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)), size = 8 << 20;

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) ||
	    bind(fd, (struct sockaddr *)&addr, sizeof(addr)))
		err(2, "%s", dev);
	return fd;
}

static void deliver(int fd, const struct frame *f)
{
	if (send(fd, f->data, f->len, 0) != (ssize_t)f->len)
		err(2, "sending");
}

static void flood(int fd, const struct frame *sent)
{
	struct frame f;
	int answers = 0;

	for (int i = 0; i < options.count; i++)
		deliver(fd, sent);
	while (receive(fd, &f))
		answers++;
	printf("%d\n", answers);
}

int main(int argc, char **argv)
{
	struct frame sent, f;
	int opt, fd;

	while ((opt = getopt(argc, argv, "+zf:n:w:")) != -1) {
		switch (opt) {
		case 'z':
			options.no_sum = true;
			break;
		case 'f':
			options.fragment = atoi(optarg);
			break;
		case 'n':
			options.count = atoi(optarg);
			break;
		case 'w':
			options.wait_ms = atoi(optarg);
			break;
		default:
			return 2;
		}
	}
	if (argc - optind < 4)
		errx(2, "usage: see the source");
	fd = open_socket(argv[optind]);
	build(&sent, argv + optind + 1);
	if (options.count) {
		flood(fd, &sent);
		return 0;
	}
	deliver(fd, &sent);
	if (!receive(fd, &f))
		puts("nothing");
	else
		tell(&sent, &f);
	return 0;
}
