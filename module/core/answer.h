/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a packet that a rule rejects is answered with: the inner packet of the
 * answer, made from the bytes of the one that it answers.
 */
#ifndef NFG_CORE_ANSWER_H
#define NFG_CORE_ANSWER_H

#include <linux/nf_geneve.h>

#include "packet.h"

/* The longest: RFC 4443 section 2.4 (c), IPv6's smallest MTU. */
#define NFG_ANSWER_MAX	1280

/**
 * nfg_answer_allowed() - may a packet be answered?
 * @inner: inner IP header; headers up to and with the transport header are
 *	readable if the packet has them
 * @m: what was parsed of the packet, the tuple is valid
 *
 * RFC 1122 section 3.2.2 and RFC 4443 section 2.4 (e) forbid answers to errors,
 * to fragments (of which only the first could be answered) and to packets not
 * from one host to one host; RFC 9293 section 3.10.7.1 those to a RST.
 *
 * Return: true when it may.
 */
bool nfg_answer_allowed(const u8 *inner, const struct nfg_meta *m);

/**
 * nfg_answer_need() - how much of a packet its answer is made of
 * @m: what was parsed of the packet
 * @how: enum nfg_reject
 *
 * Return: bytes from the inner IP header on.
 */
u32 nfg_answer_need(const struct nfg_meta *m, u8 how);

/**
 * nfg_answer_build() - make the inner packet of an answer
 * @to: room for NFG_ANSWER_MAX bytes
 * @inner: inner IP header, nfg_answer_need() bytes are readable
 * @m: what was parsed of the packet, for which nfg_answer_allowed() holds
 * @how: enum nfg_reject; a reset is for TCP, others get "port unreachable"
 *
 * Return: bytes of the answer.
 */
u32 nfg_answer_build(u8 *to, const u8 *inner, const struct nfg_meta *m, u8 how);

#endif /* NFG_CORE_ANSWER_H */
