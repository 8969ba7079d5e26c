/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Many requests to the module at once, each of which either works or ends it all. */
#ifndef GENEVECTL_NL_BATCH_H
#define GENEVECTL_NL_BATCH_H

#include "nl.h"

/* Room for the attributes of one request. */
#define NL_BATCH_MESSAGE	32768

/**
 * struct nl_batch - requests that are sent together
 * @nl: connection; its error and message tell about the request that failed
 * @buf: requests not sent yet
 * @used: their bytes
 * @waiting: how many they are
 * @last: the last of them
 * @n: requests since the beginning
 * @failed: number of the first request that failed, from 0
 */
struct nl_batch {
	struct nl *nl;
	char *buf;
	size_t used;
	unsigned int waiting;
	struct nlmsghdr *last;
	uint32_t n;
	uint32_t failed;
};

void nl_batch_init(struct nl_batch *batch, struct nl *nl);
void nl_batch_free(struct nl_batch *batch);

/**
 * nl_batch_add() - begin a request
 * @batch: batch
 * @cmd: enum nfg_cmd
 * @nlh: gets the request, without attributes; valid until the next call
 *
 * Return: 0 or a negative errno when a request before it failed.
 */
int nl_batch_add(struct nl_batch *batch, uint8_t cmd, struct nlmsghdr **nlh);

/**
 * nl_batch_flush() - send what waits, and see what became of it
 * @batch: batch
 *
 * Return: 0 or a negative errno when one failed.
 */
int nl_batch_flush(struct nl_batch *batch);

#endif /* GENEVECTL_NL_BATCH_H */
