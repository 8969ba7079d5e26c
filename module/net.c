// SPDX-License-Identifier: GPL-2.0
#include <linux/netlink.h>
#include <linux/slab.h>

#include "hook.h"
#include "net.h"
#include "ruleset.h"
#include "sysfs.h"

unsigned int nfg_net_id;

static void nfg_net_limits(struct nfg_net *nn, const struct nfg_config *cfg,
			   const struct nfg_config *old)
{
	if (!old || cfg->reject_rate != old->reject_rate)
		nfg_limit_init(&nn->reject_limit, cfg->reject_rate, 1, 0);
	if (!old || cfg->log_rate != old->log_rate)
		nfg_limit_init(&nn->events.limit, cfg->log_rate, 1, 0);
}

/* Does another than the initial user namespace own it? */
static bool nfg_net_is_foreign(const struct nfg_net *nn)
{
	return nn->net->user_ns != &init_user_ns;
}

/* Flows are made by packets and charged to nobody: a user must not fill the memory so. */
static int nfg_net_check_room(const struct nfg_net *nn, const struct nfg_config *cfg,
			      struct netlink_ext_ack *extack)
{
	if (cfg->flow_max <= NFG_FLOWS_DEFAULT || !nfg_net_is_foreign(nn))
		return 0;
	NL_SET_ERR_MSG(extack,
		       "a flow-max of more than 262144 needs a network namespace of the initial user namespace");
	return -EPERM;
}

int nfg_net_configure(struct nfg_net *nn, struct nfg_config *cfg, struct netlink_ext_ack *extack)
{
	struct nfg_config *old = rcu_dereference_protected(nn->config,
							   lockdep_is_held(&nn->lock));
	int err = nfg_net_check_room(nn, cfg, extack);

	if (err)
		return err;
	if (cfg->enabled && (!old->enabled || cfg->flow_max != old->flow_max)) {
		err = nfg_flows_resize(&nn->flows, cfg->flow_max);
		if (err) {
			NL_SET_ERR_MSG(extack, "no memory for a table of so many flows");
			return err;
		}
	}
	rcu_assign_pointer(nn->config, cfg);
	if (cfg->enabled && !old->enabled) {
		err = nfg_hook_register(nn);
		if (err) {
			NL_SET_ERR_MSG(extack, "the netfilter hook could not be registered");
			rcu_assign_pointer(nn->config, old);
			synchronize_rcu();
			return err;
		}
	} else if (!cfg->enabled && old->enabled) {
		nfg_hook_unregister(nn);
	}
	nfg_net_limits(nn, cfg, old);
	nfg_addr_forget(&nn->addrs);
	kfree_rcu(old, rcu);
	return 0;
}

int nfg_net_enable(struct nfg_net *nn)
{
	struct nfg_config *old, *cfg;
	int err = -ENOMEM;

	mutex_lock(&nn->lock);
	old = rcu_dereference_protected(nn->config, lockdep_is_held(&nn->lock));
	cfg = nfg_config_copy(old);
	if (cfg) {
		cfg->enabled = true;
		err = nfg_net_configure(nn, cfg, NULL);
		if (err)
			kfree(cfg);
	}
	mutex_unlock(&nn->lock);
	return err;
}

static int __net_init nfg_net_ops_init(struct net *net)
{
	struct nfg_net *nn = nfg_pernet(net);
	struct nfg_ruleset *rules;
	struct nfg_config *cfg;
	int err = -ENOMEM;

	nn->net = net;
	mutex_init(&nn->lock);
	rules = nfg_ruleset_empty();
	if (!rules)
		return err;
	cfg = nfg_config_default(rules);
	if (!cfg)
		goto free_rules;
	RCU_INIT_POINTER(nn->config, cfg);
	nfg_net_limits(nn, cfg, NULL);
	nn->stats = nfg_stats_alloc();
	if (!nn->stats)
		goto free_config;
	err = nfg_addrs_init(&nn->addrs);
	if (err)
		goto free_stats;
	nfg_endpoints_init(&nn->endpoints, nfg_net_is_foreign(nn));
	nfg_flows_init(&nn->flows, nfg_net_is_foreign(nn));
	nfg_frags_init(&nn->frags);
	nfg_drafts_init(&nn->drafts);
	err = nfg_sysfs_net_init(nn);
	if (err)
		goto free_addrs;
	return 0;

free_addrs:
	free_percpu(nn->addrs.slots);
free_stats:
	free_percpu(nn->stats);
free_config:
	kfree(cfg);
free_rules:
	nfg_ruleset_free(rules);
	return err;
}

/* The core waits for an RCU period between this and the next. */
static void __net_exit nfg_net_ops_pre_exit(struct net *net)
{
	struct nfg_net *nn = nfg_pernet(net);

	/* elements still expire, by another configuration */
	mutex_lock(&nn->lock);
	if (rcu_dereference_protected(nn->config, lockdep_is_held(&nn->lock))->enabled)
		nfg_hook_unregister(nn);
	mutex_unlock(&nn->lock);
}

static void __net_exit nfg_net_ops_exit(struct net *net)
{
	struct nfg_net *nn = nfg_pernet(net);
	struct nfg_config *cfg;

	nfg_drafts_exit(&nn->drafts);
	nfg_endpoints_exit(&nn->endpoints);
	nfg_sysfs_net_exit(nn);
	nfg_routes_exit(&nn->routes);
	nfg_flows_exit(&nn->flows);
	nfg_frags_exit(&nn->frags);
	free_percpu(nn->addrs.slots);
	free_percpu(nn->stats);
	cfg = rcu_dereference_protected(nn->config, true);
	nfg_ruleset_free(cfg->rules);
	kfree(cfg);
}

static struct pernet_operations nfg_net_ops = {
	.init = nfg_net_ops_init,
	.pre_exit = nfg_net_ops_pre_exit,
	.exit = nfg_net_ops_exit,
	.id = &nfg_net_id,
	.size = sizeof(struct nfg_net),
};

int nfg_net_init(void)
{
	return register_pernet_subsys(&nfg_net_ops);
}

void nfg_net_exit(void)
{
	unregister_pernet_subsys(&nfg_net_ops);
	/* routes and endpoints are freed by callbacks of ours */
	rcu_barrier();
}
