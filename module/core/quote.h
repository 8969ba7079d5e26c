/* SPDX-License-Identifier: GPL-2.0 */
/* The packet that an ICMP error quotes. */
#ifndef NFG_CORE_QUOTE_H
#define NFG_CORE_QUOTE_H

#include "packet.h"

/**
 * nfg_icmp_is_error() - is a message about another packet?
 * @version: 4 or 6
 * @type: type of the message
 *
 * RFC 792 and RFC 1122 section 3.2.2: destination unreachable, source quench,
 * redirect, time exceeded, parameter problem; RFC 4443 section 2.1: types below 128.
 *
 * Return: true when it quotes the packet it is about.
 */
bool nfg_icmp_is_error(u8 version, u8 type);

/**
 * nfg_quote_parse() - find the flow of the packet that an ICMP error quotes
 * @b: window
 * @m: parsed up to the ICMP header; gets the quote
 *
 * A quote that is too short, of a later fragment, or about another host than the
 * one the error goes to is none: nothing is wrong with the error itself.
 *
 * Return: 0, or NFG_MORE.
 */
int nfg_quote_parse(struct nfg_buf *b, struct nfg_meta *m);

#endif /* NFG_CORE_QUOTE_H */
