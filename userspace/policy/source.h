/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Texts, places in them, and what is wrong there. */
#ifndef GENEVECTL_POLICY_SOURCE_H
#define GENEVECTL_POLICY_SOURCE_H

#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "arena.h"
#include "text.h"

/**
 * struct source - a text
 * @name: what errors call it: the file's path as it was given
 * @text: bytes, of any kind
 * @len: how many
 * @from: the text that includes this one, NULL for none
 * @dev: device and
 * @ino: inode tell whether two texts are the same file
 */
struct source {
	const char *name;
	const char *text;
	uint32_t len;
	const struct source *from;
	dev_t dev;
	ino_t ino;
};

struct place {
	const struct source *src;	/* NULL: nowhere */
	uint32_t at;
};

/* What is wrong, and where. */
struct complaint {
	struct place place;
	struct why why;
};

/* Reads the file @path; NULL after refuse(). */
typedef struct source *(*source_fn)(struct arena *arena, const char *path, struct why *why);

/* Reads a file; "-" is standard input. */
struct source *source_read(struct arena *arena, const char *path, struct why *why);

/* A source out of memory, which has to live as long. */
struct source *source_of(struct arena *arena, const char *name, const char *text, size_t len);

/* Has it no zero byte?  @bad gets where one is. */
bool source_is_text(const struct source *src, struct complaint *bad);

/* Line of a place, from 1. */
uint32_t place_line(const struct place *place);

/* Room for a line and the file's name. */
#define PLACE_TEXT	256

/* "line 7", and " of FILE" unless it is the file @from; @buf has PLACE_TEXT bytes. */
const char *place_text(char *buf, const struct place *place, const struct source *from);

/* "FILE:LINE:COLUMN: what is wrong", the line and a caret below it. */
void complaint_print(FILE *to, const struct complaint *bad);

#endif /* GENEVECTL_POLICY_SOURCE_H */
