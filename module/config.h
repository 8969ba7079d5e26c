/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_CONFIG_H
#define NFG_CONFIG_H

#include <linux/nf_geneve.h>
#include <linux/rcupdate.h>
#include <linux/types.h>

#include "core/packet.h"

struct nfg_ruleset;

/**
 * struct nfg_prefix - an IPv4 or IPv6 prefix
 * @addr: address, bits behind the prefix are zero
 * @mask: netmask of @len bits
 * @version: 4 or 6
 * @len: 0 to 32 or 128
 */
struct nfg_prefix {
	union nfg_addr addr;
	union nfg_addr mask;
	u8 version;
	u8 len;
};

/* Which of the timeouts a flow has. */
enum nfg_timeout {
	NFG_TIMEOUT_ESTABLISHED,
	NFG_TIMEOUT_OTHER,
	NFG_TIMEOUT_HALF_OPEN,
	NFG_TIMEOUT_CLOSING,
	NFG_TIMEOUT_DENIED,
	NFG_TIMEOUTS,
};

/**
 * struct nfg_config - the settings of a network namespace and its ruleset
 * @rcu: for kfree_rcu()
 * @rules: ruleset; lives as long as a configuration with it can be seen
 * @enabled: the hook is registered
 * @port: UDP port of GENEVE, network byte order
 * @mode: enum nfg_mode
 * @reinject: enum nfg_reinject
 * @udp_checksum: enum nfg_udp_checksum
 * @flow_full: enum nfg_flow_full
 * @fragments: enum nfg_fragments
 * @tcp_pickup: connections whose beginning was not seen may become flows
 * @flow_max: flows at most
 * @timeout: jiffies, by enum nfg_timeout
 * @reject_rate: answers of reject rules per second
 * @log_rate: events per second
 * @n_origins: how many of @prefix are origins: outer sources that may send to us
 * @n_local: how many behind them are local: inner sources that are inside
 * @prefix: both
 *
 * Immutable once published; a change publishes a new one, so that settings and
 * rules that change together are seen together.
 */
struct nfg_config {
	struct rcu_head rcu;
	struct nfg_ruleset *rules;
	bool enabled;
	__be16 port;
	u8 mode;
	u8 reinject;
	u8 udp_checksum;
	u8 flow_full;
	u8 fragments;
	bool tcp_pickup;
	u32 flow_max;
	u32 timeout[NFG_TIMEOUTS];
	u32 reject_rate;
	u32 log_rate;
	u32 n_origins;
	u32 n_local;
	struct nfg_prefix prefix[];
};

/**
 * nfg_prefix_set() - fill in a prefix
 * @p: prefix
 * @version: 4 or 6
 * @addr: 4 or 16 bytes, network byte order
 * @len: length of the prefix in bits
 *
 * Return: 0, or -EINVAL when @len is too large or @addr has bits behind it.
 */
int nfg_prefix_set(struct nfg_prefix *p, u8 version, const void *addr, u8 len);

/**
 * nfg_prefix_has() - does an address lie in a prefix?
 * @p: prefix
 * @version: 4 or 6
 * @addr: address
 *
 * Return: true when it does.
 */
static inline bool nfg_prefix_has(const struct nfg_prefix *p, u8 version,
				  const union nfg_addr *addr)
{
	return p->version == version &&
	       (addr->words[0] & p->mask.words[0]) == p->addr.words[0] &&
	       (addr->words[1] & p->mask.words[1]) == p->addr.words[1];
}

/**
 * nfg_config_new() - a configuration like another one
 * @like: where all settings come from; lists only where there is none to replace it
 * @n_origins: new origins, to be filled in; negative: those of @like
 * @n_local: new local prefixes, to be filled in; negative: those of @like
 *
 * Context: process, may sleep.
 * Return: what kfree() frees, NULL without memory.
 */
struct nfg_config *nfg_config_new(const struct nfg_config *like, int n_origins, int n_local);

/* A configuration that is the same, to change scalars of. */
static inline struct nfg_config *nfg_config_copy(const struct nfg_config *cfg)
{
	return nfg_config_new(cfg, -1, -1);
}

/**
 * nfg_config_default() - the configuration of a new namespace
 * @rules: its ruleset
 *
 * Context: process, may sleep.
 * Return: what kfree() frees, NULL without memory.
 */
struct nfg_config *nfg_config_default(struct nfg_ruleset *rules);

/**
 * nfg_config_origin() - is an outer source one of the origins?
 * @cfg: configuration
 * @addr: address, network byte order
 *
 * Return: true when it is.
 */
bool nfg_config_origin(const struct nfg_config *cfg, __be32 addr);

/**
 * nfg_config_same_local() - are the same addresses inside?
 * @a: configuration
 * @b: another one
 *
 * Return: true when every flow has the same direction in both.
 */
bool nfg_config_same_local(const struct nfg_config *a, const struct nfg_config *b);

/**
 * nfg_config_direction() - does a flow go out or come in?
 * @cfg: configuration
 * @t: tuple of its originator
 *
 * Return: enum nfg_direction.
 */
u8 nfg_config_direction(const struct nfg_config *cfg, const struct nfg_tuple *t);

#endif /* NFG_CONFIG_H */
