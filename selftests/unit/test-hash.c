// SPDX-License-Identifier: GPL-2.0
/* Nobody aims at a bucket who does not know the random numbers. */
#include <stdlib.h>

#include "hash.h"
#include "random.h"
#include "tap.h"

#define SEED	1
#define KEYS	65536
#define BITS	16
#define ROUNDS	8
/* Balls thrown into as many bins: more than this in one is one chance in a million. */
#define CROWD	16

static void hash_random(struct nfg_hash *h)
{
	for (u32 i = 0; i < ARRAY_SIZE(h->random); i++)
		h->random[i] = random64();
	nfg_hash_init(h);
}

/* How somebody might choose keys: their number, spread over some bits of some words. */
static const struct {
	const char *text;
	u64 base;
	u32 words;	/* bit mask */
	u32 shift;
} choices[] = {
	{ "lowest bits of one word", 0, 1 << 4, 0 },
	{ "highest bits of one word", 0, 1 << 2, 48 },
	{ "highest bits of two words", 0x20010db8, 1 << 1 | 1 << 2, 56 },
	{ "highest bits of four words", 0x20010db8, 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4, 60 },
	{ "highest bits of the lower halves", 0, 1 << 2 | 1 << 4, 24 },
	{ "middle bits of all words", 0, 0x3f, 30 },
	{ "ports", 0, 1 << 5, 8 },
};

static void choose(u64 *word, u32 choice, u32 key)
{
	u32 words = choices[choice].words, n = __builtin_popcount(words), share = BITS / n;

	for (u32 i = 0; i < NFG_HASH_WORDS; i++)
		word[i] = choices[choice].base;
	for (u32 i = 0; i < NFG_HASH_WORDS; i++) {
		if (!(words >> i & 1))
			continue;
		word[i] ^= (u64)(key & ((1U << share) - 1)) << choices[choice].shift;
		key >>= share;
	}
}

/* Keys in the bucket that has most; those that are the same count once. */
static u32 crowd(const struct nfg_hash *h, u32 choice)
{
	u32 n = __builtin_popcount(choices[choice].words), keys = 1U << (BITS / n * n), most = 0;
	u32 *bucket = calloc(KEYS, sizeof(*bucket));
	u64 word[NFG_HASH_WORDS];

	for (u32 key = 0; key < keys; key++) {
		u32 *in;

		choose(word, choice, key);
		in = &bucket[nfg_hash(h, word, false) >> (64 - BITS)];
		if (++*in > most)
			most = *in;
	}
	free(bucket);
	return most;
}

static void test_crowds(void)
{
	struct nfg_hash h;

	for (u32 i = 0; i < ARRAY_SIZE(choices); i++) {
		bool ok = true;

		for (u32 round = 0; round < ROUNDS; round++) {
			u32 most;

			hash_random(&h);
			most = crowd(&h, i);
			if (most > CROWD)
				ok = tap_note("round %u: %u keys in one bucket", round, most);
		}
		tap(ok, choices[i].text);
	}
}

static void test_v4(void)
{
	struct nfg_hash h;
	bool ok = true;

	for (u32 i = 0; i < 1000; i++) {
		u64 word[NFG_HASH_WORDS] = { random64(), 0, 0, 0, 0, random64() };
		u32 addr[2] = { random64(), random64() };

		hash_random(&h);
		memcpy(&word[1], &addr[0], sizeof(addr[0]));
		memcpy(&word[3], &addr[1], sizeof(addr[1]));
		if (nfg_hash(&h, word, true) != nfg_hash(&h, word, false))
			ok = tap_note("%08x to %08x", addr[0], addr[1]);
	}
	tap(ok, "the short way of IPv4 comes to the same");
}

int main(void)
{
	random_state = SEED;
	test_crowds();
	test_v4();
	return tap_done();
}
