/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Commands under test: their files are in memory, and so is what they print. */
#ifndef NFG_FUZZ_CAPTURE_H
#define NFG_FUZZ_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/**
 * struct memory - a file in memory, used again and again
 * @path: its path
 * @fd: it
 */
struct memory {
	char path[32];
	int fd;
};

/* Makes it what the file holds. */
void memory_write(struct memory *file, const void *data, size_t len);

/**
 * struct capture - what was printed
 * @out: on standard output
 * @err: on standard error
 */
struct capture {
	char *out;
	char *err;
	size_t out_len;
	size_t err_len;
	FILE *saved[2];
};

void capture_begin(struct capture *capture);
void capture_end(struct capture *capture);
void capture_free(struct capture *capture);

/* Is it one line of printable characters? */
bool is_line(const char *text);

#endif /* NFG_FUZZ_CAPTURE_H */
