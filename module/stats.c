// SPDX-License-Identifier: GPL-2.0
#include "stats.h"

void nfg_count_sum(const struct nfg_count __percpu *c, u64 *packets, u64 *bytes)
{
	int cpu;

	*packets = 0;
	*bytes = 0;
	for_each_possible_cpu(cpu) {
		const struct nfg_count *one = per_cpu_ptr(c, cpu);
		unsigned int start;
		u64 p, b;

		do {
			start = u64_stats_fetch_begin(&one->syncp);
			p = u64_stats_read(&one->packets);
			b = u64_stats_read(&one->bytes);
		} while (u64_stats_fetch_retry(&one->syncp, start));
		*packets += p;
		*bytes += b;
	}
}

struct nfg_stats __percpu *nfg_stats_alloc(void)
{
	struct nfg_stats __percpu *stats = alloc_percpu(struct nfg_stats);
	int cpu, i;

	if (!stats)
		return NULL;
	for_each_possible_cpu(cpu)
		for (i = 0; i < NFG_COUNT_MAX; i++)
			u64_stats_init(&per_cpu_ptr(stats, cpu)->count[i].syncp);
	return stats;
}
