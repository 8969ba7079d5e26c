/* SPDX-License-Identifier: GPL-2.0 */
/* What the requests about rulesets have in common. */
#ifndef NFG_NL_RULES_H
#define NFG_NL_RULES_H

#include <net/genetlink.h>

#include "draft.h"
#include "set.h"

struct nfg_net;
struct nfg_ruleset;

/**
 * struct nfg_batch - elements of a request
 * @elem: elements, those that are no IPv6 addresses first
 * @n: how many of each
 */
struct nfg_batch {
	struct nfg_elem *elem;
	u32 n[2];
};

/* nl_draft.c */

/**
 * nfg_nl_in_draft() - handle a request of a transaction
 * @info: request
 * @handle: does it; what it could not do spoils the transaction
 *
 * Context: process, may sleep.
 * Return: what @handle returns, or an error without a transaction, or when it is spoiled.
 */
int nfg_nl_in_draft(struct genl_info *info,
		    int (*handle)(struct nfg_draft *draft, struct genl_info *info));

/**
 * nfg_nl_refuse_spoiled() - refuse to go on with a transaction that failed
 * @info: request, gets the reason
 *
 * Return: -ECANCELED.
 */
int nfg_nl_refuse_spoiled(struct genl_info *info);

/**
 * nfg_nl_get_name() - the name of a policy, rule or set
 * @info: request
 * @type: attribute
 * @what: what it is the name of
 *
 * Return: name, or NULL with an error in @info.
 */
const char *nfg_nl_get_name(struct genl_info *info, int type, const char *what);

/**
 * nfg_nl_check_name() - can this be the name of a policy, rule or set?
 * @attr: attribute with the name
 * @what: what it is to be the name of
 * @extack: gets the reason of a failure
 *
 * Return: true when it can.
 */
bool nfg_nl_check_name(const struct nlattr *attr, const char *what,
		       struct netlink_ext_ack *extack);

/**
 * nfg_nl_lock_rules() - the current ruleset, which then stays
 * @nn: namespace
 *
 * Context: process; takes @nn->lock.
 * Return: ruleset.
 */
const struct nfg_ruleset *nfg_nl_lock_rules(struct nfg_net *nn);

/* nl_element.c */

/**
 * nfg_nl_get_elements() - read elements
 * @batch: gets them; kvfree() its elem
 * @attr: array of struct nfg_element
 * @field: enum nfg_field that they are values of
 * @set: set that they are for, NULL: of a condition
 * @extack: gets the reason of a failure
 *
 * Context: process, may sleep.
 * Return: 0 or a negative error.
 */
int nfg_nl_get_elements(struct nfg_batch *batch, const struct nlattr *attr, u8 field,
			const struct nfg_set *set, struct netlink_ext_ack *extack);

/**
 * nfg_nl_put_range() - write an element
 * @e: gets it, without a timeout
 * @range: its values
 * @field: enum nfg_field that they are values of
 * @v6: they are IPv6 addresses
 */
void nfg_nl_put_range(struct nfg_element *e, const struct nfg_range *range, u8 field, bool v6);

/* "0123:4567:89ab:cdef:0123:4567:89ab:cdef", "-", the same, and the zero */
#define NFG_RANGE_LEN	80

/**
 * nfg_range_format() - values as people write them
 * @buf: NFG_RANGE_LEN bytes
 * @range: values
 * @field: enum nfg_field that they are values of
 * @v6: they are IPv6 addresses
 *
 * Return: @buf.
 */
const char *nfg_range_format(char *buf, const struct nfg_range *range, u8 field, bool v6);

/* nl_endpoint.c */

/**
 * nfg_nl_endpoint_check_name() - can this be the name of an endpoint?
 * @attr: attribute with the name, or with an empty one
 * @extack: gets the reason of a failure
 *
 * Return: 0 or -EINVAL.
 */
int nfg_nl_endpoint_check_name(const struct nlattr *attr, struct netlink_ext_ack *extack);

/* Tell listeners of an endpoint's name. */
void nfg_nl_endpoint_notify(struct nfg_net *nn, u64 id);

/* nl_bind.c */

/**
 * nfg_nl_bind_check() - can endpoints get the names a transaction gives them?
 * @nn: namespace
 * @draft: transaction; if it began empty it takes its names away from whoever has them
 * @extack: gets the reason of a failure
 *
 * Context: process; @nn->lock held, under which alone names change.
 * Return: 0 or a negative error.
 */
int nfg_nl_bind_check(struct nfg_net *nn, struct nfg_draft *draft,
		      struct netlink_ext_ack *extack);

/**
 * nfg_nl_bind_apply() - list the endpoints of a transaction and name them
 * @nn: namespace
 * @draft: transaction that was checked
 *
 * Context: process; @nn->lock held.
 */
void nfg_nl_bind_apply(struct nfg_net *nn, const struct nfg_draft *draft);

#endif /* NFG_NL_RULES_H */
