// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/timekeeping.h>

#include "set.h"

u64 nfg_set_now(void)
{
	return ktime_to_ms(ktime_get_boottime());
}

u8 nfg_set_field(u8 type)
{
	static const u8 fields[] = {
		[NFG_SET_ADDR] = NFG_FIELD_SADDR,
		[NFG_SET_PORT] = NFG_FIELD_SPORT,
		[NFG_SET_PROTO] = NFG_FIELD_PROTO,
		[NFG_SET_ENDPOINT] = NFG_FIELD_ENDPOINT,
	};

	return fields[type];
}

bool nfg_set_fits(u8 type, u8 field)
{
	if (field == NFG_FIELD_DADDR)
		field = NFG_FIELD_SADDR;
	else if (field == NFG_FIELD_DPORT)
		field = NFG_FIELD_SPORT;
	return nfg_set_field(type) == field;
}

struct nfg_set *nfg_set_new(const char *name, u8 type, u32 timeout)
{
	struct nfg_set *set = kzalloc(sizeof(*set), GFP_KERNEL_ACCOUNT);

	if (!set)
		return NULL;
	refcount_set(&set->refs, 1);
	set->type = type;
	set->timeout = timeout;
	set->expires = NFG_NEVER;
	strscpy(set->name, name, sizeof(set->name));
	return set;
}

/* Room for @n elements more, and for some that may come later. */
static int nfg_elems_reserve(struct nfg_elems *e, u32 n)
{
	u32 room = e->n + n;
	struct nfg_elem *elem;

	if (room <= e->room)
		return 0;
	if (e->room)
		room = max(room, e->room + e->room / 2);
	elem = kvmalloc_array(room, sizeof(*elem), GFP_KERNEL_ACCOUNT);
	if (!elem)
		return -ENOMEM;
	if (e->n)
		memcpy(elem, e->elem, e->n * sizeof(*elem));
	kvfree(e->elem);
	e->elem = elem;
	e->room = room;
	return 0;
}

struct nfg_set *nfg_set_copy(const struct nfg_set *set)
{
	struct nfg_set *copy = nfg_set_new(set->name, set->type, set->timeout);
	int i;

	if (!copy)
		return NULL;
	for (i = 0; i < ARRAY_SIZE(set->elems); i++) {
		const struct nfg_elems *e = &set->elems[i];

		if (!e->n)
			continue;
		if (nfg_elems_reserve(&copy->elems[i], e->n)) {
			nfg_set_put(copy);
			return NULL;
		}
		memcpy(copy->elems[i].elem, e->elem, e->n * sizeof(*e->elem));
		copy->elems[i].n = e->n;
	}
	return copy;
}

void nfg_set_put(struct nfg_set *set)
{
	int i;

	if (!set || !refcount_dec_and_test(&set->refs))
		return;
	for (i = 0; i < ARRAY_SIZE(set->elems); i++) {
		kvfree(set->elems[i].elem);
		nfg_free(set->values.family[i]);
	}
	kfree(set);
}

size_t nfg_set_size(const struct nfg_set *set)
{
	size_t size = sizeof(*set);
	int i;

	for (i = 0; i < ARRAY_SIZE(set->elems); i++) {
		size += set->elems[i].room * sizeof(*set->elems[i].elem);
		if (set->values.family[i])
			size += set->values.family[i]->n * sizeof(struct nfg_range);
	}
	return size;
}

static int nfg_elem_cmp(const void *a, const void *b)
{
	const struct nfg_elem *p = a, *q = b;

	return nfg_key_cmp(&p->range.from, &q->range.from);
}

static void nfg_elems_sort(struct nfg_elem *elem, u32 n)
{
	u32 i;

	for (i = 1; i < n; i++)
		if (nfg_elem_cmp(&elem[i - 1], &elem[i]) > 0)
			break;
	if (i < n)
		sort(elem, n, sizeof(*elem), nfg_elem_cmp, NULL);
}

