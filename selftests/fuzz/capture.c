// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <sys/mman.h>
#include <unistd.h>

#include "capture.h"
#include "fuzz.h"

void memory_write(struct memory *file, const void *data, size_t len)
{
	if (!file->fd) {
		file->fd = memfd_create("input", 0);
		must(file->fd > 0);
		snprintf(file->path, sizeof(file->path), "/dev/fd/%d", file->fd);
	}
	must(!ftruncate(file->fd, 0));
	must(pwrite(file->fd, data, len, 0) == (ssize_t)len);
}

/* glibc lets both be set. */
void capture_begin(struct capture *capture)
{
	capture->saved[0] = stdout;
	capture->saved[1] = stderr;
	stdout = open_memstream(&capture->out, &capture->out_len);
	stderr = open_memstream(&capture->err, &capture->err_len);
}

void capture_end(struct capture *capture)
{
	fclose(stdout);
	fclose(stderr);
	stdout = capture->saved[0];
	stderr = capture->saved[1];
}

void capture_free(struct capture *capture)
{
	free(capture->out);
	free(capture->err);
}

bool is_line(const char *text)
{
	size_t len = strlen(text), i;

	if (!len || text[len - 1] != '\n')
		return false;
	for (i = 0; i < len - 1; i++)
		if (text[i] < ' ' || text[i] > '~')
			return false;
	return true;
}
