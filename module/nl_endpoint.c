// SPDX-License-Identifier: GPL-2.0
#include <linux/ctype.h>
#include <net/sock.h>

#include "core/vpce.h"
#include "endpoint.h"
#include "net.h"
#include "netlink.h"
#include "nl_rules.h"
#include "ruleset.h"

#define ENDPOINT_SIZE	384

/* May whoever asks know which policy is whose? */
static bool nfg_nl_may_know(const struct sk_buff *request)
{
	return netlink_net_capable(request, CAP_NET_ADMIN);
}

/* The policy that an endpoint is bound to. */
static int nfg_nl_put_policy(struct sk_buff *msg, const struct nfg_net *nn, u64 id)
{
	const struct nfg_binding *binding;
	int err = 0;

	rcu_read_lock();
	binding = nfg_ruleset_binding(rcu_dereference(nn->config)->rules, id);
	if (binding)
		err = nla_put_string(msg, NFG_A_ENDPOINT_POLICY, binding->policy->name);
	rcu_read_unlock();
	return err;
}

/* @policy: with the one it is bound to */
static int nfg_nl_put_endpoint(struct sk_buff *msg, const struct nfg_net *nn,
			       const struct nfg_endpoint *ep, bool policy)
{
	static const struct {
		size_t offset;
		int packets;
		int bytes;
	} counts[] = {
		{ offsetof(struct nfg_endpoint_stats, rx),
		  NFG_A_ENDPOINT_RX_PACKETS, NFG_A_ENDPOINT_RX_BYTES },
		{ offsetof(struct nfg_endpoint_stats, tx),
		  NFG_A_ENDPOINT_TX_PACKETS, NFG_A_ENDPOINT_TX_BYTES },
		{ offsetof(struct nfg_endpoint_stats, drop),
		  NFG_A_ENDPOINT_DROP_PACKETS, NFG_A_ENDPOINT_DROP_BYTES },
	};
	u64 packets, bytes, ever = 0;
	long idle;
	int i;

	if (nla_put_u64_64bit(msg, NFG_A_ENDPOINT_ID, ep->id, NFG_A_ENDPOINT_PAD) ||
	    (ep->name[0] && nla_put_string(msg, NFG_A_ENDPOINT_NAME, ep->name)) ||
	    (policy && nfg_nl_put_policy(msg, nn, ep->id)))
		return -EMSGSIZE;
	for (i = 0; i < ARRAY_SIZE(counts); i++) {
		nfg_count_sum((void __percpu *)ep->stats + counts[i].offset, &packets, &bytes);
		if (nla_put_u64_64bit(msg, counts[i].packets, packets, NFG_A_ENDPOINT_PAD) ||
		    nla_put_u64_64bit(msg, counts[i].bytes, bytes, NFG_A_ENDPOINT_PAD))
			return -EMSGSIZE;
		ever |= packets;
	}
	/* negative when a tick comes in between */
	idle = jiffies - READ_ONCE(ep->seen);
	if (ever && nla_put_u64_64bit(msg, NFG_A_ENDPOINT_IDLE_MS,
				      jiffies_to_msecs(max(idle, 0L)), NFG_A_ENDPOINT_PAD))
		return -EMSGSIZE;
	return 0;
}

static int nfg_nl_endpoint_fill(struct sk_buff *msg, const struct nfg_net *nn,
				const struct nfg_endpoint *ep, bool policy, void *hdr)
{
	int err = nfg_nl_put_endpoint(msg, nn, ep, policy);

	if (err)
		genlmsg_cancel(msg, hdr);
	else
		genlmsg_end(msg, hdr);
	return err;
}

static struct nfg_endpoint *nfg_nl_find_name(struct nfg_endpoints *eps, const char *name)
{
	struct nfg_endpoint *ep;
	u32 bucket;

	for (bucket = 0; bucket < ARRAY_SIZE(eps->buckets); bucket++)
		hlist_for_each_entry(ep, &eps->buckets[bucket], node)
			if (!strcmp(ep->name, name))
				return ep;
	return NULL;
}

