// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <net/sock.h>

#include "core/vpce.h"
#include "error.h"
#include "net.h"
#include "netlink.h"
#include "nl_rules.h"
#include "ruleset.h"

/* The endpoint gets a name, which no other endpoint of the transaction may have. */
static int nfg_nl_bind_name(struct nfg_draft *draft, struct nfg_draft_endpoint *ep,
			    const struct nlattr *name, struct netlink_ext_ack *extack)
{
	struct nfg_name *other;
	int err;

	err = nfg_nl_endpoint_check_name(name, extack);
	if (err)
		return err;
	other = nfg_names_find(&draft->names, nla_data(name));
	if (other && other != &ep->name) {
		nfg_error(extack, name, "two endpoints with the name %s", other->name);
		return -EEXIST;
	}
	if (!ep->spare)
		ep->spare = nfg_endpoint_new(ep->id, GFP_KERNEL_ACCOUNT);
	if (!ep->spare)
		return -ENOMEM;
	if (ep->text[0])
		nfg_names_delete(&draft->names, &ep->name);
	ep->named = true;
	strscpy(ep->text, nla_data(name), sizeof(ep->text));
	if (ep->text[0])
		nfg_names_add(&draft->names, &ep->name, ep->text, NULL);
	return 0;
}

static int nfg_nl_do_bind(struct nfg_draft *draft, struct genl_info *info)
{
	struct nlattr *id = info->attrs[NFG_A_ENDPOINT_ID];
	struct nlattr *name = info->attrs[NFG_A_ENDPOINT_NAME];
	struct nlattr *policy = info->attrs[NFG_A_ENDPOINT_POLICY];
	struct nfg_draft_endpoint *ep;

	if (!id || (!name && !policy)) {
		nfg_error(info->extack, NULL, "give the id of the endpoint, and its policy or name");
		return -EINVAL;
	}
	ep = nfg_draft_get_endpoint(draft, nla_get_u64(id));
	if (!ep)
		return -ENOMEM;
	if (draft->n_endpoints > NFG_ENDPOINTS_MAX) {
		nfg_error(info->extack, id, "more than %u endpoints", NFG_ENDPOINTS_MAX);
		return -E2BIG;
	}
	if (policy)
		strscpy(ep->policy, nla_data(policy), sizeof(ep->policy));
	return name ? nfg_nl_bind_name(draft, ep, name, info->extack) : 0;
}

int nfg_nl_bind(struct sk_buff *skb, struct genl_info *info)
{
	return nfg_nl_in_draft(info, nfg_nl_do_bind);
}

/* Does the transaction give the name of @ep to another one and leave it with it? */
static bool nfg_bind_steals(const struct nfg_draft *draft, const struct nfg_endpoint *ep)
{
	const struct nfg_name *name = nfg_names_find(&draft->names, ep->name);
	const struct nfg_draft_endpoint *mine;

	if (!name || container_of(name, struct nfg_draft_endpoint, name)->id == ep->id)
		return false;
	mine = nfg_draft_find_endpoint(draft, ep->id);
	return !mine || !mine->named;
}

static int nfg_bind_check_names(const struct nfg_endpoints *eps, const struct nfg_draft *draft,
				struct netlink_ext_ack *extack)
{
	struct nfg_endpoint *ep;
	u32 bucket;

	for (bucket = 0; bucket < ARRAY_SIZE(eps->buckets); bucket++) {
		hlist_for_each_entry(ep, &eps->buckets[bucket], node) {
			if (ep->name[0] && nfg_bind_steals(draft, ep)) {
				nfg_error(extack, NULL, "another endpoint has the name %s",
					  ep->name);
				return -EEXIST;
			}
		}
	}
	return 0;
}

/* Endpoints that @draft says nothing of, with names that it gives to others. */
static u32 nfg_bind_list_robbed(const struct nfg_endpoints *eps, const struct nfg_draft *draft,
				u64 *ids)
{
	struct nfg_endpoint *ep;
	u32 bucket, n = 0;

	for (bucket = 0; bucket < ARRAY_SIZE(eps->buckets); bucket++)
		hlist_for_each_entry(ep, &eps->buckets[bucket], node)
			if (ep->name[0] && n < draft->names.n && nfg_bind_steals(draft, ep))
				ids[n++] = ep->id;
	return n;
}

