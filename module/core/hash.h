/* SPDX-License-Identifier: GPL-2.0 */
/* Which bucket a flow's key belongs to. */
#ifndef NFG_CORE_HASH_H
#define NFG_CORE_HASH_H

#include "port.h"

/* Words of a key; of IPv4 the second halves of number 1 and 3, 2 and 4 are 0. */
#define NFG_HASH_WORDS	6

/**
 * struct nfg_hash - a hash function that nobody outside can foresee
 * @random: for half a word each
 * @v4: what those halves add that are 0 in keys of IPv4
 */
struct nfg_hash {
	u64 random[2 * NFG_HASH_WORDS];
	u64 v4;
};

/* The halves of a word, as they lie in memory. */
static __always_inline u32 nfg_hash_first(u64 word)
{
	u32 half;

	memcpy(&half, &word, sizeof(half));
	return half;
}

static __always_inline u32 nfg_hash_second(u64 word)
{
	u32 half;

	memcpy(&half, (const u8 *)&word + sizeof(half), sizeof(half));
	return half;
}

static __always_inline u64 nfg_hash_mix(const struct nfg_hash *h, u32 i, u32 a, u32 b)
{
	return (h->random[i] + a) * (h->random[i + 1] + b);
}

/* Both halves of a word. */
static __always_inline u64 nfg_hash_mix_word(const struct nfg_hash *h, u32 i, u64 word)
{
	return nfg_hash_mix(h, i, nfg_hash_first(word), nfg_hash_second(word));
}

/**
 * nfg_hash() - hash a key
 * @h: hash function
 * @word: NFG_HASH_WORDS words of the key
 * @v4: the key is known to be of IPv4: the same value, sooner
 *
 * Multilinear hashing of half words with whole ones, two at a time: two keys share the
 * upper bits no more often than by chance, whatever they are (Lemire and Kaser, "Strongly
 * universal string hashing is fast", 2014).  With whole words for whole ones keys that
 * differ in upper bits alone would meet again and again.
 *
 * Return: hash; its upper 32 bits are the good ones.
 */
static __always_inline u64 nfg_hash(const struct nfg_hash *h, const u64 *word, bool v4)
{
	u64 hash = nfg_hash_mix_word(h, 0, word[0]) + nfg_hash_mix_word(h, 2, word[5]) +
		   nfg_hash_mix(h, 4, nfg_hash_first(word[1]), nfg_hash_first(word[3]));

	if (v4)
		return hash + h->v4;
	return hash + nfg_hash_mix(h, 6, nfg_hash_second(word[1]), nfg_hash_second(word[3])) +
	       nfg_hash_mix_word(h, 8, word[2]) + nfg_hash_mix_word(h, 10, word[4]);
}

/**
 * nfg_hash_init() - make a hash function of random numbers
 * @h: with @h->random filled in
 */
static inline void nfg_hash_init(struct nfg_hash *h)
{
	const u64 zero[NFG_HASH_WORDS] = { 0 };

	h->v4 = 0;
	h->v4 = nfg_hash(h, zero, false) - nfg_hash(h, zero, true);
}

#endif /* NFG_CORE_HASH_H */
