// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/stringhash.h>

#include "names.h"

void nfg_names_init(struct nfg_names *names)
{
	INIT_LIST_HEAD(&names->list);
	INIT_HLIST_HEAD(&names->first);
	names->n = 0;
	names->mask = 0;
	names->bucket = &names->first;
}

static void nfg_names_free(struct nfg_names *names)
{
	if (names->bucket != &names->first)
		kvfree(names->bucket);
}

void nfg_names_exit(struct nfg_names *names)
{
	nfg_names_free(names);
	nfg_names_init(names);
}

static u32 nfg_names_hash(const char *name)
{
	return full_name_hash(NULL, name, strlen(name));
}

struct nfg_name *nfg_names_find(const struct nfg_names *names, const char *name)
{
	u32 hash = nfg_names_hash(name);
	struct nfg_name *item;

	hlist_for_each_entry(item, &names->bucket[hash & names->mask], node)
		if (item->hash == hash && !strcmp(item->name, name))
			return item;
	return NULL;
}

/* More buckets; without memory it goes on, slower, with those there are. */
static void nfg_names_grow(struct nfg_names *names)
{
	u32 buckets = (names->mask + 1) * 4;
	struct hlist_head *bucket = kvcalloc(buckets, sizeof(*bucket), GFP_KERNEL_ACCOUNT);
	struct nfg_name *item;

	if (!bucket)
		return;
	names->mask = buckets - 1;
	list_for_each_entry(item, &names->list, list)
		hlist_add_head(&item->node, &bucket[item->hash & names->mask]);
	nfg_names_free(names);
	names->bucket = bucket;
}

void nfg_names_add(struct nfg_names *names, struct nfg_name *item, const char *name,
		   struct nfg_name *before)
{
	if (names->n > names->mask)
		nfg_names_grow(names);
	item->name = name;
	item->hash = nfg_names_hash(name);
	hlist_add_head(&item->node, &names->bucket[item->hash & names->mask]);
	list_add_tail(&item->list, before ? &before->list : &names->list);
	names->n++;
}

void nfg_names_delete(struct nfg_names *names, struct nfg_name *item)
{
	hlist_del(&item->node);
	list_del(&item->list);
	names->n--;
}
