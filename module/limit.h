/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_LIMIT_H
#define NFG_LIMIT_H

#include <linux/atomic.h>

#include "core/limit.h"

/**
 * struct nfg_limit - a rate, and what is left of it
 * @full: when the bucket is full again, nanoseconds
 * @rate: the rate
 * @count: as given to nfg_limit_init(), likewise
 * @seconds: and
 * @burst: tokens of a full bucket
 *
 * Whether a @count of 0 forbids everything, as it does here, or means that there
 * is no limit, is for the owner to say.
 */
struct nfg_limit {
	atomic64_t full;
	struct nfg_rate rate;
	u32 count;
	u32 seconds;
	u32 burst;
};

/**
 * nfg_limit_init() - fill in a limit; the bucket is full
 * @l: limit
 * @count: tokens in @seconds, 0: none ever
 * @seconds: at least 1
 * @burst: tokens that a full bucket holds; 0 stands for @count
 *
 * Context: any; a packet that takes a token meanwhile may be let through, or not,
 * by a mixture of the old limit and the new one.
 */
static inline void nfg_limit_init(struct nfg_limit *l, u32 count, u32 seconds, u32 burst)
{
	struct nfg_rate rate;

	nfg_rate_set(&rate, count, seconds, burst);
	WRITE_ONCE(l->rate.interval, rate.interval);
	WRITE_ONCE(l->rate.tolerance, rate.tolerance);
	l->count = count;
	l->seconds = seconds;
	l->burst = burst ? burst : count;
	atomic64_set(&l->full, 0);
}

/**
 * nfg_limit_allow() - take a token
 * @l: limit
 * @now_ns: ktime_get_ns(), or any other clock that does not go back
 *
 * Context: any.
 * Return: false when there is none.
 */
static inline bool nfg_limit_allow(struct nfg_limit *l, u64 now_ns)
{
	const struct nfg_rate rate = {
		.interval = READ_ONCE(l->rate.interval),
		.tolerance = READ_ONCE(l->rate.tolerance),
	};
	s64 full = atomic64_read(&l->full);
	u64 next;

	do {
		if (!nfg_rate_take(&rate, full, now_ns, &next))
			return false;
	} while (!atomic64_try_cmpxchg(&l->full, &full, next));
	return true;
}

/**
 * nfg_limit_peek() - would nfg_limit_allow() find a token?
 * @l: limit
 * @now_ns: as for nfg_limit_allow()
 *
 * Context: any.
 * Return: true when it would.
 */
static inline bool nfg_limit_peek(const struct nfg_limit *l, u64 now_ns)
{
	u64 next;

	return nfg_rate_take(&l->rate, atomic64_read(&l->full), now_ns, &next);
}

#endif /* NFG_LIMIT_H */
