// SPDX-License-Identifier: GPL-2.0
#include <net/sock.h>

#include "compat.h"
#include "error.h"
#include "net.h"
#include "netlink.h"
#include "nl_rules.h"
#include "ruleset.h"

static int nfg_nl_do_set_new(struct nfg_draft *draft, struct genl_info *info)
{
	struct nlattr *type = info->attrs[NFG_A_SET_TYPE];
	struct nlattr *timeout = info->attrs[NFG_A_SET_TIMEOUT];
	const char *name = nfg_nl_get_name(info, NFG_A_SET_NAME, "set");
	struct nfg_set *set;

	if (!name)
		return -EINVAL;
	if (!type) {
		nfg_error(info->extack, NULL, "set %s: its type is missing", name);
		return -EINVAL;
	}
	if (nfg_set_find(&draft->sets, name)) {
		nfg_error(info->extack, info->attrs[NFG_A_SET_NAME], "there is a set %s already",
			  name);
		return -EEXIST;
	}
	if (draft->sets.n == NFG_SETS_MAX) {
		nfg_error(info->extack, NULL, "more than %u sets", NFG_SETS_MAX);
		return -E2BIG;
	}
	set = nfg_set_new(name, nla_get_u8(type), timeout ? nla_get_u32(timeout) : 0);
	if (!set || nfg_draft_add_set(draft, set)) {
		nfg_set_put(set);
		return -ENOMEM;
	}
	return 0;
}

int nfg_nl_set_new(struct sk_buff *skb, struct genl_info *info)
{
	return nfg_nl_in_draft(info, nfg_nl_do_set_new);
}

/* The set of a request, ready to be changed, and the elements; kvfree() those. */
static struct nfg_set *nfg_nl_edit_set(struct nfg_draft *draft, struct genl_info *info,
				       struct nfg_batch *batch)
{
	const char *name = nfg_nl_get_name(info, NFG_A_SET_NAME, "set");
	struct nlattr *elements = info->attrs[NFG_A_SET_ELEMENTS];
	struct nfg_named_set *named;
	int err;

	if (!name)
		return ERR_PTR(-EINVAL);
	if (!elements) {
		nfg_error(info->extack, NULL, "set %s: the elements are missing", name);
		return ERR_PTR(-EINVAL);
	}
	named = nfg_set_find(&draft->sets, name);
	if (!named) {
		nfg_error(info->extack, info->attrs[NFG_A_SET_NAME], "there is no set %s", name);
		return ERR_PTR(-ENOENT);
	}
	err = nfg_draft_edit_set(named);
	if (err)
		return ERR_PTR(err);
	err = nfg_nl_get_elements(batch, elements, nfg_set_field(named->set->type), named->set,
				  info->extack);
	return err ? ERR_PTR(err) : named->set;
}

static int nfg_nl_add_elements(struct nfg_set *set, bool v6, struct nfg_elem *elem, u32 n,
			       struct genl_info *info)
{
	u8 field = nfg_set_field(set->type);
	char buf[2][NFG_RANGE_LEN];
	struct nfg_range with;
	int err;

	err = nfg_set_add(set, v6, elem, n, &with);
	if (err == -EEXIST)
		nfg_error(info->extack, info->attrs[NFG_A_SET_ELEMENTS], "set %s: %s overlaps %s",
			  set->name, nfg_range_format(buf[0], &elem->range, field, v6),
			  nfg_range_format(buf[1], &with, field, v6));
	return err;
}

static int nfg_nl_do_set_add(struct nfg_draft *draft, struct genl_info *info)
{
	struct nfg_batch batch;
	struct nfg_set *set = nfg_nl_edit_set(draft, info, &batch);
	int err;

	if (IS_ERR(set))
		return PTR_ERR(set);
	err = nfg_nl_add_elements(set, false, batch.elem, batch.n[0], info);
	if (!err)
		err = nfg_nl_add_elements(set, true, batch.elem + batch.n[0], batch.n[1], info);
	kvfree(batch.elem);
	if (!err && nfg_set_count(set) > NFG_ELEMENTS_MAX) {
		nfg_error(info->extack, NULL, "set %s: more than %u elements", set->name,
			  NFG_ELEMENTS_MAX);
		err = -E2BIG;
	}
	return err;
}

int nfg_nl_set_add(struct sk_buff *skb, struct genl_info *info)
{
	return nfg_nl_in_draft(info, nfg_nl_do_set_add);
}

static int nfg_nl_delete_elements(struct nfg_set *set, bool v6, const struct nfg_elem *elem,
				  u32 n, struct genl_info *info)
{
	u32 deleted = nfg_set_delete(set, v6, elem, n);
	char buf[NFG_RANGE_LEN];

	if (deleted == n)
		return 0;
	nfg_error(info->extack, info->attrs[NFG_A_SET_ELEMENTS], "set %s: there is no element %s",
		  set->name, nfg_range_format(buf, &elem[deleted].range,
					      nfg_set_field(set->type), v6));
	return -ENOENT;
}

