/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_BUILD_H
#define NFG_BUILD_H

#include <linux/netlink.h>

struct nfg_draft;
struct nfg_ruleset;

/**
 * nfg_ruleset_build() - the ruleset that a transaction describes
 * @draft: transaction, only good to be freed afterwards
 * @old: current ruleset; what is the same in both is shared: rules with their
 *	counters, sets, policies with their index
 * @extack: gets the reason of a failure
 *
 * Context: process, may sleep; @old stays for the while.
 * Return: ruleset without a generation, or an ERR_PTR().
 */
struct nfg_ruleset *nfg_ruleset_build(struct nfg_draft *draft, const struct nfg_ruleset *old,
				      struct netlink_ext_ack *extack);

#endif /* NFG_BUILD_H */
