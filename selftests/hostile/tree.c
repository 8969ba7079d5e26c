// SPDX-License-Identifier: GPL-2.0
#include <linux/netlink.h>

#include "random.h"
#include "tree.h"

#define ARENA		(4 << 20)
#define NESTS_MAX	40
#define COPIES_MAX	1500
#define HUGE_MAX	66000

static u8 arena[ARENA] __attribute__((aligned(16)));
static u32 used;

void tree_reset(void)
{
	used = 0;
}

static void *take(u32 len)
{
	void *p = arena + used;

	len = (len + 15) & ~15;
	if (used + len > ARENA)
		abort();
	used += len;
	return p;
}

static struct node *append(struct node **list, u16 type)
{
	struct node *node = take(sizeof(*node));

	while (*list)
		list = &(*list)->next;
	*node = (struct node){ .type = type };
	*list = node;
	return node;
}

struct node *tree_put(struct node **list, u16 type, const void *data, u32 len)
{
	struct node *node = append(list, type);
	u8 *copy = take(len);

	memcpy(copy, data, len);
	node->data = copy;
	node->len = len;
	return node;
}

struct node *tree_nest(struct node **list, u16 type)
{
	return append(list, type | NLA_F_NESTED);
}

static u32 count(const struct node *list)
{
	u32 n = 0;

	for (; list; list = list->next)
		n += 1 + count(list->child);
	return n;
}

/* The place in the list that node number @n, counted down, hangs on. */
static struct node **find(struct node **list, u32 *n)
{
	struct node **found;

	for (; *list; list = &(*list)->next) {
		if (!(*n)--)
			return list;
		found = find(&(*list)->child, n);
		if (found)
			return found;
	}
	return NULL;
}

static struct node **any(struct node **list)
{
	u32 n = count(*list);

	if (!n)
		return NULL;
	n = random_below(n);
	return find(list, &n);
}

static u8 *noise(u32 len)
{
	u8 *data = take(len), fill = random64();
	bool same = random_once_in(2);

	for (u32 i = 0; i < len; i++)
		data[i] = same ? fill : random64();
	return data;
}

static void spoil_length(struct node *node)
{
	u32 len = random_once_in(3) ? random_below(node->len + 9) : node->len + random_below(9) - 4;
	u8 *data;

	if (node->child || len > HUGE_MAX)
		return;
	data = noise(len);
	memcpy(data, node->data, len < node->len ? len : node->len);
	node->data = data;
	node->len = len;
}

static void spoil_value(struct node *node)
{
	static const u64 edges[] = { 0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff,
				     0x80000000, 0xffffffff, ~0ULL, 1ULL << 63 };
	u64 edge = edges[random_below(ARRAY_SIZE(edges))];
	u8 *data = noise(node->len);

	if (node->child)
		return;
	if (node->len <= sizeof(edge) && random_once_in(2)) {
		memcpy(data, &edge, node->len);
	} else if (node->len && random_once_in(2)) {
		memcpy(data, node->data, node->len);
		data[random_below(node->len)] ^= 1 << random_below(8);
	}
	node->data = data;
}

static void spoil_type(struct node *node)
{
	switch (random_below(4)) {
	case 0:
		node->type ^= NLA_F_NESTED;
		break;
	case 1:
		node->type ^= NLA_F_NET_BYTEORDER;
		break;
	case 2:
		node->type = random64();
		break;
	default:
		node->type = (node->type & ~NLA_TYPE_MASK) | random_below(32);
	}
}

static void spoil_lie(struct node *node)
{
	static const int lies[] = { -1, 1, -4, 4, -8, 8, 100, -5, 3, 40000, 65535 };

	node->lie = random_once_in(4) ? (int)random_below(70000) - 35000 :
					lies[random_below(ARRAY_SIZE(lies))];
}

static void spoil_depth(struct node *node)
{
	u32 n = 1 + random_below(NESTS_MAX);
	struct node *inner;

	while (n--) {
		inner = take(sizeof(*inner));
		*inner = *node;
		inner->next = NULL;
		node->child = inner;
		node->type |= NLA_F_NESTED;
		node->lie = 0;
	}
}

static void spoil_huge(struct node *node)
{
	if (node->child)
		return;
	node->len = random_below(HUGE_MAX);
	node->data = noise(node->len);
}

/* Of its own down to the last child: what is shared could be moved into itself. */
static struct node *copy_of(const struct node *node)
{
	struct node *copy = take(sizeof(*copy));
	struct node **to = &copy->child;

	*copy = *node;
	for (node = node->child; node; node = node->next) {
		*to = copy_of(node);
		to = &(*to)->next;
	}
	*to = NULL;
	return copy;
}

static void spoil_copies(struct node *node)
{
	u32 n = random_once_in(2) ? 1 : 1 + random_below(COPIES_MAX / (1 + count(node->child)));
	struct node *copy;

	while (n--) {
		copy = copy_of(node);
		copy->next = node->next;
		node->next = copy;
	}
}

/* Somewhere else, or in front of the next one. */
static void spoil_place(struct node **list, struct node **at)
{
	struct node *node = *at, **other;

	*at = node->next;
	other = random_once_in(2) && *at ? &(*at)->next : any(list);
	if (!other)
		other = list;
	node->next = *other;
	*other = node;
}

static void spoil_foreign(struct node **list)
{
	struct node *node = take(sizeof(*node));
	u32 len = random_once_in(3) ? 1 << random_below(5) : random_below(64);

	*node = (struct node){ .type = random_below(40), .data = noise(len), .len = len };
	node->next = *list;
	*list = node;
}

void tree_spoil(struct node **list)
{
	struct node **at = any(list);

	if (used > ARENA / 2)
		return;
	if (!at) {
		spoil_foreign(list);
		return;
	}
	switch (random_below(12)) {
	case 0:
	case 1:
		*at = (*at)->next;
		break;
	case 2:
		spoil_length(*at);
		break;
	case 3:
	case 4:
		spoil_value(*at);
		break;
	case 5:
		spoil_type(*at);
		break;
	case 6:
		spoil_lie(*at);
		break;
	case 7:
		spoil_depth(*at);
		break;
	case 8:
		spoil_huge(*at);
		break;
	case 9:
		spoil_copies(*at);
		break;
	case 10:
		spoil_place(list, at);
		break;
	case 11:
		spoil_foreign(at);
		break;
	}
}

u32 tree_encode(const struct node *list, u8 *to, u32 room)
{
	u32 end = 0, len;
	struct nlattr attr;

	for (; list && end + NLA_HDRLEN <= room; list = list->next) {
		u8 *payload = to + end + NLA_HDRLEN;
		u32 left = room - end - NLA_HDRLEN;

		len = list->child ? tree_encode(list->child, payload, left) : list->len;
		if (len > left)
			break;
		if (!list->child)
			memcpy(payload, list->data, len);
		attr = (struct nlattr){ .nla_type = list->type,
					.nla_len = NLA_HDRLEN + len + list->lie };
		memcpy(to + end, &attr, sizeof(attr));
		end += NLA_HDRLEN + len;
		while (end % NLA_ALIGNTO && end < room)
			to[end++] = 0;
	}
	return end;
}
