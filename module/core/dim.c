// SPDX-License-Identifier: GPL-2.0
#include "active.h"
#include "dim.h"
#include "edge.h"

/* An edge that nothing begins or ends at. */
#define NFG_NOBODY	(~0U)

/*
 * Equal values, whoever demands them.
 * @first: of its rules, in @rule of struct nfg_sweep
 * @rules: how many there are
 * @crowd: rules in the fullest row it is in
 * @before: class of what was active when it last came or went alone
 * @after: class of what was active then
 */
struct nfg_object {
	const struct nfg_ranges *values;
	u32 first;
	u32 rules;
	u32 crowd;
	u32 before;
	u32 after;
};

/*
 * What it takes to make a dimension: a sweep over the values from the smallest
 * to the largest, past the edges of all objects.  The objects at a value are of
 * a class, and a class makes a row.
 */
struct nfg_sweep {
	u32 objects;
	struct nfg_object *object;
	u32 *rule;
	u32 edges;
	struct nfg_edge *edge;
	struct nfg_active active;
	u32 *member;
	struct nfg_bits row;
	struct nfg_pool pool;
	struct nfg_effort *effort;
};

/* Ranges of values that their hash is made of, at most */
#define NFG_HASHED	16

static bool nfg_values_same(const struct nfg_ranges *a, const struct nfg_ranges *b)
{
	return a == b || (a->n == b->n && !memcmp(a->range, b->range, a->n * sizeof(a->range[0])));
}

static u64 nfg_range_hash(u64 hash, const struct nfg_range *range)
{
	hash = (hash ^ range->from.lo) * 0x9e3779b97f4a7c15ULL;
	hash = (hash ^ hash >> 32 ^ range->from.hi) * 0x9e3779b97f4a7c15ULL;
	hash = (hash ^ hash >> 32 ^ range->to.lo) * 0x9e3779b97f4a7c15ULL;
	return (hash ^ hash >> 32 ^ range->to.hi) * 0x9e3779b97f4a7c15ULL;
}

static u32 nfg_values_hash(const struct nfg_ranges *a)
{
	u32 step = a->n / NFG_HASHED + 1, i;
	u64 hash = nfg_range_hash(a->n, &a->range[a->n - 1]);

	for (i = 0; i < a->n; i += step)
		hash = nfg_range_hash(hash ^ hash >> 32, &a->range[i]);
	return hash >> 32;
}

/* The number of the object with these values; @table finds it: its number + 1. */
static u32 nfg_sweep_object(struct nfg_sweep *s, const struct nfg_ranges *values, u32 *table,
			    u32 mask, u64 *steps)
{
	u32 i = nfg_values_hash(values) & mask;

	for (*steps = 1; table[i]; i = (i + 1) & mask) {
		const struct nfg_ranges *other = s->object[table[i] - 1].values;

		if (nfg_values_same(other, values))
			break;
		*steps += 1 + (other->n == values->n ? values->n : 0);
	}
	if (!table[i]) {
		s->object[s->objects].values = values;
		s->object[s->objects].before = NFG_NOBODY;
		s->object[s->objects].after = NFG_NOBODY;
		table[i] = ++s->objects;
	}
	return table[i] - 1;
}

/* The rules of each object, side by side. */
static void nfg_sweep_rules(struct nfg_sweep *s, const struct nfg_demand *demand, u32 n,
			    const u32 *object)
{
	u32 i, sum = 0;

	for (i = 0; i < s->objects; i++) {
		s->object[i].first = sum;
		sum += s->object[i].rules;
		s->object[i].rules = 0;
	}
	for (i = 0; i < n; i++) {
		if (object[i] != NFG_NOBODY) {
			struct nfg_object *o = &s->object[object[i]];

			s->rule[o->first + o->rules++] = demand[i].rule;
		}
	}
}

