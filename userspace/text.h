/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Strings that are not ours, and sentences about what went wrong. */
#ifndef GENEVECTL_TEXT_H
#define GENEVECTL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Exit statuses besides 0. */
#define STATUS_USAGE	1	/* the command line is wrong; nothing was asked for */
#define STATUS_KERNEL	2	/* the kernel or the system refused */

/* Room that text_escape() needs for a string of @len bytes. */
#define TEXT_ESCAPED(len)	(4 * (len) + 1)

/**
 * text_escape() - make a string safe for a terminal
 * @buf: gets @s, each byte that is not printable ASCII as \xNN
 * @size: room in @buf; what does not fit is left out
 * @s: string
 *
 * Return: @buf.
 */
const char *text_escape(char *buf, size_t size, const char *s);

/**
 * fail() - the one sentence about what went wrong
 * @status: exit status
 * @fmt: sentence without newline
 *
 * Return: @status.
 */
int fail(int status, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Why something is refused: "what is wrong: expected what", without a newline. */
struct why {
	char text[512];
};

/**
 * refuse() - keep why something is refused
 * @why: gets the sentence
 * @fmt: sentence without newline
 *
 * Return: false.
 */
bool refuse(struct why *why, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif /* GENEVECTL_TEXT_H */
