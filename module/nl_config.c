// SPDX-License-Identifier: GPL-2.0
#include <linux/slab.h>

#include "config.h"
#include "draft.h"
#include "net.h"
#include "netlink.h"
#include "publish.h"

static const int nfg_nl_timeouts[NFG_TIMEOUTS] = {
	[NFG_TIMEOUT_ESTABLISHED] = NFG_A_CONFIG_TIMEOUT_ESTABLISHED,
	[NFG_TIMEOUT_OTHER] = NFG_A_CONFIG_TIMEOUT_OTHER,
	[NFG_TIMEOUT_HALF_OPEN] = NFG_A_CONFIG_TIMEOUT_HALF_OPEN,
	[NFG_TIMEOUT_CLOSING] = NFG_A_CONFIG_TIMEOUT_CLOSING,
	[NFG_TIMEOUT_DENIED] = NFG_A_CONFIG_TIMEOUT_DENIED,
};

/* Room for the fixed attributes, and for each prefix. */
#define CONFIG_SIZE	256
#define PREFIX_SIZE	nla_total_size(nla_total_size(16) + nla_total_size(sizeof(u8)))

static int nfg_nl_put_prefixes(struct sk_buff *msg, int attr, const struct nfg_prefix *p, u32 n)
{
	struct nlattr *list, *item;
	u32 i;

	list = nla_nest_start(msg, attr);
	if (!list)
		return -EMSGSIZE;
	for (i = 0; i < n; i++) {
		item = nla_nest_start(msg, NFG_A_PREFIXES_ITEM);
		if (!item ||
		    nla_put(msg, NFG_A_PREFIX_ADDR, p[i].version == 4 ? 4 : 16, &p[i].addr) ||
		    nla_put_u8(msg, NFG_A_PREFIX_LEN, p[i].len))
			return -EMSGSIZE;
		nla_nest_end(msg, item);
	}
	nla_nest_end(msg, list);
	return 0;
}

static int nfg_nl_put_flow_settings(struct sk_buff *msg, const struct nfg_config *cfg)
{
	int i;

	for (i = 0; i < NFG_TIMEOUTS; i++)
		if (nla_put_u32(msg, nfg_nl_timeouts[i], cfg->timeout[i] / HZ))
			return -EMSGSIZE;
	return nla_put_u32(msg, NFG_A_CONFIG_FLOW_MAX, cfg->flow_max) ||
	       nla_put_u8(msg, NFG_A_CONFIG_FLOW_FULL, cfg->flow_full) ||
	       nla_put_u8(msg, NFG_A_CONFIG_FRAGMENTS, cfg->fragments) ||
	       nla_put_u8(msg, NFG_A_CONFIG_TCP_PICKUP, cfg->tcp_pickup) ||
	       nla_put_u32(msg, NFG_A_CONFIG_REJECT_RATE, cfg->reject_rate) ||
	       nla_put_u32(msg, NFG_A_CONFIG_LOG_RATE, cfg->log_rate) ? -EMSGSIZE : 0;
}

/* The whole configuration as a message, or an ERR_PTR(). */
static struct sk_buff *nfg_nl_config_msg(const struct nfg_config *cfg, u8 cmd, u32 portid, u32 seq)
{
	struct sk_buff *msg;
	void *hdr;

