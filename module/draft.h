/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Transactions: rulesets that are being made, each bound to a netlink socket.
 * What they have in common with the ruleset they were copied from is shared until
 * it is changed.
 */
#ifndef NFG_DRAFT_H
#define NFG_DRAFT_H

#include <linux/list.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include "names.h"
#include "policy.h"

struct mem_cgroup;
struct nfg_ruleset;

/**
 * struct nfg_drafts - the transactions of a namespace
 * @list: transactions
 * @lock: of @list; what is in it belongs to the requests of its socket, which the
 *	generic netlink mutex serialises. A socket is closed without that mutex, when its
 *	number may be another one's already: hence references.
 * @expiry: takes elements away whose time is over
 * @rest: until when it leaves the ruleset alone, nfg_set_now()
 * @memcg: who committed the current ruleset, and is charged for what it becomes; NULL
 *	for nobody
 */
struct nfg_drafts {
	struct list_head list;
	spinlock_t lock; /* of the list */
	struct delayed_work expiry;
	u64 rest;
	struct mem_cgroup *memcg;
};

/* a rule of a policy that is being changed */
struct nfg_draft_rule {
	struct nfg_name name;
	struct nfg_rule *rule;
};

/**
 * struct nfg_draft_policy - a policy of a transaction
 * @name: in the transaction
 * @shared: the policy as it was, until it is changed
 * @rules: else the rules
 * @fallback: and the default
 * @old: while it is committed: that of the current ruleset with its name, or NULL
 * @compiled: likewise: what it has become
 * @text: its name
 */
struct nfg_draft_policy {
	struct nfg_name name;
	struct nfg_policy *shared;
	struct nfg_names rules;
	struct nfg_rule *fallback;
	struct nfg_policy *old;
	struct nfg_policy *compiled;
	char text[NFG_NAME_LEN_MAX + 1];
};

/**
 * struct nfg_draft_endpoint - an endpoint of a transaction
 * @name: among those that get a name
 * @id: endpoint id
 * @named: it gets the name @text, empty: loses the one it has
 * @spare: listed for the name if it is not yet, so that this cannot fail; or NULL
 * @text: a name
 * @policy: name of the policy it is bound to; empty: none
 */
struct nfg_draft_endpoint {
	struct nfg_name name;
	u64 id;
	bool named;
	struct nfg_endpoint *spare;
	char text[NFG_NAME_LEN_MAX + 1];
	char policy[NFG_NAME_LEN_MAX + 1];
};

/**
 * struct nfg_draft - a transaction
 * @list: in the list of the namespace
 * @refs: the list's, and that of a request which is being handled
 * @portid: netlink socket
 * @edition: of the ruleset it is a copy of; 0: it began empty
 * @spoiled: a request failed: it takes no other and cannot be committed
 * @requests: how many succeeded
 * @sets: struct nfg_named_set
 * @policies: struct nfg_draft_policy
 * @names: struct nfg_draft_endpoint with a name
 * @n_endpoints: entries of @endpoints
 * @room: for how many there is memory
 * @endpoints: ascending by id
 */
struct nfg_draft {
	struct list_head list;
	refcount_t refs;
	u32 portid;
	u32 edition;
	bool spoiled;
	u32 requests;
	struct nfg_names sets;
	struct nfg_names policies;
	struct nfg_names names;
	u32 n_endpoints;
	u32 room;
	struct nfg_draft_endpoint **endpoints;
};

/**
 * nfg_drafts_init() - no transactions
 * @drafts: those of a new namespace
 */
void nfg_drafts_init(struct nfg_drafts *drafts);

/**
 * nfg_drafts_exit() - end all transactions, and the expiry of elements
 * @drafts: those of a namespace that no netlink request can reach any more
 *
 * Context: process, may sleep.  Before the ruleset is freed.
 */
void nfg_drafts_exit(struct nfg_drafts *drafts);

/**
 * nfg_drafts_get() - the transaction of a socket
 * @drafts: transactions of its namespace
 * @portid: socket
 *
 * Context: process; the socket's request is being handled.
 * Return: transaction, to be given to nfg_draft_put(); NULL when it has none.
 */
