// SPDX-License-Identifier: GPL-2.0
/*
 * Rules and packets that the input tells: the index finds the rule that trying
 * one after the other finds, within the memory it may take, and whatever
 * allocation fails; sets of values have the values that were put in.
 */
#include "fault.h"
#include "fuzz.h"
#include "index.h"
#include "rules.h"

#define RULES_MAX	150
#define VALUES_MAX	16
#define RANGES_MAX	5
#define CONDS_MAX	5
#define QUERIES_MAX	32

/* What was put into a set, as it was. */
struct list {
	u32 n;
	struct nfg_range range[RANGES_MAX];
};

/* The ends, small numbers, those around half of the bits, and any. */
static struct nfg_key take_key(struct input *in, struct nfg_key max)
{
	u8 kind = take8(in);
	struct nfg_key key = { 0, kind & 0x1f };

	switch (kind >> 5) {
	case 0:
		key.lo = take16(in);
		break;
	case 1:
		return max;
	case 2:
		key.hi = kind & 3;
		break;
	case 3:
		key.lo = -(u64)(kind & 0x1f);
		break;
	case 4:
		key.hi = (u64)take16(in) << 48;
		key.lo = (u64)take16(in) << 48 | take16(in);
		break;
	}
	key.hi &= max.hi;
	key.lo &= max.lo;
	return key;
}

static void take_list(struct input *in, struct list *list, struct nfg_key max)
{
	u32 i;

	list->n = take8(in) % (RANGES_MAX + 1);
	for (i = 0; i < list->n; i++) {
		struct nfg_key a = take_key(in, max), b = take_key(in, max);
		bool turned = nfg_key_cmp(&a, &b) > 0;

		list->range[i].from = turned ? b : a;
		list->range[i].to = turned ? a : b;
	}
}

static bool list_has(const struct list *list, const struct nfg_key *key)
{
	u32 i;

	for (i = 0; i < list->n; i++)
		if (nfg_key_cmp(&list->range[i].from, key) <= 0 &&
		    nfg_key_cmp(key, &list->range[i].to) <= 0)
			return true;
	return false;
}

/* Ascending, apart from each other, and none too many. */
static void check_form(const struct nfg_ranges *r)
{
	u32 i;

	for (i = 0; i < r->n; i++) {
		must(nfg_key_cmp(&r->range[i].from, &r->range[i].to) <= 0);
		if (i) {
			struct nfg_key next = nfg_key_next(r->range[i - 1].to);

			must(nfg_key_cmp(&next, &r->range[i].from) < 0);
		}
	}
}

static void check_has(struct input *in, const struct list a[2], struct nfg_key max)
{
	struct nfg_ranges *set[2], *others, *both;
	struct nfg_key key;
	u32 i;

	for (i = 0; i < 2; i++)
		must((set[i] = nfg_ranges_new(a[i].range, a[i].n)));
	must((others = nfg_ranges_complement(set[0], max)));
	must((both = nfg_ranges_intersect(set[0], set[1])));
	check_form(set[0]);
	check_form(others);
	check_form(both);
	for (i = 0; i < 4 * RANGES_MAX; i++) {
		const struct list *of = &a[i % 2];

		if (!of->n)
			key = take_key(in, max);
		else if (i & 2)
			key = of->range[i / 4 % of->n].from;
		else
			key = nfg_key_next(of->range[i / 4 % of->n].to);
		key.hi &= max.hi;
		key.lo &= max.lo;
		must(nfg_ranges_has(set[0], &key) == list_has(&a[0], &key));
		must(nfg_ranges_has(others, &key) == !list_has(&a[0], &key));
		must(nfg_ranges_has(both, &key) ==
		     (list_has(&a[0], &key) && list_has(&a[1], &key)));
	}
	nfg_free(set[0]);
	nfg_free(set[1]);
	nfg_free(others);
	nfg_free(both);
}

/* Addresses of one family or of both, or values of another field. */
static void take_values(struct input *in, struct rules *r)
{
	u8 what = take8(in), field = what % NFG_FIELD_MAX;
	bool v6 = what & 0x40 && nfg_field_is_addr(field);
	struct nfg_key max = nfg_field_max(field, v6);
	struct nfg_values *values;
	struct list list[2];

	take_list(in, &list[0], max);
	values = rules_values(r, field, v6, list[0].range, list[0].n);
	if (!nfg_field_is_addr(field) || !(what & 0x80))
		return;
	take_list(in, &list[1], max);
	check_has(in, list, max);
	take_list(in, &list[1], nfg_field_max(field, !v6));
	values->family[!v6] = nfg_ranges_new(list[1].range, list[1].n);
	must(values->family[!v6]);
}

static void take_rules(struct input *in, struct rules *r)
{
	u32 n = take8(in) % (RULES_MAX + 1), n_values = 1 + take8(in) % VALUES_MAX, i;

	rules_init(r, n, n_values);
	for (i = 0; i < n_values; i++)
		take_values(in, r);
	while (r->n < n) {
		u8 conds = take8(in);

		rules_add(r);
		for (i = conds % (CONDS_MAX + 1); i; i--) {
			u8 which = take8(in), v = which % n_values, field = r->field[v];

			/* the values of one go with the other */
			if (nfg_field_is_addr(field) && which & 0x40)
				field ^= NFG_FIELD_SADDR ^ NFG_FIELD_DADDR;
			rules_demand(r, field, which & 0x80, &r->values[v]);
		}
	}
}

static void take_query(struct input *in, struct nfg_query *q)
{
	u32 field;

	q->v6 = take8(in) & 1;
	for (field = 0; field < NFG_FIELD_MAX; field++)
		q->key[field] = take_key(in, nfg_field_max(field, q->v6));
}

/* With less memory than it takes, and with allocations that fail. */
static void check_refused(struct input *in, const struct rules *r, size_t size)
{
	struct nfg_index *index = NULL;
	size_t less = (size - 1) * (take16(in) / 65536.0);
	int err;

	must(nfg_index_build(&index, r->match, r->n, less, ANY_EFFORT) == -E2BIG);
	must(!index);
	fault_countdown = take8(in);
	err = nfg_index_build(&index, r->match, r->n, SIZE_MAX, ANY_EFFORT);
	fault_countdown = -1;
	must(!err || (err == -ENOMEM && !index));
	must(err || nfg_index_size(index) == size);
	nfg_index_free(index);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct nfg_index *index;
	struct nfg_query q;
	struct rules r;
	u32 i;

	take_rules(&in, &r);
	must(!nfg_index_build(&index, r.match, r.n, SIZE_MAX, ANY_EFFORT));
	for (i = 0; i < QUERIES_MAX && (in.left || !i); i++) {
		take_query(&in, &q);
		must(nfg_index_lookup(index, &q) == rules_scan(&r, &q));
	}
	in = (struct input){ data, size };
	if (take8(&in) & 1)
		check_refused(&in, &r, nfg_index_size(index));
	nfg_index_free(index);
	rules_free(&r);
	return 0;
}
