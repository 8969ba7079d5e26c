// SPDX-License-Identifier: GPL-2.0
/*
 * Later fragments have no ports, yet belong to the flow of the first one: a
 * small cache remembers its ports.  Fragments that come without their first
 * one make a flow of addresses and protocol alone.
 */
#include "gwlb.h"

void fragment_follow(struct gwlb *g, unsigned int endpoint, struct inner *in)
{
	struct fragment *f;
	uint64_t key;

	if (!in->fragment)
		return;
	key = hash_mix((uint64_t)endpoint << 40 ^ (uint64_t)in->proto << 32 ^ in->frag_id);
	key = hash_bytes(&in->src, sizeof(in->src), key);
	key = hash_bytes(&in->dst, sizeof(in->dst), key);
	f = &g->fragments[key % FRAGMENTS_MAX];
	if (!in->later) {
		f->key = key;
		f->sport = in->sport;
		f->dport = in->dport;
	} else if (f->key == key) {
		in->sport = f->sport;
		in->dport = f->dport;
	}
}
