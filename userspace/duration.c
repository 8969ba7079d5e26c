// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "duration.h"

static const struct {
	char unit;
	uint32_t seconds;
} units[] = { { 'd', 86400 }, { 'h', 3600 }, { 'm', 60 }, { 's', 1 } };

#define N_UNITS	(sizeof(units) / sizeof(units[0]))

/* Reads a number, at most @max; false if there is none. */
static bool read_number(const char **s, uint64_t max, uint64_t *n)
{
	const char *p = *s;

	for (*n = 0; *p >= '0' && *p <= '9' && *n <= max; p++)
		*n = *n * 10 + (*p - '0');
	if (p == *s || *n > max)
		return false;
	*s = p;
	return true;
}

static bool read_parts(const char *s, uint64_t max, uint64_t *seconds)
{
	size_t unit = 0;
	uint64_t n;

	*seconds = 0;
	if (!read_number(&s, max, &n))
		return false;
	if (!*s) {
		*seconds = n;
		return true;
	}
	for (;;) {
		while (unit < N_UNITS && units[unit].unit != *s)
			unit++;
		if (unit == N_UNITS)
			return false;
		*seconds += n * units[unit++].seconds;
		if (!*++s)
			return true;
		if (!read_number(&s, max, &n))
			return false;
	}
}

bool duration_parse(struct why *why, const char *s, uint32_t max, uint32_t *seconds)
{
	uint64_t sum;

	if (!read_parts(s, max, &sum) || !sum || sum > max)
		return refuse(why, "'%.64s': expected a duration from 1s to %" PRIu32
			      "s, like 90s, 5m or 1h30m", s, max);
	*seconds = sum;
	return true;
}

const char *duration_text(char *buf, uint32_t seconds)
{
	snprintf(buf, DURATION_TEXT, "%" PRIu32 "s", seconds);
	return buf;
}
