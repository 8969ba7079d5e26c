// SPDX-License-Identifier: GPL-2.0
/*
 * An appliance with a fault of choice, to prove that the emulator notices.
 * Without a fault it answers as a good one does.
 *
 *	badappliance DEVICE [FAULT]
 *
 * It reads and writes whole frames, so nothing of the kernel's network stack
 * stands in the way of a wrong one.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gwlb.h"

#define PORT		6081
#define ETH_LEN		14
#define FRAME_MAX	(PACKET_MAX + ETH_LEN)
#define HOLD_S		2
/* a second endpoint the emulator knows, see gwlb-violations.sh */
#define OTHER_ENDPOINT	0x2222222222222222ULL

struct frame {
	uint8_t data[FRAME_MAX];
	size_t len;
	uint8_t *ip;
	uint8_t *udp;
	uint8_t *geneve;
	uint8_t *inner;
	unsigned int copies;
	bool keep_ip_sum;
	bool keep_udp_sum;
};

static void swap(uint8_t *a, uint8_t *b, size_t len)
{
	uint8_t tmp[8];

	memcpy(tmp, a, len);
	memcpy(a, b, len);
	memcpy(b, tmp, len);
}

static void set_outer_len(struct frame *f)
{
	size_t total = f->len - ETH_LEN;

	put_be16(f->ip + 2, (uint16_t)total);
	put_be16(f->udp + 4, (uint16_t)(total - 20));
}

/* Takes @len bytes at @at out of the GENEVE header. */
static void cut_option(struct frame *f, uint8_t *at, size_t len)
{
	memmove(at, at + len, f->data + f->len - at - len);
	f->len -= len;
	f->geneve[0] -= len / 4;
	f->inner -= len;
	set_outer_len(f);
}

static void fault_addresses(struct frame *f)
{
	swap(f->ip + 12, f->ip + 16, 4);
}

static void fault_source(struct frame *f)
{
	f->ip[15]++;
}

static void fault_destination(struct frame *f)
{
	f->ip[19]++;
}

static void fault_port(struct frame *f)
{
	put_be16(f->udp + 2, PORT + 1);
}

static void fault_ports_exchanged(struct frame *f)
{
	swap(f->udp, f->udp + 2, 2);
}

static void fault_source_port(struct frame *f)
{
	put_be16(f->udp, get_be16(f->udp) + 1);
}

static void fault_endpoint_missing(struct frame *f)
{
	cut_option(f, f->geneve + 8, 12);
}

static void fault_endpoint_unknown(struct frame *f)
{
	f->geneve[19] ^= 1;
}

static void fault_endpoint_other(struct frame *f)
{
	put_be64(f->geneve + 12, OTHER_ENDPOINT);
}

static void fault_cookie(struct frame *f)
{
	f->geneve[39] ^= 1;
}

static void fault_cookie_missing(struct frame *f)
{
	cut_option(f, f->geneve + 32, 8);
}

static void fault_attachment(struct frame *f)
{
	f->geneve[31] ^= 1;
}

static void fault_option_order(struct frame *f)
{
	uint8_t option[12];

	memcpy(option, f->geneve + 8, 12);
	memmove(f->geneve + 8, f->geneve + 20, 12);
	memcpy(f->geneve + 20, option, 12);
}

static void fault_vni(struct frame *f)
{
	f->geneve[6] = 1;
}

static void fault_reserved(struct frame *f)
{
	f->geneve[7] = 1;
}

static void fault_inner_byte(struct frame *f)
{
	f->data[f->len - 1] ^= 1;
}

static void fault_inner_ttl(struct frame *f)
{
	f->inner[f->inner[0] >> 4 == 6 ? 7 : 8]--;
}

static void fault_inner_short(struct frame *f)
{
	f->len--;
	set_outer_len(f);
}

/* An inner packet and a cookie nobody sent */
static void fault_unknown_flow(struct frame *f)
{
	f->inner[19] ^= 0x80;
	f->geneve[39] ^= 1;
}

