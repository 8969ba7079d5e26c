/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Transactions: from a ruleset to requests. */
#ifndef GENEVECTL_RULESET_PUT_H
#define GENEVECTL_RULESET_PUT_H

#include "nl_batch.h"
#include "policy/ruleset.h"

/**
 * struct put - a transaction
 * @batch: its requests
 * @items: what each of them is about
 * @room: of @items
 * @first: requests of @batch before it, among them BEGIN
 */
struct put {
	struct nl_batch batch;
	struct item {
		const char *what;	/* NULL: nothing of its own */
		const char *name;
		struct place place;
	} *items;
	uint32_t room;
	uint32_t first;
};

/**
 * put_transact() - change the ruleset
 * @nl: connection
 * @what: the command, for the sentence about an error
 * @copy: begin with a copy of what there is
 * @fill: puts the requests; returns 0, a negative errno of a request, or the exit
 *	status after a sentence of its own; may be called again
 * @commit: adds attributes to the last request, NULL for none
 * @data: for both
 *
 * Return: 0, or an exit status after a sentence.
 */
int put_transact(struct nl *nl, const char *what, bool copy,
		 int (*fill)(struct put *put, void *data),
		 void (*commit)(struct nlmsghdr *nlh, void *data), void *data);

/* Each adds to the transaction; 0 or a negative errno. */
int put_ruleset(struct put *put, const struct ruleset *rs);
int put_rule(struct put *put, const char *policy, const struct rule *rule, const char *before);
int put_elements(struct put *put, uint8_t cmd, const struct set *set);
int put_rule_delete(struct put *put, const char *policy, const char *rule);

#endif /* GENEVECTL_RULESET_PUT_H */
