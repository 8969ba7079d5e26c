// SPDX-License-Identifier: GPL-2.0
#include "edge.h"

/*
 * Keys are sorted digit by digit, the least one first.  Many edges are worth the
 * effort for many values of a digit.
 */
#define NFG_DIGIT_FEW	8
#define NFG_DIGIT_MANY	11
#define NFG_EDGES_MANY	4096

static bool nfg_edges_sorted(const struct nfg_edge *edge, u32 n)
{
	u32 i;

	for (i = 1; i < n; i++) {
		nfg_breathe(i);
		if (nfg_key_cmp(&edge[i - 1].key, &edge[i].key) > 0)
			return false;
	}
	return true;
}

/* The bits in which keys differ. */
static struct nfg_key nfg_edges_differ(const struct nfg_edge *edge, u32 n)
{
	struct nfg_key differ = { 0, 0 };
	u32 i;

	for (i = 1; i < n; i++) {
		nfg_breathe(i);
		differ.hi |= edge[i].key.hi ^ edge[0].key.hi;
		differ.lo |= edge[i].key.lo ^ edge[0].key.lo;
	}
	return differ;
}

static __always_inline u32 nfg_edge_digit(const struct nfg_edge *edge, bool high, u32 shift,
					  u32 digits)
{
	return (high ? edge->key.hi : edge->key.lo) >> shift & (digits - 1);
}

/* @from, ordered by one digit, goes to @to. */
static __always_inline void nfg_edges_pass(const struct nfg_edge *from, struct nfg_edge *to, u32 n,
					   bool high, u32 shift, u32 digits, u32 *at)
{
	u32 i, sum = 0;

	memset(at, 0, digits * sizeof(*at));
	for (i = 0; i < n; i++) {
		nfg_breathe(i);
		at[nfg_edge_digit(&from[i], high, shift, digits)]++;
	}
	for (i = 0; i < digits; i++) {
		u32 count = at[i];

		at[i] = sum;
		sum += count;
	}
	for (i = 0; i < n; i++) {
		nfg_breathe(i);
		to[at[nfg_edge_digit(&from[i], high, shift, digits)]++] = from[i];
	}
}

/* By the digits of one half of the key: those in which keys @differ. */
static void nfg_edges_half(struct nfg_edge **from, struct nfg_edge **to, u32 n, bool high,
			   u64 differ, u32 bits, u32 *at)
{
	u32 shift, digits = 1U << bits;

	for (shift = 0; shift < 64; shift += bits) {
		struct nfg_edge *swap = *from;

		if (!(differ >> shift & (digits - 1)))
			continue;
		if (high)
			nfg_edges_pass(*from, *to, n, true, shift, digits, at);
		else
			nfg_edges_pass(*from, *to, n, false, shift, digits, at);
		*from = *to;
		*to = swap;
	}
}

int nfg_edges_sort(struct nfg_edge **edge, u32 n)
{
	u32 bits = n < NFG_EDGES_MANY ? NFG_DIGIT_FEW : NFG_DIGIT_MANY;
	struct nfg_key differ;
	struct nfg_edge *to;
	u32 *at;

	if (nfg_edges_sorted(*edge, n))
		return 0;
	at = nfg_alloc(sizeof(*at) << bits);
	to = nfg_alloc_raw(n * sizeof(*to));
	if (!at || !to) {
		nfg_free(at);
		nfg_free(to);
		return -ENOMEM;
	}
	differ = nfg_edges_differ(*edge, n);
	nfg_edges_half(edge, &to, n, false, differ.lo, bits, at);
	nfg_edges_half(edge, &to, n, true, differ.hi, bits, at);
	nfg_free(to);
	nfg_free(at);
	return 0;
}
