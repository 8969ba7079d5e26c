// SPDX-License-Identifier: GPL-2.0
#include <net/sock.h>

#include "compat.h"
#include "filter.h"
#include "net.h"
#include "netlink.h"
#include "nl_flow.h"
#include "rule.h"
#include "ruleset.h"

#define FLOW_SIZE	512

/* Buckets that are looked at without a break. */
#define CHUNK	256

/* What was read under rcu_read_lock() has to be read again. */
static void nfg_rcu_break(void)
{
	rcu_read_unlock();
	cond_resched();
	rcu_read_lock();
}

int nfg_nl_put_tuple(struct sk_buff *msg, const struct nfg_tuple *t, const int attrs[5])
{
	int size = t->version == 4 ? 4 : 16;

	return nla_put_u8(msg, attrs[0], t->proto) ||
	       nla_put(msg, attrs[1], size, &t->saddr) ||
	       nla_put(msg, attrs[2], size, &t->daddr) ||
	       nla_put_u16(msg, attrs[3], be16_to_cpu(t->sport)) ||
	       nla_put_u16(msg, attrs[4], be16_to_cpu(t->dport)) ? -EMSGSIZE : 0;
}

static int nfg_nl_put_flow_tuple(struct sk_buff *msg, const struct nfg_flow *flow)
{
	static const int attrs[] = {
		NFG_A_FLOW_PROTO, NFG_A_FLOW_SADDR, NFG_A_FLOW_DADDR, NFG_A_FLOW_SPORT,
		NFG_A_FLOW_DPORT,
	};
	struct nfg_tuple t;

	nfg_flow_tuple(flow, &t);
	return nfg_nl_put_tuple(msg, &t, attrs);
}

/* The rule is there as long as its ruleset is the current one. */
static int nfg_nl_put_flow_rule(struct sk_buff *msg, const struct nfg_config *cfg,
				const struct nfg_flow *flow)
{
	const struct nfg_rule *rule;

	if (READ_ONCE(flow->kept) && nla_put_flag(msg, NFG_A_FLOW_KEPT))
		return -EMSGSIZE;
	/* the rule is read after the generation that makes it valid */
	if (smp_load_acquire(&flow->generation) != cfg->rules->generation)
		return 0;
	rule = READ_ONCE(flow->rule);
	if (!rule)
		return 0;
	return nla_put_string(msg, NFG_A_FLOW_POLICY, rule->policy) ||
	       (rule->name[0] && nla_put_string(msg, NFG_A_FLOW_RULE, rule->name)) ?
	       -EMSGSIZE : 0;
}

static int nfg_nl_put_flow_counts(struct sk_buff *msg, const struct nfg_flow *flow)
{
	const struct {
		int attr;
		const atomic64_t *value;
	} counts[] = {
		{ NFG_A_FLOW_PACKETS, &flow->count[0].packets },
		{ NFG_A_FLOW_BYTES, &flow->count[0].bytes },
		{ NFG_A_FLOW_REPLY_PACKETS, &flow->count[1].packets },
		{ NFG_A_FLOW_REPLY_BYTES, &flow->count[1].bytes },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(counts); i++)
		if (nla_put_u64_64bit(msg, counts[i].attr, atomic64_read(counts[i].value),
				      NFG_A_FLOW_PAD))
			return -EMSGSIZE;
	return 0;
}

static int nfg_nl_put_flow_times(struct sk_buff *msg, const struct nfg_config *cfg,
				 const struct nfg_flow *flow)
{
	u32 now = jiffies, idle = max_t(s32, now - READ_ONCE(flow->seen), 0);
	u32 timeout = cfg->timeout[READ_ONCE(flow->timeout)];
	u32 left = timeout - min(idle, timeout);

	return nla_put_u64_64bit(msg, NFG_A_FLOW_AGE_MS, jiffies_to_msecs(now - flow->created),
				 NFG_A_FLOW_PAD) ||
	       nla_put_u64_64bit(msg, NFG_A_FLOW_IDLE_MS, jiffies_to_msecs(idle),
				 NFG_A_FLOW_PAD) ||
	       nla_put_u64_64bit(msg, NFG_A_FLOW_EXPIRES_MS, jiffies_to_msecs(left),
				 NFG_A_FLOW_PAD) ? -EMSGSIZE : 0;
}

int nfg_nl_put_flow(struct sk_buff *msg, const struct nfg_config *cfg,
		    const struct nfg_flow *flow)
{
	return nla_put_u64_64bit(msg, NFG_A_FLOW_ENDPOINT, flow->key.word[0], NFG_A_FLOW_PAD) ||
	       nfg_nl_put_flow_tuple(msg, flow) ||
	       nla_put_u8(msg, NFG_A_FLOW_STATE, READ_ONCE(flow->state)) ||
	       nla_put_u8(msg, NFG_A_FLOW_DIRECTION, READ_ONCE(flow->direction)) ||
	       nla_put_u8(msg, NFG_A_FLOW_VERDICT, READ_ONCE(flow->verdict)) ||
	       nfg_nl_put_flow_rule(msg, cfg, flow) ||
	       nla_put_u32(msg, NFG_A_FLOW_COOKIE, READ_ONCE(flow->cookie)) ||
	       nla_put_u32(msg, NFG_A_FLOW_COOKIE_CHANGES, READ_ONCE(flow->cookie_changes)) ||
	       nfg_nl_put_flow_counts(msg, flow) ||
	       nfg_nl_put_flow_times(msg, cfg, flow) ? -EMSGSIZE : 0;
}

