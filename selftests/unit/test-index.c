// SPDX-License-Identifier: GPL-2.0
/* The index against the plain way: the same rule for whatever packet. */
#include <err.h>
#include <sys/mman.h>

#include "fault.h"
#include "index.h"
#include "random.h"
#include "rules.h"
#include "tap.h"

#define ROUNDS		100000
#define NO_LIMIT	SIZE_MAX

static struct nfg_index *build(const struct rules *r)
{
	struct nfg_index *index;

	if (nfg_index_build(&index, r->match, r->n, NO_LIMIT, ANY_EFFORT))
		errx(2, "no index of %u rules", r->n);
	return index;
}

/* How often which packets were seen: a test without hits shows nothing. */
static struct {
	u32 packets;
	u32 hits;
	u32 late;
} seen;

static bool agree(const struct rules *r, const struct nfg_index *index, u32 packets)
{
	while (packets--) {
		struct nfg_query q;
		u32 want, found;

		rules_packet(r, &q, random_below(r->n + 1));
		want = rules_scan(r, &q);
		found = nfg_index_lookup(index, &q);
		seen.packets++;
		seen.hits += want < r->n;
		seen.late += want < r->n && want >= 64;
		if (found != want)
			return tap_note("rule %u of %u matches, found was %u", want, r->n, found);
	}
	return true;
}

static bool random_agrees(u32 seed, u32 least, u32 most, u32 packets)
{
	struct nfg_index *index;
	struct rules r;
	bool ok;

	random_state = seed * 1000003ULL;
	rules_random(&r, least + random_below(most - least + 1));
	index = build(&r);
	ok = agree(&r, index, packets) || tap_note("ruleset %u", seed);
	nfg_index_free(index);
	rules_free(&r);
	return ok;
}

static void test_random(void)
{
	bool ok = true;
	u32 i;

	memset(&seen, 0, sizeof(seen));
	for (i = 0; i < ROUNDS && ok; i++)
		ok = random_agrees(i, 0, i % 8 ? 12 : 100, 8);
	tap(ok, "100,000 random rulesets");
	tap(seen.hits > seen.packets / 4 && seen.hits < seen.packets * 3 / 4,
	    "packets that match and packets that do not");
	/* more rules than a chunk of a row has */
	for (i = 0; i < 20 && ok; i++)
		ok = random_agrees(ROUNDS + i, 4000, 5000, 200);
	tap(ok, "random rulesets of thousands of rules");
}

/* Only the last rule matches: where bits, words and chunks begin and end. */
static void test_sizes(void)
{
	static const u32 sizes[] = {
		1, 2, 63, 64, 65, 127, 128, 129, 4095, 4096, 4097, 8192, 10000,
	};
	static const struct nfg_range number = { { 0, 7 }, { 0, 7 } };
	bool ok = true, none = true;
	u32 i, j, want;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct nfg_query q = { 0 };
		struct nfg_index *index;
		struct rules r;

		rules_init(&r, sizes[i], 1);
		rules_values(&r, NFG_FIELD_PROTO, false, &number, 1);
		for (j = 0; j < sizes[i]; j++) {
			rules_add(&r);
			rules_demand(&r, NFG_FIELD_PROTO, j + 1 == sizes[i], r.values);
		}
		index = build(&r);
		if (nfg_index_lookup(index, &q) != sizes[i] - 1)
			ok = tap_note("%u rules", sizes[i]);
		q.key[NFG_FIELD_PROTO].lo = 7;
		want = sizes[i] == 1 ? 1 : 0;
		if (nfg_index_lookup(index, &q) != want)
			none = tap_note("%u rules", sizes[i]);
		nfg_index_free(index);
		rules_free(&r);
	}
	tap(ok, "the last rule of many is found");
	tap(none, "and the first");
}

static void test_empty(void)
{
	struct nfg_query q = { 0 };
	struct nfg_index *index;
	struct rules r;

	rules_init(&r, 2, 1);
	index = build(&r);
	tap(nfg_index_lookup(index, &q) == 0, "without rules none matches");
	nfg_index_free(index);

	rules_add(&r);
	rules_add(&r);
	index = build(&r);
	tap(nfg_index_lookup(index, &q) == 0, "the first of rules without conditions matches");
	nfg_index_free(index);
	rules_free(&r);
}

static void test_big(u32 n, u32 elements, const char *text)
{
	struct nfg_index *index;
	struct rules r;
	bool ok;

	random_state = n + elements;
	rules_mixed(&r, n, elements);
	index = build(&r);
	memset(&seen, 0, sizeof(seen));
	ok = agree(&r, index, 4000);
	tap(ok, text);
	tap(seen.late > seen.packets / 4, "packets that rules far behind match");
	printf("# %zu bytes, %zu for a rule\n", nfg_index_size(index), nfg_index_size(index) / n);
	nfg_index_free(index);
	rules_free(&r);
}

