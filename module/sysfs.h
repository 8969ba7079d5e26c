/* SPDX-License-Identifier: GPL-2.0 */
/*
 * /sys/kernel/nf_geneve. What a process finds below it belongs to the network
 * namespace its sysfs was mounted in.
 */
#ifndef NFG_SYSFS_H
#define NFG_SYSFS_H

struct nfg_endpoint;
struct nfg_net;
struct nfg_sysfs;

int nfg_sysfs_init(void);
void nfg_sysfs_exit(void);

/**
 * nfg_sysfs_net_init() - make the files of a namespace
 * @nn: namespace; gets @nn->sysfs
 *
 * Context: process, may sleep.
 * Return: 0 or a negative error.
 */
int nfg_sysfs_net_init(struct nfg_net *nn);

/**
 * nfg_sysfs_net_exit() - remove the files of a namespace
 * @nn: namespace; nobody reads its files any more afterwards
 *
 * Context: process, may sleep.
 */
void nfg_sysfs_net_exit(struct nfg_net *nn);

/**
 * nfg_sysfs_endpoint_init() - make the files of an endpoint
 * @sysfs: of the endpoint's namespace
 * @ep: endpoint; goes without files where they cannot be made
 *
 * Context: process, may sleep.
 */
void nfg_sysfs_endpoint_init(struct nfg_sysfs *sysfs, struct nfg_endpoint *ep);

/**
 * nfg_sysfs_endpoint_exit() - remove the files of an endpoint
 * @ep: endpoint
 *
 * Context: process, may sleep.
 */
void nfg_sysfs_endpoint_exit(struct nfg_endpoint *ep);

#endif /* NFG_SYSFS_H */
