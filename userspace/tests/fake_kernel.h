/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Takes the requests of a transaction and gives them back as answers. */
#ifndef GENEVECTL_TESTS_FAKE_KERNEL_H
#define GENEVECTL_TESTS_FAKE_KERNEL_H

#include "nl_batch.h"

/* Forgets everything. */
void fake_reset(void);

/* The request number @i that was sent, NULL behind the last. */
const struct nlmsghdr *fake_request(uint32_t i);

#endif /* GENEVECTL_TESTS_FAKE_KERNEL_H */
