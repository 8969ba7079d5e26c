/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sets of small numbers: open ones with all of their words, which change, and
 * packed ones without the words that are 0, which stay.
 */
#ifndef NFG_CORE_BITS_H
#define NFG_CORE_BITS_H

#include "port.h"

#define NFG_WORD_BITS	64
/* A chunk is what one word of a summary stands for. */
#define NFG_CHUNK_BITS	(NFG_WORD_BITS * NFG_WORD_BITS)

#define NFG_WORDS(n)	((n) / NFG_WORD_BITS + 1)
#define NFG_CHUNKS(n)	((n) / NFG_CHUNK_BITS + 1)
#define NFG_BIT(i)	(1ULL << (i) % NFG_WORD_BITS)

/**
 * struct nfg_bits - an open set
 * @chunks: words of @any
 * @any: which words are not 0
 * @word: words
 */
struct nfg_bits {
	u32 chunks;
	u64 *any;
	u64 *word;
};

/**
 * struct nfg_pool - words that become more and more
 * @n: how many there are
 * @room: how many there is room for
 * @max: how many there may be
 * @word: words
 */
struct nfg_pool {
	size_t n;
	size_t room;
	size_t max;
	u64 *word;
};

static inline void nfg_bits_flip(struct nfg_bits *b, u32 i)
{
	u32 w = i / NFG_WORD_BITS;

	b->word[w] ^= NFG_BIT(i);
	if (b->word[w])
		b->any[w / NFG_WORD_BITS] |= NFG_BIT(w);
	else
		b->any[w / NFG_WORD_BITS] &= ~NFG_BIT(w);
}

/**
 * nfg_bits_init() - an empty set
 * @b: set
 * @n: its numbers are below this
 *
 * Context: process, may sleep.
 * Return: 0 or -ENOMEM.
 */
int nfg_bits_init(struct nfg_bits *b, u32 n);

/**
 * nfg_bits_clear() - take all numbers out
 * @b: set
 *
 * Context: any.
 */
void nfg_bits_clear(struct nfg_bits *b);

/**
 * nfg_bits_pack() - append the words of a set that are not 0
 * @b: set
 * @pool: where to
 *
 * Context: process, may sleep.
 * Return: 0, -ENOMEM or -E2BIG.
 */
int nfg_bits_pack(const struct nfg_bits *b, struct nfg_pool *pool);

/**
 * nfg_bits_free() - free what a set has
 * @b: set, may be all zeros
 *
 * Context: process, may sleep.
 */
void nfg_bits_free(struct nfg_bits *b);

/**
 * nfg_pool_append() - append words
 * @pool: pool
 * @word: words
 * @n: how many
 *
 * Context: process, may sleep.
 * Return: 0, -ENOMEM, or -E2BIG when there would be too many.
 */
int nfg_pool_append(struct nfg_pool *pool, const u64 *word, u32 n);

#endif /* NFG_CORE_BITS_H */
