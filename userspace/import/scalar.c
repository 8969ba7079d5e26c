// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <stddef.h>
#include <stdlib.h>
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
static bool read_places(const char *s, long *number)
{
	const char *p;
	long n = 0, place;

	for (p = s; digit_of(*p) < 10 || (*p == '_' && p > s); p++)
		if (*p != '_' && n < SCALAR_NUMBER_MAX)
			n = n * 10 + digit_of(*p);
	if (p == s || *p != ':')
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

/* Digits and underscores, of which the first is a digit; returns what follows. */
static const char *skip_digits(const char *s)
{
	return digit_of(*s) < 10 ? s + strspn(s, "0123456789_") : s;
}

/* Is it "443.0", "4.43e+2" or ".5"? */
static bool is_fraction(const char *s)
{
	const char *dot = skip_digits(s), *end;

	if (*dot != '.' || (dot == s && digit_of(dot[1]) > 9))
		return false;
	end = dot + 1 + strspn(dot + 1, "0123456789_");
	if (*end != 'e' && *end != 'E')
		return !*end;
	if (end[1] != '+' && end[1] != '-')
		return false;
	return digit_of(end[2]) < 10 && !end[2 + strspn(end + 2, "0123456789")];
}

#define FRACTION_TEXT	256

/* Copies @s up to @end without underscores. */
static bool copy_digits(char digits[FRACTION_TEXT], const char *s, const char *end)
{
	size_t n = 0;

	for (; s < end && n < FRACTION_TEXT - 1; s++)
		if (*s != '_')
			digits[n++] = *s;
	digits[n] = '\0';
	return s == end;
}

/* "443.0" and "7:23.0", which compare as 443. */
static bool read_whole_fraction(const char *s, long *number)
{
	const char *dot = strchr(s, '.');
	char digits[FRACTION_TEXT];
	double value;

	if (!dot)
		return false;
	if (strchr(s, ':'))
		return !dot[1 + strspn(dot + 1, "0_")] && copy_digits(digits, s, dot) &&
		       read_places(digits, number);
	if (!is_fraction(s) || !copy_digits(digits, s, s + strlen(s)))
		return false;
	value = strtod(digits, NULL);
	if (value < SCALAR_NUMBER_MAX && value != (long)value)
		return false;
	*number = value < SCALAR_NUMBER_MAX ? value : SCALAR_NUMBER_MAX;
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
	else if (s[0] == '0' && read_digits(s, 8, number))
		good = true;
	else if (digit_of(*s) < 10 || *s == '.')
		good = (*s != '0' && (read_digits(s, 10, number) || read_places(s, number))) ||
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
