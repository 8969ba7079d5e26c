/* SPDX-License-Identifier: GPL-2.0 */
/* Ways to call the parser so that the sanitizer sees every byte too many. */
#ifndef NFG_UNIT_PARSE_H
#define NFG_UNIT_PARSE_H

#include "packet.h"
#include "vectors.h"

/* The packet as a whole, in a heap block of exactly its size. */
int parse_whole(const u8 *data, u32 len, struct nfg_meta *m);

/*
 * The packet through a window that starts with @linear bytes and grows as the
 * parser asks; a block of its own for each size.  -2: asked for nonsense.
 */
int parse_window(const u8 *data, u32 len, u32 linear, struct nfg_meta *m);

bool tuple_equal(const struct nfg_tuple *a, const struct nfg_tuple *b);

/* Did both find the same?  Compares what the flags say is valid. */
bool meta_equal(int ret, const struct nfg_meta *a, const struct nfg_meta *b);

/* Sets the outer lengths to @len, as if the packet had been built that short. */
void set_lengths(u8 *data, u32 len);

/* The reason of that name; NFG_REASON_NONE for a bouncing packet's "". */
int reason_by_name(const char *name);

/* Is the reason found by reading the bytes alone, by the parser? */
bool reason_of_parser(int reason);

#endif /* NFG_UNIT_PARSE_H */
