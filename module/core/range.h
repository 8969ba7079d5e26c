/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sets of values: sorted, disjoint ranges of 128-bit numbers.  Addresses, ports,
 * protocols and endpoint ids are all such numbers to the classifier.
 */
#ifndef NFG_CORE_RANGE_H
#define NFG_CORE_RANGE_H

#include "port.h"

/* A number of up to 128 bits; an IPv4 address or a port has @hi = 0. */
struct nfg_key {
	u64 hi;
	u64 lo;
};

/* @from to @to, both inclusive */
struct nfg_range {
	struct nfg_key from;
	struct nfg_key to;
};

/**
 * struct nfg_ranges - a set of values
 * @n: ranges
 * @range: ascending, disjoint and not adjacent
 */
struct nfg_ranges {
	u32 n;
	struct nfg_range range[];
};

static inline int nfg_key_cmp(const struct nfg_key *a, const struct nfg_key *b)
{
	if (a->hi != b->hi)
		return a->hi < b->hi ? -1 : 1;
	if (a->lo != b->lo)
		return a->lo < b->lo ? -1 : 1;
	return 0;
}

/* The value behind @key; the largest of all has 0 behind it. */
static inline struct nfg_key nfg_key_next(struct nfg_key key)
{
	if (!++key.lo)
		key.hi++;
	return key;
}

/**
 * nfg_ranges_new() - a set out of ranges in any order
 * @range: ranges with from <= to; they may overlap
 * @n: how many, may be 0
 *
 * Context: process, may sleep.
 * Return: what nfg_free() frees, NULL without memory.
 */
struct nfg_ranges *nfg_ranges_new(const struct nfg_range *range, u32 n);

/**
 * nfg_ranges_complement() - every value that is not in a set
 * @a: set
 * @max: largest value there is
 *
 * Context: process, may sleep.
 * Return: what nfg_free() frees, NULL without memory.
 */
struct nfg_ranges *nfg_ranges_complement(const struct nfg_ranges *a, struct nfg_key max);

/**
 * nfg_ranges_intersect() - every value that is in two sets
 * @a: set
 * @b: set
 *
 * Context: process, may sleep.
 * Return: what nfg_free() frees, NULL without memory.
 */
struct nfg_ranges *nfg_ranges_intersect(const struct nfg_ranges *a, const struct nfg_ranges *b);

/**
 * nfg_ranges_has() - is a value in a set?
 * @a: set
 * @key: value
 *
 * Return: true when it is.
 */
bool nfg_ranges_has(const struct nfg_ranges *a, const struct nfg_key *key);

#endif /* NFG_CORE_RANGE_H */
