// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "out.h"
#include "text.h"

struct options options;

void out_json(json_t *json)
{
	json_dumpf(json, stdout, options.pretty ? JSON_INDENT(2) : JSON_COMPACT);
	putchar('\n');
	json_decref(json);
}

void out_json_line(json_t *json)
{
	json_dumpf(json, stdout, JSON_COMPACT);
	putchar('\n');
	fflush(stdout);
	json_decref(json);
}

json_t *out_json_text(const char *s)
{
	char clean[OUT_TEXT];
	json_t *json;

	if (!s)
		return json_null();
	json = json_string(s);
	return json ? json : json_string(text_escape(clean, sizeof(clean), s));
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

int out_finish(int status)
{
	if (fflush(stdout) || ferror(stdout))
		return fail(STATUS_KERNEL, "cannot write the output: %s", strerror(errno));
	return status;
}
