// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <string.h>

#include "names.h"

/* FNV-1a */
static uint32_t hash(const char *s)
{
	uint32_t h = 2166136261u;

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	return h;
}

/* The slot of @name, or the free one where it belongs. */
static struct name *slot_of(const struct names *names, const char *name)
{
	uint32_t i = hash(name);

	for (;; i++) {
		struct name *slot = &names->slots[i & (names->size - 1)];

		if (!slot->name || !strcmp(slot->name, name))
			return slot;
	}
}

void *names_find(const struct names *names, const char *name)
{
	return names->size ? slot_of(names, name)->object : NULL;
}

static void grow(struct names *names, struct arena *arena)
{
	struct names old = *names;
	uint32_t i;

	names->size = old.size ? 2 * old.size : 16;
	names->slots = arena_alloc(arena, names->size * sizeof(*names->slots));
	for (i = 0; i < old.size; i++)
		if (old.slots[i].name)
			*slot_of(names, old.slots[i].name) = old.slots[i];
}

void names_add(struct names *names, struct arena *arena, const char *name, void *object)
{
	if (2 * (names->n + 1) > names->size)
		grow(names, arena);
	*slot_of(names, name) = (struct name){ name, object };
	names->n++;
}

#define NEAR_MAX	32

static unsigned int min(unsigned int a, unsigned int b)
{
	return a < b ? a : b;
}

/* Letters to put in, take out, change or swap to make @b of @a. */
static unsigned int distance(const char *a, const char *b)
{
	unsigned int row[3][NEAR_MAX + 1], *now = row[0], *last = row[1], *before = row[2], *free;
	size_t na = strlen(a), nb = strlen(b), i, k;

	if (na > NEAR_MAX || nb > NEAR_MAX)
		return NEAR_MAX;
	for (k = 0; k <= nb; k++)
		last[k] = k;
	for (i = 1; i <= na; i++) {
		now[0] = i;
		for (k = 1; k <= nb; k++) {
			now[k] = min(min(last[k] + 1, now[k - 1] + 1),
				     last[k - 1] + (a[i - 1] != b[k - 1]));
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
				now[k] = min(now[k], before[k - 2] + 1);
		}
		free = before;
		before = last;
		last = now;
		now = free;
	}
	return last[nb];
}

/* Keeps the nearest name so far; a third of its letters may be wrong, at most two. */
static void try_near(const char *given, const char *name, const char **near, unsigned int *best)
{
	unsigned int d = distance(given, name);

	if (d < *best && 3 * d <= strlen(name)) {
		*best = d;
		*near = name;
	}
}

const char *names_near(const struct names *names, const char *given)
{
	const char *near = NULL;
	unsigned int best = 3;
	uint32_t i;

	for (i = 0; i < names->size; i++)
		if (names->slots[i].name)
			try_near(given, names->slots[i].name, &near, &best);
	return near;
}

const char *words_near(const char *given, const char *const *words, size_t n)
{
	const char *near = NULL;
	unsigned int best = 3;
	size_t i;

	for (i = 0; i < n; i++)
		try_near(given, words[i], &near, &best);
	return near;
}
