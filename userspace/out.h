/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Options of the command line, and what goes to standard output. */
#ifndef GENEVECTL_OUT_H
#define GENEVECTL_OUT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "text.h"

struct options {
	bool json;
	bool pretty;
};

extern struct options options;

/* Prints an object in the way -j and -p ask for, and frees it. */
void out_json(json_t *json);

/*
 * Prints an array element by element, as each becomes known: @n counts them, and
 * out_json_end() has to follow whatever happens, unless there were none.
 */
void out_json_element(unsigned long *n, json_t *json);
void out_json_end(unsigned long n);

/* Prints an object on a line of its own, at once, and frees it. */
void out_json_line(json_t *json);

/* A string from the kernel, whatever it holds; null for NULL. */
json_t *out_json_text(const char *s);

/* Adds a member under the operator's word for it, with _ for -; consumes @value. */
void out_json_member(json_t *object, const char *word, json_t *value);

/* Room for a name from the kernel. */
#define OUT_TEXT	TEXT_ESCAPED(63)

/* The same for a terminal, "-" for NULL; @buf has OUT_TEXT bytes. */
const char *out_text(char *buf, const char *s);

/* Room for a quantity in text. */
#define OUT_QUANTITY	24

/* "1.5 MB" for (buf, 1500000, "B"); @buf has OUT_QUANTITY bytes. */
const char *out_quantity(char *buf, uint64_t value, const char *unit);

/* "1.5s", "2m05s", "3h00m" for milliseconds; @buf has OUT_QUANTITY bytes. */
const char *out_time(char *buf, uint64_t ms);

/* Room for a date and time. */
#define OUT_DATE	32

/* "2026-01-31T12:34:56.789+0100"; @buf has OUT_DATE bytes. */
const char *out_date(char *buf, const struct timespec *when);

/**
 * out_finish() - the last thing written has to get through
 * @status: exit status so far
 *
 * Return: @status, or STATUS_KERNEL after a sentence.
 */
int out_finish(int status);

#endif /* GENEVECTL_OUT_H */
