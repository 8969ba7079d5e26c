// SPDX-License-Identifier: GPL-2.0
#include <linux/slab.h>

#include "config.h"
#include "net.h"
#include "netlink.h"

/* Room for the fixed attributes, and for each origin. */
#define CONFIG_SIZE	256
#define ORIGIN_SIZE	nla_total_size(nla_total_size(sizeof(__be32)) + nla_total_size(sizeof(u8)))

static int nfg_nl_put_origins(struct sk_buff *msg, const struct nfg_config *cfg)
{
	struct nlattr *list, *item;
	u32 i;

	list = nla_nest_start(msg, NFG_A_CONFIG_ORIGINS);
	if (!list)
		return -EMSGSIZE;
	for (i = 0; i < cfg->n_origins; i++) {
		item = nla_nest_start(msg, NFG_A_PREFIXES_ITEM);
		if (!item ||
		    nla_put_in_addr(msg, NFG_A_PREFIX_ADDR, cfg->origins[i].addr) ||
		    nla_put_u8(msg, NFG_A_PREFIX_LEN, cfg->origins[i].len))
			return -EMSGSIZE;
		nla_nest_end(msg, item);
	}
	nla_nest_end(msg, list);
	return 0;
}

/* The whole configuration as a message, or an ERR_PTR(). */
static struct sk_buff *nfg_nl_config_msg(const struct nfg_config *cfg, u8 cmd, u32 portid, u32 seq)
{
	struct sk_buff *msg;
	void *hdr;

	msg = genlmsg_new(CONFIG_SIZE + cfg->n_origins * ORIGIN_SIZE, GFP_KERNEL);
	if (!msg)
		return ERR_PTR(-ENOMEM);
	hdr = genlmsg_put(msg, portid, seq, &nfg_nl_family, 0, cmd);
	if (!hdr ||
	    nla_put_string(msg, NFG_A_CONFIG_VERSION, NFG_VERSION) ||
	    nla_put_u8(msg, NFG_A_CONFIG_ENABLED, cfg->enabled) ||
	    nla_put_u16(msg, NFG_A_CONFIG_PORT, ntohs(cfg->port)) ||
	    nla_put_u8(msg, NFG_A_CONFIG_MODE, cfg->mode) ||
	    nla_put_u8(msg, NFG_A_CONFIG_REINJECT, cfg->reinject) ||
	    nla_put_u8(msg, NFG_A_CONFIG_UDP_CHECKSUM, cfg->udp_checksum) ||
	    nfg_nl_put_origins(msg, cfg)) {
		nlmsg_free(msg);
		return ERR_PTR(-EMSGSIZE);
	}
	genlmsg_end(msg, hdr);
	return msg;
}

int nfg_nl_config_get(struct sk_buff *skb, struct genl_info *info)
{
	struct nfg_net *nn = nfg_pernet(genl_info_net(info));
	struct sk_buff *msg;

	mutex_lock(&nn->lock);
	msg = nfg_nl_config_msg(rcu_dereference_protected(nn->config, lockdep_is_held(&nn->lock)),
				NFG_CMD_CONFIG_GET, info->snd_portid, info->snd_seq);
	mutex_unlock(&nn->lock);
	return IS_ERR(msg) ? PTR_ERR(msg) : genlmsg_reply(msg, info);
}

static int nfg_nl_get_prefix(struct nfg_prefix *p, const struct nlattr *item,
			     struct netlink_ext_ack *extack)
{
	struct nlattr *tb[NFG_A_PREFIX_MAX + 1];
	int err;

	err = nla_parse_nested(tb, NFG_A_PREFIX_MAX, item, nfg_nl_prefix_policy, extack);
	if (err)
		return err;
	if (!tb[NFG_A_PREFIX_ADDR] || !tb[NFG_A_PREFIX_LEN]) {
		NL_SET_ERR_MSG_ATTR(extack, item, "an origin needs an address and a prefix length");
		return -EINVAL;
	}
	err = nfg_prefix_set(p, nla_get_in_addr(tb[NFG_A_PREFIX_ADDR]),
			     nla_get_u8(tb[NFG_A_PREFIX_LEN]));
	if (err)
		NL_SET_ERR_MSG_ATTR(extack, item, "an origin has bits set behind its prefix length");
	return err;
}