/* Rules that share a set share its ranges, whether they name it or repeat it. */
static void test_sharing(void)
{
	const u32 n = 1000, elements = 10000;
	struct nfg_range *range = nfg_alloc(elements * sizeof(*range));
	struct nfg_index *index;
	size_t named, repeated;
	struct rules r;
	u32 i;

	if (!range)
		err(2, "calloc");
	for (i = 0; i < elements; i++) {
		range[i].from.lo = i * 512;
		range[i].to.lo = i * 512 + 255;
	}
	rules_init(&r, n, 2);
	rules_values(&r, NFG_FIELD_SADDR, false, range, elements);
	rules_values(&r, NFG_FIELD_SADDR, false, range, elements);
	for (i = 0; i < n; i++) {
		rules_add(&r);
		rules_demand(&r, NFG_FIELD_SADDR, false, &r.values[0]);
	}
	index = build(&r);
	named = nfg_index_size(index);
	nfg_index_free(index);
	r.cond[1].values = &r.values[1];
	index = build(&r);
	repeated = nfg_index_size(index);
	nfg_index_free(index);
	tap(named < elements * 2 * 16, "a set takes its memory once");
	tap(repeated == named, "equal values do, too");
	rules_free(&r);
	nfg_free(range);
}

static void test_limit(void)
{
	struct nfg_index *index;
	bool refused = true;
	struct rules r;
	size_t size;
	u32 part;
	int ret;

	random_state = 4;
	rules_mixed(&r, 1000, 1000);
	index = build(&r);
	size = nfg_index_size(index);
	nfg_index_free(index);

	tap(!nfg_index_build(&index, r.match, r.n, size, ANY_EFFORT) &&
	    nfg_index_size(index) == size,
	    "an index may take what it takes");
	nfg_index_free(index);
	for (part = 0; part < 200; part++) {
		index = (struct nfg_index *)&r;
		ret = nfg_index_build(&index, r.match, r.n, (size - 1) * part / 199, ANY_EFFORT);
		if (ret != -E2BIG || index)
			refused = tap_note("%u/199 of its size", part);
	}
	tap(refused, "and is refused with less");
	rules_free(&r);
}

/* Steps that an index of these rules takes. */
static u64 effort_of(const struct rules *r)
{
	struct nfg_effort effort = { ~0ULL };
	struct nfg_index *index;

	if (nfg_index_build(&index, r->match, r->n, NO_LIMIT, &effort))
		errx(2, "no index of %u rules", r->n);
	nfg_index_free(index);
	return ~0ULL - effort.left;
}

/* Rules for ranges that lie within each other, or for three values of which only the
 * middle one differs.
 */
static void rules_hostile(struct rules *r, u32 n, bool nested)
{
	struct nfg_range range[3] = { { { 0, 1 }, { 0, 1 } }, { { 0, 0 }, { 0, 0 } },
				      { { 0, 1 << 30 }, { 0, 1 << 30 } } };
	u32 i;

	rules_init(r, n, n);
	for (i = 0; i < n; i++) {
		range[nested ? 0 : 1].from.lo = 1000 + 2 * i;
		range[nested ? 0 : 1].to.lo = nested ? (1ULL << 31) - 2 * i : 1000 + 2 * i;
		rules_values(r, NFG_FIELD_SADDR, false, range, nested ? 1 : 3);
		rules_add(r);
		rules_demand(r, NFG_FIELD_SADDR, false, &r->values[i]);
	}
}

static void test_effort(void)
{
	struct nfg_effort effort;
	struct nfg_index *index;
	bool refused = true;
	struct rules r;
	u64 steps, twice;
	u32 part;
	int ret;

	random_state = 5;
	rules_mixed(&r, 10000, 100000);
	steps = effort_of(&r);
	printf("# 10,000 rules, sets of 100,000: %llu steps\n", (unsigned long long)steps);
	effort.left = steps;
	tap(!nfg_index_build(&index, r.match, r.n, NO_LIMIT, &effort) && !effort.left,
	    "an index may take the work it takes");
	nfg_index_free(index);
	for (part = 0; part < 20; part++) {
		effort.left = (steps - 1) * part / 19;
		index = (struct nfg_index *)&r;
		ret = nfg_index_build(&index, r.match, r.n, NO_LIMIT, &effort);
		if (ret != -E2BIG || index)
			refused = tap_note("%u/19 of its work", part);
	}
	tap(refused, "and is refused with less");
	rules_free(&r);

	rules_hostile(&r, 2000, false);
	steps = effort_of(&r);
	rules_free(&r);
	rules_hostile(&r, 4000, false);
	twice = effort_of(&r);
	rules_free(&r);
	tap(twice < 3 * steps, "values that look alike take no more work");
	rules_hostile(&r, 2000, true);
	steps = effort_of(&r);
	rules_free(&r);
	rules_hostile(&r, 4000, true);
	twice = effort_of(&r);
	rules_free(&r);
	printf("# 2,000 ranges within each other: %llu steps, 4,000: %llu\n",
	       (unsigned long long)steps, (unsigned long long)twice);
	tap(twice > 3 * steps, "ranges within each other do, and it is counted");
}

