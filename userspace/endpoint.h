/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* GWLB endpoints. */
#ifndef GENEVECTL_ENDPOINT_H
#define GENEVECTL_ENDPOINT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "nl.h"
#include "stats.h"
#include "vpce.h"

struct endpoint {
	uint64_t number;
	char id[NFG_VPCE_LEN];			/* the number as AWS writes it */
	char name[NFG_NAME_LEN_MAX + 1];	/* empty for none */
	char policy[NFG_NAME_LEN_MAX + 1];	/* empty for the default */
	struct count rx;
	struct count tx;
	struct count drop;
	bool ever;		/* it sent something */
	uint64_t idle_ms;	/* since then */
};

/* The operator's words for attributes, for nl_fail(). */
#define ENDPOINT_WORDS	(NFG_A_ENDPOINT_MAX + 1)
extern const char *const endpoint_words[ENDPOINT_WORDS];

/* Reads an endpoint out of a message; @data is a struct endpoint. */
void endpoint_read(const struct nlmsghdr *nlh, void *data);

json_t *endpoint_json(const struct endpoint *ep);

/**
 * endpoint_id() - the id of an endpoint
 * @nl: connection
 * @what: where we are, for the sentence about an error
 * @key: id, in any form and of any endpoint, or the name of one that is there
 * @id: gets it
 *
 * Return: 0, or an exit status after a sentence.
 */
int endpoint_id(struct nl *nl, const char *what, const char *key, uint64_t *id);

/* Commands. */
int endpoint_list(int argc, char **argv);
int endpoint_show(int argc, char **argv);
int endpoint_set(int argc, char **argv);

#endif /* GENEVECTL_ENDPOINT_H */
