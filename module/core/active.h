/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A set of numbers that come and go, and the classes of what it has been:
 * whenever it has the same members, it is of the same class.
 */
#ifndef NFG_CORE_ACTIVE_H
#define NFG_CORE_ACTIVE_H

#include "bits.h"

/**
 * struct nfg_class - what the set has been once
 * @hash: of its members
 * @any: where in the pool its summary is; the words that are not 0 follow it
 */
struct nfg_class {
	u64 hash;
	u32 any;
};

/**
 * struct nfg_active - the set
 * @bits: members
 * @hash: of them
 * @pool: of the classes
 * @class: classes; the empty set is the first
 * @n: how many there are
 * @room: how many there is room for, half of the slots of @table
 * @table: finds a class: its number + 1, 0 where there is none
 */
struct nfg_active {
	struct nfg_bits bits;
	u64 hash;
	struct nfg_pool pool;
	struct nfg_class *class;
	u32 n;
	u32 room;
	u32 *table;
};

/**
 * nfg_active_init() - the empty set
 * @a: set, all zeros
 * @n: its members are below this
 * @max: words that the classes may take
 *
 * Context: process, may sleep.
 * Return: 0 or -ENOMEM; nfg_active_free() in both cases.
 */
int nfg_active_init(struct nfg_active *a, u32 n, size_t max);

/**
 * nfg_active_flip() - a number comes or goes
 * @a: set
 * @i: the number
 *
 * Context: process.
 */
void nfg_active_flip(struct nfg_active *a, u32 i);

/**
 * nfg_active_class() - the class of the set
 * @a: set
 * @class: gets its number
 *
 * Context: process, may sleep.
 * Return: 0, -ENOMEM, or -E2BIG when there are too many classes.
 */
int nfg_active_class(struct nfg_active *a, u32 *class);

/**
 * nfg_active_members() - who is in a class
 * @a: set
 * @class: number of a class
 * @member: gets them, ascending
 *
 * Context: process.
 * Return: how many there are.
 */
u32 nfg_active_members(const struct nfg_active *a, u32 class, u32 *member);

/**
 * nfg_active_free() - free what the set has
 * @a: set
 *
 * Context: process, may sleep.
 */
void nfg_active_free(struct nfg_active *a);

#endif /* NFG_CORE_ACTIVE_H */
