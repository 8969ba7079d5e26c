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

/**
 * nfg_ipv4_addresses() - addresses of an IPv4 header
 * @t: gets them
 * @ip: header
 */
void nfg_ipv4_addresses(struct nfg_tuple *t, const u8 *ip);

/**
 * nfg_ipv6_is_extension() - does an extension header follow?
 * @next: Next Header
 *
 * Return: true for those that are walked.
 */
bool nfg_ipv6_is_extension(u8 next);

#endif /* NFG_CORE_INNER_H */
