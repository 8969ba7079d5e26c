// SPDX-License-Identifier: GPL-2.0
#include "explain.h"
#include "net.h"
#include "netlink.h"
#include "nl_flow.h"

/* Rules that are told; room for each, and for everything else. */
#define TRIED_MAX	256
#define TRIED_SIZE	(3 * nla_total_size(sizeof(u32)) + nla_total_size(NFG_NAME_LEN_MAX + 1))
#define EXPLAIN_SIZE	1536

static int nfg_nl_put_offset(struct sk_buff *msg, int attr, u32 offset)
{
	return offset ? nla_put_u32(msg, attr, offset) : 0;
}

static int nfg_nl_put_parsed(struct sk_buff *msg, const struct nfg_meta *m)
{
	static const int attrs[] = {
		NFG_A_EXPLAIN_PROTO, NFG_A_EXPLAIN_SADDR, NFG_A_EXPLAIN_DADDR,
		NFG_A_EXPLAIN_SPORT, NFG_A_EXPLAIN_DPORT,
	};

	if (nfg_nl_put_offset(msg, NFG_A_EXPLAIN_GENEVE, m->geneve) ||
	    nfg_nl_put_offset(msg, NFG_A_EXPLAIN_INNER, m->inner) ||
	    nfg_nl_put_offset(msg, NFG_A_EXPLAIN_L4, m->l4) ||
	    nfg_nl_put_offset(msg, NFG_A_EXPLAIN_INNER_LENGTH, m->inner_len))
		return -EMSGSIZE;
	if (m->flags & NFG_META_PROFILE &&
	    (nla_put_u64_64bit(msg, NFG_A_EXPLAIN_ENDPOINT, m->endpoint, NFG_A_EXPLAIN_PAD) ||
	     nla_put_u32(msg, NFG_A_EXPLAIN_COOKIE, m->cookie)))
		return -EMSGSIZE;
	if (m->flags & NFG_META_TUPLE && nfg_nl_put_tuple(msg, &m->tuple, attrs))
		return -EMSGSIZE;
	return m->flags & NFG_META_FRAGMENT ? nla_put_flag(msg, NFG_A_EXPLAIN_FRAGMENT) : 0;
}

static int nfg_nl_put_explained_flow(struct sk_buff *msg, const struct nfg_config *cfg,
				     const struct nfg_explanation *x)
{
	struct nlattr *nest;

	if ((x->related && nla_put_flag(msg, NFG_A_EXPLAIN_RELATED)) ||
	    (x->reply && nla_put_flag(msg, NFG_A_EXPLAIN_REPLY)))
		return -EMSGSIZE;
	if (!x->flow)
		return 0;
	nest = nla_nest_start(msg, NFG_A_EXPLAIN_FLOW);
	if (!nest || nfg_nl_put_flow(msg, cfg, x->flow))
		return -EMSGSIZE;
	nla_nest_end(msg, nest);
	return x->current_verdict ? nla_put_flag(msg, NFG_A_EXPLAIN_CURRENT) : 0;
}

static int nfg_nl_put_tried(struct sk_buff *msg, const struct nfg_explanation *x, u32 i)
{
	const struct nfg_match *match = &x->policy->match[i];
	int failed = nfg_match_test(match, &x->query);
	struct nlattr *nest = nla_nest_start(msg, NFG_A_EXPLAIN_TRIED);

	if (!nest || nla_put_string(msg, NFG_A_TRIED_RULE, x->policy->rules[i]->name) ||
	    (failed >= 0 && (nla_put_u32(msg, NFG_A_TRIED_COND, failed) ||
			     nla_put_u8(msg, NFG_A_TRIED_FIELD, match->cond[failed].field))))
		return -EMSGSIZE;
	nla_nest_end(msg, nest);
	return 0;
}

