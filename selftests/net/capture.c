// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Captures without copying: what a packet socket without a ring holds is a
 * clone that shares its bytes with the packet on its way through the stack.
 *
 * usage: capture DEVICE
 *
 * Collects packets until SIGTERM and only then reads them; prints one line for
 * each UDP packet to port 6081:
 *	in|out SOURCE DESTINATION TTL DESTINATION-MAC
 * The socket asks for receive time stamps, which the kernel otherwise omits.
 */
#include <arpa/inet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <netpacket/packet.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#define PORT	6081

struct frame {
	struct ether_header eth;
	struct iphdr ip;
	struct udphdr udp;
} __attribute__((packed));

static int open_socket(const char *device)
{
	struct sockaddr_ll local = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = if_nametoindex(device),
	};
	int one = 1, bytes = 1 << 24;
	int fd = socket(AF_PACKET, SOCK_RAW, 0);

	if (fd < 0 || !local.sll_ifindex ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof(bytes)) ||
	    setsockopt(fd, SOL_SOCKET, SO_TIMESTAMP, &one, sizeof(one)) ||
	    bind(fd, (struct sockaddr *)&local, sizeof(local)))
		return -1;
	return fd;
}

static void print(const struct frame *f, unsigned char type)
{
	char source[INET_ADDRSTRLEN], destination[INET_ADDRSTRLEN];
	const uint8_t *mac = f->eth.ether_dhost;

	inet_ntop(AF_INET, &f->ip.saddr, source, sizeof(source));
	inet_ntop(AF_INET, &f->ip.daddr, destination, sizeof(destination));
	printf("%s %s %s %u %02x:%02x:%02x:%02x:%02x:%02x\n",
	       type == PACKET_OUTGOING ? "out" : "in", source, destination, f->ip.ttl,
	       mac[0], mac[1], mac[2], mac[3], mac[4], mac[5]);
}

int main(int argc, char **argv)
{
	struct sockaddr_ll from;
	socklen_t len = sizeof(from);
	struct frame f;
	sigset_t end;
	int fd, sig;

	sigemptyset(&end);
	sigaddset(&end, SIGTERM);
	sigprocmask(SIG_BLOCK, &end, NULL);

	fd = argc == 2 ? open_socket(argv[1]) : -1;
	if (fd < 0) {
		perror("capture");
		return 2;
	}
	fputs("listening\n", stderr);
	sigwait(&end, &sig);

	while (recvfrom(fd, &f, sizeof(f), MSG_DONTWAIT, (struct sockaddr *)&from, &len) >= 0) {
		if (f.eth.ether_type == htons(ETHERTYPE_IP) && f.ip.protocol == IPPROTO_UDP &&
		    f.udp.dest == htons(PORT))
			print(&f, from.sll_pkttype);
		len = sizeof(from);
		memset(&f, 0, sizeof(f));
	}
	return 0;
}