static int nfg_nl_do_set_delete(struct nfg_draft *draft, struct genl_info *info)
{
	struct nfg_batch batch;
	struct nfg_set *set = nfg_nl_edit_set(draft, info, &batch);
	int err;

	if (IS_ERR(set))
		return PTR_ERR(set);
	err = nfg_nl_delete_elements(set, false, batch.elem, batch.n[0], info);
	if (!err)
		err = nfg_nl_delete_elements(set, true, batch.elem + batch.n[0], batch.n[1], info);
	kvfree(batch.elem);
	return err;
}

int nfg_nl_set_delete(struct sk_buff *skb, struct genl_info *info)
{
	return nfg_nl_in_draft(info, nfg_nl_do_set_delete);
}

static const struct nfg_elem *nfg_set_elem(const struct nfg_set *set, u32 number, bool *v6)
{
	*v6 = number >= set->elems[0].n;
	return *v6 ? &set->elems[1].elem[number - set->elems[0].n] : &set->elems[0].elem[number];
}

/* As many elements as there is room for, from *@number on, which is moved on. */
static int nfg_nl_put_elements(struct sk_buff *msg, const struct nfg_set *set, long *number)
{
	u64 now = nfg_set_now();
	struct nfg_element *e;
	struct nlattr *attr;
	u32 n, room, i;
	bool v6;

	/* it may be more than all after a change */
	if (*number >= nfg_set_count(set))
		return 0;
	n = nfg_set_count(set) - *number;
	room = skb_tailroom(msg) > NLA_HDRLEN ? (skb_tailroom(msg) - NLA_HDRLEN) / sizeof(*e) : 0;
	/* an attribute's length has 16 bits */
	n = min3(n, room, (u32)((U16_MAX - NLA_HDRLEN) / sizeof(*e)));
	attr = n ? nla_reserve(msg, NFG_A_SET_ELEMENTS, n * sizeof(*e)) : NULL;
	if (!attr)
		return -EMSGSIZE;
	e = nla_data(attr);
	for (i = 0; i < n; i++) {
		const struct nfg_elem *elem = nfg_set_elem(set, *number + i, &v6);

		nfg_nl_put_range(&e[i], &elem->range, nfg_set_field(set->type), v6);
		if (elem->expires != NFG_NEVER)
			e[i].timeout = elem->expires > now ? elem->expires - now : 1;
	}
	*number += n;
	return 0;
}

static int nfg_nl_put_set(struct sk_buff *msg, struct netlink_callback *cb,
			  const struct nfg_set *set, long *number)
{
	void *hdr = genlmsg_put(msg, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
				&nfg_nl_family, NLM_F_MULTI, NFG_CMD_SET_GET);

	if (!hdr)
		return -EMSGSIZE;
	genl_dump_check_consistent(cb, hdr);
	if (nla_put_string(msg, NFG_A_SET_NAME, set->name) ||
	    nla_put_u8(msg, NFG_A_SET_TYPE, set->type) ||
	    nla_put_u32(msg, NFG_A_SET_TIMEOUT, set->timeout) ||
	    nfg_nl_put_elements(msg, set, number)) {
		genlmsg_cancel(msg, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, hdr);
	return 0;
}

/* cb->args: set, how many of its elements are done, and whether there was one. */
static int nfg_nl_dump_sets(struct sk_buff *skb, struct netlink_callback *cb,
			    const struct nfg_ruleset *rs)
{
	const struct nlattr *name = nfg_dump_attrs(cb)[NFG_A_SET_NAME];

	for (; cb->args[0] < rs->n_sets; cb->args[0]++, cb->args[1] = 0) {
		const struct nfg_set *set = rs->sets[cb->args[0]];

		if (name && nla_strcmp(name, set->name))
			continue;
		cb->args[2] = true;
		do {
			if (nfg_nl_put_set(skb, cb, set, &cb->args[1]))
				return skb->len ?: -EMSGSIZE;
		} while (cb->args[1] < nfg_set_count(set));
	}
	if (name && !cb->args[2]) {
		nfg_error(cb->extack, name, "there is no set %s", (char *)nla_data(name));
		return -ENOENT;
	}
	return skb->len;
}

int nfg_nl_set_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nfg_net *nn = nfg_pernet(sock_net(skb->sk));
	const struct nfg_ruleset *rs = nfg_nl_lock_rules(nn);
	int ret;

	cb->seq = rs->generation;
	ret = nfg_nl_dump_sets(skb, cb, rs);
	mutex_unlock(&nn->lock);
	return ret;
}
