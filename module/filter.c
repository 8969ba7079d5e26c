// SPDX-License-Identifier: GPL-2.0
#include <net/netlink.h>

#include "core/l4.h"
#include "filter.h"
#include "netlink.h"

static int nfg_nl_filter_prefix(struct nfg_filter *filter, struct nlattr **tb,
				struct netlink_ext_ack *extack)
{
	const struct nlattr *addr = tb[NFG_A_FILTER_ADDR], *len = tb[NFG_A_FILTER_ADDR_LEN];
	int size;

	if (!addr) {
		if (!len)
			return 0;
		NL_SET_ERR_MSG_ATTR(extack, len, "a prefix length needs an address");
		return -EINVAL;
	}
	size = nla_len(addr);
	if (size != 4 && size != 16) {
		NL_SET_ERR_MSG_ATTR(extack, addr, "an address has the wrong length");
		return -EINVAL;
	}
	if (nfg_prefix_set(&filter->prefix, size == 4 ? 4 : 6, nla_data(addr),
			   len ? nla_get_u8(len) : size * 8)) {
		NL_SET_ERR_MSG_ATTR(extack, addr,
				    "a prefix is too long or has bits set behind its length");
		return -EINVAL;
	}
	return 0;
}

int nfg_nl_filter_get(struct nfg_filter *filter, const struct nlattr *nest,
		      struct netlink_ext_ack *extack)
{
	struct nlattr *tb[NFG_A_FILTER_MAX + 1];
	int err, i;

	memset(filter, 0, sizeof(*filter));
	if (!nest)
		return 0;
	err = nla_parse_nested(tb, NFG_A_FILTER_MAX, nest, nfg_nl_filter_policy, extack);
	if (err)
		return err;
	for (i = 0; i <= NFG_A_FILTER_MAX; i++)
		if (tb[i])
			filter->given |= BIT(i);
	if (tb[NFG_A_FILTER_ENDPOINT])
		filter->endpoint = nla_get_u64(tb[NFG_A_FILTER_ENDPOINT]);
	if (tb[NFG_A_FILTER_PORT])
		filter->port = htons(nla_get_u16(tb[NFG_A_FILTER_PORT]));
	if (tb[NFG_A_FILTER_PROTO])
		filter->proto = nla_get_u8(tb[NFG_A_FILTER_PROTO]);
	if (tb[NFG_A_FILTER_VERDICT])
		filter->verdict = nla_get_u8(tb[NFG_A_FILTER_VERDICT]);
	if (tb[NFG_A_FILTER_STATE])
		filter->state = nla_get_u8(tb[NFG_A_FILTER_STATE]);
	return nfg_nl_filter_prefix(filter, tb, extack);
}

static bool nfg_filter_has_ends(const struct nfg_filter *filter, const struct nfg_flow *flow)
{
	struct nfg_tuple t;
	bool icmp;

	nfg_flow_tuple(flow, &t);
	/* what stands for ports there is none */
	icmp = nfg_tuple_is_icmp(&t);
	if (filter->given & BIT(NFG_A_FILTER_PORT) &&
	    (icmp || (t.sport != filter->port && t.dport != filter->port)))
		return false;
	return !(filter->given & BIT(NFG_A_FILTER_ADDR)) ||
	       nfg_prefix_has(&filter->prefix, t.version, &t.saddr) ||
	       nfg_prefix_has(&filter->prefix, t.version, &t.daddr);
}

bool nfg_filter_has(const struct nfg_filter *filter, const struct nfg_flow *flow)
{
	u32 given = filter->given;

	if (!given)
		return true;
	if ((given & BIT(NFG_A_FILTER_ENDPOINT) && flow->key.word[0] != filter->endpoint) ||
	    (given & BIT(NFG_A_FILTER_PROTO) && (u8)(flow->key.word[5] >> 40) != filter->proto) ||
	    (given & BIT(NFG_A_FILTER_VERDICT) && READ_ONCE(flow->verdict) != filter->verdict) ||
	    (given & BIT(NFG_A_FILTER_STATE) && READ_ONCE(flow->state) != filter->state))
		return false;
	return nfg_filter_has_ends(filter, flow);
}

u32 nfg_filter_flush(const struct nfg_filter *filter, struct nfg_flows *flows)
{
	const struct nfg_flow_table *table = rcu_dereference_protected(flows->table, true);
	struct hlist_node *node, *next;
	u32 bucket, n = 0;

	if (!table)
		return 0;
	for (bucket = 0; bucket < nfg_flow_buckets(table); bucket++) {
		if (hlist_empty(&table->bucket[bucket]))
			continue;
		spin_lock_bh(&flows->lock);
		for (node = table->bucket[bucket].first; node; node = next) {
			struct nfg_flow *flow = nfg_flow_of(node, table->link);

			next = node->next;
			if (nfg_filter_has(filter, flow))
				n += nfg_flow_remove(flows, flow, &flows->flushed);
		}
		spin_unlock_bh(&flows->lock);
		cond_resched();
	}
	return n;
}
