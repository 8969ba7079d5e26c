/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Options of the command line, and what goes to standard output. */
#ifndef GENEVECTL_OUT_H
#define GENEVECTL_OUT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "text.h"

struct options {
	bool json;
	bool pretty;
};

extern struct options options;

/* Prints an object in the way -j and -p ask for, and frees it. */
void out_json(json_t *json);

/* Prints an object on a line of its own, at once, and frees it. */
void out_json_line(json_t *json);

/* A string from the kernel, whatever it holds; null for NULL. */
json_t *out_json_text(const char *s);

/* Room for a name from the kernel. */
#define OUT_TEXT	TEXT_ESCAPED(63)

/* The same for a terminal, "-" for NULL; @buf has OUT_TEXT bytes. */
const char *out_text(char *buf, const char *s);

/* Room for a quantity in text. */
#define OUT_QUANTITY	24

/* "1.5 MB" for (buf, 1500000, "B"); @buf has OUT_QUANTITY bytes. */
const char *out_quantity(char *buf, uint64_t value, const char *unit);

/**
 * out_finish() - the last thing written has to get through
 * @status: exit status so far
 *
 * Return: @status, or STATUS_KERNEL after a sentence.
 */
int out_finish(int status);

#endif /* GENEVECTL_OUT_H */
