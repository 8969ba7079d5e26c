// SPDX-License-Identifier: GPL-2.0
#include "dim.h"
#include "index.h"

/*
 * A rule may have several conditions on a field, but a dimension takes one of a
 * rule: the first goes to one, the others, together, to another.
 */
#define NFG_TURNS	2
#define NFG_SLOTS	(NFG_FIELD_MAX * NFG_TURNS)
#define NFG_NO_SLOT	0xff
/* Addresses have two dimensions, one for each family. */
#define NFG_DIMS	(NFG_SLOTS + 2 * NFG_TURNS)

/* Fields from those that rules most often differ in: it takes the fewest steps
 * to find out that none of some rules matches.
 */
static const u8 nfg_slot_field[NFG_FIELD_MAX] = {
	NFG_FIELD_DADDR, NFG_FIELD_SADDR, NFG_FIELD_DPORT, NFG_FIELD_SPORT,
	NFG_FIELD_ENDPOINT, NFG_FIELD_PROTO, NFG_FIELD_DIRECTION, NFG_FIELD_FAMILY,
};

/**
 * struct nfg_index - an index
 * @n: rules
 * @chunks: chunks of a row
 * @size: bytes
 * @dims: dimensions
 * @dim: all of them
 * @side: those for packets of IPv4 and of IPv6
 * @rest: which words have a rule that no dimension is the pivot of
 */
struct nfg_index {
	u32 n;
	u32 chunks;
	size_t size;
	u32 dims;
	struct nfg_dim *dim[NFG_DIMS];
	struct {
		u32 dims;
		const struct nfg_dim *dim[NFG_SLOTS];
	} side[2];
	u64 rest[];
};

/*
 * What it takes to make one.
 *
 * The pivot of a rule is the dimension in which its values share their rows with
 * the fewest other rules: a rule can match only if it is in its pivot's row, so
 * that only such rules need to be looked at.  A negated condition is no pivot.
 *
 * @demand: conditions of the dimension being made, @n of them
 * @own: bytes of the values that were made for them
 * @crowd: rules that meet each rule in that dimension, or its least crowded
 * @least: the same in its pivot
 * @pivot: slot of the dimension that is its pivot, or NFG_NO_SLOT
 * @mask: rules that have the same pivot
 * @effort: work that is left
 */
struct nfg_build {
	const struct nfg_match *match;
	size_t max;
	u32 n;
	size_t own;
	struct nfg_demand *demand;
	u32 *crowd;
	u32 *least;
	u8 *pivot;
	u64 *mask;
	struct nfg_effort *effort;
	struct nfg_index *index;
};

static const struct nfg_ranges nfg_nothing;

/* Steps of joining conditions @i and following on the field. */
static u64 nfg_conds_steps(const struct nfg_match *m, u32 i, u8 field, bool v6)
{
	u64 steps = 0, all = 0;

	for (; i < m->n; i++) {
		const struct nfg_ranges *values = nfg_values_of(m->cond[i].values, field, v6);

		if (m->cond[i].field != field || !values)
			continue;
		all += values->n;
		steps += all;
	}
	return steps;
}

/* Everything that conditions @i and following on the field hold for. */
static struct nfg_ranges *nfg_conds_join(const struct nfg_match *m, u32 i, u8 field, bool v6)
{
	struct nfg_key max = nfg_field_max(field, v6);
	struct nfg_ranges *all = nfg_ranges_complement(&nfg_nothing, max);

	for (; i < m->n && all; i++) {
		const struct nfg_cond *c = &m->cond[i];
		const struct nfg_ranges *values = nfg_values_of(c->values, field, v6);
		struct nfg_ranges *others = NULL, *both = NULL;

		if (c->field != field)
			continue;
		if (!values)
			values = &nfg_nothing;
		if (c->negate) {
			others = nfg_ranges_complement(values, max);
			values = others;
		}
		if (values)
			both = nfg_ranges_intersect(all, values);
		nfg_free(others);
		nfg_free(all);
		all = both;
	}
	return all;
}

static u32 nfg_cond_next(const struct nfg_match *m, u32 i, u8 field)
{
	while (i < m->n && m->cond[i].field != field)
		i++;
	return i;
}