int nfg_nl_endpoint_get(struct sk_buff *skb, struct genl_info *info)
{
	struct nfg_net *nn = nfg_pernet(genl_info_net(info));
	struct nfg_endpoints *eps = &nn->endpoints;
	struct nlattr *id = info->attrs[NFG_A_ENDPOINT_ID];
	struct nlattr *name = info->attrs[NFG_A_ENDPOINT_NAME];
	struct nfg_endpoint *ep;
	struct sk_buff *msg;
	void *hdr;
	int err;

	if (!id == !name || (name && !*(char *)nla_data(name))) {
		NL_SET_ERR_MSG(info->extack, "give either the id or the name of the endpoint");
		return -EINVAL;
	}
	msg = genlmsg_new(ENDPOINT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	hdr = genlmsg_put_reply(msg, info, &nfg_nl_family, 0, NFG_CMD_ENDPOINT_GET);
	if (!hdr) {
		nlmsg_free(msg);
		return -EMSGSIZE;
	}

	spin_lock_bh(&eps->lock);
	ep = id ? nfg_endpoint_find(eps, nla_get_u64(id)) : nfg_nl_find_name(eps, nla_data(name));
	err = ep ? nfg_nl_endpoint_fill(msg, nn, ep, nfg_nl_may_know(skb), hdr) : -ENOENT;
	spin_unlock_bh(&eps->lock);

	if (err) {
		if (err == -ENOENT)
			NL_SET_ERR_MSG(info->extack, "no such endpoint");
		nlmsg_free(msg);
		return err;
	}
	return genlmsg_reply(msg, info);
}

/* cb->args: bucket, and how many of it are done. */
int nfg_nl_endpoint_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nfg_net *nn = nfg_pernet(sock_net(skb->sk));
	struct nfg_endpoints *eps = &nn->endpoints;
	bool policy = nfg_nl_may_know(cb->skb);
	struct nfg_endpoint *ep;
	long index;
	void *hdr;

	spin_lock_bh(&eps->lock);
	cb->seq = eps->generation;
	for (; cb->args[0] < ARRAY_SIZE(eps->buckets); cb->args[0]++, cb->args[1] = 0) {
		index = 0;
		hlist_for_each_entry(ep, &eps->buckets[cb->args[0]], node) {
			if (index++ < cb->args[1])
				continue;
			hdr = genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
					  &nfg_nl_family, NLM_F_MULTI, NFG_CMD_ENDPOINT_GET);
			if (!hdr)
				goto out;
			genl_dump_check_consistent(cb, hdr);
			if (nfg_nl_endpoint_fill(skb, nn, ep, policy, hdr))
				goto out;
			cb->args[1] = index;
		}
	}
out:
	spin_unlock_bh(&eps->lock);
	return skb->len;
}

/* One word for the shell, never to be taken for an id. */
int nfg_nl_endpoint_check_name(const struct nlattr *attr, struct netlink_ext_ack *extack)
{
	const char *name = nla_data(attr), *c;
	u64 id;

	for (c = name; *c; c++) {
		if (!isascii(*c) || !isgraph(*c)) {
			NL_SET_ERR_MSG_ATTR(extack, attr,
					    "a name consists of printable ASCII characters without spaces");
			return -EINVAL;
		}
	}
	if (!nfg_vpce_parse(name, &id)) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "a name must not read like an endpoint id");
		return -EINVAL;
	}
	return 0;
}

/* Anybody may listen, to names alone. Without memory nobody is told. */
void nfg_nl_endpoint_notify(struct nfg_net *nn, u64 id)
{
	struct nfg_endpoints *eps = &nn->endpoints;
	const struct nfg_endpoint *ep;
	struct sk_buff *ntf;
	int err = -ENOENT;
	void *hdr;

	ntf = genlmsg_new(ENDPOINT_SIZE, GFP_KERNEL);
	if (!ntf)
		return;
	hdr = genlmsg_put(ntf, 0, 0, &nfg_nl_family, 0, NFG_CMD_ENDPOINT_NTF);
	spin_lock_bh(&eps->lock);
	ep = nfg_endpoint_find(eps, id);
	if (ep && hdr)
		err = nfg_nl_endpoint_fill(ntf, nn, ep, false, hdr);
	spin_unlock_bh(&eps->lock);
	if (err)
		nlmsg_free(ntf);
	else
		nfg_nl_notify(nn->net, ntf);
}

static int nfg_nl_endpoint_name(struct nfg_endpoints *eps, u64 id, const char *name,
				struct nfg_endpoint **spare, struct netlink_ext_ack *extack)
{
	struct nfg_endpoint *ep = *name ? nfg_nl_find_name(eps, name) : NULL;

	if (ep && ep->id != id) {
		NL_SET_ERR_MSG(extack, "another endpoint has this name");
		return -EEXIST;
	}
	ep = nfg_endpoint_add(eps, id, nfg_endpoints_full(eps, 1) ? NULL : spare);
	if (!ep) {
		NL_SET_ERR_MSG(extack, "no room for another endpoint");
		return -ENOSPC;
	}
	strscpy(ep->name, name, sizeof(ep->name));
	return 0;
}

static int nfg_nl_endpoint_rename(struct nfg_net *nn, u64 id, const char *name,
				  struct netlink_ext_ack *extack)
{
	struct nfg_endpoint *spare = nfg_endpoint_new(id, GFP_KERNEL_ACCOUNT);
	int err;

	if (!spare)
		return -ENOMEM;
	spin_lock_bh(&nn->endpoints.lock);
	err = nfg_nl_endpoint_name(&nn->endpoints, id, name, &spare, extack);
	spin_unlock_bh(&nn->endpoints.lock);
	nfg_endpoint_free(spare);
	if (!err)
		nfg_nl_endpoint_notify(nn, id);
	return err;
}

int nfg_nl_endpoint_set(struct sk_buff *skb, struct genl_info *info)
{
	struct nfg_net *nn = nfg_pernet(genl_info_net(info));
	struct nlattr *id = info->attrs[NFG_A_ENDPOINT_ID];
	struct nlattr *name = info->attrs[NFG_A_ENDPOINT_NAME];
	int err;

	if (!id || !name) {
		NL_SET_ERR_MSG(info->extack, "give the id of the endpoint and its name");
		return -EINVAL;
	}
	err = nfg_nl_endpoint_check_name(name, info->extack);
	if (err)
		return err;
	mutex_lock(&nn->lock);
	err = nfg_nl_endpoint_rename(nn, nla_get_u64(id), nla_data(name), info->extack);
	mutex_unlock(&nn->lock);
	return err;
}
