// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * train - send trains of GWLB's datagrams so that the kernel merges them, and
 * compare every byte of what comes back
 *
 * usage: train [OPTION...] DEVICE
 *
 *  -n N        datagrams per train (default 16)
 *  -t N        trains, each of a flow of its own (default 10)
 *  -s BYTES    payload of an inner datagram (default 1360)
 *  -l BYTES    payload of a train's last datagram (default: as -s)
 *  -6          inner IPv6
 *  -u          inner UDP instead of TCP
 *  -c          with outer UDP checksum
 *  -d          outer DF set, id 0 (default: DF clear, ids count up)
 *  -f          inner ids stay the same (default: count up)
 *  -m          mixed: every datagram of a train has its own inner ports, cookie
 *              and endpoint
 *  -b K:KIND   the K-th datagram of each train (from 0) is bad and must not come
 *              back; KIND: version, cookie, truncated, checksum (outer UDP)
 *  -i          outer ids may come back changed
 *  -g GENEVE   hand over each train as one GSO packet, out of this GENEVE device
 *              that sends through DEVICE (TCP only)
 *
 * Without -g the datagrams leave as frames, and merging is up to GRO behind
 * DEVICE. The answers are taken from DEVICE: outer addresses exchanged, TTL
 * smaller by one, all else as it was.
 *
 * Exit status: 0 if exactly the good datagrams came back, once, in order and
 * with all bytes right; 1 if not; 2 if the test could not be done.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "../net/slow.h"

#define DATAGRAMS_MAX	64
#define OUTER_LEN	(ETH_HLEN + sizeof(struct iphdr) + sizeof(struct udphdr))
#define GENEVE_LEN	40
#define FRAME_MAX	10240
#define ANSWER_MAX	(1 << 17)
#define WAIT_MS		3000	/* for answers; a busy guest needs some of it */
#define QUIET_MS	100	/* for answers nobody waits for */

static unsigned int datagrams = 16, trains = 10, payload = 1360, last_payload;
static bool inner6, inner_udp, outer_sum, dont_fragment, inner_id_fixed, mixed, ids_may_change;
static int bad_index = -1;
static const char *bad_kind = "", *geneve_device;

struct frame {
	uint8_t bytes[FRAME_MAX];
	size_t len;
};

static struct frame frames[DATAGRAMS_MAX];	/* one train as it was sent */
static unsigned int sent, back, back_bytes, ids_changed;

static uint32_t sum_add(uint32_t sum, const void *data, size_t len)
{
	const uint8_t *p = data;

	for (; len > 1; len -= 2, p += 2)
		sum += p[0] << 8 | p[1];
	if (len)
		sum += p[0] << 8;
	return (sum & 0xffff) + (sum >> 16);
}

static uint16_t sum_fold(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return htons(~sum);
}

/* Checksum over a pseudo header of two addresses, and @len bytes of @data. */
static uint16_t sum_l4(const void *addrs, size_t addrs_len, uint8_t protocol,
		       const void *data, size_t len)
{
	uint16_t sum = sum_fold(sum_add(sum_add(protocol + len, addrs, addrs_len), data, len));

	return sum || protocol != IPPROTO_UDP ? sum : 0xffff;
}

static size_t ip_len(void)
{
	return inner6 ? sizeof(struct ip6_hdr) : sizeof(struct iphdr);
}

static size_t l4_len(void)
{
	return inner_udp ? sizeof(struct udphdr) : sizeof(struct tcphdr);
}

static unsigned int payload_of(unsigned int index)
{
	return index + 1 == datagrams ? last_payload : payload;
}

static void ipv4_build(uint8_t *p, size_t len, uint8_t ttl, uint16_t id, uint16_t frag,
		       uint8_t protocol, const char *from, const char *to)
{
	struct iphdr ip = {
		.version = 4, .ihl = 5, .tot_len = htons(len), .id = htons(id),
		.frag_off = htons(frag), .ttl = ttl, .protocol = protocol,
		.saddr = inet_addr(from), .daddr = inet_addr(to),
	};

	ip.check = sum_fold(sum_add(0, &ip, sizeof(ip)));
	memcpy(p, &ip, sizeof(ip));
}

