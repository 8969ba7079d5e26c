/* SPDX-License-Identifier: GPL-2.0 */
/* The appliance's counters, in its sysfs. */
#ifndef NFG_INJECT_COUNTERS_H
#define NFG_INJECT_COUNTERS_H

#include <stdbool.h>
#include <stdint.h>

#include "reason.h"

enum counter { RX, TX, DROP, PASSED, MONITOR, COUNTERS };

struct snapshot {
	uint64_t counter[COUNTERS];
	uint64_t drops[NFG_REASON_MAX];
};

/* To be called inside the appliance's network namespace. */
void counters_open(void);
void counters_read(struct snapshot *s);
/* Waits until the hook has judged that many packets since @before. */
bool counters_wait(const struct snapshot *before, unsigned int packets);

#endif /* NFG_INJECT_COUNTERS_H */
