/* SPDX-License-Identifier: GPL-2.0 */
/* Per-namespace state and its life cycle. */
#ifndef NFG_NET_H
#define NFG_NET_H

#include <linux/mutex.h>
#include <linux/netfilter.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>

#include "addr.h"
#include "config.h"
#include "draft.h"
#include "endpoint.h"
#include "flow.h"
#include "frag.h"
#include "limit.h"
#include "log.h"
#include "route.h"
#include "stats.h"

struct nfg_sysfs;

/**
 * struct nfg_net - everything the module keeps for a network namespace
 * @net: the namespace; no reference is held, the state ends before it
 * @hook: the netfilter hook, registered while enabled
 * @config: current settings and ruleset, replaced as a whole
 * @lock: serialises changes of @config and of the hook's registration
 * @stats: counters of packets and bytes
 * @addrs: what outer addresses are to this host
 * @endpoints: endpoints seen and their counters
 * @flows: inner flows
 * @frags: fragments of inner packets
 * @drafts: rulesets that are being made
 * @reject_limit: of answers of reject rules
 * @events: of rules with log
 * @routes: routes back to the load balancers
 * @sysfs: files below /sys/kernel/nf_geneve
 */
struct nfg_net {
	struct net *net;
	struct nf_hook_ops hook;
	struct nfg_config __rcu *config;
	struct mutex lock; /* of changes */
	struct nfg_stats __percpu *stats;
	struct nfg_addrs addrs;
	struct nfg_endpoints endpoints;
	struct nfg_flows flows;
	struct nfg_frags frags;
	struct nfg_drafts drafts;
	struct nfg_limit reject_limit;
	struct nfg_events events;
	struct nfg_routes routes;
	struct nfg_sysfs *sysfs;
};

extern unsigned int nfg_net_id;

/**
 * nfg_pernet() - our state of a namespace
 * @net: namespace
 *
 * Return: valid from the namespace's init to its exit operations.
 */
static inline struct nfg_net *nfg_pernet(const struct net *net)
{
	return net_generic(net, nfg_net_id);
}

/**
 * nfg_net_configure() - put a new configuration in place of the current one
 * @nn: namespace
 * @cfg: new configuration; ours on success, still the caller's on error
 * @extack: gets a sentence about an error; may be NULL
 *
 * Registers or unregisters the hook when @cfg->enabled changes, and makes the flow
 * table as large as @cfg->flow_max wants it.  The ruleset of the old configuration
 * is the caller's if the new one has another.
 *
 * Context: process; @nn->lock held.
 * Return: 0 or a negative error: nothing has changed then.
 */
int nfg_net_configure(struct nfg_net *nn, struct nfg_config *cfg, struct netlink_ext_ack *extack);

/**
 * nfg_net_enable() - enable with the current settings (module parameter)
 * @nn: namespace
 *
 * Context: process; takes @nn->lock.
 * Return: 0 or a negative error.
 */
int nfg_net_enable(struct nfg_net *nn);

int nfg_net_init(void);
void nfg_net_exit(void);

#endif /* NFG_NET_H */