/*
 * A whole ruleset does not depend on the names that were there before: who has one of
 * its names loses it.
 */
static int nfg_bind_take_names(struct nfg_endpoints *eps, struct nfg_draft *draft)
{
	struct nfg_draft_endpoint *ep;
	u32 n, i;
	u64 *ids;

	if (draft->edition || !draft->names.n)
		return 0;
	ids = kvmalloc_array(draft->names.n, sizeof(*ids), GFP_KERNEL);
	if (!ids)
		return -ENOMEM;
	spin_lock_bh(&eps->lock);
	n = nfg_bind_list_robbed(eps, draft, ids);
	spin_unlock_bh(&eps->lock);
	for (i = 0; i < n; i++) {
		ep = nfg_draft_get_endpoint(draft, ids[i]);
		if (!ep)
			break;
		ep->named = true;
	}
	kvfree(ids);
	return i < n ? -ENOMEM : 0;
}

int nfg_nl_bind_check(struct nfg_net *nn, struct nfg_draft *draft, struct netlink_ext_ack *extack)
{
	struct nfg_endpoints *eps = &nn->endpoints;
	u32 i, n_new = 0;
	int err;

	lockdep_assert_held(&nn->lock);
	err = nfg_bind_take_names(eps, draft);
	if (err)
		return err;
	spin_lock_bh(&eps->lock);
	err = nfg_bind_check_names(eps, draft, extack);
	for (i = 0; i < draft->n_endpoints; i++)
		if (draft->endpoints[i]->text[0] &&
		    !nfg_endpoint_find(eps, draft->endpoints[i]->id))
			n_new++;
	if (!err && nfg_endpoints_full(eps, n_new)) {
		nfg_error(extack, NULL, "no room for %u more endpoints", n_new);
		err = -ENOSPC;
	}
	spin_unlock_bh(&eps->lock);
	return err;
}

/* List an endpoint; tells whether its name changes. */
static bool nfg_bind_list(struct nfg_endpoints *eps, struct nfg_draft_endpoint *from)
{
	struct nfg_endpoint *ep = nfg_endpoint_add(eps, from->id, &from->spare);

	if (!ep || !from->named || !strcmp(ep->name, from->text))
		return false;
	strscpy(ep->name, from->text, sizeof(ep->name));
	return true;
}

void nfg_nl_bind_apply(struct nfg_net *nn, const struct nfg_draft *draft)
{
	struct nfg_endpoints *eps = &nn->endpoints;
	u32 i;

	/* at once, for names may be exchanged */
	spin_lock_bh(&eps->lock);
	for (i = 0; i < draft->n_endpoints; i++)
		draft->endpoints[i]->named = nfg_bind_list(eps, draft->endpoints[i]);
	spin_unlock_bh(&eps->lock);
	for (i = 0; i < draft->n_endpoints; i++)
		if (draft->endpoints[i]->named)
			nfg_nl_endpoint_notify(nn, draft->endpoints[i]->id);
}

/* cb->args: binding */
int nfg_nl_bind_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nfg_net *nn = nfg_pernet(sock_net(skb->sk));
	const struct nfg_ruleset *rs = nfg_nl_lock_rules(nn);
	void *hdr;

	cb->seq = rs->generation;
	for (; cb->args[0] < rs->n_bindings; cb->args[0]++) {
		const struct nfg_binding *binding = &rs->bindings[cb->args[0]];

		hdr = genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
				  &nfg_nl_family, NLM_F_MULTI, NFG_CMD_BIND_GET);
		if (!hdr)
			break;
		genl_dump_check_consistent(cb, hdr);
		if (nla_put_u64_64bit(skb, NFG_A_ENDPOINT_ID, binding->endpoint,
				      NFG_A_ENDPOINT_PAD) ||
		    nla_put_string(skb, NFG_A_ENDPOINT_POLICY, binding->policy->name)) {
			genlmsg_cancel(skb, hdr);
			break;
		}
		genlmsg_end(skb, hdr);
	}
	mutex_unlock(&nn->lock);
	return skb->len;
}