/* Rules with three conditions on a field: all addresses, some, three of them. What they
 * have in common is made.
 */
static void rules_joined(struct rules *r, u32 n, u32 some)
{
	const u32 values[] = { 1, some, 3 };
	struct nfg_range range[1000] = { { { 0, 0 }, { 0, ~0U } } };
	u32 i;

	rules_init(r, n, ARRAY_SIZE(values));
	rules_values(r, NFG_FIELD_SADDR, false, range, values[0]);
	for (i = 0; i < some; i++) {
		range[i].from.lo = 2 * i;
		range[i].to.lo = 2 * i;
	}
	rules_values(r, NFG_FIELD_SADDR, false, range, values[1]);
	rules_values(r, NFG_FIELD_SADDR, false, range, values[2]);
	while (r->n < n) {
		rules_add(r);
		for (i = 0; i < ARRAY_SIZE(values); i++)
			rules_demand(r, NFG_FIELD_SADDR, false, &r->values[i]);
	}
}

static void test_limit_joined(void)
{
	const size_t size = 2000 * 3 * sizeof(struct nfg_range);
	struct nfg_effort effort;
	struct nfg_index *index;
	bool refused = true;
	struct rules r;
	u64 steps, more, left;

	rules_joined(&r, 2000, 3);
	tap(nfg_index_build(&index, r.match, r.n, size - 1, ANY_EFFORT) == -E2BIG &&
	    !nfg_index_build(&index, r.match, r.n, size, ANY_EFFORT),
	    "values that are made count, too");
	nfg_index_free(index);
	rules_free(&r);

	rules_joined(&r, 1, 1000);
	more = effort_of(&r);
	rules_free(&r);
	rules_joined(&r, 1, 3);
	steps = effort_of(&r);
	tap(more >= steps + 1000 - 3, "and so does the work, also of what is left out");
	for (left = 0; left < steps; left++) {
		effort.left = left;
		if (nfg_index_build(&index, r.match, r.n, NO_LIMIT, &effort) != -E2BIG)
			refused = tap_note("%llu of %llu steps", (unsigned long long)left,
					   (unsigned long long)steps);
	}
	tap(refused, "whichever step is the last");
	rules_free(&r);
}

/* More edges than fit into one piece of kernel memory; nobody reads most of them. */
static void test_limit_edges(void)
{
	const u32 n = INT_MAX / 24 / 2 + 1;
	size_t size = sizeof(struct nfg_ranges) + (size_t)n * sizeof(struct nfg_range);
	struct nfg_ranges *many = mmap(NULL, size, PROT_READ | PROT_WRITE,
				       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	struct nfg_index *index;
	struct rules r;

	if (many == MAP_FAILED)
		err(2, "mmap");
	many->n = n;
	rules_init(&r, 1, 1);
	r.n_values = 1;
	r.values[0].family[0] = many;
	rules_add(&r);
	rules_demand(&r, NFG_FIELD_SADDR, false, &r.values[0]);
	tap(nfg_index_build(&index, r.match, r.n, NO_LIMIT, ANY_EFFORT) == -E2BIG && !index,
	    "ranges that are too many are refused");
	r.values[0].family[0] = NULL;
	rules_free(&r);
	munmap(many, size);
}

/* Any allocation may fail; what was there before is freed. */
static void test_memory(void)
{
	struct nfg_index *index;
	bool ok = true;
	struct rules r;
	int ret = -ENOMEM;
	long faults;

	random_state = 11;
	rules_random(&r, 60);
	for (faults = 0; ret && faults < 10000; faults++) {
		index = (struct nfg_index *)&r;
		fault_countdown = faults;
		ret = nfg_index_build(&index, r.match, r.n, NO_LIMIT, ANY_EFFORT);
		fault_countdown = -1;
		if (ret && (ret != -ENOMEM || index))
			ok = tap_note("allocation %ld: %d", faults, ret);
	}
	tap(ok && !ret && faults > 100 && agree(&r, index, 100), "each allocation may fail");
	nfg_index_free(index);
	rules_free(&r);
}

int main(void)
{
	test_random();
	test_sizes();
	test_empty();
	test_big(10000, 100, "10,000 rules");
	test_big(10000, 100000, "10,000 rules, sets of 100,000 prefixes");
	test_sharing();
	test_limit();
	test_effort();
	test_limit_joined();
	test_limit_edges();
	test_memory();
	return tap_done();
}