static int nfg_sweep_group(struct nfg_sweep *s, const struct nfg_demand *demand, u32 n)
{
	u32 i, slots = 2, *table, *object;
	int err = -ENOMEM;
	u64 steps;

	while (slots < 2 * n)
		slots *= 2;
	table = nfg_alloc(slots * sizeof(*table));
	object = nfg_alloc(n * sizeof(*object));
	s->object = nfg_alloc(n * sizeof(*s->object));
	s->rule = nfg_alloc(n * sizeof(*s->rule));
	if (!table || !object || !s->object || !s->rule)
		goto out;
	for (i = 0; i < n; i++) {
		const struct nfg_ranges *values = demand[i].values;

		nfg_breathe(i);
		object[i] = NFG_NOBODY;
		if (!values || !values->n)
			continue;
		object[i] = nfg_sweep_object(s, values, table, slots - 1, &steps);
		s->object[object[i]].rules++;
		err = nfg_effort_spend(s->effort, steps);
		if (err)
			goto out;
	}
	nfg_sweep_rules(s, demand, n, object);
	err = 0;
out:
	nfg_free(table);
	nfg_free(object);
	return err;
}

static void nfg_sweep_edge(struct nfg_sweep *s, struct nfg_key key, u32 id)
{
	s->edge[s->edges].key = key;
	s->edge[s->edges++].id = id;
}

static void nfg_sweep_object_edges(struct nfg_sweep *s, u32 id, struct nfg_key max)
{
	const struct nfg_ranges *values = s->object[id].values;
	u32 i;

	for (i = 0; i < values->n; i++) {
		struct nfg_key from = values->range[i].from, to = values->range[i].to;

		nfg_breathe(i);
		nfg_sweep_edge(s, from, id);
		if (nfg_key_cmp(&to, &max) >= 0)
			return;
		nfg_sweep_edge(s, nfg_key_next(to), id);
	}
}

/* All edges in order; the first is at 0. */
static int nfg_sweep_edges(struct nfg_sweep *s, struct nfg_key max)
{
	struct nfg_key zero = { 0, 0 };
	u64 n = 1;
	u32 i;
	int err;

	for (i = 0; i < s->objects; i++)
		n += 2 * (u64)s->object[i].values->n;
	if (n > INT_MAX / sizeof(*s->edge))
		return -E2BIG;
	err = nfg_effort_spend(s->effort, n);
	if (err)
		return err;
	s->edge = nfg_alloc_raw(n * sizeof(*s->edge));
	if (!s->edge)
		return -ENOMEM;
	nfg_sweep_edge(s, zero, NFG_NOBODY);
	for (i = 0; i < s->objects; i++)
		nfg_sweep_object_edges(s, i, max);
	return nfg_edges_sort(&s->edge, s->edges);
}

/*
 * The class of what is active now, @class before.  If nobody but @id came or
 * went, as it did before, it is known.
 */
static int nfg_sweep_class(struct nfg_sweep *s, u32 id, u32 *class)
{
	const struct nfg_active *a = &s->active;
	struct nfg_object *o = id == NFG_NOBODY ? NULL : &s->object[id];
	u32 before = *class;
	int err;

	if (o && o->before == before) {
		*class = o->after;
		return 0;
	}
	if (o && o->after == before) {
		*class = o->before;
		return 0;
	}
	/* all of its words are looked at, if it is new packed, too */
	err = nfg_effort_spend(s->effort, NFG_WORD_BITS * (u64)a->bits.chunks);
	if (!err)
		err = nfg_active_class(&s->active, class);
	if (o && !err) {
		o->before = before;
		o->after = *class;
	}
	return err;
}

/*
 * Past the edges: what remains of them are the first values of ranges, each with
 * the number of its class. Ranges of an object do not touch each other, so that
 * at every edge the class changes.
 */
static int nfg_sweep_past(struct nfg_sweep *s)
{
	u32 i, end, class = NFG_NOBODY, ranges = 0;
	int err;

	for (i = 0; i < s->edges; i = end) {
		struct nfg_edge edge = s->edge[i];

		for (end = i; end < s->edges && !nfg_key_cmp(&s->edge[end].key, &edge.key); end++) {
			nfg_breathe(end);
			if (s->edge[end].id != NFG_NOBODY)
				nfg_active_flip(&s->active, s->edge[end].id);
		}
		err = nfg_sweep_class(s, end - i == 1 ? edge.id : NFG_NOBODY, &class);
		if (err)
			return err;
		edge.id = class;
		s->edge[ranges++] = edge;
	}
	s->edges = ranges;
	return 0;
}

