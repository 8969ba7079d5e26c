// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "out.h"
#include "text.h"

struct options options;

/* Names may hold what a terminal takes for a command. */
static void dump(json_t *json, size_t flags)
{
	json_dumpf(json, stdout, JSON_ENSURE_ASCII | flags);
	json_decref(json);
}

static size_t asked_flags(void)
{
	return options.pretty ? JSON_INDENT(2) : JSON_COMPACT;
}

void out_json(json_t *json)
{
	dump(json, asked_flags());
	putchar('\n');
}

void out_json_element(unsigned long *n, json_t *json)
{
	fputs((*n)++ ? ",\n" : "[\n", stdout);
	dump(json, asked_flags());
}

void out_json_end(unsigned long n)
{
	fputs(n ? "\n]\n" : "[]\n", stdout);
	fflush(stdout);
}

void out_json_line(json_t *json)
{
	dump(json, JSON_COMPACT);
	putchar('\n');
	fflush(stdout);
}

json_t *out_json_text(const char *s)
{
	char *clean;
	json_t *json;
	size_t size;

	if (!s)
		return json_null();
	json = json_string(s);
	if (json)
		return json;
	size = TEXT_ESCAPED(strlen(s));
	clean = malloc(size);
	if (!clean)
		exit(fail(STATUS_KERNEL, "no memory"));
	json = json_string(text_escape(clean, size, s));
	free(clean);
	return json;
}

void out_json_member(json_t *object, const char *word, json_t *value)
{
	char key[32], *c;

	snprintf(key, sizeof(key), "%s", word);
	for (c = key; *c; c++)
		if (*c == '-')
			*c = '_';
	json_object_set_new(object, key, value);
}

const char *out_text(char *buf, const char *s)
{
	return s ? text_escape(buf, OUT_TEXT, s) : "-";
}

const char *out_quantity(char *buf, uint64_t value, const char *unit)
{
	static const char scale[] = " kMGTPE";
	double shown = value;
	size_t i = 0;

	while (shown >= 1000 && i < sizeof(scale) - 2) {
		shown /= 1000;
		i++;
	}
	if (i)
		snprintf(buf, OUT_QUANTITY, "%.1f %c%s", shown, scale[i], unit);
	else
		snprintf(buf, OUT_QUANTITY, "%.0f %s", shown, unit);
	return buf;
}

const char *out_time(char *buf, uint64_t ms)
{
	uint64_t s = ms / 1000;

	if (s < 60)
		snprintf(buf, OUT_QUANTITY, "%" PRIu64 ".%" PRIu64 "s", s, ms % 1000 / 100);
	else if (s < 3600)
		snprintf(buf, OUT_QUANTITY, "%" PRIu64 "m%02" PRIu64 "s", s / 60, s % 60);
	else
		snprintf(buf, OUT_QUANTITY, "%" PRIu64 "h%02" PRIu64 "m", s / 3600, s / 60 % 60);
	return buf;
}

const char *out_date(char *buf, const struct timespec *when)
{
	struct tm tm;
	size_t used;

	localtime_r(&when->tv_sec, &tm);
	used = strftime(buf, OUT_DATE, "%Y-%m-%dT%H:%M:%S", &tm);
	used += snprintf(buf + used, OUT_DATE - used, ".%03ld", when->tv_nsec / 1000000);
	strftime(buf + used, OUT_DATE - used, "%z", &tm);
	return buf;
}

int out_finish(int status)
{
	if (fflush(stdout) || ferror(stdout))
		return fail(STATUS_KERNEL, "cannot write the output: %s", strerror(errno));
	return status;
}
