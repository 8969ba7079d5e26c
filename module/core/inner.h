/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_CORE_INNER_H
#define NFG_CORE_INNER_H

#include "packet.h"

/**
 * nfg_inner_parse() - validate the inner packet up to its transport header
 * @b: window on the packet
 * @m: @m->inner is where it starts, @m->geneve tells which version; gets the
 *	tuple, @m->l4, @m->inner_len and flags
 *
 * Bytes behind the inner packet are allowed: they go back like all others.
 *
 * Return: 0, a reason, or NFG_MORE.
 */
int nfg_inner_parse(struct nfg_buf *b, struct nfg_meta *m);

#endif /* NFG_CORE_INNER_H */
