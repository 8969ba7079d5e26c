/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The first of many rules that matches, without trying one after the other.
 *
 * Each field cuts its values into ranges that the same rules care about; a
 * binary search finds the range of a packet's value and with it one bit per
 * rule; the first bit common to all fields is the rule (Lakshman and Stiliadis,
 * SIGCOMM 1998; summaries of the bit vectors as in Baboescu and Varghese,
 * SIGCOMM 2001).
 */
#ifndef NFG_CORE_INDEX_H
#define NFG_CORE_INDEX_H

#include "effort.h"
#include "match.h"

struct nfg_index;

/**
 * nfg_index_build() - make an index
 * @index: gets it; nfg_index_free() frees it
 * @match: rules, first match first
 * @n: how many, may be 0
 * @max: bytes it may take
 * @effort: work it may take; what is left
 *
 * The index keeps no reference to @match or what it points to.
 *
 * Context: process, may sleep.
 * Return: 0, -ENOMEM without memory, -E2BIG when it would take more than @max or
 * @effort, -EINTR when the process is being killed.
 */
int nfg_index_build(struct nfg_index **index, const struct nfg_match *match, u32 n, size_t max,
		    struct nfg_effort *effort);

/**
 * nfg_index_lookup() - the first rule that matches
 * @index: index
 * @q: packet
 *
 * Context: any.
 * Return: its number, or the number of rules when none matches.
 */
u32 nfg_index_lookup(const struct nfg_index *index, const struct nfg_query *q);

/**
 * nfg_index_size() - memory of an index
 * @index: index
 *
 * Return: bytes.
 */
size_t nfg_index_size(const struct nfg_index *index);

void nfg_index_free(struct nfg_index *index);

#endif /* NFG_CORE_INDEX_H */
