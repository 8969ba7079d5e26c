/* SPDX-License-Identifier: GPL-2.0 */
/* Which flows a request is about: NFG_A_FILTER_*. */
#ifndef NFG_FILTER_H
#define NFG_FILTER_H

#include <linux/netlink.h>

#include "flow.h"

/**
 * struct nfg_filter - flows that have all of this
 * @given: 1 << NFG_A_FILTER_* for each that was given
 * @endpoint: endpoint id
 * @prefix: one of the addresses lies in it
 * @port: one of the ports, network byte order
 * @proto: IP protocol
 * @verdict: enum nfg_verdict
 * @state: enum nfg_flow_state
 */
struct nfg_filter {
	u32 given;
	u64 endpoint;
	struct nfg_prefix prefix;
	__be16 port;
	u8 proto;
	u8 verdict;
	u8 state;
};

/**
 * nfg_nl_filter_get() - read a filter
 * @filter: gets it
 * @nest: NFG_A_FLOW_FILTER, NULL: every flow
 * @extack: gets a sentence
 *
 * Return: 0 or a negative error.
 */
int nfg_nl_filter_get(struct nfg_filter *filter, const struct nlattr *nest,
		      struct netlink_ext_ack *extack);

/**
 * nfg_filter_has() - does a flow have what is asked for?
 * @filter: filter
 * @flow: flow
 *
 * Context: under rcu_read_lock() or the lock of the flows.
 * Return: true when it does.
 */
bool nfg_filter_has(const struct nfg_filter *filter, const struct nfg_flow *flow);

/**
 * nfg_filter_flush() - remove flows
 * @filter: which
 * @flows: table; not replaced meanwhile
 *
 * Context: process, may sleep.
 * Return: how many.
 */
u32 nfg_filter_flush(const struct nfg_filter *filter, struct nfg_flows *flows);

#endif /* NFG_FILTER_H */