static void ipv6_build(uint8_t *p, size_t payload_len, uint8_t protocol)
{
	struct ip6_hdr ip = {
		.ip6_flow = htonl(6 << 28), .ip6_plen = htons(payload_len),
		.ip6_nxt = protocol, .ip6_hlim = 64,
	};

	inet_pton(AF_INET6, "2001:db8:1::1", &ip.ip6_src);
	inet_pton(AF_INET6, "2001:db8:2::2", &ip.ip6_dst);
	memcpy(p, &ip, sizeof(ip));
}

/* Header of the inner packet whose @len bytes of payload start at @offset of
 * the train's. Its L4 checksum is left 0.
 */
static void inner_build(uint8_t *p, unsigned int train, unsigned int index,
			size_t offset, size_t len, bool last)
{
	uint8_t protocol = inner_udp ? IPPROTO_UDP : IPPROTO_TCP;
	uint16_t port = 10000 + train * DATAGRAMS_MAX + (mixed ? index : 0);
	size_t l4 = l4_len() + len;

	if (inner6)
		ipv6_build(p, l4, protocol);
	else
		ipv4_build(p, ip_len() + l4, 64, 0x4000 + (inner_id_fixed ? 0 : index),
			   IP_DF, protocol, "172.16.0.1", "198.51.100.1");
	if (inner_udp) {
		struct udphdr udp = {
			.source = htons(port), .dest = htons(5353), .len = htons(l4),
		};

		memcpy(p + ip_len(), &udp, sizeof(udp));
	} else {
		struct tcphdr tcp = {
			.source = htons(port), .dest = htons(443), .doff = 5, .ack = 1,
			.seq = htonl(1000 + offset), .ack_seq = htonl(77),
			.window = htons(5000), .psh = last,
		};

		memcpy(p + ip_len(), &tcp, sizeof(tcp));
	}
}

static uint16_t *l4_check(uint8_t *inner)
{
	return (uint16_t *)(inner + ip_len() +
			    (inner_udp ? offsetof(struct udphdr, check) :
					 offsetof(struct tcphdr, check)));
}

static const uint8_t *inner_addrs(const uint8_t *inner, size_t *len)
{
	*len = inner6 ? 32 : 8;
	return inner + (inner6 ? 8 : 12);
}

static void inner_sum(uint8_t *inner, size_t len)
{
	size_t addrs_len;
	const uint8_t *addrs = inner_addrs(inner, &addrs_len);

	*l4_check(inner) = sum_l4(addrs, addrs_len, inner_udp ? IPPROTO_UDP : IPPROTO_TCP,
				  inner + ip_len(), len - ip_len());
}

static void geneve_build(uint8_t *p, unsigned int train, unsigned int index)
{
	static const uint8_t template[GENEVE_LEN] = {
		8, 0, 0x08, 0x00, 0, 0, 0, 0,
		0x01, 0x08, 1, 2, 0x74, 0xa1, 0x1a, 0xd9, 0x6e, 0xc4, 0x98, 0x86,
		0x01, 0x08, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0,
		0x01, 0x08, 3, 1, 0x39, 0xf7, 0, 0,
	};

	memcpy(p, template, sizeof(template));
	if (inner6)
		memcpy(p + 2, "\x86\xdd", 2);
	p[38] = train;
	if (mixed) {
		p[19] = index;
		p[39] = index;
	}
}

static void spoil(uint8_t *geneve)
{
	if (!strcmp(bad_kind, "version"))
		geneve[0] |= 0x40;
	else if (!strcmp(bad_kind, "cookie"))
		geneve[34] = 9;
	else if (!strcmp(bad_kind, "truncated"))
		geneve[GENEVE_LEN + (inner6 ? 4 : 2)] = 0x7f;
}

