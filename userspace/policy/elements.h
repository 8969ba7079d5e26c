/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Lists of values and ranges of values. */
#ifndef GENEVECTL_POLICY_ELEMENTS_H
#define GENEVECTL_POLICY_ELEMENTS_H

#include <linux/nf_geneve.h>

#include "source.h"

/**
 * struct element - a value or a range
 * @v: it
 * @name: name of an endpoint whose id is not known yet, else NULL
 * @place: where it stands
 */
struct element {
	struct nfg_element v;
	const char *name;
	struct place place;
};

struct elements {
	struct element *e;
	uint32_t n;
	uint32_t room;
};

/* Adds one. */
struct element *elements_add(struct elements *list, struct arena *arena);

/**
 * elements_sort() - bring a list into ascending order
 * @list: list, not empty; of equal elements the last one stays
 * @overlap: gets two that overlap without being equal
 *
 * Return: false if there are such.
 */
bool elements_sort(struct elements *list, const struct element *overlap[2]);

/* Makes one of those that touch; the list is sorted. */
void elements_merge(struct elements *list);

/* Do they hold the same?  Both are sorted. */
bool elements_equal(const struct elements *a, const struct elements *b);

/* The values of an element of a field with at most 16 bits. */
uint16_t element_from(const struct element *e);
uint16_t element_to(const struct element *e);

/* Makes it such. */
void element_set(struct element *e, uint16_t from, uint16_t to);

#endif /* GENEVECTL_POLICY_ELEMENTS_H */