static int nfg_nl_flow_fill(struct sk_buff *msg, const struct nfg_config *cfg,
			    const struct nfg_flow *flow, void *hdr)
{
	int err = nfg_nl_put_flow(msg, cfg, flow);

	if (err)
		genlmsg_cancel(msg, hdr);
	else
		genlmsg_end(msg, hdr);
	return err;
}

/*
 * All flows of a bucket, or none: where the next message goes on is between two
 * buckets, so that a flow is never told twice or left out. Only one that fills a
 * message by itself is split.
 *
 * Return: 0, or -EMSGSIZE when the message is full.
 */
static int nfg_nl_dump_bucket(struct sk_buff *skb, struct netlink_callback *cb,
			      const struct nfg_config *cfg, const struct nfg_flow_table *table)
{
	const struct nfg_filter *filter = (const struct nfg_filter *)cb->args[2];
	unsigned int before = skb->len;
	struct hlist_node *node;
	long index = 0;
	void *hdr;

	for (node = rcu_dereference(hlist_first_rcu(&table->bucket[cb->args[0]])); node;
	     node = rcu_dereference(hlist_next_rcu(node))) {
		const struct nfg_flow *flow = nfg_flow_of(node, table->link);

		if (index++ < cb->args[1] || nfg_flow_expired(cfg, flow, jiffies) ||
		    !nfg_filter_has(filter, flow))
			continue;
		hdr = genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
				  &nfg_nl_family, NLM_F_MULTI, NFG_CMD_FLOW_GET);
		if (!hdr)
			goto full;
		genl_dump_check_consistent(cb, hdr);
		if (nfg_nl_flow_fill(skb, cfg, flow, hdr))
			goto full;
	}
	cb->args[1] = 0;
	return 0;

full:
	if (before)
		nlmsg_trim(skb, skb_tail_pointer(skb) - (skb->len - before));
	else
		cb->args[1] = index - 1;
	return -EMSGSIZE;
}

int nfg_nl_flow_dump_start(struct netlink_callback *cb)
{
	struct nfg_filter *filter = kzalloc(sizeof(*filter), GFP_KERNEL);
	int err;

	if (!filter)
		return -ENOMEM;
	err = nfg_nl_filter_get(filter, nfg_dump_attrs(cb)[NFG_A_FLOW_FILTER], cb->extack);
	if (err) {
		kfree(filter);
		return err;
	}
	cb->args[2] = (long)filter;
	return 0;
}

int nfg_nl_flow_dump_done(struct netlink_callback *cb)
{
	kfree((struct nfg_filter *)cb->args[2]);
	return 0;
}

/* cb->args: bucket, how many of it are done, filter. */
int nfg_nl_flow_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nfg_net *nn = nfg_pernet(sock_net(skb->sk));
	const struct nfg_flow_table *table;
	const struct nfg_config *cfg;

	rcu_read_lock();
	for (;;) {
		cfg = rcu_dereference(nn->config);
		table = rcu_dereference(nn->flows.table);
		cb->seq = READ_ONCE(nn->flows.resized) + 1;
		if (!table || cb->args[0] >= nfg_flow_buckets(table) ||
		    nfg_nl_dump_bucket(skb, cb, cfg, table))
			break;
		if (++cb->args[0] % CHUNK == 0)
			nfg_rcu_break();
	}
	rcu_read_unlock();
	return skb->len;
}

/* The key of the flow that a request names. */
static int nfg_nl_flow_key(struct nfg_flow_key *key, struct nlattr **attrs,
			   struct netlink_ext_ack *extack)
{
	const struct nlattr *saddr = attrs[NFG_A_FLOW_SADDR], *daddr = attrs[NFG_A_FLOW_DADDR];
	struct nfg_tuple t = { };

	if (!attrs[NFG_A_FLOW_ENDPOINT] || !attrs[NFG_A_FLOW_PROTO] || !saddr || !daddr) {
		NL_SET_ERR_MSG(extack, "give endpoint, protocol and both addresses of the flow");
		return -EINVAL;
	}
	if (nla_len(saddr) != nla_len(daddr) || (nla_len(saddr) != 4 && nla_len(saddr) != 16)) {
		NL_SET_ERR_MSG_ATTR(extack, saddr, "the addresses are not of one family");
		return -EINVAL;
	}
	t.version = nla_len(saddr) == 4 ? 4 : 6;
	t.proto = nla_get_u8(attrs[NFG_A_FLOW_PROTO]);
	memcpy(&t.saddr, nla_data(saddr), nla_len(saddr));
	memcpy(&t.daddr, nla_data(daddr), nla_len(daddr));
	if (attrs[NFG_A_FLOW_SPORT])
		t.sport = cpu_to_be16(nla_get_u16(attrs[NFG_A_FLOW_SPORT]));
	if (attrs[NFG_A_FLOW_DPORT])
		t.dport = cpu_to_be16(nla_get_u16(attrs[NFG_A_FLOW_DPORT]));
	nfg_flow_key_set(key, &t, nla_get_u64(attrs[NFG_A_FLOW_ENDPOINT]));
	return 0;
}

