/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_CORE_OUTER_H
#define NFG_CORE_OUTER_H

#include "packet.h"

/**
 * nfg_outer_parse() - validate the outer IPv4 and UDP headers
 * @b: window on the packet; @b->total is the packet without link padding
 * @m: gets @m->peer and @m->geneve
 *
 * GWLB sends no IP options and no fragments.  A TTL that would reach 0 ends
 * here, as in a router (RFC 1812 section 5.3.1).  The UDP length must cover the
 * IPv4 payload exactly: bytes behind it would be carried along unseen.
 *
 * Return: 0, a reason, or NFG_MORE.
 */
int nfg_outer_parse(struct nfg_buf *b, struct nfg_meta *m);

#endif /* NFG_CORE_OUTER_H */
