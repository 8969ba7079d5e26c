// SPDX-License-Identifier: GPL-2.0
#include <linux/slab.h>

#include "error.h"
#include "net.h"
#include "netlink.h"
#include "nl_rules.h"
#include "publish.h"
#include "ruleset.h"

#define RULESET_SIZE	256

static struct sk_buff *nfg_nl_ruleset_msg(const struct nfg_ruleset *rs, u8 cmd, u32 portid,
					  u32 seq)
{
	struct sk_buff *msg;
	void *hdr;

	msg = genlmsg_new(RULESET_SIZE, GFP_KERNEL);
	if (!msg)
		return ERR_PTR(-ENOMEM);
	hdr = genlmsg_put(msg, portid, seq, &nfg_nl_family, 0, cmd);
	if (!hdr ||
	    nla_put_u32(msg, NFG_A_RULESET_GENERATION, rs->generation) ||
	    nla_put_u32(msg, NFG_A_RULESET_POLICIES, rs->n_policies) ||
	    nla_put_u32(msg, NFG_A_RULESET_RULES, rs->n_rules) ||
	    nla_put_u32(msg, NFG_A_RULESET_SETS, rs->n_sets) ||
	    nla_put_u32(msg, NFG_A_RULESET_ELEMENTS, rs->n_elements) ||
	    nla_put_u32(msg, NFG_A_RULESET_BINDINGS, rs->n_bindings) ||
	    nla_put_u64_64bit(msg, NFG_A_RULESET_MEMORY, rs->size, NFG_A_RULESET_PAD)) {
		nlmsg_free(msg);
		return ERR_PTR(-EMSGSIZE);
	}
	genlmsg_end(msg, hdr);
	return msg;
}

int nfg_nl_ruleset_get(struct sk_buff *skb, struct genl_info *info)
{
	struct nfg_net *nn = nfg_pernet(genl_info_net(info));
	struct sk_buff *msg;

	msg = nfg_nl_ruleset_msg(nfg_nl_lock_rules(nn), NFG_CMD_RULESET_GET, info->snd_portid,
				 info->snd_seq);
	mutex_unlock(&nn->lock);
	return IS_ERR(msg) ? PTR_ERR(msg) : genlmsg_reply(msg, info);
}

void nfg_nl_ruleset_notify(struct net *net, const struct nfg_ruleset *rs)
{
	struct sk_buff *msg;

	if (!nfg_nl_has_listeners(net))
		return;
	msg = nfg_nl_ruleset_msg(rs, NFG_CMD_RULESET_NTF, 0, 0);
	if (!IS_ERR(msg))
		nfg_nl_notify(net, msg);
}

int nfg_nl_ruleset_begin(struct sk_buff *skb, struct genl_info *info)
{
	struct nfg_net *nn = nfg_pernet(genl_info_net(info));
	const struct nfg_ruleset *rs = NULL;
	struct nfg_draft *draft;

	draft = nfg_drafts_get(&nn->drafts, info->snd_portid);
	if (draft) {
		nfg_error(info->extack, NULL, "this socket has a transaction already");
		nfg_draft_put(draft);
		return -EBUSY;
	}
	if (nla_get_flag(info->attrs[NFG_A_RULESET_COPY]))
		rs = nfg_nl_lock_rules(nn);
	draft = nfg_draft_new(rs);
	if (rs)
		mutex_unlock(&nn->lock);
	if (!draft)
		return -ENOMEM;
	draft->portid = info->snd_portid;
	nfg_drafts_add(&nn->drafts, draft);
	return 0;
}

static struct nfg_draft *nfg_nl_take_draft(struct nfg_net *nn, struct genl_info *info)
{
	struct nfg_draft *draft = nfg_drafts_take(&nn->drafts, info->snd_portid);

	if (!draft)
		nfg_error(info->extack, NULL, "this socket has no transaction");
	return draft;
}

