// SPDX-License-Identifier: GPL-2.0
/*
 * Health checks: a TCP connection, or an HTTP GET whose status code must be
 * one of the success codes, outside the tunnel.
 *
 * One good check makes a newly registered target healthy, as AWS does it;
 * after that the two thresholds count checks in a row.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <arpa/inet.h>

#include "gwlb.h"

#define STATUS_LEN	12	/* "HTTP/1.1 200" */

static struct target *health_target(struct health *h)
{
	return (struct target *)((char *)h - offsetof(struct target, health));
}

static struct health *health_of(struct watch *w)
{
	return (struct health *)((char *)w - offsetof(struct health, watch));
}

static void health_set_state(struct gwlb *g, struct target *t, enum target_state state,
			     const char *what, unsigned int in_a_row)
{
	char why[96];

	snprintf(why, sizeof(why), "%s, %u in a row", what, in_a_row);
	target_set_state(g, t, state, why);
}

static void health_done(struct gwlb *g, struct health *h, const char *failure)
{
	struct target *t = health_target(h);

	watch_close(g, &h->watch);
	h->checks++;
	if (!failure) {
		h->bad = 0;
		h->good++;
		if (t->state == TARGET_INITIAL || h->good >= g->health.healthy)
			health_set_state(g, t, TARGET_HEALTHY, "check passed", h->good);
		return;
	}
	h->why = failure;
	h->failures++;
	h->good = 0;
	h->bad++;
	if (h->bad >= g->health.unhealthy)
		health_set_state(g, t, TARGET_UNHEALTHY, failure, h->bad);
}

static const char *http_judge(const struct health_config *c, const char *answer)
{
	unsigned int minor, code;

	if (sscanf(answer, "HTTP/1.%1u %3u", &minor, &code) != 2)
		return "no HTTP answer";
	for (unsigned int i = 0; i < c->codes_len; i++) {
		if (code >= c->codes[i].from && code <= c->codes[i].to)
			return NULL;
	}
	return "HTTP status is no success code";
}

static void http_ask(struct gwlb *g, struct health *h)
{
	char addr[INET_ADDRSTRLEN], request[320];
	int len;

	inet_ntop(AF_INET, &health_target(h)->addr, addr, sizeof(addr));
	len = snprintf(request, sizeof(request),
		       "GET %s HTTP/1.1\r\nHost: %s:%u\r\nConnection: close\r\n"
		       "User-Agent: ELB-HealthChecker/2.0\r\n\r\n",
		       g->health.path, addr, g->health.port);
	/* The socket buffer of a new connection holds a request as a whole. */
	if (send(h->watch.fd, request, (size_t)len, MSG_NOSIGNAL) != len) {
		health_done(g, h, "request not sent");
		return;
	}
	h->asked = true;
	watch_change(g, &h->watch, EPOLLIN);
}

static void http_read(struct gwlb *g, struct health *h)
{
	ssize_t n = recv(h->watch.fd, h->answer + h->got, STATUS_LEN - h->got, 0);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		health_done(g, h, "connection closed before an answer");
		return;
	}
	h->got += (size_t)n;
	if (h->got < STATUS_LEN)
		return;
	h->answer[h->got] = '\0';
	health_done(g, h, http_judge(&g->health, h->answer));
}

static void health_ready(struct gwlb *g, struct watch *w, uint32_t events)
{
	struct health *h = health_of(w);
	socklen_t len = sizeof(int);
	int err = 0;

	(void)events;
	if (h->asked) {
		http_read(g, h);
		return;
	}
	if (getsockopt(w->fd, SOL_SOCKET, SO_ERROR, &err, &len) < 0)
		err = errno;
	if (err)
		health_done(g, h, err == ECONNREFUSED ? "connection refused" : strerror(err));
	else if (g->health.kind == HEALTH_HTTP)
		http_ask(g, h);
	else
		health_done(g, h, NULL);
}

