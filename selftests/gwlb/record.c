// SPDX-License-Identifier: GPL-2.0
/*
 * Remembers, for the last RECORDS_MAX packets, the hash of the inner packet
 * and how it was sent.  An answer is judged by what was sent then, whatever
 * happened to its flow since.
 */
#include "gwlb.h"

/* Equal packets share a chain; the newest, which is first, is wanted most. */
#define CHAIN_MAX	1024

/* The oldest record is the last one of its chain. */
static void record_forget(struct records *r, const struct record *oldest)
{
	if (oldest->prev)
		r->slot[oldest->prev - 1].next = 0;
	else
		r->chain[oldest->hash % RECORDS_MAX] = 0;
}

void record_add(struct gwlb *g, const struct record *record)
{
	struct records *r = &g->records;
	uint32_t index = r->head;
	struct record *slot = &r->slot[index];
	uint32_t *chain = &r->chain[record->hash % RECORDS_MAX];

	r->head = (index + 1) % RECORDS_MAX;
	if (slot->used)
		record_forget(r, slot);
	*slot = *record;
	slot->used = true;
	slot->answered = false;
	slot->prev = 0;
	slot->next = *chain;
	if (*chain)
		r->slot[*chain - 1].prev = index + 1;
	*chain = index + 1;
}

/*
 * Tenants with the same addresses can have the same packet on the way: one
 * with this @cookie is preferred, and one that waits for its answer.
 *
 * Return: the record, or NULL.
 */
struct record *record_find(struct gwlb *g, uint64_t hash, uint32_t cookie)
{
	struct records *r = &g->records;
	struct record *best = NULL;
	unsigned int best_score = 0, steps = 0;

	for (uint32_t i = r->chain[hash % RECORDS_MAX]; i && steps < CHAIN_MAX; steps++) {
		struct record *slot = &r->slot[i - 1];
		unsigned int score = 1 + 2 * (slot->cookie == cookie) + !slot->answered;

		i = slot->next;
		if (slot->hash != hash || score <= best_score)
			continue;
		best = slot;
		best_score = score;
		if (score == 4)
			break;
	}
	return best;
}
