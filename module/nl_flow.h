/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_NL_FLOW_H
#define NFG_NL_FLOW_H

#include <linux/skbuff.h>

#include "flow.h"

/**
 * nfg_nl_put_tuple() - addresses, ports and protocol of a packet or a flow
 * @msg: message
 * @t: tuple
 * @attrs: attributes of protocol, addresses and ports, in this order
 *
 * Return: 0 or -EMSGSIZE.
 */
int nfg_nl_put_tuple(struct sk_buff *msg, const struct nfg_tuple *t, const int attrs[5]);

/**
 * nfg_nl_put_flow() - everything about a flow: NFG_A_FLOW_*
 * @msg: message
 * @cfg: configuration of its namespace
 * @flow: flow
 *
 * Context: under rcu_read_lock(), in which @cfg was read.
 * Return: 0 or -EMSGSIZE.
 */
int nfg_nl_put_flow(struct sk_buff *msg, const struct nfg_config *cfg,
		    const struct nfg_flow *flow);

#endif /* NFG_NL_FLOW_H */
