// SPDX-License-Identifier: GPL-2.0
#include <linux/ctype.h>
#include <net/sock.h>

#include "core/vpce.h"
#include "endpoint.h"
#include "net.h"
#include "netlink.h"

#define ENDPOINT_SIZE	256

static int nfg_nl_put_endpoint(struct sk_buff *msg, const struct nfg_endpoint *ep)
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
	int i;

	if (nla_put_u64_64bit(msg, NFG_A_ENDPOINT_ID, ep->id, NFG_A_ENDPOINT_PAD) ||
	    (ep->name[0] && nla_put_string(msg, NFG_A_ENDPOINT_NAME, ep->name)))
		return -EMSGSIZE;
	for (i = 0; i < ARRAY_SIZE(counts); i++) {
		nfg_count_sum((void __percpu *)ep->stats + counts[i].offset, &packets, &bytes);
		if (nla_put_u64_64bit(msg, counts[i].packets, packets, NFG_A_ENDPOINT_PAD) ||
		    nla_put_u64_64bit(msg, counts[i].bytes, bytes, NFG_A_ENDPOINT_PAD))
			return -EMSGSIZE;
		ever |= packets;
	}
	if (ever && nla_put_u64_64bit(msg, NFG_A_ENDPOINT_IDLE_MS,
				      jiffies_to_msecs(jiffies - READ_ONCE(ep->seen)),
				      NFG_A_ENDPOINT_PAD))
		return -EMSGSIZE;
	return 0;
}

static int nfg_nl_endpoint_fill(struct sk_buff *msg, const struct nfg_endpoint *ep, void *hdr)
{
	int err = nfg_nl_put_endpoint(msg, ep);

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
	struct nfg_endpoints *eps = &nfg_pernet(genl_info_net(info))->endpoints;
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
	err = ep ? nfg_nl_endpoint_fill(msg, ep, hdr) : -ENOENT;
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
	struct nfg_endpoints *eps = &nfg_pernet(sock_net(skb->sk))->endpoints;
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
			if (nfg_nl_endpoint_fill(skb, ep, hdr))
				goto out;
			cb->args[1] = index;
		}
	}
out:
	spin_unlock_bh(&eps->lock);
	return skb->len;
}

/* One word for the shell, never to be taken for an id. */
static int nfg_nl_name_check(const char *name, struct netlink_ext_ack *extack)
{
	const char *c;
	u64 id;

	for (c = name; *c; c++) {
		if (!isascii(*c) || !isgraph(*c)) {
			NL_SET_ERR_MSG(extack,
				       "a name consists of printable ASCII characters without spaces");
			return -EINVAL;
		}
	}
	if (!nfg_vpce_parse(name, &id)) {
		NL_SET_ERR_MSG(extack, "a name must not read like an endpoint id");
		return -EINVAL;
	}
	return 0;
}

static int nfg_nl_endpoint_name(struct nfg_endpoints *eps, u64 id, const char *name,
				struct sk_buff *ntf, void *hdr, struct netlink_ext_ack *extack)
{
	struct nfg_endpoint *ep = *name ? nfg_nl_find_name(eps, name) : NULL;

	if (ep && ep->id != id) {
		NL_SET_ERR_MSG(extack, "another endpoint has this name");
		return -EEXIST;
	}
	ep = nfg_endpoint_add(eps, id);
	if (!ep) {
		NL_SET_ERR_MSG(extack, "no room for another endpoint");
		return -ENOSPC;
	}
	strscpy(ep->name, name, sizeof(ep->name));
	return nfg_nl_endpoint_fill(ntf, ep, hdr);
}

int nfg_nl_endpoint_set(struct sk_buff *skb, struct genl_info *info)
{
	struct net *net = genl_info_net(info);
	struct nfg_endpoints *eps = &nfg_pernet(net)->endpoints;
	const char *name;
	struct sk_buff *ntf;
	void *hdr;
	int err;

	if (!info->attrs[NFG_A_ENDPOINT_ID] || !info->attrs[NFG_A_ENDPOINT_NAME]) {
		NL_SET_ERR_MSG(info->extack, "give the id of the endpoint and its name");
		return -EINVAL;
	}
	name = nla_data(info->attrs[NFG_A_ENDPOINT_NAME]);
	err = nfg_nl_name_check(name, info->extack);
	if (err)
		return err;
	ntf = genlmsg_new(ENDPOINT_SIZE, GFP_KERNEL);
	if (!ntf)
		return -ENOMEM;
	hdr = genlmsg_put(ntf, 0, 0, &nfg_nl_family, 0, NFG_CMD_ENDPOINT_NTF);
	if (!hdr) {
		nlmsg_free(ntf);
		return -EMSGSIZE;
	}

	spin_lock_bh(&eps->lock);
	err = nfg_nl_endpoint_name(eps, nla_get_u64(info->attrs[NFG_A_ENDPOINT_ID]), name,
				   ntf, hdr, info->extack);
	spin_unlock_bh(&eps->lock);
	if (err) {
		nlmsg_free(ntf);
		return err;
	}
	nfg_nl_notify(net, ntf);
	return 0;
}
