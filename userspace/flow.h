/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Inner flows. */
#ifndef GENEVECTL_FLOW_H
#define GENEVECTL_FLOW_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "nl.h"
#include "stats.h"
#include "tuple.h"

/**
 * struct flow - an inner flow
 * @endpoint: endpoint id
 * @tuple: as the originator's packets have it
 * @state: enum nfg_flow_state
 * @direction: enum nfg_direction
 * @verdict: enum nfg_verdict
 * @kept: it kept its verdict when the ruleset changed
 * @policy: policy of the rule that decided, empty for none
 * @rule: that rule, empty for the policy's default
 * @cookie: newest flow cookie
 * @cookie_changes: how often it has changed
 * @sent: by the originator
 * @replied: by the other side
 * @age_ms: since the first packet
 * @idle_ms: since the last packet
 * @expires_ms: left if no packet comes
 */
struct flow {
	uint64_t endpoint;
	struct tuple tuple;
	uint8_t state;
	uint8_t direction;
	uint8_t verdict;
	bool kept;
	char policy[NFG_NAME_LEN_MAX + 1];
	char rule[NFG_NAME_LEN_MAX + 1];
	uint32_t cookie;
	uint32_t cookie_changes;
	struct count sent;
	struct count replied;
	uint64_t age_ms;
	uint64_t idle_ms;
	uint64_t expires_ms;
};

/* The operator's words for attributes of flow requests, for nl_fail(). */
#define FLOW_WORDS	(NFG_A_FLOW_MAX + 1)
extern const char *const flow_words[FLOW_WORDS];

/* Reads a flow out of a message; @data is a struct flow. */
void flow_read(const struct nlmsghdr *nlh, void *data);

/* Reads a flow out of a nest of NFG_A_FLOW_*. */
void flow_read_nest(const struct nlattr *nest, struct flow *flow);

json_t *flow_json(const struct flow *flow);

/* A table of flows, row by row. */
void flow_print_head(void);
void flow_print_row(const struct flow *flow);

/* All of a flow; each line begins with @indent. */
void flow_print(const struct flow *flow, const char *indent);

/**
 * flow_order() - sort flows: by endpoint, protocol, source, destination
 * @a: struct flow
 * @b: struct flow
 *
 * Return: as qsort() wants it.
 */
int flow_order(const void *a, const void *b);

/**
 * flow_filter() - put a filter into a request
 * @nl: connection, asked for the endpoint of a name
 * @what: where we are, for the sentence about an error
 * @argc: words of
 * @argv: the filter
 * @nlh: request
 *
 * Return: 0, or an exit status after a sentence.
 */
int flow_filter(struct nl *nl, const char *what, int argc, char **argv, struct nlmsghdr *nlh);

/* Commands. */
int flow_list(int argc, char **argv);
int flow_count(int argc, char **argv);
int flow_show(int argc, char **argv);
int flow_flush(int argc, char **argv);
void flow_filter_help(FILE *to);

#endif /* GENEVECTL_FLOW_H */
