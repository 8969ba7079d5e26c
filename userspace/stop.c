// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/signalfd.h>

#include "stop.h"

static int signals = -1;

void stop_init(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	signals = signalfd(-1, &set, SFD_CLOEXEC);
	if (signals >= 0)
		sigprocmask(SIG_BLOCK, &set, NULL);
}

enum stop_event stop_wait(int fd, int timeout_ms)
{
	struct pollfd fds[] = {
		{ .fd = signals, .events = POLLIN },
		{ .fd = fd, .events = POLLIN },
	};
	int n;

	/* Only a stop and continue of the process interrupts it. */
	do {
		n = poll(fds, 2, timeout_ms);
	} while (n < 0);
	if (fds[0].revents)
		return STOP_SIGNAL;
	return n ? STOP_READABLE : STOP_TIMEOUT;
}
