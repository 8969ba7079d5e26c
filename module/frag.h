/* SPDX-License-Identifier: GPL-2.0 */
/* Fragments of inner packets: later ones have the ports of the first. */
#ifndef NFG_FRAG_H
#define NFG_FRAG_H

#include <linux/list.h>
#include <linux/siphash.h>
#include <linux/spinlock.h>

#include "core/packet.h"

#define NFG_FRAG_HASH_BITS	8
/* Fragmented packets remembered at most; the oldest makes room. */
#define NFG_FRAGS_MAX		4096

/**
 * struct nfg_frags - fragmented packets of a namespace whose first fragment was seen
 * @bucket: hash table
 * @oldest: all of them, in the order they came
 * @count: how many
 * @random: key of the hash, so that nobody outside can aim at a bucket
 * @lock: all of it; taken in softirq
 */
struct nfg_frags {
	struct hlist_head bucket[1 << NFG_FRAG_HASH_BITS];
	struct list_head oldest;
	u32 count;
	siphash_key_t random;
	spinlock_t lock; /* of all of it */
};

/**
 * nfg_frag_remember() - a first fragment
 * @frags: table
 * @m: first fragment
 *
 * Without memory it is forgotten: later fragments are unknown then.
 *
 * Context: softirq.
 */
void nfg_frag_remember(struct nfg_frags *frags, const struct nfg_meta *m);

/**
 * nfg_frag_recall() - a later fragment
 * @frags: table
 * @m: later fragment; gets the ports and the protocol of the first one
 *
 * Context: softirq.
 * Return: false when the first one is not known.
 */
bool nfg_frag_recall(struct nfg_frags *frags, struct nfg_meta *m);

void nfg_frags_init(struct nfg_frags *frags);

/**
 * nfg_frags_exit() - free everything
 * @frags: table that no packet can reach any more
 */
void nfg_frags_exit(struct nfg_frags *frags);

#endif /* NFG_FRAG_H */