/* A right answer, too late: the flow's idle timeout is over */
static void fault_hold(struct frame *f)
{
	(void)f;
	sleep(HOLD_S);
}

static void fault_duplicate(struct frame *f)
{
	f->copies = 2;
}

static void fault_ip_checksum(struct frame *f)
{
	f->ip[10] ^= 1;
	f->keep_ip_sum = true;
}

static void fault_udp_checksum(struct frame *f)
{
	f->udp[6] ^= 1;
	f->keep_udp_sum = true;
}

/* Legal over IPv4, but not what was sent */
static void fault_udp_zero(struct frame *f)
{
	memset(f->udp + 6, 0, 2);
	f->keep_udp_sum = true;
}

static void fault_fragment(struct frame *f)
{
	put_be16(f->ip + 6, 0x2000);
}

static void fault_udp_length(struct frame *f)
{
	put_be16(f->udp + 4, get_be16(f->udp + 4) - 4);
}

static void fault_geneve_short(struct frame *f)
{
	f->len = (size_t)(f->geneve + 20 - f->data);
	set_outer_len(f);
}

static void fault_options_overrun(struct frame *f)
{
	f->geneve[11] = 0x1f;
}

/* What a rejecting appliance does: a TCP reset back to the sender */
static void fault_reset(struct frame *f)
{
	uint8_t *tcp = f->inner + 20, pseudo[4] = { 0, IPPROTO_TCP, 0, 20 };
	uint16_t sum;

	if (f->inner[9] != IPPROTO_TCP)
		return;
	f->len = (size_t)(tcp + 20 - f->data);
	set_outer_len(f);
	put_be16(f->inner + 2, 40);
	swap(f->inner + 12, f->inner + 16, 4);
	memset(f->inner + 10, 0, 2);
	sum = csum_fold(csum_add(0, f->inner, 20));
	memcpy(f->inner + 10, &sum, 2);

	swap(tcp, tcp + 2, 2);
	put_be32(tcp + 8, (uint32_t)(get_be64(tcp) & 0xffffffff) + 1);
	memset(tcp + 4, 0, 4);
	put_be16(tcp + 12, 0x5014);
	memset(tcp + 14, 0, 6);
	sum = csum_fold(csum_add(csum_add(csum_add(0, f->inner + 12, 8), pseudo, 4), tcp, 20));
	memcpy(tcp + 16, &sum, 2);
}

static uint32_t noise(uint32_t limit)
{
	static uint64_t state = 1;

	return (uint32_t)(hash_mix(state++) % limit);
}

/* Up to eight bytes changed, and often an end cut off: never the right answer */
static void fault_noise(struct frame *f)
{
	size_t payload = f->len - (size_t)(f->geneve - f->data);
	uint32_t changes = 1 + noise(8);

	for (uint32_t i = 0; i < changes; i++)
		f->geneve[noise((uint32_t)payload)] = (uint8_t)noise(256);
	f->data[f->len - 1] ^= 1;
	if (noise(2))
		f->len -= noise((uint32_t)payload);
	set_outer_len(f);
}

static const struct fault {
	const char *name;
	void (*apply)(struct frame *f);
} faults[] = {
	{ "addresses", fault_addresses },
	{ "source", fault_source },
	{ "destination", fault_destination },
	{ "port", fault_port },
	{ "ports-exchanged", fault_ports_exchanged },
	{ "source-port", fault_source_port },
	{ "endpoint-missing", fault_endpoint_missing },
	{ "endpoint-unknown", fault_endpoint_unknown },
	{ "endpoint-other", fault_endpoint_other },
	{ "cookie", fault_cookie },
	{ "cookie-missing", fault_cookie_missing },
	{ "attachment", fault_attachment },
	{ "option-order", fault_option_order },
	{ "vni", fault_vni },
	{ "reserved", fault_reserved },
	{ "inner-byte", fault_inner_byte },
	{ "inner-ttl", fault_inner_ttl },
	{ "inner-short", fault_inner_short },
	{ "unknown-flow", fault_unknown_flow },
	{ "hold", fault_hold },
	{ "duplicate", fault_duplicate },
	{ "ip-checksum", fault_ip_checksum },
	{ "udp-checksum", fault_udp_checksum },
	{ "udp-zero", fault_udp_zero },
	{ "fragment", fault_fragment },
	{ "udp-length", fault_udp_length },
	{ "geneve-short", fault_geneve_short },
	{ "options-overrun", fault_options_overrun },
	{ "noise", fault_noise },
	{ "reset", fault_reset },
};

