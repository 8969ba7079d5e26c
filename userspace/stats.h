/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* The counters of a network namespace. */
#ifndef GENEVECTL_STATS_H
#define GENEVECTL_STATS_H

#include <jansson.h>
#include <stdint.h>

#include "nl.h"

#define STATS_DROPS_MAX	64

struct count {
	uint64_t packets;
	uint64_t bytes;
};

struct drop {
	char reason[32];
	struct count count;
};

/* In the order of stats_totals[]. */
enum total {
	TOTAL_RX,
	TOTAL_TX,
	TOTAL_DROP,
	TOTAL_PASSED,
	TOTAL_MONITOR,
	TOTALS
};

/* Numbers that are not packets and bytes. */
enum number {
	NUMBER_ENDPOINTS,
	NUMBER_ENDPOINTS_UNLISTED,
	NUMBER_FLOWS,
	NUMBER_FLOWS_CREATED,
	NUMBER_FLOWS_EXPIRED,
	NUMBER_FLOWS_EVICTED,
	NUMBER_FLOWS_FLUSHED,
	NUMBER_ANSWERS,
	NUMBER_ANSWERS_SUPPRESSED,
	NUMBER_EVENTS,
	NUMBER_EVENTS_SUPPRESSED,
	NUMBERS
};

struct stats {
	struct count total[TOTALS];
	uint64_t number[NUMBERS];
	unsigned int n_drops;
	struct drop drops[STATS_DROPS_MAX];
};

extern const struct stats_total {
	const char *name;	/* as in sysfs */
	const char *text;
	uint16_t packets;	/* attributes */
	uint16_t bytes;
} stats_totals[TOTALS];

/**
 * stats_get() - ask for the counters
 * @nl: connection
 * @stats: gets them
 *
 * Return: 0, or an exit status after a sentence.
 */
int stats_get(struct nl *nl, struct stats *stats);

/* Every counter: names as in sysfs. */
json_t *stats_json(const struct stats *stats);

/* What a drop reason means, "" for one of a newer module. */
const char *stats_reason_text(const char *reason);

/* Command. */
int stats_show(int argc, char **argv);

#endif /* GENEVECTL_STATS_H */
