/* SPDX-License-Identifier: GPL-2.0 */
/* Named sets: elements that do not overlap, some of which go away by themselves. */
#ifndef NFG_SET_H
#define NFG_SET_H

#include <linux/nf_geneve.h>
#include <linux/refcount.h>

#include "core/match.h"
#include "names.h"

#define NFG_NEVER	U64_MAX

/**
 * struct nfg_elem - an element
 * @range: its values
 * @expires: when it goes away, nfg_set_now(); NFG_NEVER
 */
struct nfg_elem {
	struct nfg_range range;
	u64 expires;
};

/**
 * struct nfg_elems - elements
 * @elem: ascending, disjoint
 * @n: how many
 * @room: for how many there is memory
 */
struct nfg_elems {
	struct nfg_elem *elem;
	u32 n;
	u32 room;
};

/**
 * struct nfg_set - a named set
 * @refs: rulesets, policies and transactions that have it
 * @type: enum nfg_set_type
 * @sealed: it is in a ruleset and does not change any more
 * @timeout: milliseconds; what elements get that come without one, 0: none
 * @expires: when the first element goes away, once sealed
 * @elems: as the families of struct nfg_values
 * @values: the same for conditions, once sealed
 * @name: its name
 */
struct nfg_set {
	refcount_t refs;
	u8 type;
	bool sealed;
	u32 timeout;
	u64 expires;
	struct nfg_elems elems[2];
	struct nfg_values values;
	char name[NFG_NAME_LEN_MAX + 1];
};

/**
 * nfg_set_now() - the clock of elements
 *
 * Return: milliseconds since boot.
 */
u64 nfg_set_now(void);

/**
 * nfg_set_field() - a field that a set can be compared with
 * @type: enum nfg_set_type
 *
 * Return: enum nfg_field; NFG_FIELD_SADDR and _SPORT stand for both ends.
 */
u8 nfg_set_field(u8 type);

/**
 * nfg_set_fits() - can a field be compared with a set?
 * @type: enum nfg_set_type
 * @field: enum nfg_field
 *
 * Return: true when it can.
 */
bool nfg_set_fits(u8 type, u8 field);

/**
 * nfg_set_new() - an empty set
 * @name: name, not too long
 * @type: enum nfg_set_type
 * @timeout: of elements without a timeout of their own, 0: none
 *
 * Context: process, may sleep.
 * Return: set, NULL without memory.
 */
struct nfg_set *nfg_set_new(const char *name, u8 type, u32 timeout);

/**
 * nfg_set_copy() - a set that is like another one, but may be changed
 * @set: the other one
 *
 * Context: process, may sleep.
 * Return: set, NULL without memory.
 */
struct nfg_set *nfg_set_copy(const struct nfg_set *set);

static inline struct nfg_set *nfg_set_get(struct nfg_set *set)
{
	refcount_inc(&set->refs);
	return set;
}

/**
 * nfg_set_put() - one reference less; the last one frees the set
 * @set: set, or NULL
 *
 * Context: process, may sleep.
 */
void nfg_set_put(struct nfg_set *set);

/* a set among those of a transaction */
struct nfg_named_set {
	struct nfg_name name;
	struct nfg_set *set;
};

/* In a transaction @set, whose reference is handed over, takes another one's place. */
static inline void nfg_named_set_replace(struct nfg_named_set *named, struct nfg_set *set)
{
	nfg_set_put(named->set);
	named->set = set;
	named->name.name = set->name;
}

static inline struct nfg_named_set *nfg_set_find(const struct nfg_names *sets, const char *name)
{
	struct nfg_name *item = nfg_names_find(sets, name);

	return item ? container_of(item, struct nfg_named_set, name) : NULL;
}

/**
 * nfg_elems_ranges() - the values of elements
 * @elem: elements in any order
 * @n: how many
 *
 * Context: process, may sleep.
 * Return: what nfg_free() frees, NULL without memory.
 */
struct nfg_ranges *nfg_elems_ranges(const struct nfg_elem *elem, u32 n);

static inline u32 nfg_set_count(const struct nfg_set *set)
{
	return set->elems[0].n + set->elems[1].n;
}

/**
 * nfg_set_size() - memory of a set
 * @set: set
 *
 * Return: bytes.
 */
size_t nfg_set_size(const struct nfg_set *set);

/**
 * nfg_set_add() - add elements
 * @set: not sealed; after an error only good to be thrown away
 * @v6: the elements are IPv6 addresses
 * @elem: elements in any order, best ascending; is made unusable
 * @n: how many
 * @with: gets the element that @elem[0] overlaps, with -EEXIST
 *
 * Those that are there already get the new expiry.
 *
 * Context: process, may sleep.
 * Return: 0, -EEXIST when two overlap that are not equal, or -ENOMEM.
 */
int nfg_set_add(struct nfg_set *set, bool v6, struct nfg_elem *elem, u32 n,
		struct nfg_range *with);

/**
 * nfg_set_delete() - take elements away
 * @set: not sealed; after an error only good to be thrown away
 * @v6: the elements are IPv6 addresses
 * @elem: elements
 * @n: how many
 *
 * Context: process, may sleep.
 * Return: how many of them; when it is less than @n, the next is not in the set.
 */
u32 nfg_set_delete(struct nfg_set *set, bool v6, const struct nfg_elem *elem, u32 n);

/**
 * nfg_set_expire() - take elements away whose time is over
 * @set: not sealed
 * @now: time
 *
 * Context: process, may sleep.
 */
void nfg_set_expire(struct nfg_set *set, u64 now);

/**
 * nfg_set_seal() - no more changes
 * @set: set
 *
 * Context: process, may sleep.
 * Return: 0 or -ENOMEM.
 */
int nfg_set_seal(struct nfg_set *set);

/**
 * nfg_set_equal() - are two sets the same?
 * @a: set
 * @b: set
 *
 * Return: true when one can stand for the other.
 */
bool nfg_set_equal(const struct nfg_set *a, const struct nfg_set *b);

#endif /* NFG_SET_H */