static const struct fault *find_fault(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
		if (!strcmp(faults[i].name, name))
			return &faults[i];
	}
	fprintf(stderr, "badappliance: faults:");
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++)
		fprintf(stderr, " %s", faults[i].name);
	fprintf(stderr, "\n");
	exit(2);
}

/* Return: false when this is no packet of a load balancer */
static bool locate(struct frame *f)
{
	f->ip = f->data + ETH_LEN;
	f->udp = f->ip + 20;
	f->geneve = f->udp + 8;
	f->inner = f->geneve + GENEVE_LEN;
	f->copies = 1;
	f->keep_ip_sum = false;
	f->keep_udp_sum = false;
	return f->len >= ETH_LEN + OVERHEAD + 28 && f->ip[0] == 0x45 && f->ip[9] == IPPROTO_UDP &&
	       get_be16(f->udp + 2) == PORT && f->geneve[0] == 8;
}

static void answer(struct frame *f, const struct fault *fault)
{
	uint16_t sum;

	swap(f->data, f->data + 6, 6);
	swap(f->ip + 12, f->ip + 16, 4);
	f->ip[8]--;
	if (fault)
		fault->apply(f);

	if (!f->keep_ip_sum) {
		memset(f->ip + 10, 0, 2);
		sum = csum_fold(csum_add(0, f->ip, 20));
		memcpy(f->ip + 10, &sum, 2);
	}
	if (!f->keep_udp_sum) {
		memset(f->udp + 6, 0, 2);
		sum = udp_csum(f->ip, f->udp, f->len - ETH_LEN - 20);
		memcpy(f->udp + 6, &sum, 2);
	}
}

/* Keeps the kernel from refusing the packets with ICMP port unreachable */
static int sink_open(void)
{
	struct sock_filter nothing[] = { BPF_STMT(BPF_RET | BPF_K, 0) };
	struct sock_fprog prog = { .len = 1, .filter = nothing };
	struct sockaddr_in any = { .sin_family = AF_INET, .sin_port = htons(PORT) };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &prog, sizeof(prog)) < 0)
		return -1;
	return bind(fd, (struct sockaddr *)&any, sizeof(any));
}

static int frames_open(const char *device)
{
	struct sockaddr_ll addr = { .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_IP) };
	int fd = socket(AF_PACKET, SOCK_RAW, 0), size = 8 << 20;

	addr.sll_ifindex = (int)if_nametoindex(device);
	if (fd < 0 || !addr.sll_ifindex ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0 ||
	    bind(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
		return -1;
	return fd;
}

int main(int argc, char **argv)
{
	const struct fault *fault = argc > 2 ? find_fault(argv[2]) : NULL;
	static struct frame f;
	int fd;

	if (argc < 2) {
		fprintf(stderr, "usage: badappliance DEVICE [FAULT]\n");
		return 2;
	}
	fd = frames_open(argv[1]);
	if (fd < 0 || sink_open() < 0) {
		perror("badappliance");
		return 2;
	}
	for (;;) {
		ssize_t n = recv(fd, f.data, sizeof(f.data), 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			perror("badappliance");
			return 2;
		}
		f.len = (size_t)n;
		if (!locate(&f))
			continue;
		answer(&f, fault);
		while (f.copies--) {
			if (send(fd, f.data, f.len, 0) < 0)
				perror("badappliance: send");
		}
	}
}