int nfg_nl_ruleset_abort(struct sk_buff *skb, struct genl_info *info)
{
	struct nfg_draft *draft = nfg_nl_take_draft(nfg_pernet(genl_info_net(info)), info);

	if (!draft)
		return -ENOENT;
	nfg_draft_put(draft);
	return 0;
}

/* May it take the place of @rs? */
static int nfg_nl_check_draft(const struct nfg_draft *draft, const struct nfg_ruleset *rs,
			      struct genl_info *info)
{
	struct nlattr *requests = info->attrs[NFG_A_RULESET_REQUESTS];

	if (draft->spoiled || (requests && nla_get_u32(requests) != draft->requests))
		return nfg_nl_refuse_spoiled(info);
	if (draft->edition && draft->edition != rs->edition) {
		nfg_error(info->extack, NULL,
			  "the ruleset was changed since this transaction began");
		return -EAGAIN;
	}
	return 0;
}

static struct nfg_config *nfg_nl_commit_config(const struct nfg_config *old,
					       const struct nlattr *attr,
					       struct netlink_ext_ack *extack)
{
	struct nlattr *tb[NFG_A_CONFIG_MAX + 1];
	struct nfg_config *cfg;
	int err;

	if (!attr) {
		cfg = nfg_config_copy(old);
		return cfg ?: ERR_PTR(-ENOMEM);
	}
	err = nla_parse_nested(tb, NFG_A_CONFIG_MAX, attr, nfg_nl_config_policy, extack);
	return err ? ERR_PTR(err) : nfg_nl_config_build(old, tb, extack);
}

static int nfg_nl_commit(struct nfg_net *nn, struct nfg_draft *draft, struct genl_info *info)
{
	const struct nfg_config *old = rcu_dereference_protected(nn->config,
								 lockdep_is_held(&nn->lock));
	struct nlattr *settings = info->attrs[NFG_A_RULESET_CONFIG];
	struct nfg_config *cfg;
	int err;

	err = nfg_nl_check_draft(draft, old->rules, info);
	if (err)
		return err;
	err = nfg_nl_bind_check(nn, draft, info->extack);
	if (err)
		return err;
	cfg = nfg_nl_commit_config(old, settings, info->extack);
	if (IS_ERR(cfg))
		return PTR_ERR(cfg);
	err = nfg_publish(nn, draft, cfg, nla_get_flag(info->attrs[NFG_A_RULESET_KEEP_FLOWS]),
			  info->extack);
	if (err) {
		kfree(cfg);
		return err;
	}
	nfg_nl_bind_apply(nn, draft);
	if (settings)
		nfg_nl_config_notify(nn, cfg);
	return 0;
}

int nfg_nl_ruleset_commit(struct sk_buff *skb, struct genl_info *info)
{
	struct nfg_net *nn = nfg_pernet(genl_info_net(info));
	struct nfg_draft *draft = nfg_nl_take_draft(nn, info);
	int err;

	if (!draft)
		return -ENOENT;
	mutex_lock(&nn->lock);
	err = nfg_nl_commit(nn, draft, info);
	mutex_unlock(&nn->lock);
	nfg_draft_put(draft);
	return err;
}

/* A transaction ends with its socket. */
static int nfg_nl_released(struct notifier_block *nb, unsigned long event, void *data)
{
	const struct netlink_notify *n = data;

	if (event == NETLINK_URELEASE && n->protocol == NETLINK_GENERIC)
		nfg_draft_put(nfg_drafts_take(&nfg_pernet(n->net)->drafts, n->portid));
	return NOTIFY_DONE;
}

static struct notifier_block nfg_nl_notifier = {
	.notifier_call = nfg_nl_released,
};

int __init nfg_nl_ruleset_init(void)
{
	return netlink_register_notifier(&nfg_nl_notifier);
}

void nfg_nl_ruleset_exit(void)
{
	netlink_unregister_notifier(&nfg_nl_notifier);
}
