/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* ICMP types and codes: as text, and as the pairs type << 8 | code that rules compare. */
#ifndef GENEVECTL_POLICY_ICMP_H
#define GENEVECTL_POLICY_ICMP_H

#include "elements.h"

/* Room for a type or a range of codes. */
#define ICMP_TEXT	32

/* A set of types or of codes. */
struct icmp_bits {
	bool has[256];
};

/**
 * icmp_parse() - read a type
 * @why: gets why it is none
 * @v6: of ICMPv6
 * @s: its name or number, or a range of numbers
 * @from: gets the first
 * @to: gets the last
 *
 * Return: false if it is none.
 */
bool icmp_parse(struct why *why, bool v6, const char *s, uint16_t *from, uint16_t *to);

/* The name or number of a type; @buf has ICMP_TEXT bytes. */
const char *icmp_text(char *buf, bool v6, uint8_t type);

/* Adds the pairs of every type with every code. */
void icmp_join(struct elements *list, struct arena *arena, const struct place *place,
	       const struct icmp_bits *types, const struct icmp_bits *codes);

/* The types and the codes that a list of pairs was made of. */
void icmp_split(const struct elements *list, struct icmp_bits *types, struct icmp_bits *codes);

/* The next range of a set that begins at @from or later; false when there is none. */
bool icmp_range(const struct icmp_bits *bits, unsigned int *from, unsigned int *to);

#endif /* GENEVECTL_POLICY_ICMP_H */
