// SPDX-License-Identifier: GPL-2.0
#include "bits.h"

#define NFG_POOL_START	256

int nfg_bits_init(struct nfg_bits *b, u32 n)
{
	b->chunks = NFG_CHUNKS(n);
	b->any = nfg_alloc(b->chunks * sizeof(*b->any));
	b->word = nfg_alloc(b->chunks * NFG_WORD_BITS * sizeof(*b->word));
	return b->any && b->word ? 0 : -ENOMEM;
}

void nfg_bits_clear(struct nfg_bits *b)
{
	u32 s;

	for (s = 0; s < b->chunks; s++) {
		for (; b->any[s]; b->any[s] &= b->any[s] - 1)
			b->word[s * NFG_WORD_BITS + nfg_first_bit(b->any[s])] = 0;
	}
}

int nfg_bits_pack(const struct nfg_bits *b, struct nfg_pool *pool)
{
	int err;
	u32 s;

	for (s = 0; s < b->chunks; s++) {
		u64 any;

		for (any = b->any[s]; any; any &= any - 1) {
			err = nfg_pool_append(pool, &b->word[s * NFG_WORD_BITS +
							     nfg_first_bit(any)], 1);
			if (err)
				return err;
		}
	}
	return 0;
}

void nfg_bits_free(struct nfg_bits *b)
{
	nfg_free(b->any);
	nfg_free(b->word);
}

static int nfg_pool_grow(struct nfg_pool *pool, u32 n)
{
	size_t room = 2 * (pool->n + n);
	u64 *word;

	if (pool->n + n > pool->max)
		return -E2BIG;
	if (room < NFG_POOL_START)
		room = NFG_POOL_START;
	if (room > pool->max)
		room = pool->max;
	word = nfg_alloc_raw(room * sizeof(*word));
	if (!word)
		return -ENOMEM;
	if (pool->n)
		memcpy(word, pool->word, pool->n * sizeof(*word));
	nfg_free(pool->word);
	pool->word = word;
	pool->room = room;
	return 0;
}

int nfg_pool_append(struct nfg_pool *pool, const u64 *word, u32 n)
{
	if (pool->room - pool->n < n) {
		int err = nfg_pool_grow(pool, n);

		if (err)
			return err;
	}
	memcpy(pool->word + pool->n, word, n * sizeof(*word));
	pool->n += n;
	return 0;
}
