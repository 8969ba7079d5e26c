// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "text.h"

#define CHUNK	65536

struct arena_chunk {
	struct arena_chunk *before;
	size_t used;
	size_t size;
	max_align_t data[];
};

static struct arena_chunk *add_chunk(struct arena *arena, size_t size)
{
	struct arena_chunk *chunk = calloc(1, sizeof(*chunk) + size);

	if (!chunk)
		exit(fail(STATUS_KERNEL, "no memory"));
	chunk->size = size;
	chunk->before = arena->last;
	arena->last = chunk;
	return chunk;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	struct arena_chunk *chunk = arena->last;
	void *p;

	size = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
	if (!chunk || size > chunk->size - chunk->used)
		chunk = add_chunk(arena, size > CHUNK ? size : CHUNK);
	p = (char *)chunk->data + chunk->used;
	chunk->used += size;
	return p;
}

char *arena_text(struct arena *arena, const char *s, size_t len)
{
	return memcpy(arena_alloc(arena, len + 1), s, len);
}

void arena_free(struct arena *arena)
{
	struct arena_chunk *chunk;

	while ((chunk = arena->last)) {
		arena->last = chunk->before;
		free(chunk);
	}
}
