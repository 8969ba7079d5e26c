/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_CORE_GENEVE_H
#define NFG_CORE_GENEVE_H

#include "packet.h"

/* RFC 8926 section 3.4 */
#define NFG_GENEVE_LEN		8
#define NFG_GENEVE_VERSION(b0)	((b0) >> 6)
#define NFG_GENEVE_OPTLEN(b0)	(((b0) & 0x3f) * 4)
#define NFG_GENEVE_CONTROL	0x80
#define NFG_GENEVE_PROTO	2
/* EtherTypes of the payload */
#define NFG_GENEVE_IPV4		0x0800
#define NFG_GENEVE_IPV6		0x86dd

/* Options: RFC 8926 section 3.5 */
#define NFG_OPT_LEN		4
#define NFG_OPT_TYPE		2
#define NFG_OPT_CRITICAL	0x80
#define NFG_OPT_SIZE(b3)	(NFG_OPT_LEN + ((b3) & 0x1f) * 4)

/**
 * nfg_geneve_parse() - validate the GENEVE header and its options
 * @b: window on the packet
 * @m: @m->geneve is where the header lies; gets @m->inner, and endpoint and
 *	cookie with NFG_META_PROFILE
 *
 * Of several faults the outermost counts: base header, bounds of the options,
 * critical options, protocol, then what the profile demands.
 *
 * Return: 0, a reason, or NFG_MORE.
 */
int nfg_geneve_parse(struct nfg_buf *b, struct nfg_meta *m);

#endif /* NFG_CORE_GENEVE_H */
