// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "save.h"

static bool write_all(int fd, const char *text, size_t len)
{
	ssize_t put;

	for (; len; text += put, len -= put) {
		put = write(fd, text, len);
		if (put < 0 && errno == EINTR)
			put = 0;
		else if (put < 0)
			return false;
	}
	return true;
}

static bool write_in_place(const char *path, const char *text, size_t len)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool good = fd >= 0 && write_all(fd, text, len);

	return fd >= 0 && !close(fd) && good;
}

/* A new file gets the permissions that open() would give it. */
static bool set_mode(int fd, const struct stat *old)
{
	mode_t mask;

	if (!old) {
		mask = umask(0);
		umask(mask);
		return !fchmod(fd, 0666 & ~mask);
	}
	/* Only root may give files away; who else may write it owns the new one. */
	if (fchown(fd, old->st_uid, old->st_gid) && errno != EPERM)
		return false;
	return !fchmod(fd, old->st_mode & 0777);
}

static bool replace(const char *path, const struct stat *old, const char *text, size_t len)
{
	char temp[PATH_MAX];
	int fd, err;
	bool good;

	if (snprintf(temp, sizeof(temp), "%s.XXXXXX", path) >= (int)sizeof(temp)) {
		errno = ENAMETOOLONG;
		return false;
	}
	fd = mkostemp(temp, O_CLOEXEC);
	if (fd < 0)
		return false;
	good = set_mode(fd, old) && write_all(fd, text, len) && !fsync(fd);
	err = errno;
	if (close(fd) && good) {
		err = errno;
		good = false;
	}
	if (good && rename(temp, path)) {
		err = errno;
		good = false;
	}
	if (!good)
		unlink(temp);
	errno = err;
	return good;
}

static bool save(const char *path, const char *text, size_t len)
{
	char target[PATH_MAX];
	struct stat old;

	/* A link that leads nowhere is no file that is not there yet. */
	if (stat(path, &old))
		return errno == ENOENT && lstat(path, &old) && replace(path, NULL, text, len);
	if (!S_ISREG(old.st_mode))
		return write_in_place(path, text, len);
	/* A link goes on leading to the file. */
	return realpath(path, target) && !access(target, W_OK) &&
	       replace(target, &old, text, len);
}

bool save_text(struct why *why, const char *path, const char *text, size_t len)
{
	return save(path, text, len) ||
	       refuse(why, "cannot write '%.200s': %s", path, strerror(errno));
}
