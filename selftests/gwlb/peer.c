// SPDX-License-Identifier: GPL-2.0
/*
 * The hosts at both ends of a tunnel: echo servers and clients that compare
 * every byte, and an HTTP server that gives the status it is told.
 *
 *	peer serve PORT			TCP and UDP echo, IPv4 and IPv6
 *	peer http PORT STATUS		prints requests; STATUS 0: says nothing,
 *					a path: what the file has at the moment
 *	peer tcp ADDR PORT BYTES [LOCALPORT]
 *	peer udp ADDR PORT SIZE COUNT [LOCALPORT]
 *
 * The clients wait at most PATIENCE_S for an answer; exit status 1 says that
 * it did not come or was another one.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATIENCE_S	5
#define SOCKETS_MAX	64
#define CHUNK		65536

static void die(const char *what)
{
	perror(what);
	exit(1);
}

/* ADDR may be IPv4: all sockets are IPv6 ones. */
static struct sockaddr_in6 address(const char *addr, const char *port)
{
	struct sockaddr_in6 sa = { .sin6_family = AF_INET6, .sin6_addr = in6addr_any };
	char mapped[INET6_ADDRSTRLEN + 8];

	sa.sin6_port = htons((uint16_t)atoi(port));
	if (!addr)
		return sa;
	snprintf(mapped, sizeof(mapped), "%s%s", strchr(addr, ':') ? "" : "::ffff:", addr);
	if (inet_pton(AF_INET6, mapped, &sa.sin6_addr) != 1) {
		fprintf(stderr, "peer: %s is no address\n", addr);
		exit(2);
	}
	return sa;
}

static int bound(int type, const char *port)
{
	struct sockaddr_in6 sa = address(NULL, port);
	int fd = socket(AF_INET6, type, 0), one = 1;

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) < 0 ||
	    bind(fd, (struct sockaddr *)&sa, sizeof(sa)) < 0)
		die("peer: bind");
	return fd;
}

static int connected(int type, char **argv, const char *local)
{
	struct sockaddr_in6 sa = address(argv[0], argv[1]);
	struct timeval patience = { .tv_sec = PATIENCE_S };
	int fd = bound(type, local ? local : "0");

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	if (connect(fd, (struct sockaddr *)&sa, sizeof(sa)) < 0)
		die("peer: connect");
	return fd;
}

static int listening(const char *port)
{
	int fd = bound(SOCK_STREAM, port);

	if (listen(fd, SOCKETS_MAX) < 0)
		die("peer: listen");
	return fd;
}

static void send_all(int fd, const uint8_t *data, size_t len)
{
	for (ssize_t n; len; data += n, len -= (size_t)n) {
		n = send(fd, data, len, MSG_NOSIGNAL);
		if (n <= 0)
			return;
	}
}

static void echo_udp(int fd)
{
	static uint8_t data[CHUNK];
	struct sockaddr_in6 from;
	socklen_t from_len = sizeof(from);
	ssize_t n = recvfrom(fd, data, sizeof(data), 0, (struct sockaddr *)&from, &from_len);

	if (n >= 0)
		sendto(fd, data, (size_t)n, 0, (struct sockaddr *)&from, from_len);
}

/* Return: false when the connection is over */
static bool echo_tcp(int fd)
{
	static uint8_t data[CHUNK];
	ssize_t n = recv(fd, data, sizeof(data), 0);

	if (n <= 0)
		return false;
	send_all(fd, data, (size_t)n);
	return true;
}

static _Noreturn void serve(const char *port)
{
	struct pollfd fds[SOCKETS_MAX] = { };
	nfds_t len = 2;

	/* TCP last: tests wait until it listens. */
	fds[1].fd = bound(SOCK_DGRAM, port);
	fds[0].fd = listening(port);
	fds[0].events = POLLIN;
	fds[1].events = POLLIN;
	for (;;) {
		if (poll(fds, len, -1) < 0 && errno != EINTR)
			die("peer: poll");
		if (fds[1].revents)
			echo_udp(fds[1].fd);
		for (nfds_t i = len - 1; i > 1; i--) {
			if (!fds[i].revents || echo_tcp(fds[i].fd))
				continue;
			close(fds[i].fd);
			fds[i] = fds[--len];
		}
		if (fds[0].revents && len < SOCKETS_MAX) {
			fds[len].fd = accept(fds[0].fd, NULL, NULL);
			fds[len].events = POLLIN;
			fds[len].revents = 0;
			len += fds[len].fd >= 0;
		}
	}
}

