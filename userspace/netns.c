// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "netns.h"
#include "text.h"
#include "value.h"

#define NETNS_DIR	"/run/netns"

/* A name wins over a process id of the same digits, like with ip(8). */
static int netns_open(const char *name)
{
	char path[PATH_MAX];
	unsigned long pid;
	int fd;

	if (strchr(name, '/'))
		return open(name, O_RDONLY | O_CLOEXEC);

	if (!*name || !strcmp(name, ".") || !strcmp(name, "..")) {
		errno = ENOENT;
		return -1;
	}
	snprintf(path, sizeof(path), NETNS_DIR "/%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 || errno != ENOENT || !value_number(name, INT_MAX, &pid))
		return fd;

	snprintf(path, sizeof(path), "/proc/%lu/ns/net", pid);
	return open(path, O_RDONLY | O_CLOEXEC);
}

int netns_enter(const char *name)
{
	int fd, err;

	fd = netns_open(name);
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG))
		return fail(STATUS_USAGE,
			    "unknown network namespace '%.64s': expected a name below " NETNS_DIR
			    ", a path or a process id", name);
	if (fd < 0)
		return fail(STATUS_KERNEL, "network namespace '%.64s': %s", name, strerror(errno));

	err = setns(fd, CLONE_NEWNET) ? errno : 0;
	close(fd);
	if (err == EINVAL)
		return fail(STATUS_USAGE, "'%.64s' is not a network namespace", name);
	if (err == EPERM)
		return fail(STATUS_KERNEL,
			    "network namespace '%.64s': no permission to enter it: CAP_SYS_ADMIN is needed",
			    name);
	if (err)
		return fail(STATUS_KERNEL, "network namespace '%.64s': %s", name, strerror(err));
	return 0;
}

const char *netns_name(char *buf, size_t size)
{
	struct stat self, entry;
	struct dirent *d;
	ssize_t len;
	DIR *dir;

	len = readlink("/proc/self/ns/net", buf, size - 1);
	buf[len > 0 ? len : 0] = '\0';

	dir = opendir(NETNS_DIR);
	if (!dir)
		return buf;
	if (!stat("/proc/self/ns/net", &self)) {
		while ((d = readdir(dir))) {
			if (!fstatat(dirfd(dir), d->d_name, &entry, 0) &&
			    entry.st_dev == self.st_dev && entry.st_ino == self.st_ino) {
				snprintf(buf, size, "%s", d->d_name);
				break;
			}
		}
	}
	closedir(dir);
	return buf;
}
