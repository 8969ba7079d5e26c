// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vectors.h"

/* 64 KiB of packet, two digits a byte, and the words before */
#define LINE_MAX_LEN	(2 * 65536 + 128)

static unsigned int digit(char c)
{
	const char *digits = "0123456789abcdef", *p = strchr(digits, c);

	return c && p ? p - digits : 16;
}

static void hex_decode(struct vector *v, const char *hex, const char *path, int line)
{
	size_t i;

	v->len = strlen(hex) / 2;
	v->data = malloc(v->len);
	if (!v->data || strlen(hex) % 2)
		errx(2, "%s:%d: bad packet", path, line);
	for (i = 0; i < v->len; i++) {
		unsigned int high = digit(hex[2 * i]), low = digit(hex[2 * i + 1]);

		if (high > 15 || low > 15)
			errx(2, "%s:%d: bad hex digit", path, line);
		v->data[i] = high << 4 | low;
	}
}

static void verdict_decode(struct vector *v, const char *word, const char *path, int line)
{
	if (!strcmp(word, "bounce"))
		v->verdict = VERDICT_BOUNCE;
	else if (!strcmp(word, "pass"))
		v->verdict = VERDICT_PASS;
	else if (sscanf(word, "drop:%31s", v->reason) == 1)
		v->verdict = VERDICT_DROP;
	else
		errx(2, "%s:%d: bad verdict", path, line);
}

struct vectors vectors_read(const char *path)
{
	static char text[LINE_MAX_LEN], hex[LINE_MAX_LEN];
	struct vectors list = { 0 };
	FILE *f = fopen(path, "r");
	char word[64];
	int line = 0;

	if (!f)
		err(2, "%s", path);
	while (fgets(text, sizeof(text), f)) {
		struct vector v = { 0 };

		line++;
		if (text[0] == '#' || text[0] == '\n')
			continue;
		if (sscanf(text, "%63s %63s %s", v.name, word, hex) != 3)
			errx(2, "%s:%d: not NAME VERDICT HEX", path, line);
		verdict_decode(&v, word, path, line);
		hex_decode(&v, hex, path, line);
		list.v = realloc(list.v, (list.count + 1) * sizeof(v));
		if (!list.v)
			err(2, "%s", path);
		list.v[list.count++] = v;
	}
	fclose(f);
	if (!list.count)
		errx(2, "%s: no packets", path);
	return list;
}

void vectors_free(struct vectors *list)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		free(list->v[i].data);
	free(list->v);
}
