// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <stddef.h>
#include <string.h>

#include "scalar.h"

static bool is_one_of(const char *text, const char *const *words, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!strcmp(text, words[i]))
			return true;
	return false;
}

#define IS_ONE_OF(text, ...) \
	is_one_of(text, (const char *const[]){ __VA_ARGS__ }, \
		  sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

/* Digits of one base with underscores between them, up to the end. */
static bool read_digits(const char *s, int base, long *number)
{
	long n = 0;

	if (!*s)
		return false;
	for (; *s; s++) {
		if (*s == '_')
			continue;
		if (digit_of(*s) >= base)
			return false;
		if (n < SCALAR_NUMBER_MAX)
			n = n * base + digit_of(*s);
	}
	*number = n < SCALAR_NUMBER_MAX ? n : SCALAR_NUMBER_MAX;
	return true;
}

/* "1:30:00": places of 60, each of one or two digits but the first. */
static bool read_sixties(const char *s, long *number)
{
	const char *p;
	long n = 0, place;

	for (p = s; digit_of(*p) < 10 || (*p == '_' && p > s); p++)
		if (*p != '_' && n < SCALAR_NUMBER_MAX)
			n = n * 10 + digit_of(*p);
	if (p == s || *s == '0' || *p != ':')
		return false;
	while (*p == ':') {
		place = digit_of(*++p);
		if (place > 9)
			return false;
		p++;
		if (digit_of(*p) < 10)
			place = 10 * place + digit_of(*p++);
		if (place > 59)
			return false;
		n = n < SCALAR_NUMBER_MAX ? 60 * n + place : SCALAR_NUMBER_MAX;
	}
	*number = n < SCALAR_NUMBER_MAX ? n : SCALAR_NUMBER_MAX;
	return !*p;
}

/* "443.0", which compares as 443. */
static bool read_whole_fraction(const char *s, long *number)
{
	const char *dot = strchr(s, '.');
	long n = 0;

	if (!dot || dot == s || dot[1 + strspn(dot + 1, "0_")])
		return false;
	for (; s < dot; s++) {
		if (digit_of(*s) > 9)
			return false;
		if (n < SCALAR_NUMBER_MAX)
			n = n * 10 + digit_of(*s);
	}
	*number = n < SCALAR_NUMBER_MAX ? n : SCALAR_NUMBER_MAX;
	return true;
}

static bool read_number(const char *s, long *number)
{
	bool minus = *s == '-';
	bool good;

	if (minus || *s == '+')
		s++;
	if (s[0] == '0' && s[1] == 'x')
		good = read_digits(s + 2, 16, number);
	else if (s[0] == '0' && s[1] == 'b')
		good = read_digits(s + 2, 2, number);
	else if (s[0] == '0' && s[1] && s[1] != '.')
		good = read_digits(s + 1, 8, number);
	else if (digit_of(*s) < 10)
		good = read_digits(s, 10, number) || read_sixties(s, number) ||
		       read_whole_fraction(s, number);
	else
		good = false;
	if (good && minus)
		*number = -*number;
	return good;
}

struct scalar scalar_resolve(const char *text, bool plain)
{
	struct scalar scalar = { .kind = SCALAR_TEXT };

	if (!plain)
		return scalar;
	if (IS_ONE_OF(text, "", "~", "null", "Null", "NULL")) {
		scalar.kind = SCALAR_NULL;
	} else if (IS_ONE_OF(text, "yes", "Yes", "YES", "true", "True", "TRUE",
			     "on", "On", "ON")) {
		scalar.kind = SCALAR_BOOL;
		scalar.number = 1;
	} else if (IS_ONE_OF(text, "no", "No", "NO", "false", "False", "FALSE",
			     "off", "Off", "OFF")) {
		scalar.kind = SCALAR_BOOL;
	} else if (read_number(text, &scalar.number)) {
		scalar.kind = SCALAR_NUMBER;
	}
	return scalar;
}

bool scalar_is_true(const struct scalar *scalar, const char *text)
{
	switch (scalar->kind) {
	case SCALAR_NULL:
		return false;
	case SCALAR_BOOL:
	case SCALAR_NUMBER:
		return scalar->number;
	case SCALAR_TEXT:
		return *text;
	}
	return false;
}