static int nfg_sweep_init(struct nfg_sweep *s, const struct nfg_demand *demand, u32 n, u32 rules,
			  struct nfg_key max_key, size_t max)
{
	int err;

	err = nfg_sweep_group(s, demand, n);
	if (!err)
		err = nfg_sweep_edges(s, max_key);
	/* objects are at most as many as rules, but may lie across one more word */
	if (!err)
		err = nfg_active_init(&s->active, s->objects, max / sizeof(u64) * 2);
	if (!err)
		err = nfg_sweep_past(s);
	if (!err)
		err = nfg_bits_init(&s->row, rules);
	if (err)
		return err;
	s->member = nfg_alloc(s->objects * sizeof(*s->member));
	return s->member ? 0 : -ENOMEM;
}

static void nfg_sweep_free(struct nfg_sweep *s)
{
	nfg_free(s->object);
	nfg_free(s->rule);
	nfg_free(s->edge);
	nfg_active_free(&s->active);
	nfg_free(s->member);
	nfg_bits_free(&s->row);
	nfg_free(s->pool.word);
}

/* The rules of a class: bits in s->row. */
static int nfg_sweep_row(struct nfg_sweep *s, u32 class)
{
	u32 i, j, members = nfg_active_members(&s->active, class, s->member), crowd = 0;

	nfg_bits_clear(&s->row);
	for (i = 0; i < members; i++)
		crowd += s->object[s->member[i]].rules;
	for (i = 0; i < members; i++) {
		struct nfg_object *o = &s->object[s->member[i]];

		nfg_breathe(i);
		if (o->crowd < crowd)
			o->crowd = crowd;
		for (j = 0; j < o->rules; j++)
			nfg_bits_flip(&s->row, s->rule[o->first + j]);
	}
	return nfg_effort_spend(s->effort, members + crowd + s->row.chunks);
}

static void nfg_sweep_crowds(const struct nfg_sweep *s, u32 *crowd)
{
	u32 i, j;

	for (i = 0; i < s->objects; i++) {
		const struct nfg_object *o = &s->object[i];

		for (j = 0; j < o->rules; j++) {
			u32 *c = &crowd[s->rule[o->first + j]];

			if (*c < o->crowd)
				*c = o->crowd;
		}
	}
}

/* Everything but the words of the rows is one piece of memory. */
static int nfg_dim_alloc(struct nfg_dim **dim, const struct nfg_sweep *s, u32 rules, bool wide,
			 size_t max)
{
	size_t keys = s->edges * (wide ? sizeof(*(*dim)->wide) : sizeof(*(*dim)->narrow));
	u32 words = NFG_WORDS(rules), chunks = NFG_CHUNKS(rules);
	size_t row_chunks = (size_t)s->active.n * chunks;
	size_t size = sizeof(**dim) + keys + row_chunks * sizeof(*(*dim)->chunk) +
		      (words + chunks) * sizeof(u64) + s->edges * sizeof(u32);
	u8 *p;

	if (size > max)
		return -E2BIG;
	p = nfg_alloc(size);
	if (!p)
		return -ENOMEM;
	*dim = (struct nfg_dim *)p;
	p += sizeof(**dim);
	if (wide)
		(*dim)->wide = (struct nfg_key *)p;
	else
		(*dim)->narrow = (u64 *)p;
	(*dim)->chunk = (struct nfg_chunk *)(p + keys);
	(*dim)->base = (u64 *)((*dim)->chunk + row_chunks);
	(*dim)->base_any = (*dim)->base + words;
	(*dim)->row_of = (u32 *)((*dim)->base_any + chunks);
	(*dim)->chunks = chunks;
	(*dim)->n = s->edges;
	(*dim)->rows = s->active.n;
	(*dim)->size = size;
	return 0;
}