static int nfg_nl_flow_get_one(struct nfg_net *nn, const struct nfg_flow_key *key,
			       struct sk_buff *msg, void *hdr)
{
	const struct nfg_config *cfg;
	struct nfg_flow *flow = NULL;
	int err = -ENOENT;

	rcu_read_lock();
	cfg = rcu_dereference(nn->config);
	if (rcu_access_pointer(nn->flows.table))
		flow = nfg_flow_lookup(&nn->flows, key);
	if (flow && !nfg_flow_expired(cfg, flow, jiffies))
		err = nfg_nl_flow_fill(msg, cfg, flow, hdr);
	rcu_read_unlock();
	return err;
}

int nfg_nl_flow_get(struct sk_buff *skb, struct genl_info *info)
{
	struct nfg_net *nn = nfg_pernet(genl_info_net(info));
	struct nfg_flow_key key;
	struct sk_buff *msg;
	void *hdr;
	int err;

	err = nfg_nl_flow_key(&key, info->attrs, info->extack);
	if (err)
		return err;
	msg = genlmsg_new(FLOW_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	hdr = genlmsg_put_reply(msg, info, &nfg_nl_family, 0, NFG_CMD_FLOW_GET);
	err = hdr ? nfg_nl_flow_get_one(nn, &key, msg, hdr) : -EMSGSIZE;
	if (err) {
		if (err == -ENOENT)
			NL_SET_ERR_MSG(info->extack, "no such flow");
		nlmsg_free(msg);
		return err;
	}
	return genlmsg_reply(msg, info);
}

static int nfg_nl_flow_reply_count(struct genl_info *info, u8 cmd, u32 count)
{
	struct sk_buff *msg = genlmsg_new(nla_total_size(sizeof(u32)), GFP_KERNEL);
	void *hdr;

	if (!msg)
		return -ENOMEM;
	hdr = genlmsg_put_reply(msg, info, &nfg_nl_family, 0, cmd);
	if (!hdr || nla_put_u32(msg, NFG_A_FLOW_COUNT, count)) {
		nlmsg_free(msg);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, hdr);
	return genlmsg_reply(msg, info);
}

static u32 nfg_flows_count_bucket(const struct nfg_flow_table *table, u32 bucket,
				  const struct nfg_config *cfg, const struct nfg_filter *filter)
{
	struct hlist_node *node;
	u32 n = 0;

	for (node = rcu_dereference(hlist_first_rcu(&table->bucket[bucket])); node;
	     node = rcu_dereference(hlist_next_rcu(node))) {
		const struct nfg_flow *flow = nfg_flow_of(node, table->link);

		n += !nfg_flow_expired(cfg, flow, jiffies) && nfg_filter_has(filter, flow);
	}
	return n;
}

static u32 nfg_flows_count(struct nfg_net *nn, const struct nfg_filter *filter)
{
	const struct nfg_flow_table *table;
	u32 bucket = 0, n = 0;

	rcu_read_lock();
	for (;;) {
		table = rcu_dereference(nn->flows.table);
		if (!table || bucket >= nfg_flow_buckets(table))
			break;
		n += nfg_flows_count_bucket(table, bucket, rcu_dereference(nn->config), filter);
		if (++bucket % CHUNK == 0)
			nfg_rcu_break();
	}
	rcu_read_unlock();
	return n;
}

int nfg_nl_flow_count(struct sk_buff *skb, struct genl_info *info)
{
	struct nfg_net *nn = nfg_pernet(genl_info_net(info));
	struct nfg_filter filter;
	int err;

	err = nfg_nl_filter_get(&filter, info->attrs[NFG_A_FLOW_FILTER], info->extack);
	if (err)
		return err;
	return nfg_nl_flow_reply_count(info, NFG_CMD_FLOW_COUNT, nfg_flows_count(nn, &filter));
}

int nfg_nl_flow_flush(struct sk_buff *skb, struct genl_info *info)
{
	struct nfg_net *nn = nfg_pernet(genl_info_net(info));
	struct nfg_filter filter;
	u32 count;
	int err;

	err = nfg_nl_filter_get(&filter, info->attrs[NFG_A_FLOW_FILTER], info->extack);
	if (err)
		return err;
	/* the table is not replaced meanwhile */
	mutex_lock(&nn->lock);
	count = nfg_filter_flush(&filter, &nn->flows);
	mutex_unlock(&nn->lock);
	return nfg_nl_flow_reply_count(info, NFG_CMD_FLOW_FLUSH, count);
}
