/* SPDX-License-Identifier: GPL-2.0 */
/* The part of a rule that defaults of policies have, too. */
#ifndef NFG_NL_VERDICT_H
#define NFG_NL_VERDICT_H

#include <net/netlink.h>

#include "rule.h"

/**
 * nfg_nl_get_verdict() - read what becomes of packets
 * @rule: gets it
 * @tb: NFG_A_RULE_*
 * @extack: gets the reason of a failure
 *
 * Context: process, may sleep and load a module.
 * Return: 0 or a negative error.
 */
int nfg_nl_get_verdict(struct nfg_rule *rule, struct nlattr **tb, struct netlink_ext_ack *extack);

/**
 * nfg_nl_put_verdict() - write it
 * @msg: message
 * @rule: rule
 *
 * Return: 0 or -EMSGSIZE.
 */
int nfg_nl_put_verdict(struct sk_buff *msg, const struct nfg_rule *rule);

#endif /* NFG_NL_VERDICT_H */
