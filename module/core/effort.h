/* SPDX-License-Identifier: GPL-2.0 */
/* How much work a request may make. */
#ifndef NFG_CORE_EFFORT_H
#define NFG_CORE_EFFORT_H

#include "port.h"

/**
 * struct nfg_effort - steps that are left: each is a value or a word looked at
 * @left: how many
 */
struct nfg_effort {
	u64 left;
};

/**
 * nfg_effort_spend() - do some work
 * @e: what is left
 * @steps: how much
 *
 * Context: process.
 * Return: 0, -E2BIG when so much is not left, -EINTR when whoever asked is being killed.
 */
static inline int nfg_effort_spend(struct nfg_effort *e, u64 steps)
{
	if (steps > e->left)
		return -E2BIG;
	e->left -= steps;
	return nfg_interrupted() ? -EINTR : 0;
}

#endif /* NFG_CORE_EFFORT_H */
