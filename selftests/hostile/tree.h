/* SPDX-License-Identifier: GPL-2.0 */
/* A message's attributes as a tree: made, spoiled, and put into bytes. */
#ifndef NFG_HOSTILE_TREE_H
#define NFG_HOSTILE_TREE_H

#include "port.h"

/* Bytes of a message; one more does not get through a socket. */
#define MESSAGE_MAX	(192 << 10)

/**
 * struct node - an attribute
 * @type: its type, with or without NLA_F_*
 * @lie: what its length is said to be besides what it is
 * @len: bytes of @data
 * @data: its value, if it has no @child
 * @child: first of what it holds, and it is encoded as a nest of them
 * @next: the attribute behind it
 */
struct node {
	u16 type;
	int lie;
	u32 len;
	const u8 *data;
	struct node *child;
	struct node *next;
};

/* Nodes last until tree_reset(). @list: where to append one. */
void tree_reset(void);
struct node *tree_put(struct node **list, u16 type, const void *data, u32 len);
struct node *tree_nest(struct node **list, u16 type);

static inline void tree_u8(struct node **list, u16 type, u8 v)
{
	tree_put(list, type, &v, sizeof(v));
}

static inline void tree_u16(struct node **list, u16 type, u16 v)
{
	tree_put(list, type, &v, sizeof(v));
}

static inline void tree_u32(struct node **list, u16 type, u32 v)
{
	tree_put(list, type, &v, sizeof(v));
}

static inline void tree_u64(struct node **list, u16 type, u64 v)
{
	tree_put(list, type, &v, sizeof(v));
}

static inline void tree_string(struct node **list, u16 type, const char *text)
{
	tree_put(list, type, text, strlen(text) + 1);
}

/* Something in it is no more as it should be. */
void tree_spoil(struct node **list);

/* Into @to, as much as there is room for; returns how much. */
u32 tree_encode(const struct node *list, u8 *to, u32 room);

#endif /* NFG_HOSTILE_TREE_H */
