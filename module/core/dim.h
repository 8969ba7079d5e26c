/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One dimension of an index: what one condition per rule says about the values
 * of one field.
 *
 * A rule has a bit in @base: 1 if it has no such condition, or a negated one.
 * Where its condition's values are, its bit is turned round: that is what the
 * row of a range of values holds, packed.  So the effort for a condition is the
 * same with and without "not", and a rule without condition costs nothing.
 */
#ifndef NFG_CORE_DIM_H
#define NFG_CORE_DIM_H

#include "bits.h"
#include "effort.h"
#include "match.h"

/**
 * struct nfg_demand - the condition of a rule
 * @rule: number of the rule
 * @negate: the value is none of @values
 * @values: values, NULL for none
 * @own: @values if they were made for the index
 */
struct nfg_demand {
	u32 rule;
	bool negate;
	const struct nfg_ranges *values;
	struct nfg_ranges *own;
};

/**
 * struct nfg_chunk - 4,096 rules of a row
 * @any: which words are not 0
 * @pivot: which words have a rule that is looked for in this dimension
 * @word: where the words that are not 0 begin
 */
struct nfg_chunk {
	u64 any;
	u64 pivot;
	size_t word;
};

/**
 * struct nfg_dim - a dimension
 * @field: enum nfg_field
 * @slot: what the index tells dimensions apart by
 * @chunks: chunks of a row
 * @n: ranges of values, at least 1
 * @rows: rows
 * @size: bytes of all this
 * @wide: first value of each range, ascending; NULL if values have 64 bits
 * @narrow: the same for values of 64 bits
 * @row_of: row of each range
 * @chunk: rows
 * @base: a bit per rule
 * @base_any: which words of @base are not 0
 * @word: words of the rows
 */
struct nfg_dim {
	u8 field;
	u8 slot;
	u32 chunks;
	u32 n;
	u32 rows;
	size_t size;
	struct nfg_key *wide;
	u64 *narrow;
	u32 *row_of;
	struct nfg_chunk *chunk;
	u64 *base;
	u64 *base_any;
	u64 *word;
};

/* The range that @key is in: the last one of those that do not begin behind it. */
static inline u32 nfg_dim_find_wide(const struct nfg_dim *dim, const struct nfg_key *key)
{
	const struct nfg_key *p = dim->wide;
	u32 n = dim->n;

	while (n > 1) {
		u32 half = n / 2;

		p = nfg_key_cmp(p + half, key) <= 0 ? p + half : p;
		n -= half;
	}
	return p - dim->wide;
}

static inline u32 nfg_dim_find_narrow(const struct nfg_dim *dim, u64 key)
{
	const u64 *p = dim->narrow;
	u32 n = dim->n;

	while (n > 1) {
		u32 half = n / 2;

		p = p[half] <= key ? p + half : p;
		n -= half;
	}
	return p - dim->narrow;
}

/* The row for packets with this value. */
static inline const struct nfg_chunk *nfg_dim_row(const struct nfg_dim *dim,
						  const struct nfg_key *key)
{
	u32 range = dim->wide ? nfg_dim_find_wide(dim, key) : nfg_dim_find_narrow(dim, key->lo);

	return dim->chunk + (size_t)dim->row_of[range] * dim->chunks;
}

/* Word @w of the rules whose condition holds, by the row's chunk with that word. */
static inline u64 nfg_dim_word(const struct nfg_dim *dim, const struct nfg_chunk *chunk, u32 w)
{
	u64 word = dim->base[w];

	if (chunk->any & NFG_BIT(w))
		word ^= dim->word[chunk->word + nfg_count_bits(chunk->any & (NFG_BIT(w) - 1))];
	return word;
}

/**
 * nfg_dim_build() - make a dimension
 * @dim: gets it
 * @demand: conditions, at most one for a rule, by ascending rule
 * @n: how many, at least 1
 * @rules: rules there are
 * @field: enum nfg_field
 * @v6: for addresses: of IPv6
 * @max: bytes it may take
 * @crowd: for each rule, raised to the number of rules that meet it, at most,
 *	where its condition's values are
 * @effort: work it may take; what is left
 *
 * Context: process, may sleep.
 * Return: 0, -ENOMEM, -E2BIG when it would take more than @max or @effort, -EINTR.
 */
int nfg_dim_build(struct nfg_dim **dim, const struct nfg_demand *demand, u32 n, u32 rules,
		  u8 field, bool v6, size_t max, u32 *crowd, struct nfg_effort *effort);

/**
 * nfg_dim_set_pivots() - say which rules are looked for in a dimension
 * @dim: dimension
 * @rules: a bit for each rule
 *
 * Context: process, may sleep.
 */
void nfg_dim_set_pivots(struct nfg_dim *dim, const u64 *rules);

/**
 * nfg_dim_free() - free a dimension
 * @dim: dimension
 *
 * Context: process, may sleep.
 */
void nfg_dim_free(struct nfg_dim *dim);

#endif /* NFG_CORE_DIM_H */
