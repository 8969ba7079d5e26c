// SPDX-License-Identifier: GPL-2.0
#include "edge.h"
#include "range.h"

static struct nfg_ranges *nfg_ranges_alloc(u32 n)
{
	return nfg_alloc(sizeof(struct nfg_ranges) + (size_t)n * sizeof(struct nfg_range));
}

static struct nfg_key nfg_key_prev(struct nfg_key key)
{
	if (!key.lo--)
		key.hi--;
	return key;
}

/* A range that begins no earlier than those before it: they become one, if they touch. */
static void nfg_ranges_append(struct nfg_ranges *r, const struct nfg_range *range)
{
	if (r->n) {
		struct nfg_range *last = &r->range[r->n - 1];
		struct nfg_key next = nfg_key_next(last->to);

		if (nfg_key_cmp(&range->from, &last->to) <= 0 ||
		    !nfg_key_cmp(&range->from, &next)) {
			if (nfg_key_cmp(&range->to, &last->to) > 0)
				last->to = range->to;
			return;
		}
	}
	r->range[r->n++] = *range;
}

struct nfg_ranges *nfg_ranges_new(const struct nfg_range *range, u32 n)
{
	struct nfg_ranges *r = nfg_ranges_alloc(n);
	struct nfg_edge *edge = nfg_alloc_raw(n * sizeof(*edge));
	u32 i;

	if (!r || !edge)
		goto fail;
	for (i = 0; i < n; i++) {
		nfg_breathe(i);
		edge[i].key = range[i].from;
		edge[i].id = i;
	}
	if (nfg_edges_sort(&edge, n))
		goto fail;
	for (i = 0; i < n; i++) {
		nfg_breathe(i);
		nfg_ranges_append(r, &range[edge[i].id]);
	}
	nfg_free(edge);
	return r;
fail:
	nfg_free(edge);
	nfg_free(r);
	return NULL;
}

struct nfg_ranges *nfg_ranges_complement(const struct nfg_ranges *a, struct nfg_key max)
{
	struct nfg_ranges *r = nfg_ranges_alloc(a->n + 1);
	struct nfg_range gap = { { 0, 0 }, max };
	u32 i;

	if (!r)
		return NULL;
	for (i = 0; i < a->n; i++) {
		nfg_breathe(i);
		if (nfg_key_cmp(&gap.from, &a->range[i].from) < 0) {
			gap.to = nfg_key_prev(a->range[i].from);
			r->range[r->n++] = gap;
		}
		if (nfg_key_cmp(&a->range[i].to, &max) >= 0)
			return r;
		gap.from = nfg_key_next(a->range[i].to);
	}
	gap.to = max;
	r->range[r->n++] = gap;
	return r;
}

/* Ranges of what is in both sets; they are stored in @r, if there is one. */
static u32 nfg_ranges_common(const struct nfg_ranges *a, const struct nfg_ranges *b,
			     struct nfg_range *r)
{
	u32 i = 0, j = 0, n = 0;

	while (i < a->n && j < b->n) {
		const struct nfg_range *p = &a->range[i], *q = &b->range[j];
		struct nfg_range both;

		nfg_breathe(i + j);
		both.from = nfg_key_cmp(&p->from, &q->from) > 0 ? p->from : q->from;
		both.to = nfg_key_cmp(&p->to, &q->to) < 0 ? p->to : q->to;
		if (nfg_key_cmp(&both.from, &both.to) <= 0) {
			if (r)
				r[n] = both;
			n++;
		}
		if (nfg_key_cmp(&p->to, &q->to) < 0)
			i++;
		else
			j++;
	}
	return n;
}

struct nfg_ranges *nfg_ranges_intersect(const struct nfg_ranges *a, const struct nfg_ranges *b)
{
	u32 n = nfg_ranges_common(a, b, NULL);
	struct nfg_ranges *r = nfg_ranges_alloc(n);

	if (!r)
		return NULL;
	r->n = n;
	nfg_ranges_common(a, b, r->range);
	return r;
}

bool nfg_ranges_has(const struct nfg_ranges *a, const struct nfg_key *key)
{
	u32 low = 0, high = a->n;

	/* the first range that does not end before the value */
	while (low < high) {
		u32 middle = low + (high - low) / 2;

		if (nfg_key_cmp(&a->range[middle].to, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < a->n && nfg_key_cmp(&a->range[low].from, key) <= 0;
}
