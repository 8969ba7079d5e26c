/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* What the module says would become of a packet. */
#ifndef GENEVECTL_EXPLAIN_ANSWER_H
#define GENEVECTL_EXPLAIN_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "flow.h"
#include "nl.h"
#include "tuple.h"

/* An attribute's bytes; NFG_A_EXPLAIN_PACKET takes no more. */
#define EXPLAIN_PACKET_MAX	(65535 - MNL_ATTR_HDRLEN)
#define EXPLAIN_TRIED_MAX	256

struct tried {
	char rule[NFG_NAME_LEN_MAX + 1];
	int cond;	/* the condition that failed, -1 for none */
	uint8_t field;
};

/**
 * struct answer - as far as the packet gets
 * @fate: enum nfg_fate
 * @passed: why it is not ours
 * @reason: drop reason, empty for none
 * @has_endpoint: @endpoint and @cookie are known
 * @endpoint: endpoint id
 * @cookie: flow cookie
 * @geneve: offset of the GENEVE header, 0 for none
 * @inner: offset of the inner IP header, 0 for none
 * @l4: offset of the inner transport header, 0 for none
 * @inner_length: bytes of the inner packet
 * @has_tuple: @tuple is known
 * @tuple: inner addresses and ports
 * @fragment: the inner packet is a fragment
 * @related: an ICMP error; the flow is the one it quotes
 * @reply: the packet is of the side that did not begin the flow: the rules are
 *	asked for its addresses and ports exchanged
 * @has_flow: @flow is known
 * @flow: the flow it belongs to
 * @current: that flow's verdict is used
 * @direction: enum nfg_direction, -1 when not known
 * @policy: policy asked, empty for none: the verdict was kept
 * @n_tried: rules in @tried
 * @tried: the last ones that were tried
 * @skipped: rules tried before those
 * @rule: rule that decides, empty for the policy's default
 * @verdict: enum nfg_verdict, -1 when nothing decided
 */
struct answer {
	uint8_t fate;
	char passed[128];
	char reason[32];
	bool has_endpoint;
	uint64_t endpoint;
	uint32_t cookie;
	uint32_t geneve;
	uint32_t inner;
	uint32_t l4;
	uint32_t inner_length;
	bool has_tuple;
	struct tuple tuple;
	bool fragment;
	bool related;
	bool reply;
	bool has_flow;
	struct flow flow;
	bool current;
	int direction;
	char policy[NFG_NAME_LEN_MAX + 1];
	unsigned int n_tried;
	struct tried tried[EXPLAIN_TRIED_MAX];
	uint32_t skipped;
	char rule[NFG_NAME_LEN_MAX + 1];
	int verdict;
};

/* Is the verdict from a ruleset that is not in force any more? */
static inline bool answer_is_kept(const struct answer *answer)
{
	return answer->verdict >= 0 && !answer->policy[0];
}

/**
 * answer_get() - ask about a packet
 * @nl: connection
 * @packet: from the outer IPv4 header on
 * @len: its bytes, at most EXPLAIN_PACKET_MAX
 * @answer: gets the answer
 *
 * Return: 0, or an exit status after a sentence.
 */
int answer_get(struct nl *nl, const uint8_t *packet, uint32_t len, struct answer *answer);

#endif /* GENEVECTL_EXPLAIN_ANSWER_H */
