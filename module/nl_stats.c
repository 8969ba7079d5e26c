// SPDX-License-Identifier: GPL-2.0
#include "core/reason.h"
#include "net.h"
#include "netlink.h"

/* Room for the totals, and for each reason with the longest of names. */
#define TOTALS_SIZE	512
#define REASON_SIZE	80

static int nfg_nl_put_count(struct sk_buff *msg, const struct nfg_count __percpu *c,
			    int packets_attr, int bytes_attr, int pad)
{
	u64 packets, bytes;

	nfg_count_sum(c, &packets, &bytes);
	if (nla_put_u64_64bit(msg, packets_attr, packets, pad) ||
	    (bytes_attr && nla_put_u64_64bit(msg, bytes_attr, bytes, pad)))
		return -EMSGSIZE;
	return 0;
}

static int nfg_nl_put_totals(struct sk_buff *msg, const struct nfg_stats __percpu *stats)
{
	static const struct {
		int counter;
		int packets;
		int bytes;
	} totals[] = {
		{ NFG_COUNT_RX, NFG_A_STATS_RX_PACKETS, NFG_A_STATS_RX_BYTES },
		{ NFG_COUNT_TX, NFG_A_STATS_TX_PACKETS, NFG_A_STATS_TX_BYTES },
		{ NFG_COUNT_DROP, NFG_A_STATS_DROP_PACKETS, NFG_A_STATS_DROP_BYTES },
		{ NFG_COUNT_PASSED, NFG_A_STATS_PASSED_PACKETS, NFG_A_STATS_PASSED_BYTES },
		{ NFG_COUNT_MONITOR, NFG_A_STATS_MONITOR_PACKETS, NFG_A_STATS_MONITOR_BYTES },
		{ NFG_COUNT_UNLISTED, NFG_A_STATS_ENDPOINTS_UNLISTED, 0 },
		{ NFG_COUNT_ANSWER, NFG_A_STATS_ANSWERS, 0 },
		{ NFG_COUNT_ANSWER_SUPPRESSED, NFG_A_STATS_ANSWERS_SUPPRESSED, 0 },
		{ NFG_COUNT_EVENT, NFG_A_STATS_EVENTS, 0 },
		{ NFG_COUNT_EVENT_SUPPRESSED, NFG_A_STATS_EVENTS_SUPPRESSED, 0 },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(totals); i++)
		if (nfg_nl_put_count(msg, &stats->count[totals[i].counter], totals[i].packets,
				     totals[i].bytes, NFG_A_STATS_PAD))
			return -EMSGSIZE;
	return 0;
}

static int nfg_nl_put_drops(struct sk_buff *msg, const struct nfg_stats __percpu *stats)
{
	struct nlattr *list, *item;
	int reason;

	list = nla_nest_start(msg, NFG_A_STATS_DROPS);
	if (!list)
		return -EMSGSIZE;
	for (reason = NFG_REASON_NONE + 1; reason < NFG_REASON_MAX; reason++) {
		item = nla_nest_start(msg, NFG_A_DROPS_ITEM);
		if (!item ||
		    nla_put_string(msg, NFG_A_DROP_REASON, nfg_reason_name(reason)) ||
		    nfg_nl_put_count(msg, &stats->count[NFG_COUNT_REASON + reason],
				     NFG_A_DROP_PACKETS, NFG_A_DROP_BYTES, NFG_A_DROP_PAD))
			return -EMSGSIZE;
		nla_nest_end(msg, item);
	}
	nla_nest_end(msg, list);
	return 0;
}

static int nfg_nl_put_flows(struct sk_buff *msg, const struct nfg_flows *flows)
{
	const struct {
		int attr;
		const u64 *counter;
	} counters[] = {
		{ NFG_A_STATS_FLOWS_CREATED, &flows->created },
		{ NFG_A_STATS_FLOWS_EXPIRED, &flows->expired },
		{ NFG_A_STATS_FLOWS_EVICTED, &flows->evicted },
		{ NFG_A_STATS_FLOWS_FLUSHED, &flows->flushed },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(counters); i++)
		if (nla_put_u64_64bit(msg, counters[i].attr, READ_ONCE(*counters[i].counter),
				      NFG_A_STATS_PAD))
			return -EMSGSIZE;
	return nla_put_u32(msg, NFG_A_STATS_FLOWS, READ_ONCE(flows->count));
}

int nfg_nl_stats_get(struct sk_buff *skb, struct genl_info *info)
{
	struct nfg_net *nn = nfg_pernet(genl_info_net(info));
	struct sk_buff *msg;
	void *hdr;

	msg = genlmsg_new(TOTALS_SIZE + NFG_REASON_MAX * REASON_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	hdr = genlmsg_put_reply(msg, info, &nfg_nl_family, 0, NFG_CMD_STATS_GET);
	if (!hdr ||
	    nfg_nl_put_totals(msg, nn->stats) ||
	    nfg_nl_put_drops(msg, nn->stats) ||
	    nfg_nl_put_flows(msg, &nn->flows) ||
	    nla_put_u32(msg, NFG_A_STATS_ENDPOINTS, READ_ONCE(nn->endpoints.count))) {
		nlmsg_free(msg);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, hdr);
	return genlmsg_reply(msg, info);
}
