/* SPDX-License-Identifier: GPL-2.0 */
/* Values at which something begins or ends, in order. */
#ifndef NFG_CORE_EDGE_H
#define NFG_CORE_EDGE_H

#include "range.h"

/* @id: what begins or ends at @key, a matter of the caller's */
struct nfg_edge {
	struct nfg_key key;
	u32 id;
};

/**
 * nfg_edges_sort() - sort by key; equal ones keep their order
 * @edge: what nfg_alloc() gave; may become another array
 * @n: how many
 *
 * Context: process, may sleep.
 * Return: 0 or -ENOMEM.
 */
int nfg_edges_sort(struct nfg_edge **edge, u32 n);

#endif /* NFG_CORE_EDGE_H */