/* A configuration with the origins of @list; a copy of @old without one. */
static struct nfg_config *nfg_nl_get_origins(const struct nfg_config *old,
					     const struct nlattr *list,
					     struct netlink_ext_ack *extack)
{
	struct nfg_config *cfg;
	struct nlattr *item;
	int left, err;
	u32 n = 0;

	if (!list) {
		cfg = kmemdup(old, struct_size(old, origins, old->n_origins), GFP_KERNEL);
		return cfg ?: ERR_PTR(-ENOMEM);
	}
	nla_for_each_nested(item, list, left)
		n++;
	if (n > NFG_ORIGINS_MAX) {
		NL_SET_ERR_MSG_ATTR(extack, list, "more than 256 origins");
		return ERR_PTR(-E2BIG);
	}
	cfg = nfg_config_alloc(n);
	if (!cfg)
		return ERR_PTR(-ENOMEM);
	memcpy(cfg, old, offsetof(struct nfg_config, n_origins));
	n = 0;
	nla_for_each_nested(item, list, left) {
		err = nfg_nl_get_prefix(&cfg->origins[n++], item, extack);
		if (err) {
			kfree(cfg);
			return ERR_PTR(err);
		}
	}
	return cfg;
}

static void nfg_nl_get_scalars(struct nfg_config *cfg, struct nlattr **attrs)
{
	if (attrs[NFG_A_CONFIG_ENABLED])
		cfg->enabled = nla_get_u8(attrs[NFG_A_CONFIG_ENABLED]);
	if (attrs[NFG_A_CONFIG_PORT])
		cfg->port = htons(nla_get_u16(attrs[NFG_A_CONFIG_PORT]));
	if (attrs[NFG_A_CONFIG_MODE])
		cfg->mode = nla_get_u8(attrs[NFG_A_CONFIG_MODE]);
	if (attrs[NFG_A_CONFIG_REINJECT])
		cfg->reinject = nla_get_u8(attrs[NFG_A_CONFIG_REINJECT]);
	if (attrs[NFG_A_CONFIG_UDP_CHECKSUM])
		cfg->udp_checksum = nla_get_u8(attrs[NFG_A_CONFIG_UDP_CHECKSUM]);
}

static void nfg_nl_config_notify(struct nfg_net *nn, const struct nfg_config *cfg)
{
	struct sk_buff *msg;

	if (!nfg_nl_has_listeners(nn->net))
		return;
	msg = nfg_nl_config_msg(cfg, NFG_CMD_CONFIG_NTF, 0, 0);
	if (!IS_ERR(msg))
		nfg_nl_notify(nn->net, msg);
}

int nfg_nl_config_set(struct sk_buff *skb, struct genl_info *info)
{
	struct nfg_net *nn = nfg_pernet(genl_info_net(info));
	struct nfg_config *cfg;
	int err;

	mutex_lock(&nn->lock);
	cfg = nfg_nl_get_origins(rcu_dereference_protected(nn->config, lockdep_is_held(&nn->lock)),
				 info->attrs[NFG_A_CONFIG_ORIGINS], info->extack);
	if (IS_ERR(cfg)) {
		err = PTR_ERR(cfg);
		goto unlock;
	}
	nfg_nl_get_scalars(cfg, info->attrs);
	err = nfg_net_configure(nn, cfg);
	if (err) {
		NL_SET_ERR_MSG(info->extack, "the netfilter hook could not be registered");
		kfree(cfg);
		goto unlock;
	}
	nfg_nl_config_notify(nn, cfg);
unlock:
	mutex_unlock(&nn->lock);
	return err;
}