static void health_begin(struct gwlb *g, struct target *t)
{
	struct health *h = &t->health;
	struct sockaddr_in from = { .sin_family = AF_INET, .sin_addr = g->zones[t->zone].addr };
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr = t->addr };

	to.sin_port = htons(g->health.port);
	h->asked = false;
	h->got = 0;
	h->watch.ready = health_ready;
	h->watch.fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (h->watch.fd < 0 ||
	    bind(h->watch.fd, (struct sockaddr *)&from, sizeof(from)) < 0 ||
	    (connect(h->watch.fd, (struct sockaddr *)&to, sizeof(to)) < 0 &&
	     errno != EINPROGRESS) ||
	    watch_add(g, &h->watch, EPOLLOUT) < 0)
		health_done(g, h, strerror(errno));
}

void health_start(struct gwlb *g, struct target *t)
{
	struct health *h = &t->health;

	h->good = 0;
	h->bad = 0;
	h->next = now_ms();
	if (g->health.kind == HEALTH_NONE)
		target_set_state(g, t, TARGET_HEALTHY, "health checks are off");
}

void health_stop(struct gwlb *g, struct target *t)
{
	watch_close(g, &t->health.watch);
}

static bool health_is_checked(const struct target *t)
{
	return t->state == TARGET_INITIAL || t->state == TARGET_HEALTHY ||
	       t->state == TARGET_UNHEALTHY;
}

/* Return: when to call again at the latest */
int64_t health_tick(struct gwlb *g, int64_t now)
{
	int64_t next = INT64_MAX;

	if (g->health.kind == HEALTH_NONE)
		return next;
	for (unsigned int i = 0; i < TARGETS_MAX; i++) {
		struct target *t = &g->targets[i];
		struct health *h = &t->health;

		if (!health_is_checked(t))
			continue;
		if (h->watch.fd >= 0 && now >= h->deadline)
			health_done(g, h, "timed out");
		if (h->watch.fd < 0 && now >= h->next) {
			h->deadline = now + g->health.timeout;
			h->next = now + g->health.interval;
			health_begin(g, t);
		}
		if (h->watch.fd >= 0 && h->deadline < next)
			next = h->deadline;
		if (h->watch.fd < 0 && h->next < next)
			next = h->next;
	}
	return next;
}

/*
 * Reads none, tcp:PORT or http:PORT/PATH.
 *
 * Return: 0, or -1 for anything else.
 */
int health_parse(struct health_config *c, const char *text)
{
	unsigned long port;
	char *end;

	if (!strcmp(text, "none")) {
		c->kind = HEALTH_NONE;
		return 0;
	}
	if (!strncmp(text, "tcp:", 4))
		c->kind = HEALTH_TCP;
	else if (!strncmp(text, "http:", 5))
		c->kind = HEALTH_HTTP;
	else
		return -1;
	port = strtoul(strchr(text, ':') + 1, &end, 10);
	if (!port || port > 65535)
		return -1;
	c->port = (uint16_t)port;
	if (c->kind == HEALTH_TCP)
		return *end ? -1 : 0;
	if ((*end && *end != '/') || strlen(end) >= sizeof(c->path))
		return -1;
	strcpy(c->path, *end ? end : "/");
	return 0;
}

/*
 * Reads success codes, for instance 200,301-399.
 *
 * Return: 0 or -1.
 */
int health_parse_codes(struct health_config *c, const char *text)
{
	unsigned int from, to;
	int used;

	c->codes_len = 0;
	for (;; text++) {
		if (sscanf(text, "%3u%n", &from, &used) != 1)
			return -1;
		text += used;
		to = from;
		if (*text == '-') {
			if (sscanf(++text, "%3u%n", &to, &used) != 1)
				return -1;
			text += used;
		}
		if (c->codes_len == CODES_MAX || to < from)
			return -1;
		c->codes[c->codes_len].from = from;
		c->codes[c->codes_len++].to = to;
		if (*text != ',')
			return *text ? -1 : 0;
	}
}
