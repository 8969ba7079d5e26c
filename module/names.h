/* SPDX-License-Identifier: GPL-2.0 */
/* Things that have an order and a name, found by name. */
#ifndef NFG_NAMES_H
#define NFG_NAMES_H

#include <linux/list.h>
#include <linux/types.h>

/**
 * struct nfg_name - in each of the things
 * @list: in their order
 * @node: in a bucket
 * @hash: of the name
 * @name: points to the name
 */
struct nfg_name {
	struct list_head list;
	struct hlist_node node;
	u32 hash;
	const char *name;
};

/**
 * struct nfg_names - the things
 * @list: in their order
 * @n: how many
 * @mask: buckets - 1
 * @bucket: hash table
 * @first: all of it at first
 */
struct nfg_names {
	struct list_head list;
	u32 n;
	u32 mask;
	struct hlist_head *bucket;
	struct hlist_head first;
};

/**
 * nfg_names_init() - none
 * @names: things; must stay where they are
 */
void nfg_names_init(struct nfg_names *names);

/**
 * nfg_names_exit() - forget the things
 * @names: whose things are the caller's to free
 *
 * Context: process, may sleep.
 */
void nfg_names_exit(struct nfg_names *names);

/**
 * nfg_names_find() - find one by its name
 * @names: things
 * @name: name
 *
 * Return: it, NULL when there is none.
 */
struct nfg_name *nfg_names_find(const struct nfg_names *names, const char *name);

/**
 * nfg_names_add() - add one
 * @names: things
 * @item: it; none of @names has its name
 * @name: its name, which lives as long
 * @before: it comes before this one; NULL: at the end
 *
 * Context: process, may sleep.
 */
void nfg_names_add(struct nfg_names *names, struct nfg_name *item, const char *name,
		   struct nfg_name *before);

/**
 * nfg_names_delete() - take one away
 * @names: things
 * @item: one of them
 */
void nfg_names_delete(struct nfg_names *names, struct nfg_name *item);

#endif /* NFG_NAMES_H */
