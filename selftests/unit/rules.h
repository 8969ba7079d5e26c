/* SPDX-License-Identifier: GPL-2.0 */
/* Random rules, packets for them, and the plain way through the rules. */
#ifndef NFG_UNIT_RULES_H
#define NFG_UNIT_RULES_H

#include "effort.h"
#include "match.h"

/* For an index that may take whatever work it takes */
#define ANY_EFFORT	(&(struct nfg_effort){ ~0ULL })

/**
 * struct rules - rules and all that belongs to them
 * @n: how many
 * @match: rules
 * @cond: their conditions
 * @n_values: sets of values
 * @values: sets of values; a rule may have any of them
 * @field: what field each set has values of; SADDR stands for DADDR, too
 */
struct rules {
	u32 n;
	struct nfg_match *match;
	struct nfg_cond *cond;
	u32 n_values;
	struct nfg_values *values;
	u8 *field;
};

/* No rules yet, but room for @n and for @n_values sets. */
void rules_init(struct rules *r, u32 n, u32 n_values);
void rules_free(struct rules *r);

/* @n rules of any kind: few values that often meet, negated, several on a field. */
void rules_random(struct rules *r, u32 n);

/* @n rules as people write them, two sets of @elements prefixes among them. */
void rules_mixed(struct rules *r, u32 n, u32 elements);

/* Adds a set of values: @v6 for addresses only. */
struct nfg_values *rules_values(struct rules *r, u8 field, bool v6, const struct nfg_range *range,
				u32 n);

/* Adds a rule without conditions, or a condition to the last rule. */
void rules_add(struct rules *r);
void rules_demand(struct rules *r, u8 field, bool negate, const struct nfg_values *values);

/* A packet: with values of rule @aim, if it is one, and else any. */
void rules_packet(const struct rules *r, struct nfg_query *q, u32 aim);

/* The first rule that matches, by trying one after the other. */
u32 rules_scan(const struct rules *r, const struct nfg_query *q);

#endif /* NFG_UNIT_RULES_H */
