// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <stdlib.h>
#include <string.h>

#include "elements.h"

#define BYTES	16

struct element *elements_add(struct elements *list, struct arena *arena)
{
	struct element *e = list->e;

	if (list->n == list->room) {
		list->room = list->room ? 2 * list->room : 4;
		list->e = arena_alloc(arena, list->room * sizeof(*e));
		if (list->n)
			memcpy(list->e, e, list->n * sizeof(*e));
	}
	return &list->e[list->n++];
}

uint16_t element_from(const struct element *e)
{
	return e->v.from[14] << 8 | e->v.from[15];
}

uint16_t element_to(const struct element *e)
{
	return e->v.to[14] << 8 | e->v.to[15];
}

void element_set(struct element *e, uint16_t from, uint16_t to)
{
	e->v.from[14] = from >> 8;
	e->v.from[15] = from;
	e->v.to[14] = to >> 8;
	e->v.to[15] = to;
}

/* Byte of the key, the least significant one first; the last is the family. */
static uint8_t key_byte(const struct element *e, unsigned int i)
{
	return i == BYTES ? e->v.family : e->v.from[BYTES - 1 - i];
}

/* Which bytes of the key are not the same in all elements. */
static uint32_t varying_bytes(const struct elements *list)
{
	uint8_t or[BYTES + 1] = { 0 };
	uint32_t i, varying = 0;
	unsigned int b;

	for (i = 1; i < list->n; i++) {
		for (b = 0; b < BYTES; b++)
			or[b] |= list->e[i].v.from[b] ^ list->e[0].v.from[b];
		or[BYTES] |= list->e[i].v.family ^ list->e[0].v.family;
	}
	for (b = 0; b <= BYTES; b++)
		if (or[b == BYTES ? b : BYTES - 1 - b])
			varying |= 1u << b;
	return varying;
}

/* One pass of a radix sort: @to gets the numbers of @from, ordered by a byte. */
static void sort_by(const struct elements *list, unsigned int byte, const uint32_t *from,
		    uint32_t *to)
{
	uint32_t begin[256] = { 0 }, count, sum = 0, i;

	for (i = 0; i < list->n; i++)
		begin[key_byte(&list->e[i], byte)]++;
	for (i = 0; i < 256; i++) {
		count = begin[i];
		begin[i] = sum;
		sum += count;
	}
	for (i = 0; i < list->n; i++)
		to[begin[key_byte(&list->e[from[i]], byte)]++] = from[i];
}

static void *get_memory(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (!p)
		exit(fail(STATUS_KERNEL, "no memory"));
	return p;
}

static void sort(struct elements *list)
{
	uint32_t varying = varying_bytes(list), i;
	struct element *sorted;
	uint32_t *from, *to, *swap;
	unsigned int b;

	if (!varying)
		return;
	from = get_memory(list->n, sizeof(*from));
	to = get_memory(list->n, sizeof(*to));
	sorted = get_memory(list->n, sizeof(*sorted));
	for (i = 0; i < list->n; i++)
		from[i] = i;
	for (b = 0; b <= BYTES; b++) {
		if (!(varying & 1u << b))
			continue;
		sort_by(list, b, from, to);
		swap = from;
		from = to;
		to = swap;
	}
	for (i = 0; i < list->n; i++)
		sorted[i] = list->e[from[i]];
	memcpy(list->e, sorted, list->n * sizeof(*sorted));
	free(sorted);
	free(from);
	free(to);
}

static bool same_values(const struct nfg_element *a, const struct nfg_element *b)
{
	return a->family == b->family && !memcmp(a->from, b->from, BYTES) &&
	       !memcmp(a->to, b->to, BYTES);
}

bool elements_sort(struct elements *list, const struct element *overlap[2])
{
	uint32_t i, n = 0;

	sort(list);
	for (i = 1; i < list->n; i++) {
		struct element *last = &list->e[n], *e = &list->e[i];

		if (same_values(&last->v, &e->v)) {
			*last = *e;
			continue;
		}
		if (last->v.family == e->v.family && memcmp(last->v.to, e->v.from, BYTES) >= 0) {
			overlap[0] = last;
			overlap[1] = e;
			return false;
		}
		list->e[++n] = *e;
	}
	list->n = n + 1;
	return true;
}

/* Is @b the value behind @a? */
static bool follows(const uint8_t a[BYTES], const uint8_t b[BYTES])
{
	int i = BYTES - 1;

	while (i >= 0 && a[i] == 0xff && !b[i])
		i--;
	return i >= 0 && a[i] + 1 == b[i] && !memcmp(a, b, i);
}

void elements_merge(struct elements *list)
{
	uint32_t i, n = 0;

	for (i = 1; i < list->n; i++) {
		struct nfg_element *last = &list->e[n].v, *e = &list->e[i].v;

		if (last->family == e->family && follows(last->to, e->from))
			memcpy(last->to, e->to, BYTES);
		else
			list->e[++n] = list->e[i];
	}
	list->n = n + 1;
}

bool elements_equal(const struct elements *a, const struct elements *b)
{
	uint32_t i;

	if (a->n != b->n)
		return false;
	for (i = 0; i < a->n; i++)
		if (!same_values(&a->e[i].v, &b->e[i].v))
			return false;
	return true;
}
