/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Values of the command line. */
#ifndef GENEVECTL_VALUE_H
#define GENEVECTL_VALUE_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

struct prefix {
	struct in_addr addr;
	uint8_t len;
};

/* Room for "255.255.255.255/255" */
#define PREFIX_TEXT	20

/**
 * value_number() - read a decimal number
 * @s: digits only
 * @max: largest number allowed
 * @number: gets it; unchanged on error
 *
 * Return: false if @s is no number or a larger one.
 */
bool value_number(const char *s, unsigned long max, unsigned long *number);

/**
 * value_prefix() - read an IPv4 prefix, or an address as its /32
 * @what: where we are, for the sentence about an error
 * @s: prefix
 * @prefix: gets it
 *
 * Return: 0, or STATUS_USAGE after a sentence.
 */
int value_prefix(const char *what, const char *s, struct prefix *prefix);

/**
 * value_seconds() - read an interval
 * @s: seconds, digits with at most one decimal point
 * @ms: gets milliseconds, 100 to 86,400,000
 *
 * Return: false if @s is none.
 */
bool value_seconds(const char *s, int *ms);

/**
 * prefix_text() - write a prefix
 * @buf: gets the text, PREFIX_TEXT bytes
 * @prefix: prefix
 *
 * Return: @buf.
 */
const char *prefix_text(char *buf, const struct prefix *prefix);

#endif /* GENEVECTL_VALUE_H */