static int status_of(const char *word)
{
	int status;
	FILE *f;

	if (!strchr(word, '/'))
		return atoi(word);
	f = fopen(word, "r");
	if (!f || fscanf(f, "%d", &status) != 1)
		die("peer: status");
	fclose(f);
	return status;
}

static _Noreturn void http(const char *port, const char *word)
{
	int server = listening(port);
	char text[1024] = "";

	for (;;) {
		int fd = accept(server, NULL, NULL);
		ssize_t n;
		int status;

		if (fd < 0)
			continue;
		status = status_of(word);
		if (!status)
			continue;	/* left open on purpose */
		n = recv(fd, text, sizeof(text) - 1, 0);
		if (n > 0) {
			text[n] = '\0';
			printf("%.*s\n", (int)strcspn(text, "\r\n"), text);
			fflush(stdout);
			n = snprintf(text, sizeof(text),
				     "HTTP/1.1 %d Whatever\r\nContent-Length: 0\r\n\r\n",
				     status);
			send_all(fd, (uint8_t *)text, (size_t)n);
		}
		close(fd);
	}
}

/* The same bytes in each run, different ones at each place */
static void pattern(uint8_t *data, size_t len, uint32_t seed)
{
	for (size_t i = 0; i < len; i++) {
		seed = seed * 1664525 + 1013904223;
		data[i] = (uint8_t)(seed >> 24);
	}
}

static int compare(int fd, const uint8_t *data, size_t len)
{
	static uint8_t got[CHUNK];
	size_t done = 0;

	while (done < len) {
		ssize_t n = recv(fd, got, sizeof(got), 0);

		if (n <= 0)
			die("peer: no answer");
		if ((size_t)n > len - done || memcmp(got, data + done, (size_t)n)) {
			fprintf(stderr, "peer: another answer\n");
			return 1;
		}
		done += (size_t)n;
	}
	return 0;
}

static int tcp(char **argv, const char *local)
{
	size_t left = strtoul(argv[2], NULL, 10);
	static uint8_t data[CHUNK];
	int fd = connected(SOCK_STREAM, argv, local);

	for (uint32_t seed = 1; left; seed++) {
		size_t len = left < sizeof(data) ? left : sizeof(data);

		pattern(data, len, seed);
		send_all(fd, data, len);
		if (compare(fd, data, len))
			return 1;
		left -= len;
	}
	return 0;
}

static int udp(char **argv, const char *local)
{
	size_t len = strtoul(argv[2], NULL, 10);
	unsigned long count = strtoul(argv[3], NULL, 10);
	static uint8_t data[CHUNK];
	int fd = connected(SOCK_DGRAM, argv, local);

	if (len > sizeof(data))
		return 2;
	for (uint32_t seed = 1; seed <= count; seed++) {
		pattern(data, len, seed);
		if (send(fd, data, len, 0) != (ssize_t)len)
			die("peer: send");
		if (compare(fd, data, len))
			return 1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN);
	if (argc == 3 && !strcmp(argv[1], "serve"))
		serve(argv[2]);
	if (argc == 4 && !strcmp(argv[1], "http"))
		http(argv[2], argv[3]);
	if ((argc == 5 || argc == 6) && !strcmp(argv[1], "tcp"))
		return tcp(argv + 2, argv[5]);
	if ((argc == 6 || argc == 7) && !strcmp(argv[1], "udp"))
		return udp(argv + 2, argv[6]);
	fprintf(stderr, "usage: peer serve|http|tcp|udp ..., see the source\n");
	return 2;
}
