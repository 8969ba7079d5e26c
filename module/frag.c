// SPDX-License-Identifier: GPL-2.0
#include <linux/jiffies.h>
#include <linux/random.h>
#include <linux/slab.h>

#include "core/ip.h"
#include "frag.h"

/* As long as hosts wait for the others (RFC 8200 section 4.5). */
#define LIFETIME	(60 * HZ)

/* What fragments of a packet have in common (RFC 791 section 3.2, RFC 8200 section 4.5),
 * and what only the first has.
 */
struct nfg_frag {
	struct hlist_node node;
	struct list_head age;
	unsigned long seen;
	u64 endpoint;
	union nfg_addr saddr;
	union nfg_addr daddr;
	__be32 id;
	__be16 sport;
	__be16 dport;
	u8 version;
	u8 proto;
};

static u32 nfg_frag_bucket(const struct nfg_frags *frags, const struct nfg_meta *m)
{
	const u64 words[] = {
		m->endpoint, (__force u32)m->frag_id,
		m->tuple.saddr.words[0], m->tuple.saddr.words[1],
		m->tuple.daddr.words[0], m->tuple.daddr.words[1],
	};

	return siphash(words, sizeof(words), &frags->random) >> (64 - NFG_FRAG_HASH_BITS);
}

static bool nfg_frag_is(const struct nfg_frag *f, const struct nfg_meta *m)
{
	const struct nfg_tuple *t = &m->tuple;

	/* of IPv6 only the first fragment tells the protocol for sure */
	return f->id == m->frag_id && f->endpoint == m->endpoint && f->version == t->version &&
	       (f->version == 6 || f->proto == t->proto) &&
	       !memcmp(&f->saddr, &t->saddr, sizeof(f->saddr)) &&
	       !memcmp(&f->daddr, &t->daddr, sizeof(f->daddr));
}

static struct nfg_frag *nfg_frag_find(struct nfg_frags *frags, const struct nfg_meta *m)
{
	struct nfg_frag *f;

	hlist_for_each_entry(f, &frags->bucket[nfg_frag_bucket(frags, m)], node)
		if (nfg_frag_is(f, m))
			return time_after(jiffies, f->seen + LIFETIME) ? NULL : f;
	return NULL;
}

static void nfg_frag_free(struct nfg_frags *frags, struct nfg_frag *f)
{
	hlist_del(&f->node);
	list_del(&f->age);
	frags->count--;
	kfree(f);
}

/* Those that are too old, and one more if there is no room. */
static void nfg_frags_shrink(struct nfg_frags *frags)
{
	struct nfg_frag *f, *next;

	list_for_each_entry_safe(f, next, &frags->oldest, age) {
		if (frags->count < NFG_FRAGS_MAX && !time_after(jiffies, f->seen + LIFETIME))
			break;
		nfg_frag_free(frags, f);
	}
}

void nfg_frag_remember(struct nfg_frags *frags, const struct nfg_meta *m)
{
	struct nfg_frag *f;

	spin_lock(&frags->lock);
	nfg_frags_shrink(frags);
	f = nfg_frag_find(frags, m);
	if (!f) {
		f = kzalloc(sizeof(*f), GFP_ATOMIC | __GFP_NOWARN);
		if (!f)
			goto unlock;
		f->endpoint = m->endpoint;
		f->saddr = m->tuple.saddr;
		f->daddr = m->tuple.daddr;
		f->id = m->frag_id;
		f->version = m->tuple.version;
		hlist_add_head(&f->node, &frags->bucket[nfg_frag_bucket(frags, m)]);
		list_add_tail(&f->age, &frags->oldest);
		frags->count++;
	}
	f->sport = m->tuple.sport;
	f->dport = m->tuple.dport;
	f->proto = m->tuple.proto;
	f->seen = jiffies;
	list_move_tail(&f->age, &frags->oldest);
unlock:
	spin_unlock(&frags->lock);
}

bool nfg_frag_recall(struct nfg_frags *frags, struct nfg_meta *m)
{
	const struct nfg_frag *f;

	spin_lock(&frags->lock);
	f = nfg_frag_find(frags, m);
	if (f) {
		m->tuple.sport = f->sport;
		m->tuple.dport = f->dport;
		m->tuple.proto = f->proto;
	}
	spin_unlock(&frags->lock);
	return f;
}

void nfg_frags_init(struct nfg_frags *frags)
{
	spin_lock_init(&frags->lock);
	INIT_LIST_HEAD(&frags->oldest);
	get_random_bytes(&frags->random, sizeof(frags->random));
}

void nfg_frags_exit(struct nfg_frags *frags)
{
	struct nfg_frag *f, *next;

	list_for_each_entry_safe(f, next, &frags->oldest, age)
		nfg_frag_free(frags, f);
}