struct nfg_draft *nfg_drafts_get(struct nfg_drafts *drafts, u32 portid);

/**
 * nfg_drafts_add() - a transaction begins
 * @drafts: transactions of the namespace
 * @draft: transaction with its @portid; its reference is the list's now
 */
void nfg_drafts_add(struct nfg_drafts *drafts, struct nfg_draft *draft);

/**
 * nfg_drafts_take() - a transaction ends
 * @drafts: transactions of the namespace
 * @portid: socket
 *
 * Return: the transaction with the list's reference; NULL when there is none.
 */
struct nfg_draft *nfg_drafts_take(struct nfg_drafts *drafts, u32 portid);

/**
 * nfg_draft_new() - a transaction
 * @rs: ruleset it is a copy of, NULL: it begins empty
 *
 * Context: process, may sleep; @rs stays for the while.
 * Return: transaction, NULL without memory.
 */
struct nfg_draft *nfg_draft_new(const struct nfg_ruleset *rs);

/**
 * nfg_draft_put() - give back a reference to a transaction
 * @draft: transaction, freed with the last one; or NULL
 *
 * Context: process, may sleep.
 */
void nfg_draft_put(struct nfg_draft *draft);

/**
 * nfg_draft_add_set() - add a set
 * @draft: transaction that has no set of this name
 * @set: set; the transaction's on success
 *
 * Context: process, may sleep.
 * Return: 0 or -ENOMEM.
 */
int nfg_draft_add_set(struct nfg_draft *draft, struct nfg_set *set);

/**
 * nfg_draft_edit_set() - make a set fit for changes
 * @named: set of a transaction
 *
 * Context: process, may sleep.
 * Return: 0 or -ENOMEM.
 */
int nfg_draft_edit_set(struct nfg_named_set *named);

/**
 * nfg_draft_add_policy() - add a policy
 * @draft: transaction that has no policy of this name
 * @fallback: its default; the transaction's on success
 *
 * Context: process, may sleep.
 * Return: 0 or -ENOMEM.
 */
int nfg_draft_add_policy(struct nfg_draft *draft, struct nfg_rule *fallback);

/**
 * nfg_draft_find_policy() - find a policy by its name
 * @draft: transaction
 * @name: name
 *
 * Return: policy or NULL.
 */
struct nfg_draft_policy *nfg_draft_find_policy(const struct nfg_draft *draft, const char *name);

/**
 * nfg_draft_edit_policy() - make a policy fit for changes
 * @policy: policy of a transaction
 *
 * Context: process, may sleep.
 * Return: 0 or -ENOMEM.
 */
int nfg_draft_edit_policy(struct nfg_draft_policy *policy);

/**
 * nfg_draft_add_rule() - add a rule
 * @policy: policy that can be changed and has no rule of this name
 * @rule: rule; the policy's on success
 * @before: rule that it comes before; NULL: at the end
 *
 * Context: process, may sleep.
 * Return: 0 or -ENOMEM.
 */
int nfg_draft_add_rule(struct nfg_draft_policy *policy, struct nfg_rule *rule,
		       struct nfg_name *before);

/**
 * nfg_draft_delete_rule() - take a rule away
 * @policy: policy that can be changed
 * @name: one of its rules
 *
 * Context: process, may sleep.
 */
void nfg_draft_delete_rule(struct nfg_draft_policy *policy, struct nfg_name *name);

/**
 * nfg_draft_find_endpoint() - find an endpoint by its id
 * @draft: transaction
 * @id: endpoint id
 *
 * Return: endpoint or NULL.
 */
struct nfg_draft_endpoint *nfg_draft_find_endpoint(const struct nfg_draft *draft, u64 id);

/**
 * nfg_draft_get_endpoint() - an endpoint, added if it is not there
 * @draft: transaction
 * @id: endpoint id
 *
 * Context: process, may sleep.
 * Return: endpoint, NULL without memory.
 */
struct nfg_draft_endpoint *nfg_draft_get_endpoint(struct nfg_draft *draft, u64 id);

#endif /* NFG_DRAFT_H */
