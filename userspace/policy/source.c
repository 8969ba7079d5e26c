// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source.h"

#define SOURCE_MAX	(1u << 30)
/* Columns of a source line that are shown, and how many of them before the caret. */
#define SHOWN		100
#define SHOWN_BEFORE	60

struct source *source_of(struct arena *arena, const char *name, const char *text, size_t len)
{
	struct source *src = arena_alloc(arena, sizeof(*src));

	src->name = arena_text(arena, name, strlen(name));
	src->text = text;
	src->len = len;
	return src;
}

static void *grow(void *p, size_t size)
{
	p = realloc(p, size);
	if (!p)
		exit(fail(STATUS_KERNEL, "no memory"));
	return p;
}

/* Reads to the end into memory that the caller frees; NULL and errno on error. */
static char *read_all(int fd, size_t *len)
{
	size_t room = 65536;
	char *buf = grow(NULL, room);
	ssize_t got;

	for (*len = 0; *len < SOURCE_MAX; *len += got) {
		if (*len == room)
			buf = grow(buf, room *= 2);
		got = read(fd, buf + *len, room - *len);
		if (!got)
			return buf;
		if (got < 0 && errno == EINTR)
			got = 0;
		else if (got < 0)
			goto free_buf;
	}
	errno = EFBIG;
free_buf:
	free(buf);
	return NULL;
}

struct source *source_read(struct arena *arena, const char *path, struct why *why)
{
	bool in = !strcmp(path, "-");
	int fd = in ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	struct source *src = NULL;
	struct stat st = { 0 };
	char *text = NULL;
	size_t len;

	if (fd >= 0 && !fstat(fd, &st))
		text = read_all(fd, &len);
	if (text)
		src = source_of(arena, in ? "<stdin>" : path, arena_text(arena, text, len), len);
	else
		refuse(why, "cannot read '%.200s': %s", path, strerror(errno));
	free(text);
	if (fd >= 0 && !in)
		close(fd);
	if (src) {
		src->dev = st.st_dev;
		src->ino = st.st_ino;
	}
	return src;
}

bool source_is_text(const struct source *src, struct complaint *bad)
{
	const char *zero = memchr(src->text, '\0', src->len);

	if (!zero)
		return true;
	bad->place = (struct place){ src, zero - src->text };
	return refuse(&bad->why, "a zero byte: expected text");
}

uint32_t place_line(const struct place *place)
{
	uint32_t i, line = 1;

	for (i = 0; i < place->at; i++)
		line += place->src->text[i] == '\n';
	return line;
}

const char *place_text(char *buf, const struct place *place, const struct source *from)
{
	bool elsewhere = place->src != from;

	snprintf(buf, PLACE_TEXT, "line %u%s%.200s", place_line(place), elsewhere ? " of " : "",
		 elsewhere ? place->src->name : "");
	return buf;
}

/* Where the line of a place begins. */
static uint32_t line_begin(const struct place *place)
{
	uint32_t i = place->at;

	while (i && place->src->text[i - 1] != '\n')
		i--;
	return i;
}

static void print_line(FILE *to, const struct place *place, uint32_t begin)
{
	const struct source *src = place->src;
	uint32_t i;

	/* Of a very long line only the part around the place. */
	if (place->at - begin > SHOWN)
		begin = place->at - SHOWN_BEFORE;
	fputs("    ", to);
	for (i = begin; i < src->len && i < begin + SHOWN && src->text[i] != '\n'; i++) {
		unsigned char c = src->text[i];

		putc(c >= ' ' && c <= '~' ? c : c == '\t' || c == '\r' ? ' ' : '?', to);
	}
	fprintf(to, "\n    %*s^\n", (int)(place->at - begin), "");
}

void complaint_print(FILE *to, const struct complaint *bad)
{
	char name[TEXT_ESCAPED(PATH_MAX)], text[TEXT_ESCAPED(sizeof(bad->why.text))];
	const struct place *place = &bad->place;
	uint32_t begin;

	text_escape(text, sizeof(text), bad->why.text);
	if (!place->src) {
		fprintf(to, "genevectl: %s\n", text);
		return;
	}
	begin = line_begin(place);
	fprintf(to, "%s:%u:%u: %s\n", text_escape(name, sizeof(name), place->src->name),
		place_line(place), place->at - begin + 1, text);
	print_line(to, place, begin);
}