static void frame_build(struct frame *f, unsigned int train, unsigned int index)
{
	size_t len = payload_of(index), inner_len = ip_len() + l4_len() + len, i;
	uint8_t *outer = f->bytes + ETH_HLEN, *geneve = f->bytes + OUTER_LEN;
	uint8_t *inner = geneve + GENEVE_LEN, *data = inner + ip_len() + l4_len();
	struct udphdr udp = { .source = htons(60000 + train), .dest = htons(6081) };
	bool bad = (int)index == bad_index;

	memcpy(f->bytes, "\2\0\0\0\0\2\2\0\0\0\0\1\x08\0", ETH_HLEN);
	f->len = OUTER_LEN + GENEVE_LEN + inner_len;
	ipv4_build(outer, f->len - ETH_HLEN, 254, dont_fragment ? 0 : train * 100 + index,
		   dont_fragment ? IP_DF : 0, IPPROTO_UDP, "10.30.1.10", "10.30.1.50");
	geneve_build(geneve, train, index);
	for (i = 0; i < len; i++)
		data[i] = i * 7 + (i >> 8) + index * 13 + train * 29;
	inner_build(inner, train, index, (size_t)index * payload, len, index + 1 == datagrams);
	inner_sum(inner, inner_len);
	if (bad)
		spoil(geneve);

	udp.len = htons(f->len - ETH_HLEN - sizeof(struct iphdr));
	memcpy(geneve - sizeof(udp), &udp, sizeof(udp));
	if (outer_sum) {
		udp.check = sum_l4(outer + 12, 8, IPPROTO_UDP, geneve - sizeof(udp),
				   ntohs(udp.len));
		if (bad && !strcmp(bad_kind, "checksum"))
			udp.check ^= 0x5555;
		memcpy(geneve - sizeof(udp), &udp, sizeof(udp));
	}
}

/* Both sockets belong to DEVICE: a socket with a virtio_net_hdr would hide
 * whether an answer came back merged.
 */
static int socket_open(const char *device, bool vnet_hdr)
{
	struct sockaddr_ll addr = {
		.sll_family = AF_PACKET, .sll_protocol = vnet_hdr ? 0 : htons(ETH_P_ALL),
		.sll_ifindex = if_nametoindex(device),
	};
	int fd = socket(AF_PACKET, SOCK_RAW, 0), size = 16 << 20, on = 1;

	if (fd < 0 || !addr.sll_ifindex)
		err(2, "%s", device);
	setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
	if (vnet_hdr && setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, &on, sizeof(on)))
		err(2, "PACKET_VNET_HDR");
	if (bind(fd, (struct sockaddr *)&addr, sizeof(addr)))
		err(2, "bind to %s", device);
	return fd;
}

static void train_send_frames(int fd)
{
	struct mmsghdr messages[DATAGRAMS_MAX] = { 0 };
	struct iovec data[DATAGRAMS_MAX];
	unsigned int i;
	int rc;

	for (i = 0; i < datagrams; i++) {
		data[i] = (struct iovec){ frames[i].bytes, frames[i].len };
		messages[i].msg_hdr.msg_iov = &data[i];
		messages[i].msg_hdr.msg_iovlen = 1;
	}
	for (i = 0; i < datagrams; i += rc) {
		rc = sendmmsg(fd, messages + i, datagrams - i, 0);
		if (rc < 0)
			err(2, "sendmmsg");
	}
}

/* One inner packet with the payload of the whole train. */
static void train_send_merged(int fd, unsigned int train)
{
	static uint8_t packet[sizeof(struct virtio_net_hdr) + 65536];
	uint8_t *inner = packet + sizeof(struct virtio_net_hdr);
	size_t head = ip_len() + l4_len(), len = head, addrs_len;
	struct sockaddr_ll to = {
		.sll_family = AF_PACKET, .sll_protocol = htons(inner6 ? ETH_P_IPV6 : ETH_P_IP),
		.sll_ifindex = if_nametoindex(geneve_device),
	};
	struct virtio_net_hdr vnet = {
		.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM,
		.gso_type = inner6 ? VIRTIO_NET_HDR_GSO_TCPV6 : VIRTIO_NET_HDR_GSO_TCPV4,
		.hdr_len = head, .gso_size = payload,
		.csum_start = ip_len(), .csum_offset = offsetof(struct tcphdr, check),
	};
	const uint8_t *addrs;
	unsigned int i;

	for (i = 0; i < datagrams; i++) {
		const struct frame *f = &frames[i];

		memcpy(inner + len, f->bytes + f->len - payload_of(i), payload_of(i));
		len += payload_of(i);
	}
	inner_build(inner, train, 0, 0, len - head, true);
	addrs = inner_addrs(inner, &addrs_len);
	*l4_check(inner) = ~sum_fold(sum_add(IPPROTO_TCP + len - ip_len(), addrs, addrs_len));
	memcpy(packet, &vnet, sizeof(vnet));
	if (sendto(fd, packet, sizeof(vnet) + len, 0, (struct sockaddr *)&to, sizeof(to)) < 0)
		err(2, "%s", geneve_device);
}

