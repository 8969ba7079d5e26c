/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How often something may happen: the generic cell rate algorithm (ITU-T I.371),
 * a token bucket that keeps one number, the time at which the bucket is full
 * again.
 */
#ifndef NFG_CORE_LIMIT_H
#define NFG_CORE_LIMIT_H

#include "port.h"

#define NFG_RATE_SECOND		1000000000ULL
/* More than a century, and so far from the end of u64 that no sum wraps. */
#define NFG_RATE_TOLERANCE_MAX	0x4000000000000000ULL

/**
 * struct nfg_rate - a rate and a burst
 * @interval: nanoseconds between two tokens, 0: there are none
 * @tolerance: nanoseconds of tokens that may have been taken ahead of time
 */
struct nfg_rate {
	u64 interval;
	u64 tolerance;
};

/**
 * nfg_rate_set() - fill in a rate
 * @r: rate
 * @count: tokens in @seconds, 0: none ever
 * @seconds: at least 1
 * @burst: tokens that a full bucket holds; 0 stands for @count
 */
static inline void nfg_rate_set(struct nfg_rate *r, u32 count, u32 seconds, u32 burst)
{
	r->interval = 0;
	r->tolerance = 0;
	if (!count)
		return;
	r->interval = div_u64(seconds * NFG_RATE_SECOND, count);
	if (!r->interval)
		r->interval = 1;
	if (!burst)
		burst = count;
	if (burst - 1 > div64_u64(NFG_RATE_TOLERANCE_MAX, r->interval))
		r->tolerance = NFG_RATE_TOLERANCE_MAX;
	else
		r->tolerance = (burst - 1) * r->interval;
}

/**
 * nfg_rate_take() - take a token
 * @r: rate
 * @full: when the bucket is full again; 0 at first
 * @now: current time, nanoseconds
 * @next: gets the new value of @full
 *
 * Return: false when there is none; @next is not set then.
 */
static inline bool nfg_rate_take(const struct nfg_rate *r, u64 full, u64 now, u64 *next)
{
	if (full < now)
		full = now;
	if (!r->interval || full - now > r->tolerance)
		return false;
	*next = full + r->interval;
	return true;
}

#endif /* NFG_CORE_LIMIT_H */
