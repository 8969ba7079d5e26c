/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* What rules with log decided. */
#ifndef GENEVECTL_EVENT_H
#define GENEVECTL_EVENT_H

#include <jansson.h>
#include <stdint.h>
#include <time.h>

#include "nl.h"
#include "tuple.h"

/**
 * struct event - a packet that a rule with log decided about
 * @time: when
 * @endpoint: endpoint id
 * @cookie: flow cookie
 * @tuple: of the packet
 * @direction: enum nfg_direction, of its flow
 * @verdict: enum nfg_verdict
 * @policy: policy of the rule
 * @rule: rule, empty for the policy's default
 * @reason: drop reason, empty for none
 * @length: bytes (outer IP)
 * @suppressed: events before it that the rate did not allow
 */
struct event {
	struct timespec time;
	uint64_t endpoint;
	uint32_t cookie;
	struct tuple tuple;
	uint8_t direction;
	uint8_t verdict;
	char policy[NFG_NAME_LEN_MAX + 1];
	char rule[NFG_NAME_LEN_MAX + 1];
	char reason[32];
	uint32_t length;
	uint32_t suppressed;
};

void event_read(const struct nlmsghdr *nlh, struct event *event);

json_t *event_json(const struct event *event);

/* Prints it behind the time, on the same line. */
void event_print(const struct event *event);

#endif /* GENEVECTL_EVENT_H */
