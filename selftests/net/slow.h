/* SPDX-License-Identifier: GPL-2.0 OR MIT */
#ifndef SLOW_H
#define SLOW_H

#include <stdlib.h>

/* In a guest that is $SLOW times as slow as others (vm/check) waiting takes longer. */
static inline int slow_ms(int ms)
{
	const char *factor = getenv("SLOW");

	return factor ? ms * atoi(factor) : ms;
}

#endif /* SLOW_H */
