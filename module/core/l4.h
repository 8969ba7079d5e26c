/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_CORE_L4_H
#define NFG_CORE_L4_H

#include "packet.h"

/**
 * nfg_l4_parse() - validate the transport header of the inner packet
 * @b: window on the packet
 * @m: @m->l4, protocol and fragment flags are set; gets the tuple's ports
 *
 * Called for whole packets and first fragments.  Protocols without ports are
 * accepted as they are.
 *
 * Return: 0, NFG_REASON_INNER_L4, or NFG_MORE.
 */
int nfg_l4_parse(struct nfg_buf *b, struct nfg_meta *m);

#endif /* NFG_CORE_L4_H */
