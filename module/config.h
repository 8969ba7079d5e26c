/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_CONFIG_H
#define NFG_CONFIG_H

#include <linux/nf_geneve.h>
#include <linux/rcupdate.h>
#include <linux/types.h>

/**
 * struct nfg_prefix - an IPv4 prefix
 * @addr: address, bits behind the prefix are zero
 * @mask: netmask of @len bits
 * @len: 0 to 32
 */
struct nfg_prefix {
	__be32 addr;
	__be32 mask;
	u8 len;
};

/**
 * struct nfg_config - the settings of a network namespace
 * @rcu: for kfree_rcu()
 * @enabled: the hook is registered
 * @port: UDP port of GENEVE, network byte order
 * @mode: enum nfg_mode
 * @reinject: enum nfg_reinject
 * @udp_checksum: enum nfg_udp_checksum
 * @n_origins: entries of @origins
 * @origins: outer sources that may send to us
 *
 * Immutable once published; a change publishes a new one.
 */
struct nfg_config {
	struct rcu_head rcu;
	bool enabled;
	__be16 port;
	u8 mode;
	u8 reinject;
	u8 udp_checksum;
	u32 n_origins;
	struct nfg_prefix origins[];
};

/**
 * nfg_prefix_set() - fill in a prefix
 * @p: prefix
 * @addr: address, network byte order
 * @len: 0 to 32
 *
 * Return: 0, or -EINVAL when @len is too large or @addr has bits behind it.
 */
int nfg_prefix_set(struct nfg_prefix *p, __be32 addr, u8 len);

/**
 * nfg_config_alloc() - a configuration with room for origins
 * @n_origins: how many
 *
 * Context: process, may sleep.
 * Return: zeroed, @n_origins set; NULL without memory.
 */
struct nfg_config *nfg_config_alloc(u32 n_origins);

/**
 * nfg_config_default() - the configuration of a new namespace
 *
 * Context: process, may sleep.
 * Return: what kfree() frees, NULL without memory.
 */
struct nfg_config *nfg_config_default(void);

/**
 * nfg_config_origin() - is an outer source one of the origins?
 * @cfg: configuration
 * @addr: address, network byte order
 *
 * Return: true when it is.
 */
bool nfg_config_origin(const struct nfg_config *cfg, __be32 addr);

#endif /* NFG_CONFIG_H */
