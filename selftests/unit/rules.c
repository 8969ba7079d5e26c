// SPDX-License-Identifier: GPL-2.0
#include <err.h>

#include "random.h"
#include "rules.h"

#define CONDS		8

u64 random_state;

static void *zeros(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size);

	if (!p)
		err(2, "calloc");
	return p;
}

void rules_init(struct rules *r, u32 n, u32 n_values)
{
	r->n = 0;
	r->match = zeros(n, sizeof(*r->match));
	r->cond = zeros(n * CONDS, sizeof(*r->cond));
	r->n_values = 0;
	r->values = zeros(n_values, sizeof(*r->values));
	r->field = zeros(n_values, sizeof(*r->field));
}

void rules_free(struct rules *r)
{
	u32 i;

	for (i = 0; i < r->n_values; i++) {
		nfg_free(r->values[i].family[0]);
		nfg_free(r->values[i].family[1]);
	}
	free(r->match);
	free(r->cond);
	free(r->values);
	free(r->field);
}

struct nfg_values *rules_values(struct rules *r, u8 field, bool v6, const struct nfg_range *range,
				u32 n)
{
	struct nfg_values *values = &r->values[r->n_values];

	r->field[r->n_values++] = field;
	values->family[v6] = nfg_ranges_new(range, n);
	if (!values->family[v6])
		errx(2, "no memory for %u ranges", n);
	return values;
}

void rules_add(struct rules *r)
{
	r->match[r->n].cond = &r->cond[r->n * CONDS];
	r->n++;
}

void rules_demand(struct rules *r, u8 field, bool negate, const struct nfg_values *values)
{
	struct nfg_match *m = &r->match[r->n - 1];
	struct nfg_cond *c = &r->cond[(r->n - 1) * CONDS + m->n++];

	if (m->n > CONDS)
		errx(2, "too many conditions");
	c->field = field;
	c->negate = negate;
	c->values = values;
}

u32 rules_scan(const struct rules *r, const struct nfg_query *q)
{
	u32 i;

	for (i = 0; i < r->n; i++)
		if (nfg_match_test(&r->match[i], q) < 0)
			break;
	return i;
}

/* The ends, next to each other, or anything. */
static struct nfg_key random_key(u8 field, bool v6, u32 near)
{
	struct nfg_key max = nfg_field_max(field, v6), key = { 0, 0 };

	switch (random_below(8)) {
	case 0:
		break;
	case 1:
		return max;
	case 2:
		key.hi = random64() & max.hi;
		key.lo = random64() & max.lo;
		break;
	case 3:
		/* where 64 bits are over */
		key.hi = random_below(2) & max.hi;
		key.lo = (key.hi ? random_below(near) : -(u64)random_below(near)) & max.lo;
		break;
	default:
		key.lo = random_below(near);
		key.hi = random_below(3) & max.hi;
	}
	return key;
}

static u32 random_ranges(struct nfg_range *range, u32 max, u8 field, bool v6)
{
	u32 near = 2 + random_below(40), n = random_below(max + 1), i;

	for (i = 0; i < n; i++) {
		struct nfg_key a = random_key(field, v6, near), b = random_key(field, v6, near);

		if (random_once_in(3))
			b = a;
		range[i].from = nfg_key_cmp(&a, &b) <= 0 ? a : b;
		range[i].to = nfg_key_cmp(&a, &b) <= 0 ? b : a;
	}
	return n;
}

/* Addresses may have no values of a family at all. */
static void random_values(struct rules *r)
{
	u8 field = random_below(NFG_FIELD_MAX);
	struct nfg_values *values = &r->values[r->n_values];
	struct nfg_range range[6];
	u32 n;

	if (field == NFG_FIELD_DADDR)
		field = NFG_FIELD_SADDR;
	n = random_ranges(range, ARRAY_SIZE(range), field, false);
	values = rules_values(r, field, false, range, n);
	if (field != NFG_FIELD_SADDR)
		return;
	if (random_once_in(5)) {
		nfg_free(values->family[0]);
		values->family[0] = NULL;
	}
	if (!random_once_in(5)) {
		n = random_ranges(range, ARRAY_SIZE(range), field, true);
		values->family[1] = nfg_ranges_new(range, n);
		if (!values->family[1])
			err(2, "calloc");
	}
}

void rules_random(struct rules *r, u32 n)
{
	u32 n_values = 1 + random_below(random_once_in(2) ? 10 : 60), i;
	u32 least = random_below(CONDS - 1), most = least + random_below(CONDS - least + 1);
	u32 positive = 1 + random_below(6);

	rules_init(r, n, n_values);
	for (i = 0; i < n_values; i++)
		random_values(r);
	while (r->n < n) {
		u32 conds = least + random_below(most - least + 1);

		rules_add(r);
		for (; conds; conds--) {
			u32 v = random_below(n_values);
			u8 field = r->field[v];

			if (field == NFG_FIELD_SADDR && random_once_in(2))
				field = NFG_FIELD_DADDR;
			rules_demand(r, field, random_once_in(positive + 1), &r->values[v]);
		}
	}
}

/* A prefix of @len bits inside the one of @net; of IPv6 the upper half counts. */
static struct nfg_range random_prefix(bool v6, u64 net, u32 net_len, u32 len)
{
	u64 all = v6 ? ~0ULL : 0xffffffff;
	u64 host = len < (v6 ? 64 : 32) ? all >> len : 0;
	u64 addr = net | (random64() & (all >> net_len) & ~host);
	struct nfg_range range = { { 0, addr }, { 0, addr | host } };

