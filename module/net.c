// SPDX-License-Identifier: GPL-2.0
#include <linux/slab.h>

#include "hook.h"
#include "net.h"
#include "sysfs.h"

unsigned int nfg_net_id;

int nfg_net_configure(struct nfg_net *nn, struct nfg_config *cfg)
{
	struct nfg_config *old = rcu_dereference_protected(nn->config,
							   lockdep_is_held(&nn->lock));
	int err;

	rcu_assign_pointer(nn->config, cfg);
	if (cfg->enabled && !old->enabled) {
		err = nfg_hook_register(nn);
		if (err) {
			rcu_assign_pointer(nn->config, old);
			synchronize_rcu();
			return err;
		}
	} else if (!cfg->enabled && old->enabled) {
		nfg_hook_unregister(nn);
	}
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
	cfg = kmemdup(old, struct_size(old, origins, old->n_origins), GFP_KERNEL);
	if (cfg) {
		cfg->enabled = true;
		err = nfg_net_configure(nn, cfg);
		if (err)
			kfree(cfg);
	}
	mutex_unlock(&nn->lock);
	return err;
}

static int __net_init nfg_net_ops_init(struct net *net)
{
	struct nfg_net *nn = nfg_pernet(net);
	struct nfg_config *cfg;
	int err = -ENOMEM;

	nn->net = net;
	mutex_init(&nn->lock);
	cfg = nfg_config_default();
	if (!cfg)
		return err;
	RCU_INIT_POINTER(nn->config, cfg);
	nn->stats = nfg_stats_alloc();
	if (!nn->stats)
		goto free_config;
	err = nfg_addrs_init(&nn->addrs);
	if (err)
		goto free_stats;
	nfg_endpoints_init(&nn->endpoints);
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
	return err;
}

/* The core waits for an RCU period between this and the next. */
static void __net_exit nfg_net_ops_pre_exit(struct net *net)
{
	struct nfg_net *nn = nfg_pernet(net);

	if (rcu_dereference_protected(nn->config, true)->enabled)
		nfg_hook_unregister(nn);
}

static void __net_exit nfg_net_ops_exit(struct net *net)
{
	struct nfg_net *nn = nfg_pernet(net);

	nfg_endpoints_exit(&nn->endpoints);
	nfg_sysfs_net_exit(nn);
	nfg_routes_exit(&nn->routes);
	free_percpu(nn->addrs.slots);
	free_percpu(nn->stats);
	kfree(rcu_dereference_protected(nn->config, true));
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
