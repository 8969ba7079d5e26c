// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sched.h>
#include <sys/mount.h>
#include <time.h>
#include <unistd.h>

#include "counters.h"

#define WAIT_MS		2000

static const char *const names[COUNTERS] = {
	[RX] = "stats/rx_packets",
	[TX] = "stats/tx_packets",
	[DROP] = "stats/drop_packets",
	[PASSED] = "stats/passed_packets",
	[MONITOR] = "stats/monitor_packets",
};

static int counter_fd[COUNTERS], drop_fd[NFG_REASON_MAX];

static int counter_open(const char *name)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "/sys/kernel/nf_geneve/net/%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		err(2, "%s", path);
	return fd;
}

/* sysfs shows the network namespace it was mounted in: mount one of our own. */
void counters_open(void)
{
	char name[64];
	int i;

	if (unshare(CLONE_NEWNS) || mount("", "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("sysfs", "/sys", "sysfs", 0, NULL))
		err(2, "mounting sysfs");
	for (i = 0; i < COUNTERS; i++)
		counter_fd[i] = counter_open(names[i]);
	for (i = 1; i < NFG_REASON_MAX; i++) {
		snprintf(name, sizeof(name), "drops/%s", nfg_reason_name(i));
		drop_fd[i] = counter_open(name);
	}
}

static uint64_t counter_read(int fd)
{
	char text[32];
	ssize_t n = pread(fd, text, sizeof(text) - 1, 0);

	if (n <= 0)
		err(2, "reading a counter");
	text[n] = 0;
	return strtoull(text, NULL, 10);
}

void counters_read(struct snapshot *s)
{
	int i;

	for (i = 0; i < COUNTERS; i++)
		s->counter[i] = counter_read(counter_fd[i]);
	for (i = 1; i < NFG_REASON_MAX; i++)
		s->drops[i] = counter_read(drop_fd[i]);
}

static uint64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000ull + t.tv_nsec / 1000000;
}

/* rx is counted first: the packet is through when its fate is counted, too. */
bool counters_wait(const struct snapshot *before, unsigned int packets)
{
	uint64_t done = before->counter[TX] + before->counter[DROP] + before->counter[PASSED];
	uint64_t end = now_ms() + WAIT_MS;

	do {
		if (counter_read(counter_fd[TX]) + counter_read(counter_fd[DROP]) +
		    counter_read(counter_fd[PASSED]) >= done + packets)
			return true;
		sched_yield();
	} while (now_ms() < end);
	return false;
}
