/* SPDX-License-Identifier: GPL-2.0 */
/* Random numbers that are the same in each run: what fails can be repeated. */
#ifndef NFG_UNIT_RANDOM_H
#define NFG_UNIT_RANDOM_H

#include "port.h"

extern u64 random_state;

/* SplitMix64: any state is a good one. */
static inline u64 random64(void)
{
	u64 v = random_state += 0x9e3779b97f4a7c15ULL;

	v = (v ^ v >> 30) * 0xbf58476d1ce4e5b9ULL;
	v = (v ^ v >> 27) * 0x94d049bb133111ebULL;
	return v ^ v >> 31;
}

/* 0 to @n - 1 */
static inline u32 random_below(u32 n)
{
	return random64() % n;
}

/* true once in @n times */
static inline bool random_once_in(u32 n)
{
	return !random_below(n);
}

#endif /* NFG_UNIT_RANDOM_H */
