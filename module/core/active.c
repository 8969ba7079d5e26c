// SPDX-License-Identifier: GPL-2.0
#include "active.h"

#define NFG_CLASSES_START	64

/* As SplitMix64 does it: hashes of numbers in a row have nothing in common. */
static u64 nfg_active_mix(u64 v)
{
	v = (v + 1) * 0x9e3779b97f4a7c15ULL;
	v = (v ^ v >> 30) * 0xbf58476d1ce4e5b9ULL;
	v = (v ^ v >> 27) * 0x94d049bb133111ebULL;
	return v ^ v >> 31;
}

void nfg_active_flip(struct nfg_active *a, u32 i)
{
	nfg_bits_flip(&a->bits, i);
	a->hash ^= nfg_active_mix(i);
}

/* Different sets may have the same hash. */
static bool nfg_active_is(const struct nfg_active *a, const struct nfg_class *class)
{
	const struct nfg_bits *b = &a->bits;
	const u64 *packed = a->pool.word + class->any;
	u32 s;

	if (class->hash != a->hash || memcmp(packed, b->any, b->chunks * sizeof(*b->any)))
		return false;
	packed += b->chunks;
	for (s = 0; s < b->chunks; s++) {
		u64 any;

		for (any = b->any[s]; any; any &= any - 1)
			if (*packed++ != b->word[s * NFG_WORD_BITS + nfg_first_bit(any)])
				return false;
	}
	return true;
}

static int nfg_active_grow(struct nfg_active *a)
{
	u32 room = a->room ? 2 * a->room : NFG_CLASSES_START;
	struct nfg_class *class = nfg_alloc(room * sizeof(*class));
	u32 *table = nfg_alloc(2 * room * sizeof(*table));
	u32 c;

	if (!class || !table) {
		nfg_free(class);
		nfg_free(table);
		return -ENOMEM;
	}
	for (c = 0; c < a->n; c++) {
		u32 i = a->class[c].hash & (2 * room - 1);

		nfg_breathe(c);
		while (table[i])
			i = (i + 1) & (2 * room - 1);
		table[i] = c + 1;
		class[c] = a->class[c];
	}
	nfg_free(a->class);
	nfg_free(a->table);
	a->class = class;
	a->table = table;
	a->room = room;
	return 0;
}

static int nfg_active_add(struct nfg_active *a)
{
	struct nfg_class *class = &a->class[a->n];
	int err;

	class->hash = a->hash;
	class->any = a->pool.n;
	err = nfg_pool_append(&a->pool, a->bits.any, a->bits.chunks);
	if (!err)
		err = nfg_bits_pack(&a->bits, &a->pool);
	if (!err)
		a->n++;
	return err;
}

int nfg_active_class(struct nfg_active *a, u32 *class)
{
	u32 i;
	int err;

	if (a->n == a->room) {
		err = nfg_active_grow(a);
		if (err)
			return err;
	}
	i = a->hash & (2 * a->room - 1);
	while (a->table[i] && !nfg_active_is(a, &a->class[a->table[i] - 1]))
		i = (i + 1) & (2 * a->room - 1);
	if (!a->table[i]) {
		err = nfg_active_add(a);
		if (err)
			return err;
		a->table[i] = a->n;
	}
	*class = a->table[i] - 1;
	return 0;
}

int nfg_active_init(struct nfg_active *a, u32 n, size_t max)
{
	a->pool.max = max;
	return nfg_bits_init(&a->bits, n);
}

u32 nfg_active_members(const struct nfg_active *a, u32 class, u32 *member)
{
	const u64 *any = a->pool.word + a->class[class].any;
	const u64 *word = any + a->bits.chunks;
	u32 s, n = 0;

	for (s = 0; s < a->bits.chunks; s++) {
		u64 left, bits;

		for (left = any[s]; left; left &= left - 1) {
			u32 w = s * NFG_WORD_BITS + nfg_first_bit(left);

			for (bits = *word++; bits; bits &= bits - 1)
				member[n++] = w * NFG_WORD_BITS + nfg_first_bit(bits);
		}
	}
	return n;
}

void nfg_active_free(struct nfg_active *a)
{
	nfg_bits_free(&a->bits);
	nfg_free(a->pool.word);
	nfg_free(a->class);
	nfg_free(a->table);
}