static void print_difference(const struct frame *want, const uint8_t *got, size_t len,
			     unsigned int index)
{
	size_t i = 0;

	while (i < len && i < want->len && want->bytes[i] == got[i])
		i++;
	printf("# datagram %u: %zu bytes back, %zu wanted, first difference at %zu\n# got ",
	       index, len, want->len, i);
	for (i = ETH_HLEN; i < len && i < 130; i++)
		printf(" %02x", got[i]);
	printf("\n# want");
	for (i = ETH_HLEN; i < want->len && i < 130; i++)
		printf(" %02x", want->bytes[i]);
	printf("\n");
}

/* What has to come back for a frame. */
static void answer_build(struct frame *want, const struct frame *f)
{
	struct iphdr *ip = (struct iphdr *)(want->bytes + ETH_HLEN);
	uint32_t saddr;

	*want = *f;
	memcpy(want->bytes, f->bytes + ETH_ALEN, ETH_ALEN);
	memcpy(want->bytes + ETH_ALEN, f->bytes, ETH_ALEN);
	saddr = ip->saddr;
	ip->saddr = ip->daddr;
	ip->daddr = saddr;
	ip->ttl--;
	ip->check = 0;
	ip->check = sum_fold(sum_add(0, ip, sizeof(*ip)));
}

static bool answer_right(const struct frame *f, const uint8_t *got, size_t len,
			 unsigned int index)
{
	static struct frame want;
	struct iphdr *ip = (struct iphdr *)(want.bytes + ETH_HLEN);
	const struct iphdr *got_ip = (const struct iphdr *)(got + ETH_HLEN);

	answer_build(&want, f);
	if (ids_may_change && len == want.len && got_ip->id != ip->id) {
		ids_changed++;
		ip->id = got_ip->id;
		ip->check = 0;
		ip->check = sum_fold(sum_add(0, ip, sizeof(*ip)));
	}
	if (len == want.len && !memcmp(got, want.bytes, len))
		return true;
	print_difference(&want, got, len, index);
	return false;
}

/* The GENEVE device chooses the outer header: taken from what it sent. */
static void frames_adopt(const uint8_t *got)
{
	unsigned int i;

	for (i = 0; i < datagrams; i++) {
		struct frame *f = &frames[i];
		uint8_t *outer = f->bytes + ETH_HLEN;
		struct iphdr *ip = (struct iphdr *)outer;
		struct udphdr *udp = (struct udphdr *)(ip + 1);

		memcpy(f->bytes, got, OUTER_LEN + GENEVE_LEN);
		ip->tot_len = htons(f->len - ETH_HLEN);
		udp->len = htons(f->len - ETH_HLEN - sizeof(*ip));
		if (!udp->check)
			continue;
		udp->check = 0;
		udp->check = sum_l4(outer + 12, 8, IPPROTO_UDP, udp, ntohs(udp->len));
	}
}

static unsigned int next_good(unsigned int index)
{
	return (int)index == bad_index ? index + 1 : index;
}

static int milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Takes the next frame of ours that came in (or, with -g, went out first).
 * Return: its length, 0 if none came in time.
 */
