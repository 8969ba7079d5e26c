/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Values of the command line. */
#ifndef GENEVECTL_VALUE_H
#define GENEVECTL_VALUE_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text.h"

/* An address is a prefix of all its bits. */
struct prefix {
	int family;		/* AF_INET or AF_INET6 */
	uint8_t addr[16];	/* network byte order, IPv4 in the first 4 bytes */
	uint8_t len;
};

/* Room for the longest IPv6 address and "/128" */
#define PREFIX_TEXT	(INET6_ADDRSTRLEN + 4)

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
 * value_prefix() - read a prefix, or an address as one of all its bits
 * @why: gets why it is none
 * @s: prefix
 * @prefix: gets it
 *
 * Return: false if it is none.
 */
bool value_prefix(struct why *why, const char *s, struct prefix *prefix);

/**
 * value_seconds() - read an interval
 * @s: seconds, digits with at most one decimal point
 * @ms: gets milliseconds, 100 to 86,400,000
 *
 * Return: false if @s is none.
 */
bool value_seconds(const char *s, int *ms);

/* Bytes of an address of that family. */
size_t family_size(int family);

/**
 * prefix_text() - write a prefix
 * @buf: gets the text, PREFIX_TEXT bytes
 * @prefix: prefix
 *
 * Return: @buf.
 */
const char *prefix_text(char *buf, const struct prefix *prefix);

#endif /* GENEVECTL_VALUE_H */
