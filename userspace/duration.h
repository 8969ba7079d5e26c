/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Spans of time: 90, 90s, 5m, 1h30m, 1d. */
#ifndef GENEVECTL_DURATION_H
#define GENEVECTL_DURATION_H

#include <stdint.h>

#include "text.h"

/* Room for "4294967295s" */
#define DURATION_TEXT	12

/**
 * duration_parse() - read a span of time
 * @why: gets why it is none
 * @s: seconds, or numbers with the units d, h, m and s, each once and in this order
 * @max: most seconds allowed
 * @seconds: gets it, 1 to @max
 *
 * Return: false if it is none.
 */
bool duration_parse(struct why *why, const char *s, uint32_t max, uint32_t *seconds);

/**
 * duration_text() - write a span of time
 * @buf: gets the text, DURATION_TEXT bytes
 * @seconds: span
 *
 * Return: @buf.
 */
const char *duration_text(char *buf, uint32_t seconds);

#endif /* GENEVECTL_DURATION_H */
