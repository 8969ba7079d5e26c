/* SPDX-License-Identifier: GPL-2.0 */
/* Generic netlink family: see uapi/linux/nf_geneve.h. */
#ifndef NFG_NETLINK_H
#define NFG_NETLINK_H

#include <linux/nf_geneve.h>
#include <net/genetlink.h>

struct nfg_config;
struct nfg_net;
struct nfg_ruleset;

/* nl_policy.c */
extern const struct nla_policy nfg_nl_config_policy[NFG_A_CONFIG_MAX + 1];
extern const struct nla_policy nfg_nl_prefix_policy[NFG_A_PREFIX_MAX + 1];
extern const struct nla_policy nfg_nl_endpoint_policy[NFG_A_ENDPOINT_NAME + 1];
extern const struct nla_policy nfg_nl_bind_policy[NFG_A_ENDPOINT_MAX + 1];
extern const struct nla_policy nfg_nl_ruleset_policy[NFG_A_RULESET_MAX + 1];
extern const struct nla_policy nfg_nl_set_policy[NFG_A_SET_MAX + 1];
extern const struct nla_policy nfg_nl_rules_policy[NFG_A_POLICY_MAX + 1];
extern const struct nla_policy nfg_nl_rule_policy[NFG_A_RULE_MAX + 1];
extern const struct nla_policy nfg_nl_verdict_policy[NFG_A_RULE_MAX + 1];
extern const struct nla_policy nfg_nl_cond_policy[NFG_A_COND_MAX + 1];

extern const struct nla_policy nfg_nl_flow_policy[NFG_A_FLOW_DPORT + 1];
extern const struct nla_policy nfg_nl_filter_policy[NFG_A_FILTER_MAX + 1];
extern const struct nla_policy nfg_nl_explain_policy[NFG_A_EXPLAIN_PACKET + 1];

/* nl_config.c, nl_stats.c, nl_endpoint.c, nl_flow.c, nl_explain.c */
int nfg_nl_config_get(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_config_set(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_stats_get(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_endpoint_get(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_endpoint_dump(struct sk_buff *skb, struct netlink_callback *cb);
int nfg_nl_endpoint_set(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_flow_get(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_flow_count(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_flow_flush(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_flow_dump_start(struct netlink_callback *cb);
int nfg_nl_flow_dump(struct sk_buff *skb, struct netlink_callback *cb);
int nfg_nl_flow_dump_done(struct netlink_callback *cb);
int nfg_nl_explain(struct sk_buff *skb, struct genl_info *info);

/* nl_ruleset.c, nl_set.c, nl_rule.c, nl_rule_get.c, nl_bind.c */
int nfg_nl_ruleset_get(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_ruleset_begin(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_ruleset_commit(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_ruleset_abort(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_set_new(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_set_add(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_set_delete(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_set_dump(struct sk_buff *skb, struct netlink_callback *cb);
int nfg_nl_policy_new(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_policy_dump(struct sk_buff *skb, struct netlink_callback *cb);
int nfg_nl_rule_add(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_rule_delete(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_rule_dump_start(struct netlink_callback *cb);
int nfg_nl_rule_dump(struct sk_buff *skb, struct netlink_callback *cb);
int nfg_nl_bind(struct sk_buff *skb, struct genl_info *info);
int nfg_nl_bind_dump(struct sk_buff *skb, struct netlink_callback *cb);

int nfg_nl_ruleset_init(void);
void nfg_nl_ruleset_exit(void);

/**
 * nfg_nl_ruleset_notify() - tell the listeners of group "config" about a ruleset
 * @net: namespace
 * @rs: its new ruleset
 *
 * Context: process; @rs stays for the while.
 */
void nfg_nl_ruleset_notify(struct net *net, const struct nfg_ruleset *rs);

/* netlink.c */
enum nfg_nl_group {
	NFG_NL_GROUP_CONFIG,
	NFG_NL_GROUP_EVENTS,
};

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

/**
 * nfg_nl_config_build() - the configuration that NFG_A_CONFIG_* ask for
 * @old: what the others stay like
 * @attrs: attributes, validated by nfg_nl_config_policy
 * @extack: gets a sentence
 *
 * Context: process, may sleep.
 * Return: configuration to publish or to kfree(), or an ERR_PTR().
 */
struct nfg_config *nfg_nl_config_build(const struct nfg_config *old, struct nlattr **attrs,
				       struct netlink_ext_ack *extack);

/**
 * nfg_nl_config_notify() - tell the listeners of group "config" the settings
 * @nn: namespace
 * @cfg: its configuration
 *
 * Context: process; @nn->lock held.
 */
void nfg_nl_config_notify(struct nfg_net *nn, const struct nfg_config *cfg);

int nfg_netlink_init(void);
void nfg_netlink_exit(void);

#endif /* NFG_NETLINK_H */
