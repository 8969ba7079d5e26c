/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Memory that is freed as a whole. */
#ifndef GENEVECTL_POLICY_ARENA_H
#define GENEVECTL_POLICY_ARENA_H

#include <stddef.h>

struct arena {
	struct arena_chunk *last;
};

/* Zeroed memory for any object; ends the program with a sentence when there is none. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of @len bytes at @s, with a terminating zero. */
char *arena_text(struct arena *arena, const char *s, size_t len);

void arena_free(struct arena *arena);

#endif /* GENEVECTL_POLICY_ARENA_H */
