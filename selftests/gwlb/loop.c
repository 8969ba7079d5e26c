// SPDX-License-Identifier: GPL-2.0
/*
 * The event loop.  Watches live in static tables and every descriptor is
 * non-blocking, so an event that is out of date when its turn comes finds
 * either a closed watch or nothing to read.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "gwlb.h"

#define TICK_MS	250

static int watch_ctl(struct gwlb *g, int op, struct watch *w, uint32_t events)
{
	struct epoll_event ev = { .events = events, .data.ptr = w };

	return epoll_ctl(g->epoll_fd, op, w->fd, &ev);
}

int watch_add(struct gwlb *g, struct watch *w, uint32_t events)
{
	return watch_ctl(g, EPOLL_CTL_ADD, w, events);
}

int watch_change(struct gwlb *g, struct watch *w, uint32_t events)
{
	return watch_ctl(g, EPOLL_CTL_MOD, w, events);
}

void watch_close(struct gwlb *g, struct watch *w)
{
	(void)g;
	if (w->fd < 0)
		return;
	close(w->fd);	/* takes it out of the epoll set */
	w->fd = -1;
}

static void signals_ready(struct gwlb *g, struct watch *w, uint32_t events)
{
	struct signalfd_siginfo info;

	(void)events;
	if (read(w->fd, &info, sizeof(info)) == sizeof(info))
		g->stop = true;
}

static int signals_open(struct gwlb *g)
{
	sigset_t set;

	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
		return -1;
	g->signals.fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	g->signals.ready = signals_ready;
	return g->signals.fd < 0 ? -1 : watch_add(g, &g->signals, EPOLLIN);
}

static int loop_timeout(int64_t now, int64_t next)
{
	if (next <= now)
		return 0;
	return next - now < TICK_MS ? (int)(next - now) : TICK_MS;
}

int loop_run(struct gwlb *g)
{
	struct epoll_event events[32];
	int64_t tick = 0;

	if (signals_open(g) < 0) {
		perror("gwlb: signals");
		return -1;
	}
	while (!g->stop) {
		int64_t now = now_ms();
		int64_t next = health_tick(g, now);
		int n;

		if (now - tick >= TICK_MS) {
			tick = now;
			target_tick(g, now);
			flow_tick(g, now);
		}
		n = epoll_wait(g->epoll_fd, events, ARRAY_SIZE(events), loop_timeout(now, next));
		if (n < 0 && errno != EINTR) {
			perror("gwlb: epoll");
			return -1;
		}
		for (int i = 0; i < n; i++) {
			struct watch *w = events[i].data.ptr;

			if (w->fd >= 0)
				w->ready(g, w, events[i].events);
		}
	}
	return 0;
}
