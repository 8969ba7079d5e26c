// SPDX-License-Identifier: GPL-2.0
/* Sets of values against the plain truth: one flag for each value. */
#include <err.h>

#include "edge.h"
#include "fault.h"
#include "random.h"
#include "range.h"
#include "tap.h"

#define ROUNDS		20000
/* A window of values, with some room on both sides. */
#define WINDOW		48
#define RANGES		12

static const struct nfg_key top = { ~0ULL, ~0ULL };

/* Where the window may lie: at both ends, and where 64 bits are over. */
static const struct nfg_key bases[] = {
	{ 0, 0 }, { 0, ~0ULL - WINDOW / 2 }, { 41, ~0ULL - WINDOW / 2 },
	{ ~0ULL, ~0ULL - WINDOW + 1 },
};

static struct nfg_key key_at(u32 base, u32 i)
{
	struct nfg_key key = bases[base];

	key.lo += i;
	key.hi += key.lo < i;
	return key;
}

static struct nfg_ranges *random_set(u32 base, bool *has)
{
	struct nfg_range range[RANGES];
	u32 n = random_below(RANGES + 1), longest = 1 + random_below(12), i, j;

	memset(has, 0, WINDOW);
	for (i = 0; i < n; i++) {
		u32 from = random_below(WINDOW), to = from + random_below(longest);

		if (to >= WINDOW)
			to = WINDOW - 1;
		range[i].from = key_at(base, from);
		range[i].to = key_at(base, to);
		for (j = from; j <= to; j++)
			has[j] = true;
	}
	return nfg_ranges_new(range, n);
}

/* Ranges ascend and do not touch. */
static bool in_order(const struct nfg_ranges *r)
{
	u32 i;

	for (i = 0; i < r->n; i++) {
		struct nfg_key next;

		if (nfg_key_cmp(&r->range[i].from, &r->range[i].to) > 0)
			return false;
		if (!i)
			continue;
		next = nfg_key_next(r->range[i - 1].to);
		if (nfg_key_cmp(&next, &r->range[i].from) >= 0)
			return false;
	}
	return true;
}

static bool same(const struct nfg_ranges *r, u32 base, const bool *has)
{
	u32 i;

	if (!in_order(r))
		return tap_note("ranges are out of order");
	for (i = 0; i < WINDOW; i++) {
		struct nfg_key key = key_at(base, i);

		if (nfg_ranges_has(r, &key) != has[i])
			return tap_note("base %u: value %u is%s in it", base, i, has[i] ? " not" : "");
	}
	return true;
}

/* What lies outside the window. */
static bool ends(const struct nfg_ranges *r, u32 base, bool has)
{
	static const struct nfg_key zero;
	struct nfg_key before = key_at(base, 0), after = key_at(base, WINDOW - 1);
	bool ok = true;

	if (nfg_key_cmp(&before, &zero)) {
		before.hi -= !before.lo--;
		ok = nfg_ranges_has(r, &zero) == has && nfg_ranges_has(r, &before) == has;
	}
	if (nfg_key_cmp(&after, &top)) {
		after = nfg_key_next(after);
		ok = ok && nfg_ranges_has(r, &top) == has && nfg_ranges_has(r, &after) == has;
	}
	return ok || tap_note("base %u: values outside are%s in it", base, has ? " not" : "");
}

static void test_sets(void)
{
	bool made = true, complement = true, intersect = true;
	u32 i, j;

	random_state = 1;
	for (i = 0; i < ROUNDS; i++) {
		u32 base = i % ARRAY_SIZE(bases);
		bool a_has[WINDOW], b_has[WINDOW], not[WINDOW], both[WINDOW];
		struct nfg_ranges *a = random_set(base, a_has), *b = random_set(base, b_has);
		struct nfg_ranges *rest = nfg_ranges_complement(a, top);
		struct nfg_ranges *common = nfg_ranges_intersect(a, b);

		for (j = 0; j < WINDOW; j++) {
			not[j] = !a_has[j];
			both[j] = a_has[j] && b_has[j];
		}
		made = made && same(a, base, a_has) && ends(a, base, false);
		complement = complement && same(rest, base, not) && ends(rest, base, true);
		intersect = intersect && same(common, base, both) && ends(common, base, false);
		nfg_free(a);
		nfg_free(b);
		nfg_free(rest);
		nfg_free(common);
	}
	tap(made, "ranges in any order, overlapping or not, become a set");
	tap(complement, "complement");
	tap(intersect, "intersection");
}