static size_t frame_take(int fd, uint8_t *buf, bool *outgoing, int deadline)
{
	for (;;) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		struct sockaddr_ll from;
		socklen_t from_len = sizeof(from);
		int wait = deadline - milliseconds();
		ssize_t len;

		if (poll(&p, 1, wait > 0 ? wait : 0) <= 0)
			return 0;
		len = recvfrom(fd, buf, ANSWER_MAX, 0, (struct sockaddr *)&from, &from_len);
		if (len < 0)
			err(2, "recvfrom");
		*outgoing = from.sll_pkttype == PACKET_OUTGOING;
		if (len > (ssize_t)OUTER_LEN + GENEVE_LEN && from.sll_protocol == htons(ETH_P_IP) &&
		    buf[ETH_HLEN + 9] == IPPROTO_UDP && (geneve_device || !*outgoing))
			return len;
	}
}

/* Return: whether the answers to the train are right, so far as they came. */
static bool train_take(int fd)
{
	static uint8_t buf[ANSWER_MAX];
	unsigned int index = next_good(0);
	bool outgoing, adopted = false;
	size_t len;

	while (index < datagrams) {
		len = frame_take(fd, buf, &outgoing, milliseconds() + slow_ms(WAIT_MS));
		if (!len) {
			printf("# datagram %u did not come back\n", index);
			return false;
		}
		if (outgoing) {
			if (!adopted)
				frames_adopt(buf);
			adopted = true;
			continue;
		}
		if (!answer_right(&frames[index], buf, len, index))
			return false;
		back++;
		back_bytes += len - ETH_HLEN;
		index = next_good(index + 1);
	}
	return true;
}

static bool nothing_more(int fd)
{
	static uint8_t buf[ANSWER_MAX];
	bool outgoing;

	if (!frame_take(fd, buf, &outgoing, milliseconds() + QUIET_MS))
		return true;
	printf("# more came back than was sent\n");
	return false;
}

static void usage(void)
{
	fprintf(stderr, "usage: train [-6ucdmi] [-n N] [-t N] [-s BYTES] [-l BYTES] [-b K:KIND] [-g GENEVE] DEVICE\n");
	exit(2);
}

static const char *options(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "n:t:s:l:6ucdfmib:g:")) != -1) {
		switch (c) {
		case 'n':
			datagrams = atoi(optarg);
			break;
		case 't':
			trains = atoi(optarg);
			break;
		case 's':
			payload = atoi(optarg);
			break;
		case 'l':
			last_payload = atoi(optarg);
			break;
		case '6':
			inner6 = true;
			break;
		case 'u':
			inner_udp = true;
			break;
		case 'c':
			outer_sum = true;
			break;
		case 'd':
			dont_fragment = true;
			break;
		case 'f':
			inner_id_fixed = true;
			break;
		case 'm':
			mixed = true;
			break;
		case 'i':
			ids_may_change = true;
			break;
		case 'g':
			geneve_device = optarg;
			break;
		case 'b':
			bad_index = strtol(optarg, &optarg, 10);
			if (*optarg++ != ':')
				usage();
			bad_kind = optarg;
			break;
		default:
			usage();
		}
	}
	if (!last_payload)
		last_payload = payload;
	if (optind + 1 != argc || !datagrams || datagrams > DATAGRAMS_MAX ||
	    payload > 9000 || last_payload > payload || (geneve_device && inner_udp))
		usage();
	return argv[optind];
}

/* Packets keep their order as long as one CPU carries them, there and back. */
static void stay_on_one_cpu(void)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(0, &one);
	if (sched_setaffinity(0, sizeof(one), &one))
		err(2, "sched_setaffinity");
}

int main(int argc, char **argv)
{
	const char *device = options(argc, argv);
	int fd = socket_open(device, false), merged_fd = -1;
	unsigned int train, i;
	bool right = true;

	stay_on_one_cpu();
	if (geneve_device)
		merged_fd = socket_open(geneve_device, true);
	for (train = 0; right && train < trains; train++) {
		for (i = 0; i < datagrams; i++)
			frame_build(&frames[i], train, i);
		if (geneve_device)
			train_send_merged(merged_fd, train);
		else
			train_send_frames(fd);
		sent += datagrams;
		right = train_take(fd);
	}
	right = right && nothing_more(fd);
	printf("sent=%u back=%u bytes=%u ids_changed=%u\n", sent, back, back_bytes, ids_changed);
	return !right;
}
