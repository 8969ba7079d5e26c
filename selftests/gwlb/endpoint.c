// SPDX-License-Identifier: GPL-2.0
/*
 * Endpoints: each one is a TUN device, in a network namespace of its own if
 * wanted, so that tenants with the same addresses do not meet.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gwlb.h"

#define BURST	64

struct endpoint *endpoint_find(struct gwlb *g, uint64_t id)
{
	for (unsigned int i = 0; i < g->endpoints_len; i++) {
		if (g->endpoints[i].id == id)
			return &g->endpoints[i];
	}
	return NULL;
}

static int zone_parse(const struct gwlb *g, const char *name)
{
	for (unsigned int i = 0; i < g->zones_len; i++) {
		if (!strcmp(g->zones[i].name, name))
			return (int)i;
	}
	return -1;
}

static int id_parse(const char *text, uint64_t *id)
{
	char *end;

	if (!strncmp(text, "vpce-", 5))
		text += 5;
	errno = 0;
	*id = strtoull(text, &end, 16);
	return *text && !*end && !errno ? 0 : -1;
}

static int endpoint_set(struct gwlb *g, struct endpoint *e, const char *key, const char *value)
{
	int zone;

	if (!strcmp(key, "tun") && strlen(value) < sizeof(e->tun)) {
		strcpy(e->tun, value);
		return 0;
	}
	if (!strcmp(key, "netns")) {
		const char *dir = strchr(value, '/') ? "" : "/run/netns/";
		int len = snprintf(e->netns, sizeof(e->netns), "%s%s", dir, value);

		return (size_t)len < sizeof(e->netns) ? 0 : -1;
	}
	if (!strcmp(key, "zone")) {
		zone = zone_parse(g, value);
		e->zone = (unsigned int)zone;
		return zone < 0 ? -1 : 0;
	}
	return -1;
}

/* Reads ID,tun=NAME[,netns=NAME|PATH][,zone=NAME]; zones come before. */
int endpoint_parse(struct gwlb *g, char *text)
{
	struct endpoint *e = &g->endpoints[g->endpoints_len];
	char *save, *word;

	if (g->endpoints_len == ENDPOINTS_MAX)
		return -1;
	memset(e, 0, sizeof(*e));
	word = strtok_r(text, ",", &save);
	if (!word || id_parse(word, &e->id) < 0 || endpoint_find(g, e->id))
		return -1;
	snprintf(e->name, sizeof(e->name), e->id >> 32 ? "vpce-0%016llx" : "vpce-%08llx",
		 (unsigned long long)e->id);
	while ((word = strtok_r(NULL, ",", &save))) {
		char *value = strchr(word, '=');

		if (!value)
			return -1;
		*value++ = '\0';
		if (endpoint_set(g, e, word, value) < 0)
			return -1;
	}
	if (!*e->tun)
		return -1;
	g->endpoints_len++;
	return 0;
}

static void endpoint_send(struct gwlb *g, struct endpoint *e, uint8_t *packet, size_t len)
{
	unsigned int index = (unsigned int)(e - g->endpoints);
	struct record r = { .from = g->zones[e->zone].addr, .endpoint = (uint16_t)index };
	struct inner in;
	struct flow *f;
	int sent;

	if (inner_parse(&in, packet + OVERHEAD, len) < 0 || !inner_is_unicast(&in)) {
		g->drop_not_unicast++;
		return;
	}
	fragment_follow(g, index, &in);
	f = flow_get(g, index, &in);
	if (!f)
		return;
	r.hash = hash_bytes(packet + OVERHEAD, len, 0);
	r.to = f->target->addr;
	r.cookie = f->cookie;
	r.port = f->port;
	sent = wire_send(g, packet, len, &r, in.version);
	if (sent < 0) {
		g->drop_send++;
		return;
	}
	record_add(g, &r);
	e->sent++;
	f->target->sent++;
	g->sent_packets++;
	g->sent_bytes += (uint64_t)sent;
}

static void endpoint_ready(struct gwlb *g, struct watch *w, uint32_t events)
{
	struct endpoint *e = (struct endpoint *)((char *)w - offsetof(struct endpoint, watch));
	static uint8_t packet[PACKET_MAX];

	(void)events;
	for (int i = 0; i < BURST; i++) {
		ssize_t n = read(w->fd, packet + OVERHEAD, sizeof(packet) - OVERHEAD);

		if (n <= 0)
			break;
		endpoint_send(g, e, packet, (size_t)n);
	}
}

void endpoint_deliver(struct endpoint *e, const uint8_t *packet, size_t len)
{
	if (write(e->watch.fd, packet, len) == (ssize_t)len)
		e->delivered++;
	else
		e->lost++;
}

static int tun_open(struct gwlb *g, struct endpoint *e)
{
	struct ifreq ifr = { .ifr_flags = IFF_TUN | IFF_NO_PI };
	int fd, sock, err;

	fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return -1;
	strcpy(ifr.ifr_name, e->tun);
	err = ioctl(fd, TUNSETIFF, &ifr);
	sock = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (err < 0 || sock < 0)
		goto fail;
	ifr.ifr_mtu = (int)g->mtu;
	if (ioctl(sock, SIOCSIFMTU, &ifr) < 0 || ioctl(sock, SIOCGIFFLAGS, &ifr) < 0)
		goto fail;
	ifr.ifr_flags |= IFF_UP;
	if (ioctl(sock, SIOCSIFFLAGS, &ifr) < 0)
		goto fail;
	close(sock);
	return fd;
fail:
	err = errno;
	if (sock >= 0)
		close(sock);
	close(fd);
	errno = err;
	return -1;
}

/*
 * Opens the TUN device, or makes it, and sets it up.  Only the descriptor
 * ties it to this process: we are back in our own namespace afterwards.
 *
 * Return: 0, or -1 with errno set.
 */
int endpoint_open(struct gwlb *g, struct endpoint *e)
{
	int home, there, err;

	e->watch.ready = endpoint_ready;
	e->watch.fd = -1;
	if (!*e->netns) {
		e->watch.fd = tun_open(g, e);
		return e->watch.fd < 0 ? -1 : watch_add(g, &e->watch, EPOLLIN);
	}
	home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	if (home < 0)
		return -1;
	there = open(e->netns, O_RDONLY | O_CLOEXEC);
	if (there >= 0 && !setns(there, CLONE_NEWNET))
		e->watch.fd = tun_open(g, e);
	err = errno;
	if (there >= 0)
		close(there);
	if (setns(home, CLONE_NEWNET) < 0) {
		perror("gwlb: back to our own network namespace");
		exit(2);
	}
	close(home);
	errno = err;
	return e->watch.fd < 0 ? -1 : watch_add(g, &e->watch, EPOLLIN);
}