/* The complement ends where the field's values end. */
static void test_max(void)
{
	static const struct nfg_range range[] = {
		{ { 0, 0 }, { 0, 9 } }, { { 0, 65530 }, { 0, 65535 } },
	};
	static const struct nfg_key max = { 0, 65535 };
	struct nfg_ranges *a = nfg_ranges_new(range, 2), *not_a = nfg_ranges_complement(a, max);
	struct nfg_ranges *none = nfg_ranges_new(NULL, 0);
	struct nfg_ranges *all = nfg_ranges_complement(none, max);
	struct nfg_ranges *not_all = nfg_ranges_complement(all, max);

	tap(not_a->n == 1 && not_a->range[0].from.lo == 10 && not_a->range[0].to.lo == 65529,
	    "no complement beyond the largest value");
	tap(all->n == 1 && all->range[0].from.lo == 0 && all->range[0].to.lo == 65535 &&
	    !all->range[0].to.hi && not_all->n == 0, "everything is the complement of nothing");
	nfg_free(a);
	nfg_free(not_a);
	nfg_free(none);
	nfg_free(all);
	nfg_free(not_all);
}

static bool sorts(u32 n, u64 hi, u64 lo)
{
	struct nfg_edge *edge = nfg_alloc(n * sizeof(*edge));
	u64 sum = 0, seen = 0;
	bool ok = true;
	u32 i;

	if (!edge)
		err(2, "calloc");
	for (i = 0; i < n; i++) {
		edge[i].key.hi = random64() & hi;
		edge[i].key.lo = random64() & lo;
		edge[i].id = i;
		sum += edge[i].key.hi * 3 + edge[i].key.lo * 5 + i * edge[i].key.lo;
	}
	if (nfg_edges_sort(&edge, n))
		err(2, "nfg_edges_sort");
	for (i = 0; i < n; i++) {
		seen += edge[i].key.hi * 3 + edge[i].key.lo * 5 + edge[i].id * edge[i].key.lo;
		if (i) {
			int cmp = nfg_key_cmp(&edge[i - 1].key, &edge[i].key);

			ok = ok && (cmp < 0 || (!cmp && edge[i - 1].id < edge[i].id));
		}
	}
	nfg_free(edge);
	return (ok && seen == sum) || tap_note("%u keys of %llx %llx", n,
					       (unsigned long long)hi, (unsigned long long)lo);
}

static void test_sort(void)
{
	static const u64 masks[][2] = {
		{ 0, 0 }, { 0, 1 }, { 0, 0xff }, { 0, 0xffff }, { 0, 0xffffffff }, { 0, ~0ULL },
		{ ~0ULL, 0 }, { ~0ULL, ~0ULL }, { 1ULL << 63, 1ULL << 63 }, { 0x700, 0x7ff00 },
	};
	bool ok = true;
	u32 i;

	random_state = 2;
	for (i = 0; i < ARRAY_SIZE(masks); i++) {
		ok = sorts(0, masks[i][0], masks[i][1]) && ok;
		ok = sorts(1, masks[i][0], masks[i][1]) && ok;
		ok = sorts(300, masks[i][0], masks[i][1]) && ok;
		ok = sorts(20000, masks[i][0], masks[i][1]) && ok;
	}
	tap(ok, "edges are sorted, equal ones stay in order, few and many");
}

/* 100,000 ranges against a search of their neighbours. */
static void test_many(void)
{
	const u32 n = 100000;
	struct nfg_range *range = nfg_alloc(n * sizeof(*range));
	struct nfg_ranges *set;
	bool ok = true;
	u32 i;

	if (!range)
		err(2, "calloc");
	random_state = 3;
	for (i = 0; i < n; i++) {
		range[i].from.lo = random64() >> 32 & ~0xffULL;
		range[i].to.lo = range[i].from.lo | 0x7f;
	}
	set = nfg_ranges_new(range, n);
	ok = set && in_order(set);
	for (i = 0; ok && i < n; i++) {
		struct nfg_key last = range[i].to, next = nfg_key_next(last);

		ok = nfg_ranges_has(set, &range[i].from) && nfg_ranges_has(set, &last) &&
		     !nfg_ranges_has(set, &next);
	}
	tap(ok, "100,000 prefixes become a set");
	nfg_free(set);
	nfg_free(range);
}

/* Without memory there is no set, and nothing is left behind. */
static void test_memory(void)
{
	struct nfg_range range[2] = { { { 0, 5 }, { 0, 9 } }, { { 0, 1 }, { 0, 3 } } };
	struct nfg_ranges *set = NULL;
	long faults;

	for (faults = 0; faults < 20 && !set; faults++) {
		fault_countdown = faults;
		set = nfg_ranges_new(range, 2);
		fault_countdown = -1;
	}
	tap(faults == 5 && set->n == 2, "each allocation may fail");
	fault_countdown = 0;
	tap(!nfg_ranges_complement(set, top), "a complement may fail");
	fault_countdown = 0;
	tap(!nfg_ranges_intersect(set, set), "an intersection may fail");
	fault_countdown = -1;
	nfg_free(set);
}

int main(void)
{
	test_sets();
	test_max();
	test_sort();
	test_many();
	test_memory();
	return tap_done();
}