/* The first element that does not end before @key, or @e->n. */
static u32 nfg_elems_find(const struct nfg_elems *e, const struct nfg_key *key)
{
	u32 low = 0, high = e->n;

	/* mostly they come in order */
	if (!high || nfg_key_cmp(&e->elem[high - 1].range.to, key) < 0)
		return high;
	while (low < high) {
		u32 middle = low + (high - low) / 2;

		if (nfg_key_cmp(&e->elem[middle].range.to, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool nfg_range_equal(const struct nfg_range *a, const struct nfg_range *b)
{
	return !nfg_key_cmp(&a->from, &b->from) && !nfg_key_cmp(&a->to, &b->to);
}

/* Of ascending elements, those that neither @e has nor others equal; the count of
 * them.  Returns -EEXIST for overlaps: the element is then the first of @elem.
 */
static int nfg_elems_fresh(struct nfg_elems *e, struct nfg_elem *elem, u32 n,
			   struct nfg_range *with)
{
	struct nfg_elem *there;
	u32 i, fresh = 0;

	for (i = 0; i < n; i++) {
		u32 at = nfg_elems_find(e, &elem[i].range.from);

		nfg_breathe(i);
		if (fresh && nfg_key_cmp(&elem[fresh - 1].range.to, &elem[i].range.from) >= 0)
			there = &elem[fresh - 1];
		else if (at < e->n && nfg_key_cmp(&e->elem[at].range.from, &elem[i].range.to) <= 0)
			there = &e->elem[at];
		else
			there = NULL;
		if (!there) {
			elem[fresh++] = elem[i];
		} else if (nfg_range_equal(&there->range, &elem[i].range)) {
			there->expires = elem[i].expires;
		} else {
			*with = there->range;
			elem[0] = elem[i];
			return -EEXIST;
		}
	}
	return fresh;
}

int nfg_set_add(struct nfg_set *set, bool v6, struct nfg_elem *elem, u32 n,
		struct nfg_range *with)
{
	struct nfg_elems *e = &set->elems[v6];
	u32 from, to;
	int fresh;

	nfg_elems_sort(elem, n);
	fresh = nfg_elems_fresh(e, elem, n, with);
	if (fresh <= 0)
		return fresh;
	if (nfg_elems_reserve(e, fresh))
		return -ENOMEM;
	/* both are ascending: from the end they merge in place */
	from = e->n;
	e->n += fresh;
	for (to = e->n; fresh; to--) {
		nfg_breathe(to);
		if (from && nfg_elem_cmp(&e->elem[from - 1], &elem[fresh - 1]) > 0)
			e->elem[to - 1] = e->elem[--from];
		else
			e->elem[to - 1] = elem[--fresh];
	}
	return 0;
}

static void nfg_elems_expire(struct nfg_elems *e, u64 now)
{
	u32 i, left = 0;

	for (i = 0; i < e->n; i++) {
		nfg_breathe(i);
		if (e->elem[i].expires > now)
			e->elem[left++] = e->elem[i];
	}
	e->n = left;
}

void nfg_set_expire(struct nfg_set *set, u64 now)
{
	nfg_elems_expire(&set->elems[0], now);
	nfg_elems_expire(&set->elems[1], now);
}

u32 nfg_set_delete(struct nfg_set *set, bool v6, const struct nfg_elem *elem, u32 n)
{
	struct nfg_elems *e = &set->elems[v6];
	u32 i;

	for (i = 0; i < n; i++) {
		u32 at = nfg_elems_find(e, &elem[i].range.from);

		nfg_breathe(i);
		if (at == e->n || !e->elem[at].expires ||
		    !nfg_range_equal(&e->elem[at].range, &elem[i].range))
			break;
		e->elem[at].expires = 0;
	}
	nfg_elems_expire(e, 0);
	return i;
}

struct nfg_ranges *nfg_elems_ranges(const struct nfg_elem *elem, u32 n)
{
	struct nfg_ranges *ranges;
	struct nfg_range *range;
	u32 i;

	if (n == 1) {
		ranges = nfg_alloc(struct_size(ranges, range, n));
		if (ranges) {
			ranges->n = n;
			ranges->range[0] = elem->range;
		}
		return ranges;
	}
	range = kvmalloc_array(n, sizeof(*range), GFP_KERNEL);
	if (!range)
		return NULL;
	for (i = 0; i < n; i++) {
		nfg_breathe(i);
		range[i] = elem[i].range;
	}
	ranges = nfg_ranges_new(range, n);
	kvfree(range);
	return ranges;
}

int nfg_set_seal(struct nfg_set *set)
{
	u64 expires = NFG_NEVER;
	int i;
	u32 k;

	for (i = 0; i < ARRAY_SIZE(set->elems); i++) {
		const struct nfg_elems *e = &set->elems[i];

		if (!e->n)
			continue;
		set->values.family[i] = nfg_elems_ranges(e->elem, e->n);
		if (!set->values.family[i])
			return -ENOMEM;
		for (k = 0; k < e->n; k++)
			expires = min(expires, e->elem[k].expires);
	}
	set->expires = expires;
	set->sealed = true;
	return 0;
}

bool nfg_set_equal(const struct nfg_set *a, const struct nfg_set *b)
{
	int i;

	if (a->type != b->type || a->timeout != b->timeout)
		return false;
	for (i = 0; i < ARRAY_SIZE(a->elems); i++)
		if (a->elems[i].n != b->elems[i].n ||
		    memcmp(a->elems[i].elem, b->elems[i].elem,
			   a->elems[i].n * sizeof(*a->elems[i].elem)))
			return false;
	return true;
}
