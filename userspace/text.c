// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <stdarg.h>
#include <stdio.h>

#include "text.h"

const char *text_escape(char *buf, size_t size, const char *s)
{
	size_t used = 0;

	for (; *s && used + 4 < size; s++) {
		if (*s >= ' ' && *s <= '~')
			buf[used++] = *s;
		else
			used += sprintf(buf + used, "\\x%02x", (unsigned char)*s);
	}
	buf[used] = '\0';
	return buf;
}

int fail(int status, const char *fmt, ...)
{
	char raw[1024], clean[TEXT_ESCAPED(sizeof(raw))];
	va_list args;

	va_start(args, fmt);
	vsnprintf(raw, sizeof(raw), fmt, args);
	va_end(args);
	fprintf(stderr, "genevectl: %s\n", text_escape(clean, sizeof(clean), raw));
	return status;
}

bool refuse(struct why *why, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(why->text, sizeof(why->text), fmt, args);
	va_end(args);
	return false;
}
