/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_STATS_H
#define NFG_STATS_H

#include <linux/percpu.h>
#include <linux/u64_stats_sync.h>

#include "core/reason.h"

/* packets and bytes of one kind; bytes are outer IPv4 bytes */
struct nfg_count {
	u64_stats_t packets;
	u64_stats_t bytes;
	struct u64_stats_sync syncp;
};

/**
 * enum nfg_counter - what is counted for a namespace
 * @NFG_COUNT_RX: seen by the hook
 * @NFG_COUNT_TX: sent back
 * @NFG_COUNT_DROP: dropped
 * @NFG_COUNT_PASSED: not ours, left untouched
 * @NFG_COUNT_MONITOR: sent back although mode enforce would have dropped it
 * @NFG_COUNT_UNLISTED: of an endpoint that has no counters
 * @NFG_COUNT_ANSWER: answers of reject rules sent
 * @NFG_COUNT_ANSWER_SUPPRESSED: those that the rate did not allow
 * @NFG_COUNT_EVENT: events of rules with log
 * @NFG_COUNT_EVENT_SUPPRESSED: those that the rate did not allow
 * @NFG_COUNT_REASON: from here on one for each enum nfg_reason
 *
 * RX = TX + DROP + PASSED; the sum of all reasons is DROP + MONITOR.
 */
enum nfg_counter {
	NFG_COUNT_RX,
	NFG_COUNT_TX,
	NFG_COUNT_DROP,
	NFG_COUNT_PASSED,
	NFG_COUNT_MONITOR,
	NFG_COUNT_UNLISTED,
	NFG_COUNT_ANSWER,
	NFG_COUNT_ANSWER_SUPPRESSED,
	NFG_COUNT_EVENT,
	NFG_COUNT_EVENT_SUPPRESSED,
	NFG_COUNT_REASON,
	NFG_COUNT_MAX = NFG_COUNT_REASON + NFG_REASON_MAX,
};

struct nfg_stats {
	struct nfg_count count[NFG_COUNT_MAX];
};

/**
 * nfg_count_one() - count a packet
 * @c: counter of this CPU
 * @bytes: length of the packet
 *
 * Context: softirq, or BH disabled.
 */
static inline void nfg_count_one(struct nfg_count *c, u32 bytes)
{
	u64_stats_update_begin(&c->syncp);
	u64_stats_inc(&c->packets);
	u64_stats_add(&c->bytes, bytes);
	u64_stats_update_end(&c->syncp);
}

/**
 * nfg_count_sum() - a counter over all CPUs
 * @c: counter
 * @packets: gets the packets
 * @bytes: gets the bytes
 */
void nfg_count_sum(const struct nfg_count __percpu *c, u64 *packets, u64 *bytes);

/**
 * nfg_stats_alloc() - counters of a namespace
 *
 * Context: process, may sleep.
 * Return: what free_percpu() frees, NULL without memory.
 */
struct nfg_stats __percpu *nfg_stats_alloc(void);

#endif /* NFG_STATS_H */
