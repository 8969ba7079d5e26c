/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Commands that run until somebody stops them. */
#ifndef GENEVECTL_STOP_H
#define GENEVECTL_STOP_H

#include <stdbool.h>

enum stop_event {
	STOP_TIMEOUT,
	STOP_READABLE,
	STOP_SIGNAL,	/* SIGINT or SIGTERM: end well */
};

/* From here on SIGINT and SIGTERM are only seen by stop_wait(). */
void stop_init(void);

/**
 * stop_wait() - wait for a file, the clock or a signal
 * @fd: file to read from, -1 for none
 * @timeout_ms: milliseconds, -1 for ever
 *
 * Return: what came first.
 */
enum stop_event stop_wait(int fd, int timeout_ms);

#endif /* GENEVECTL_STOP_H */
