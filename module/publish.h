/* SPDX-License-Identifier: GPL-2.0 */
/* How a transaction becomes the ruleset. */
#ifndef NFG_PUBLISH_H
#define NFG_PUBLISH_H

#include <linux/netlink.h>
#include <linux/workqueue.h>

struct nfg_config;
struct nfg_draft;
struct nfg_net;

/**
 * nfg_publish() - put a transaction's ruleset in place of the current one
 * @nn: namespace
 * @draft: transaction, only good to be freed afterwards
 * @cfg: settings that come with it; ours on success, still the caller's on error
 * @keep_flows: established flows keep their verdict
 * @extack: gets the reason of a failure
 *
 * Context: process; @nn->lock held.
 * Return: 0 or a negative error: nothing has changed then.
 */
int nfg_publish(struct nfg_net *nn, struct nfg_draft *draft, struct nfg_config *cfg,
		bool keep_flows, struct netlink_ext_ack *extack);

/* Publishes the ruleset without elements whose time is over: struct nfg_drafts. */
void nfg_publish_expiry(struct work_struct *work);

#endif /* NFG_PUBLISH_H */
