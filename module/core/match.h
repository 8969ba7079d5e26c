/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a rule demands of the first packet of a flow, and the plain way to find
 * out whether a packet has it.  The index (index.h) finds the same, faster.
 */
#ifndef NFG_CORE_MATCH_H
#define NFG_CORE_MATCH_H

#include <linux/nf_geneve.h>

#include "packet.h"
#include "range.h"

/**
 * struct nfg_values - the values of a condition or of a named set
 * @family: addresses: IPv4 and IPv6 ones; other fields: all in the first.  NULL is
 *	an empty set.  None is above nfg_field_max().
 *
 * Conditions that name the same set share one of these.
 */
struct nfg_values {
	const struct nfg_ranges *family[2];
};

static inline bool nfg_field_is_addr(u8 field)
{
	return field == NFG_FIELD_SADDR || field == NFG_FIELD_DADDR;
}

/* The values of @field for packets of a family; NULL: none. */
static inline const struct nfg_ranges *nfg_values_of(const struct nfg_values *values, u8 field,
						     bool v6)
{
	return values->family[v6 && nfg_field_is_addr(field)];
}

/**
 * struct nfg_cond - a condition
 * @field: enum nfg_field
 * @negate: the field's value is none of @values
 * @values: values
 *
 * A negated condition on addresses without values of a family holds for every
 * address of that family.
 */
struct nfg_cond {
	u8 field;
	bool negate;
	const struct nfg_values *values;
};

/**
 * struct nfg_match - what a rule demands: all of its conditions
 * @n: conditions, may be 0
 * @cond: conditions; a field may occur several times
 */
struct nfg_match {
	u32 n;
	const struct nfg_cond *cond;
};

/**
 * struct nfg_query - what is asked for a packet
 * @key: value of each field; addresses in host order
 * @v6: which family of addresses it has
 */
struct nfg_query {
	struct nfg_key key[NFG_FIELD_MAX];
	bool v6;
};

/**
 * nfg_query_init() - the query of a packet
 * @q: query
 * @t: tuple of the flow's originator
 * @direction: enum nfg_direction
 * @endpoint: endpoint id
 */
void nfg_query_init(struct nfg_query *q, const struct nfg_tuple *t, u8 direction, u64 endpoint);

/**
 * nfg_field_max() - largest value of a field
 * @field: enum nfg_field
 * @v6: addresses: of IPv6
 *
 * Return: the value.
 */
struct nfg_key nfg_field_max(u8 field, bool v6);

/**
 * nfg_match_test() - does a packet have what a rule demands?
 * @m: demands
 * @q: packet
 *
 * Return: -1 when it does, else the number of the first condition that fails.
 */
int nfg_match_test(const struct nfg_match *m, const struct nfg_query *q);

#endif /* NFG_CORE_MATCH_H */