/* What rule @i demands in a dimension, if anything. */
static int nfg_build_demand(struct nfg_build *b, u32 i, u8 field, u32 turn, bool v6)
{
	const struct nfg_match *m = &b->match[i];
	struct nfg_demand *d = &b->demand[b->n];
	u32 c = nfg_cond_next(m, 0, field);
	int err;

	if (turn)
		c = nfg_cond_next(m, c + 1, field);
	if (c >= m->n)
		return 0;
	d->rule = i;
	d->negate = m->cond[c].negate;
	d->values = nfg_values_of(m->cond[c].values, field, v6);
	d->own = NULL;
	if (turn && nfg_cond_next(m, c + 1, field) < m->n) {
		err = nfg_effort_spend(b->effort, nfg_conds_steps(m, c, field, v6));
		if (err)
			return err;
		d->own = nfg_conds_join(m, c, field, v6);
		if (!d->own)
			return -ENOMEM;
		d->negate = false;
		d->values = d->own;
		b->own += d->own->n * sizeof(d->own->range[0]);
	}
	b->n++;
	return b->own > b->max ? -E2BIG : 0;
}

static int nfg_build_demands(struct nfg_build *b, u8 field, u32 turn, bool v6)
{
	u32 i;
	int err;

	b->n = 0;
	b->own = 0;
	for (i = 0; i < b->index->n; i++) {
		nfg_breathe(i);
		err = nfg_build_demand(b, i, field, turn, v6);
		if (err)
			return err;
	}
	return 0;
}

static void nfg_build_add(struct nfg_build *b, struct nfg_dim *dim, u8 slot, bool v6)
{
	struct nfg_index *index = b->index;

	dim->slot = slot;
	index->size += dim->size;
	index->dim[index->dims++] = dim;
	index->side[v6].dim[index->side[v6].dims++] = dim;
	if (!nfg_field_is_addr(dim->field))
		index->side[1].dim[index->side[1].dims++] = dim;
}

static int nfg_build_dim(struct nfg_build *b, u8 slot, bool v6)
{
	u8 field = nfg_slot_field[slot / NFG_TURNS];
	struct nfg_dim *dim;
	int err;
	u32 i;

	err = nfg_build_demands(b, field, slot % NFG_TURNS, v6);
	if (!err && b->n) {
		err = nfg_dim_build(&dim, b->demand, b->n, b->index->n, field, v6,
				    b->max - b->index->size, b->crowd, b->effort);
		if (!err)
			nfg_build_add(b, dim, slot, v6);
	}
	for (i = 0; i < b->n; i++)
		nfg_free(b->demand[i].own);
	return err;
}

/* The dimensions of a slot: two if its values are addresses. */
static int nfg_build_slot(struct nfg_build *b, u8 slot)
{
	u32 i;
	int err;

	memset(b->crowd, 0, b->index->n * sizeof(*b->crowd));
	err = nfg_build_dim(b, slot, false);
	if (!err && nfg_field_is_addr(nfg_slot_field[slot / NFG_TURNS]))
		err = nfg_build_dim(b, slot, true);
	if (err)
		return err;
	for (i = 0; i < b->n; i++) {
		u32 rule = b->demand[i].rule;

		if (b->demand[i].negate || b->crowd[rule] >= b->least[rule])
			continue;
		b->least[rule] = b->crowd[rule];
		b->pivot[rule] = slot;
	}
	return 0;
}

static void nfg_build_mask(struct nfg_build *b, u8 slot)
{
	u32 i;

	memset(b->mask, 0, b->index->chunks * NFG_WORD_BITS * sizeof(*b->mask));
	for (i = 0; i < b->index->n; i++)
		if (b->pivot[i] == slot)
			b->mask[i / NFG_WORD_BITS] |= NFG_BIT(i);
}

static void nfg_build_pivots(struct nfg_build *b)
{
	struct nfg_index *index = b->index;
	u32 i;

	for (i = 0; i < index->dims; i++) {
		nfg_build_mask(b, index->dim[i]->slot);
		nfg_dim_set_pivots(index->dim[i], b->mask);
	}
	nfg_build_mask(b, NFG_NO_SLOT);
	for (i = 0; i < NFG_WORDS(index->n); i++)
		if (b->mask[i])
			index->rest[i / NFG_WORD_BITS] |= NFG_BIT(i);
}

