// SPDX-License-Identifier: GPL-2.0
#include "match.h"

static struct nfg_key nfg_addr_key(const union nfg_addr *addr, bool v6)
{
	struct nfg_key key = { 0, 0 };

	if (v6) {
		key.hi = be64_to_cpu(nfg_load64(addr->v6));
		key.lo = be64_to_cpu(nfg_load64(addr->v6 + 8));
	} else {
		key.lo = be32_to_cpu(addr->v4);
	}
	return key;
}

static struct nfg_key nfg_number_key(u64 v)
{
	struct nfg_key key = { 0, v };

	return key;
}

void nfg_query_init(struct nfg_query *q, const struct nfg_tuple *t, u8 direction, u64 endpoint)
{
	q->v6 = t->version == 6;
	q->key[NFG_FIELD_DIRECTION] = nfg_number_key(direction);
	q->key[NFG_FIELD_FAMILY] = nfg_number_key(t->version);
	q->key[NFG_FIELD_PROTO] = nfg_number_key(t->proto);
	q->key[NFG_FIELD_SADDR] = nfg_addr_key(&t->saddr, q->v6);
	q->key[NFG_FIELD_DADDR] = nfg_addr_key(&t->daddr, q->v6);
	q->key[NFG_FIELD_SPORT] = nfg_number_key(be16_to_cpu(t->sport));
	q->key[NFG_FIELD_DPORT] = nfg_number_key(be16_to_cpu(t->dport));
	q->key[NFG_FIELD_ENDPOINT] = nfg_number_key(endpoint);
}

struct nfg_key nfg_field_max(u8 field, bool v6)
{
	struct nfg_key all = { ~0ULL, ~0ULL };

	switch (field) {
	case NFG_FIELD_SADDR:
	case NFG_FIELD_DADDR:
		return v6 ? all : nfg_number_key(0xffffffff);
	case NFG_FIELD_SPORT:
	case NFG_FIELD_DPORT:
		return nfg_number_key(0xffff);
	case NFG_FIELD_ENDPOINT:
		return nfg_number_key(all.lo);
	default:
		return nfg_number_key(0xff);
	}
}

int nfg_match_test(const struct nfg_match *m, const struct nfg_query *q)
{
	u32 i;

	for (i = 0; i < m->n; i++) {
		const struct nfg_cond *c = &m->cond[i];
		const struct nfg_ranges *values = nfg_values_of(c->values, c->field, q->v6);

		if ((values && nfg_ranges_has(values, &q->key[c->field])) == c->negate)
			return i;
	}
	return -1;
}
