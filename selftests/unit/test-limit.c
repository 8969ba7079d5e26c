// SPDX-License-Identifier: GPL-2.0
/* Rates: how many tokens there are, and when. */
#include "limit.h"
#include "port.h"
#include "tap.h"

#define SECOND NFG_RATE_SECOND

/* Tokens that somebody gets who asks @times times, every @step ns from @now on. */
static u64 take(const struct nfg_rate *r, u64 *full, u64 now, u64 step, u64 times)
{
	u64 taken = 0;

	for (; times; times--, now += step)
		taken += nfg_rate_take(r, *full, now, full);
	return taken;
}

static void test_burst(void)
{
	static const struct {
		u32 count, seconds, burst;
		u64 tokens;
	} cases[] = {
		{ 1, 1, 0, 1 }, { 10, 1, 0, 10 }, { 10, 1, 1, 1 }, { 10, 1, 25, 25 },
		{ 1, 86400, 0, 1 }, { 1, 86400, 5, 5 }, { 1000, 60, 0, 1000 },
		{ 0, 1, 0, 0 }, { 0, 1, 7, 0 },
	};
	const u64 now = 12345 * SECOND;
	bool ok = true, empty = true;
	struct nfg_rate r;
	u64 full, tokens;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		nfg_rate_set(&r, cases[i].count, cases[i].seconds, cases[i].burst);
		full = 0;
		tokens = take(&r, &full, now, 0, 2000);
		if (tokens != cases[i].tokens)
			ok = tap_note("case %zu: %llu tokens", i, (unsigned long long)tokens);
		if (take(&r, &full, now + r.interval - 1, 0, 1))
			empty = tap_note("case %zu: one too early", i);
		if (cases[i].count && take(&r, &full, now + r.interval, 0, 2) != 1)
			empty = tap_note("case %zu: none in time", i);
	}
	tap(ok, "a full bucket holds the burst, by default the count; a count of 0 nothing");
	tap(empty, "the next token comes after the interval and not before");
}

static void test_rate(void)
{
	static const struct {
		u32 count, seconds, burst;
		u64 step, times, min, max;
	} cases[] = {
		/* a minute of questions every 0.1 ms */
		{ 1000, 1, 0, 100000, 600000, 60999, 61000 },
		{ 1000, 1, 1, 100000, 600000, 60000, 60001 },
		{ 30, 60, 10, 100000, 600000, 39, 40 },
		{ 7, 1, 1, 100000, 600000, 419, 421 },
		/* slower than the rate */
		{ 1000, 1, 1, 1000000, 5000, 5000, 5000 },
		{ 10, 1, 1, 200000000, 100, 100, 100 },
		/* a year of questions every hour */
		{ 1, 86400, 0, 3600 * SECOND, 8760, 365, 365 },
		{ 4294967295U, 1, 0, 1, 100000, 100000, 100000 },
	};
	struct nfg_rate r;
	bool ok = true;
	u64 full, got;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		nfg_rate_set(&r, cases[i].count, cases[i].seconds, cases[i].burst);
		full = 0;
		got = take(&r, &full, SECOND, cases[i].step, cases[i].times);
		if (got < cases[i].min || got > cases[i].max)
			ok = tap_note("case %zu: %llu", i, (unsigned long long)got);
	}
	tap(ok, "in the long run there is the count in its time");
}

static void test_idle(void)
{
	struct nfg_rate r;
	u64 full = 0;
	bool ok;

	nfg_rate_set(&r, 10, 1, 5);
	take(&r, &full, SECOND, 0, 10);
	ok = take(&r, &full, 1000000 * SECOND, 0, 100) == 5;
	tap(ok, "idleness fills the bucket and no more");
	ok = take(&r, &full, 1000000 * SECOND + 250000000, 0, 100) == 2;
	tap(ok, "and tokens come one by one");
}

static void test_extremes(void)
{
	const u64 now = 300ULL * 365 * 86400 * SECOND;
	struct nfg_rate r;
	u64 full = 0;
	bool ok;

	nfg_rate_set(&r, 1, 86400, 4294967295U);
	ok = r.tolerance == NFG_RATE_TOLERANCE_MAX && take(&r, &full, now, 0, 50000) == 50000 &&
	     full > now;
	tap(ok, "no burst is so long that a sum wraps, in 300 years of uptime");
}

int main(void)
{
	test_burst();
	test_rate();
	test_idle();
	test_extremes();
	return tap_done();
}