static int nfg_build_init(struct nfg_build *b, const struct nfg_match *match, u32 n, size_t max)
{
	u32 chunks = NFG_CHUNKS(n);
	size_t size = sizeof(*b->index) + chunks * sizeof(b->index->rest[0]);

	if (size > max)
		return -E2BIG;
	b->match = match;
	b->max = max;
	b->demand = nfg_alloc(n * sizeof(*b->demand));
	b->crowd = nfg_alloc(n * sizeof(*b->crowd));
	b->least = nfg_alloc(n * sizeof(*b->least));
	b->pivot = nfg_alloc(n * sizeof(*b->pivot));
	b->mask = nfg_alloc(chunks * NFG_WORD_BITS * sizeof(*b->mask));
	b->index = nfg_alloc(size);
	if (!b->demand || !b->crowd || !b->least || !b->pivot || !b->mask || !b->index)
		return -ENOMEM;
	memset(b->least, 0xff, n * sizeof(*b->least));
	memset(b->pivot, NFG_NO_SLOT, n * sizeof(*b->pivot));
	b->index->n = n;
	b->index->chunks = chunks;
	b->index->size = size;
	return 0;
}

static void nfg_build_free(struct nfg_build *b)
{
	nfg_free(b->demand);
	nfg_free(b->crowd);
	nfg_free(b->least);
	nfg_free(b->pivot);
	nfg_free(b->mask);
	nfg_index_free(b->index);
}

int nfg_index_build(struct nfg_index **index, const struct nfg_match *match, u32 n, size_t max,
		    struct nfg_effort *effort)
{
	struct nfg_build b = { .effort = effort };
	u8 slot;
	int err;

	*index = NULL;
	err = nfg_build_init(&b, match, n, max);
	for (slot = 0; slot < NFG_SLOTS && !err; slot++)
		err = nfg_build_slot(&b, slot);
	if (!err) {
		nfg_build_pivots(&b);
		*index = b.index;
		b.index = NULL;
	}
	nfg_build_free(&b);
	return err;
}

/* The first of the 64 rules of word @w in chunk @c that matches, or 64. */
static u32 nfg_index_word(const struct nfg_dim *const *dim, const struct nfg_chunk *const *row,
			  u32 dims, u32 c, u32 w)
{
	u64 word = ~0ULL;
	u32 i;

	w += c * NFG_WORD_BITS;
	for (i = 0; i < dims && word; i++)
		word &= nfg_dim_word(dim[i], &row[i][c], w);
	return word ? nfg_first_bit(word) : NFG_WORD_BITS;
}

u32 nfg_index_lookup(const struct nfg_index *index, const struct nfg_query *q)
{
	const struct nfg_dim *const *dim = index->side[q->v6].dim;
	const struct nfg_chunk *row[NFG_SLOTS];
	u32 dims = index->side[q->v6].dims, i, c;

	for (i = 0; i < dims; i++)
		row[i] = nfg_dim_row(dim[i], &q->key[dim[i]->field]);
	for (c = 0; c < index->chunks; c++) {
		u64 any = index->rest[c];

		for (i = 0; i < dims; i++)
			any |= row[i][c].pivot;
		for (i = 0; i < dims && any; i++)
			any &= row[i][c].any | dim[i]->base_any[c];
		for (; any; any &= any - 1) {
			u32 w = nfg_first_bit(any);
			u32 bit = nfg_index_word(dim, row, dims, c, w);

			if (bit < NFG_WORD_BITS)
				return (c * NFG_WORD_BITS + w) * NFG_WORD_BITS + bit;
		}
	}
	return index->n;
}

size_t nfg_index_size(const struct nfg_index *index)
{
	return index->size;
}

void nfg_index_free(struct nfg_index *index)
{
	u32 i;

	if (!index)
		return;
	for (i = 0; i < index->dims; i++)
		nfg_dim_free(index->dim[i]);
	nfg_free(index);
}