static void nfg_dim_set_ranges(struct nfg_dim *dim, const struct nfg_sweep *s)
{
	u32 i;

	for (i = 0; i < dim->n; i++) {
		nfg_breathe(i);
		if (dim->wide)
			dim->wide[i] = s->edge[i].key;
		else
			dim->narrow[i] = s->edge[i].key.lo;
		dim->row_of[i] = s->edge[i].id;
	}
}

static void nfg_dim_set_base(struct nfg_dim *dim, const struct nfg_demand *demand, u32 n,
			     u32 rules)
{
	u32 i;

	/* behind the last rule: one that always matches stands for none */
	memset(dim->base, 0xff, NFG_WORDS(rules) * sizeof(*dim->base));
	for (i = 0; i < n; i++)
		if (!demand[i].negate)
			dim->base[demand[i].rule / NFG_WORD_BITS] &= ~NFG_BIT(demand[i].rule);
	for (i = 0; i < NFG_WORDS(rules); i++)
		if (dim->base[i])
			dim->base_any[i / NFG_WORD_BITS] |= NFG_BIT(i);
}

static int nfg_dim_set_rows(struct nfg_dim *dim, struct nfg_sweep *s, size_t max)
{
	u32 i, c;
	int err;

	s->pool.max = (max - dim->size) / sizeof(*dim->word);
	for (i = 0; i < dim->rows; i++) {
		struct nfg_chunk *row = &dim->chunk[(size_t)i * dim->chunks];
		size_t word = s->pool.n;

		nfg_breathe(i);
		err = nfg_sweep_row(s, i);
		if (!err)
			err = nfg_bits_pack(&s->row, &s->pool);
		if (err)
			return err;
		for (c = 0; c < dim->chunks; c++) {
			row[c].any = s->row.any[c];
			row[c].word = word;
			word += nfg_count_bits(row[c].any);
		}
	}
	dim->word = nfg_alloc_raw(s->pool.n * sizeof(*dim->word));
	if (!dim->word)
		return -ENOMEM;
	if (s->pool.n)
		memcpy(dim->word, s->pool.word, s->pool.n * sizeof(*dim->word));
	dim->size += s->pool.n * sizeof(*dim->word);
	return 0;
}

int nfg_dim_build(struct nfg_dim **dim, const struct nfg_demand *demand, u32 n, u32 rules,
		  u8 field, bool v6, size_t max, u32 *crowd, struct nfg_effort *effort)
{
	struct nfg_key max_key = nfg_field_max(field, v6);
	struct nfg_sweep *s = nfg_alloc(sizeof(*s));
	int err;

	*dim = NULL;
	if (!s)
		return -ENOMEM;
	s->effort = effort;
	err = nfg_sweep_init(s, demand, n, rules, max_key, max);
	if (!err)
		err = nfg_dim_alloc(dim, s, rules, max_key.hi, max);
	if (err)
		goto out;
	(*dim)->field = field;
	nfg_dim_set_ranges(*dim, s);
	nfg_dim_set_base(*dim, demand, n, rules);
	err = nfg_dim_set_rows(*dim, s, max);
	nfg_sweep_crowds(s, crowd);
	if (err) {
		nfg_dim_free(*dim);
		*dim = NULL;
	}
out:
	nfg_sweep_free(s);
	nfg_free(s);
	return err;
}

void nfg_dim_set_pivots(struct nfg_dim *dim, const u64 *rules)
{
	size_t i, chunks = (size_t)dim->rows * dim->chunks;

	for (i = 0; i < chunks; i++) {
		struct nfg_chunk *chunk = &dim->chunk[i];
		const u64 *mask = rules + i % dim->chunks * NFG_WORD_BITS;
		const u64 *word = dim->word + chunk->word;
		u64 any;

		nfg_breathe(i);
		for (any = chunk->any; any; any &= any - 1)
			if (*word++ & mask[nfg_first_bit(any)])
				chunk->pivot |= any & -any;
	}
}

void nfg_dim_free(struct nfg_dim *dim)
{
	nfg_free(dim->word);
	nfg_free(dim);
}