static int nfg_nl_put_policy(struct sk_buff *msg, const struct nfg_explanation *x)
{
	u32 i = x->tried > TRIED_MAX ? x->tried - TRIED_MAX : 0;

	if (nla_put_string(msg, NFG_A_EXPLAIN_POLICY, x->policy->name) ||
	    (i && nla_put_u32(msg, NFG_A_EXPLAIN_SKIPPED, i)))
		return -EMSGSIZE;
	for (; i < x->tried; i++)
		if (nfg_nl_put_tried(msg, x, i))
			return -EMSGSIZE;
	return 0;
}

static int nfg_nl_put_decision(struct sk_buff *msg, const struct nfg_explanation *x)
{
	if (nla_put_u8(msg, NFG_A_EXPLAIN_DIRECTION, x->direction) ||
	    nla_put_u8(msg, NFG_A_EXPLAIN_VERDICT, x->verdict))
		return -EMSGSIZE;
	if (x->policy && nfg_nl_put_policy(msg, x))
		return -EMSGSIZE;
	if (!x->rule)
		return 0;
	return (!x->policy && nla_put_string(msg, NFG_A_EXPLAIN_POLICY, x->rule->policy)) ||
	       (x->rule->name[0] && nla_put_string(msg, NFG_A_EXPLAIN_RULE, x->rule->name)) ?
	       -EMSGSIZE : 0;
}

static int nfg_nl_put_explanation(struct sk_buff *msg, const struct nfg_config *cfg,
				  const struct nfg_explanation *x)
{
	if (nla_put_u8(msg, NFG_A_EXPLAIN_FATE, x->fate) ||
	    (x->passed && nla_put_string(msg, NFG_A_EXPLAIN_PASSED, x->passed)) ||
	    (x->reason && nla_put_string(msg, NFG_A_EXPLAIN_REASON,
					 nfg_reason_name(x->reason))) ||
	    nfg_nl_put_parsed(msg, &x->m) ||
	    nfg_nl_put_explained_flow(msg, cfg, x))
		return -EMSGSIZE;
	return x->decided ? nfg_nl_put_decision(msg, x) : 0;
}

static struct sk_buff *nfg_nl_explain_skb(const struct nlattr *packet)
{
	struct sk_buff *skb = alloc_skb(nla_len(packet), GFP_KERNEL);

	if (!skb)
		return NULL;
	skb_put_data(skb, nla_data(packet), nla_len(packet));
	skb_reset_network_header(skb);
	skb->protocol = htons(ETH_P_IP);
	return skb;
}

int nfg_nl_explain(struct sk_buff *skb, struct genl_info *info)
{
	struct nfg_net *nn = nfg_pernet(genl_info_net(info));
	const struct nlattr *bytes = info->attrs[NFG_A_EXPLAIN_PACKET];
	const struct nfg_config *cfg;
	struct sk_buff *packet, *msg;
	struct nfg_explanation x;
	int err = -ENOMEM;
	void *hdr;

	if (!bytes) {
		NL_SET_ERR_MSG(info->extack, "give a packet");
		return -EINVAL;
	}
	packet = nfg_nl_explain_skb(bytes);
	if (!packet)
		return err;
	msg = genlmsg_new(EXPLAIN_SIZE + TRIED_MAX * TRIED_SIZE, GFP_KERNEL);
	if (!msg)
		goto free_packet;
	err = -EMSGSIZE;
	hdr = genlmsg_put_reply(msg, info, &nfg_nl_family, 0, NFG_CMD_EXPLAIN);
	if (!hdr)
		goto free_msg;

	rcu_read_lock();
	cfg = rcu_dereference(nn->config);
	nfg_explain(nn, cfg, packet, &x);
	err = nfg_nl_put_explanation(msg, cfg, &x);
	rcu_read_unlock();
	if (WARN_ON_ONCE(err))
		goto free_msg;
	genlmsg_end(msg, hdr);
	kfree_skb(packet);
	return genlmsg_reply(msg, info);

free_msg:
	nlmsg_free(msg);
free_packet:
	kfree_skb(packet);
	return err;
}
