/* SPDX-License-Identifier: GPL-2.0 */
/* Endpoint ids as AWS writes them. */
#ifndef NFG_CORE_VPCE_H
#define NFG_CORE_VPCE_H

#include "port.h"

/* "vpce-", 17 digits and the terminating zero */
#define NFG_VPCE_LEN	23

/**
 * nfg_vpce_format() - write an endpoint id
 * @buf: gets "vpce-0" and 16 hex digits, or "vpce-" and 8 for an id of the old,
 *	short form (upper 32 bits zero)
 * @size: room in @buf; NFG_VPCE_LEN is enough
 * @id: endpoint id, host byte order
 */
void nfg_vpce_format(char *buf, size_t size, u64 id);

/**
 * nfg_vpce_parse() - read an endpoint id
 * @s: one of the two forms nfg_vpce_format() writes, or 1 to 16 hex digits with
 *	or without 0x; in any case
 * @id: gets the id, host byte order; unchanged on error
 *
 * Return: 0 or -EINVAL.
 */
int nfg_vpce_parse(const char *s, u64 *id);

#endif /* NFG_CORE_VPCE_H */
