/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* explain: what the module would do with packets, and why. */
#ifndef GENEVECTL_EXPLAIN_EXPLAIN_H
#define GENEVECTL_EXPLAIN_EXPLAIN_H

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include "answer.h"
#include "headers.h"
#include "rules.h"

/**
 * struct packet - a packet that was asked about, or could not be
 * @number: its number in the file, from 1
 * @time: when it was captured; 0 when not known
 * @frame_length: bytes of the frame
 * @data: from the outer IPv4 header on
 * @len: its bytes
 * @outer: outer headers
 * @geneve: GENEVE header
 * @answer: what the module says
 * @rules: rules of the policy that it asked
 * @not_asked: why the module was not asked, NULL if it was
 */
struct packet {
	unsigned long number;
	struct timespec time;
	uint32_t frame_length;
	const uint8_t *data;
	uint32_t len;
	struct outer outer;
	struct geneve geneve;
	struct answer answer;
	struct rules rules;
	const char *not_asked;
};

/* Prints every step. */
void explain_print(const struct packet *packet);

json_t *explain_json(const struct packet *packet);

/* TCP flags of the inner packet, "" if it is not TCP; @buf has FLAGS_TEXT bytes. */
#define FLAGS_TEXT	40
const char *explain_flags(char *buf, const struct packet *packet);

/* What the rules were compared with in that field; @buf has FIELD_TEXT bytes. */
#define FIELD_TEXT	64
const char *explain_field(char *buf, uint8_t field, const struct answer *answer);

/* Command. */
int explain(int argc, char **argv);
void explain_help(FILE *to);

#endif /* GENEVECTL_EXPLAIN_EXPLAIN_H */
