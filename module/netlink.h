/* SPDX-License-Identifier: GPL-2.0 */
/* Generic netlink family: see uapi/linux/nf_geneve.h. */
#ifndef NFG_NETLINK_H
#define NFG_NETLINK_H

#include <linux/nf_geneve.h>
#include <net/genetlink.h>

/* nl_policy.c */
extern const struct nla_policy nfg_nl_config_policy[NFG_A_CONFIG_MAX + 1];
extern const struct nla_policy nfg_nl_prefix_policy[NFG_A_PREFIX_MAX + 1];
extern const struct nla_policy nfg_nl_endpoint_policy[NFG_A_ENDPOINT_NAME + 1];

/* nl_config.c, nl_stats.c, nl_endpoint.c */
int nfg_nl_config_get(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_config_set(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_stats_get(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_endpoint_get(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_endpoint_dump(struct sk_buff *skb, struct netlink_callback *cb);
int nfg_nl_endpoint_set(struct sk_buff *skb, struct genl_info *info);

/* netlink.c */
extern struct genl_family nfg_nl_family;

/**
 * nfg_nl_notify() - tell the listeners of group "config"
 * @net: namespace the change was made in
 * @msg: complete message; consumed
 *
 * Context: process, may sleep.
 */
void nfg_nl_notify(struct net *net, struct sk_buff *msg);

/**
 * nfg_nl_has_listeners() - does anybody listen to group "config"?
 * @net: namespace
 *
 * Return: true when a notification is worth making.
 */
bool nfg_nl_has_listeners(struct net *net);

int nfg_netlink_init(void);
void nfg_netlink_exit(void);

#endif /* NFG_NETLINK_H */