	msg = genlmsg_new(CONFIG_SIZE + (cfg->n_origins + cfg->n_local) * PREFIX_SIZE, GFP_KERNEL);
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
	    nfg_nl_put_flow_settings(msg, cfg) ||
	    nfg_nl_put_prefixes(msg, NFG_A_CONFIG_ORIGINS, cfg->prefix, cfg->n_origins) ||
	    nfg_nl_put_prefixes(msg, NFG_A_CONFIG_LOCAL, cfg->prefix + cfg->n_origins,
				cfg->n_local)) {
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

static int nfg_nl_get_prefix(struct nfg_prefix *p, const struct nlattr *item, bool v6,
			     struct netlink_ext_ack *extack)
{
	struct nlattr *tb[NFG_A_PREFIX_MAX + 1];
	const struct nlattr *addr;
	int err;

	err = nla_parse_nested(tb, NFG_A_PREFIX_MAX, item, nfg_nl_prefix_policy, extack);
	if (err)
		return err;
	addr = tb[NFG_A_PREFIX_ADDR];
	if (!addr || !tb[NFG_A_PREFIX_LEN]) {
		NL_SET_ERR_MSG_ATTR(extack, item, "a prefix needs an address and a length");
		return -EINVAL;
	}
	if (nla_len(addr) != 4 && !(v6 && nla_len(addr) == 16)) {
		NL_SET_ERR_MSG_ATTR(extack, item, "an address has the wrong length");
		return -EINVAL;
	}
	err = nfg_prefix_set(p, nla_len(addr) == 4 ? 4 : 6, nla_data(addr),
			     nla_get_u8(tb[NFG_A_PREFIX_LEN]));
	if (err)
		NL_SET_ERR_MSG_ATTR(extack, item,
				    "a prefix is too long or has bits set behind its length");
	return err;
}

/* Fill in @p from @list, if there is one. */
static int nfg_nl_get_prefixes(struct nfg_prefix *p, const struct nlattr *list, bool v6,
			       struct netlink_ext_ack *extack)
{
	struct nlattr *item;
	int left, err;

	if (!list)
		return 0;
	nla_for_each_nested(item, list, left) {
		err = nfg_nl_get_prefix(p++, item, v6, extack);
		if (err)
			return err;
	}
	return 0;
}

/* How many prefixes, negative without a list. */
static int nfg_nl_count_prefixes(const struct nlattr *list)
{
	struct nlattr *item;
	int left, n = 0;

	if (!list)
		return -1;
	nla_for_each_nested(item, list, left)
		n++;
	return n;
}

static void nfg_nl_get_scalars(struct nfg_config *cfg, struct nlattr **attrs)
{
	int i;

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
	if (attrs[NFG_A_CONFIG_FLOW_MAX])
		cfg->flow_max = nla_get_u32(attrs[NFG_A_CONFIG_FLOW_MAX]);
	if (attrs[NFG_A_CONFIG_FLOW_FULL])
		cfg->flow_full = nla_get_u8(attrs[NFG_A_CONFIG_FLOW_FULL]);
	if (attrs[NFG_A_CONFIG_FRAGMENTS])
		cfg->fragments = nla_get_u8(attrs[NFG_A_CONFIG_FRAGMENTS]);
	if (attrs[NFG_A_CONFIG_TCP_PICKUP])
		cfg->tcp_pickup = nla_get_u8(attrs[NFG_A_CONFIG_TCP_PICKUP]);
	for (i = 0; i < NFG_TIMEOUTS; i++)
		if (attrs[nfg_nl_timeouts[i]])
			cfg->timeout[i] = nla_get_u32(attrs[nfg_nl_timeouts[i]]) * HZ;
	if (attrs[NFG_A_CONFIG_REJECT_RATE])
		cfg->reject_rate = nla_get_u32(attrs[NFG_A_CONFIG_REJECT_RATE]);
	if (attrs[NFG_A_CONFIG_LOG_RATE])
		cfg->log_rate = nla_get_u32(attrs[NFG_A_CONFIG_LOG_RATE]);
}

struct nfg_config *nfg_nl_config_build(const struct nfg_config *old, struct nlattr **attrs,
				       struct netlink_ext_ack *extack)
{
	const struct nlattr *origins = attrs[NFG_A_CONFIG_ORIGINS];
	const struct nlattr *local = attrs[NFG_A_CONFIG_LOCAL];
	int n_origins = nfg_nl_count_prefixes(origins), n_local = nfg_nl_count_prefixes(local);
	struct nfg_config *cfg;
	int err;

	if (n_origins > NFG_ORIGINS_MAX) {
		NL_SET_ERR_MSG_ATTR(extack, origins, "more than 256 origins");
		return ERR_PTR(-E2BIG);
	}
	if (n_local > NFG_LOCAL_MAX) {
		NL_SET_ERR_MSG_ATTR(extack, local, "more than 256 local prefixes");
		return ERR_PTR(-E2BIG);
	}
	cfg = nfg_config_new(old, n_origins, n_local);
	if (!cfg)
		return ERR_PTR(-ENOMEM);
	err = nfg_nl_get_prefixes(cfg->prefix, origins, false, extack);
	if (!err)
		err = nfg_nl_get_prefixes(cfg->prefix + cfg->n_origins, local, true, extack);
	if (err) {
		kfree(cfg);
		return ERR_PTR(err);
	}
	nfg_nl_get_scalars(cfg, attrs);
	return cfg;
}

void nfg_nl_config_notify(struct nfg_net *nn, const struct nfg_config *cfg)
{
	struct sk_buff *msg;

	if (!nfg_nl_has_listeners(nn->net))
		return;
	msg = nfg_nl_config_msg(cfg, NFG_CMD_CONFIG_NTF, 0, 0);
	if (!IS_ERR(msg))
		nfg_nl_notify(nn->net, msg);
}

/* What is outbound by new local prefixes is for the rules to say: they are published again. */
static int nfg_nl_config_publish(struct nfg_net *nn, struct nfg_config *cfg,
				 struct netlink_ext_ack *extack)
{
	struct nfg_draft *draft = nfg_draft_new(cfg->rules);
	int err = draft ? nfg_publish(nn, draft, cfg, false, extack) : -ENOMEM;

	nfg_draft_put(draft);
	return err;
}

int nfg_nl_config_set(struct sk_buff *skb, struct genl_info *info)
{
	struct nfg_net *nn = nfg_pernet(genl_info_net(info));
	const struct nfg_config *old;
	struct nfg_config *cfg;
	int err;

	mutex_lock(&nn->lock);
	old = rcu_dereference_protected(nn->config, lockdep_is_held(&nn->lock));
	cfg = nfg_nl_config_build(old, info->attrs, info->extack);
	if (IS_ERR(cfg)) {
		err = PTR_ERR(cfg);
		goto unlock;
	}
	if (nfg_config_same_local(cfg, old))
		err = nfg_net_configure(nn, cfg, info->extack);
	else
		err = nfg_nl_config_publish(nn, cfg, info->extack);
	if (err) {
		kfree(cfg);
		goto unlock;
	}
	nfg_nl_config_notify(nn, cfg);
unlock:
	mutex_unlock(&nn->lock);
	return err;
}
