// SPDX-License-Identifier: GPL-2.0
#include <linux/kmod.h>
#include <linux/ktime.h>
#include <linux/netfilter.h>
#include <net/netfilter/nf_log.h>

#include "log.h"
#include "net.h"
#include "netlink.h"
#include "nl_flow.h"
#include "rule.h"

/* More than the longest event takes. */
#define EVENT_SIZE	512

static int nfg_log_put_rule(struct sk_buff *msg, const struct nfg_rule *rule,
			    enum nfg_reason reason)
{
	if (nla_put_string(msg, NFG_A_LOG_POLICY, rule->policy) ||
	    (*rule->name && nla_put_string(msg, NFG_A_LOG_RULE, rule->name)) ||
	    nla_put_u8(msg, NFG_A_LOG_VERDICT, rule->verdict) ||
	    (reason && nla_put_string(msg, NFG_A_LOG_REASON, nfg_reason_name(reason))))
		return -EMSGSIZE;
	return 0;
}

static int nfg_log_put(struct sk_buff *msg, const struct nfg_meta *m, const struct nfg_rule *rule,
		       u8 direction, enum nfg_reason reason, u32 len, u32 suppressed)
{
	static const int attrs[] = {
		NFG_A_LOG_PROTO, NFG_A_LOG_SADDR, NFG_A_LOG_DADDR, NFG_A_LOG_SPORT,
		NFG_A_LOG_DPORT,
	};
	void *hdr = genlmsg_put(msg, 0, 0, &nfg_nl_family, 0, NFG_CMD_LOG_NTF);

	if (!hdr ||
	    nla_put_u64_64bit(msg, NFG_A_LOG_TIME, ktime_get_real_ns(), NFG_A_LOG_PAD) ||
	    nla_put_u64_64bit(msg, NFG_A_LOG_ENDPOINT, m->endpoint, NFG_A_LOG_PAD) ||
	    nla_put_u32(msg, NFG_A_LOG_COOKIE, m->cookie) ||
	    nfg_nl_put_tuple(msg, &m->tuple, attrs) ||
	    nla_put_u8(msg, NFG_A_LOG_DIRECTION, direction) ||
	    nfg_log_put_rule(msg, rule, reason) ||
	    nla_put_u32(msg, NFG_A_LOG_LENGTH, len) ||
	    (suppressed && nla_put_u32(msg, NFG_A_LOG_SUPPRESSED, suppressed)))
		return -EMSGSIZE;
	genlmsg_end(msg, hdr);
	return 0;
}

/* Nothing is made, or counted, as long as nobody listens. */
static void nfg_log_event(struct nfg_net *nn, const struct nfg_meta *m,
			  const struct nfg_rule *rule, u8 direction, enum nfg_reason reason,
			  u32 len)
{
	struct nfg_stats *stats = this_cpu_ptr(nn->stats);
	struct nfg_events *events = &nn->events;
	struct sk_buff *msg;
	u32 suppressed = 0;

	if (!genl_has_listeners(&nfg_nl_family, nn->net, NFG_NL_GROUP_EVENTS))
		return;
	if (!nfg_limit_allow(&events->limit, ktime_get_ns()))
		goto suppress;
	msg = genlmsg_new(EVENT_SIZE, GFP_ATOMIC | __GFP_NOWARN);
	if (!msg)
		goto suppress;
	if (atomic_read(&events->suppressed))
		suppressed = atomic_xchg(&events->suppressed, 0);
	if (WARN_ON_ONCE(nfg_log_put(msg, m, rule, direction, reason, len, suppressed))) {
		nlmsg_free(msg);
		return;
	}
	/* those who listen may all be in other namespaces */
	if (genlmsg_multicast_netns(&nfg_nl_family, nn->net, msg, 0, NFG_NL_GROUP_EVENTS,
				    GFP_ATOMIC) == -ESRCH)
		atomic_add(suppressed, &events->suppressed);
	else
		nfg_count_one(&stats->count[NFG_COUNT_EVENT], len);
	return;

suppress:
	nfg_count_one(&stats->count[NFG_COUNT_EVENT_SUPPRESSED], len);
	atomic_inc(&events->suppressed);
}

/*
 * A clone that begins and ends with the inner packet; without a MAC header, for
 * the outer one would be taken for its own.
 */
static struct sk_buff *nfg_log_inner(struct sk_buff *skb, const struct nfg_meta *m)
{
	struct sk_buff *inner = skb_clone(skb, GFP_ATOMIC | __GFP_NOWARN);

	if (!inner)
		return NULL;
	if (!pskb_pull(inner, m->inner) || pskb_trim(inner, m->inner_len)) {
		kfree_skb(inner);
		return NULL;
	}
	inner->mac_header = (typeof(inner->mac_header))~0U;
	inner->protocol = htons(m->tuple.version == 4 ? ETH_P_IP : ETH_P_IPV6);
	skb_reset_network_header(inner);
	skb_set_transport_header(inner, m->l4 - m->inner);
	return inner;
}

static void nfg_log_packet(struct nfg_net *nn, struct sk_buff *skb, const struct nfg_meta *m,
			   const struct nfg_rule *rule)
{
	const struct nf_loginfo info = {
		.type = NF_LOG_TYPE_ULOG,
		.u.ulog.group = rule->log_group,
	};
	struct sk_buff *inner = nfg_log_inner(skb, m);

	if (!inner)
		return;
	nf_log_packet(nn->net, m->tuple.version == 4 ? NFPROTO_IPV4 : NFPROTO_IPV6,
		      NF_INET_PRE_ROUTING, inner, inner->dev, NULL, &info, "%s%s%s",
		      rule->policy, *rule->name ? "/" : "", rule->name);
	consume_skb(inner);
}

void nfg_log(struct nfg_net *nn, struct sk_buff *skb, const struct nfg_meta *m,
	     const struct nfg_rule *rule, u8 direction, enum nfg_reason reason, u32 len)
{
	if (rule->log)
		nfg_log_event(nn, m, rule, direction, reason, len);
	if (rule->log_group >= 0)
		nfg_log_packet(nn, skb, m, rule);
}

/*
 * NFPROTO_INET stands for IPv4 and IPv6, one module logs both. Not every kernel
 * loads it by itself here.
 */
int nfg_log_group_get(void)
{
	int err = nf_logger_find_get(NFPROTO_INET, NF_LOG_TYPE_ULOG);

	if (err != -ENOENT)
		return err;
	request_module("nf-logger-%u-%u", NFPROTO_IPV4, NF_LOG_TYPE_ULOG);
	return nf_logger_find_get(NFPROTO_INET, NF_LOG_TYPE_ULOG);
}

void nfg_log_group_put(void)
{
	nf_logger_put(NFPROTO_INET, NF_LOG_TYPE_ULOG);
}