	if (v6) {
		range.from.hi = addr;
		range.from.lo = 0;
		range.to.hi = addr | host;
		range.to.lo = ~0ULL;
	}
	return range;
}

static struct nfg_values *mixed_set(struct rules *r, u32 n, bool v6)
{
	struct nfg_range *range = zeros(n, sizeof(*range));
	struct nfg_values *values;
	u32 i;

	for (i = 0; i < n; i++)
		range[i] = v6 ? random_prefix(true, 0x2001ULL << 48, 16, 40 + random_below(25)) :
				random_prefix(false, 0, 0, 20 + random_below(13));
	values = rules_values(r, NFG_FIELD_SADDR, v6, range, n);
	free(range);
	return values;
}

static void mixed_prefix(struct rules *r, u8 field, bool v6, bool local)
{
	struct nfg_range range;

	if (v6)
		range = random_prefix(true, 0xfd00ULL << 48, 8, 48 + random_below(17));
	else if (local)
		range = random_prefix(false, 0x0a000000, 8, 20 + random_below(13));
	else
		range = random_prefix(false, 0, 0, 16 + random_below(17));
	rules_demand(r, field, random_once_in(20), rules_values(r, field, v6, &range, 1));
}

static void mixed_number(struct rules *r, u8 field, u64 from, u64 to)
{
	struct nfg_range range = { { 0, from }, { 0, to } };

	rules_demand(r, field, false, rules_values(r, field, false, &range, 1));
}

static const u16 mixed_ports[] = { 80, 443, 22, 53, 25, 8080, 3306, 5432, 123, 8443 };

void rules_mixed(struct rules *r, u32 n, u32 elements)
{
	struct nfg_values *set[2];

	rules_init(r, n, 2 + n * CONDS);
	set[0] = mixed_set(r, elements, false);
	set[1] = mixed_set(r, elements, true);
	while (r->n < n) {
		u32 port = mixed_ports[random_below(ARRAY_SIZE(mixed_ports))];
		u32 kind = random_below(10);
		bool v6 = random_once_in(4);

		rules_add(r);
		mixed_number(r, NFG_FIELD_PROTO, v6 ? 17 : 6, v6 ? 17 : 6);
		switch (kind) {
		case 0:
			rules_demand(r, NFG_FIELD_DADDR, false, set[v6]);
			mixed_number(r, NFG_FIELD_DPORT, 1000 + r->n, 1000 + r->n);
			break;
		case 1:
			rules_demand(r, NFG_FIELD_SADDR, false, set[v6]);
			mixed_prefix(r, NFG_FIELD_SADDR, v6, false);
			mixed_number(r, NFG_FIELD_DPORT, port, port);
			break;
		case 2:
		case 3:
			mixed_prefix(r, NFG_FIELD_SADDR, v6, true);
			mixed_prefix(r, NFG_FIELD_DADDR, v6, false);
			mixed_number(r, NFG_FIELD_DIRECTION, r->n % 2, r->n % 2);
			break;
		case 4:
			mixed_number(r, NFG_FIELD_DPORT, 20000 + r->n, 20000 + r->n + kind);
			mixed_number(r, NFG_FIELD_SPORT, 1024, 65535);
			break;
		default:
			mixed_prefix(r, NFG_FIELD_DADDR, v6, false);
			mixed_number(r, NFG_FIELD_DPORT, port, port);
			mixed_number(r, NFG_FIELD_FAMILY, v6 ? 6 : 4, v6 ? 6 : 4);
		}
	}
}

/* In a range, or right beside it. */
static struct nfg_key near_range(const struct nfg_range *range, const struct nfg_key *max)
{
	struct nfg_key key = range->from;

	switch (random_below(8)) {
	case 0:
		key = range->to;
		if (nfg_key_cmp(&key, max) < 0)
			key = nfg_key_next(key);
		break;
	case 1:
		if (key.hi || key.lo)
			key.hi -= !key.lo--;
		break;
	case 2:
	case 3:
		key = range->to;
		break;
	}
	return key;
}

/* Either family, but not one that a rule has no addresses of. */
static bool packet_family(const struct nfg_match *m)
{
	bool v6 = random_once_in(2);
	u32 i;

	for (i = 0; m && i < m->n; i++) {
		const struct nfg_cond *c = &m->cond[i];

		if (nfg_field_is_addr(c->field) && !c->negate && !c->values->family[v6])
			return !v6;
	}
	return v6;
}

void rules_packet(const struct rules *r, struct nfg_query *q, u32 aim)
{
	u32 field, i;

	q->v6 = packet_family(aim < r->n ? &r->match[aim] : NULL);
	for (field = 0; field < NFG_FIELD_MAX; field++)
		q->key[field] = random_key(field, q->v6, 40);
	for (i = 0; aim < r->n && i < r->match[aim].n; i++) {
		const struct nfg_cond *c = &r->match[aim].cond[i];
		const struct nfg_ranges *values = nfg_values_of(c->values, c->field, q->v6);
		struct nfg_key max = nfg_field_max(c->field, q->v6);

		if (values && values->n && !c->negate)
			q->key[c->field] = near_range(&values->range[random_below(values->n)],
						      &max);
	}
}
