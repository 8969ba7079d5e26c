/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_HOOK_H
#define NFG_HOOK_H

struct nfg_net;

/**
 * nfg_hook_register() - start to intercept packets
 * @nn: namespace
 *
 * Context: process, may sleep.
 * Return: 0 or a negative error.
 */
int nfg_hook_register(struct nfg_net *nn);

/**
 * nfg_hook_unregister() - let packets alone again
 * @nn: namespace
 *
 * Packets that are being handled finish within an RCU period.
 *
 * Context: process, may sleep.
 */
void nfg_hook_unregister(struct nfg_net *nn);

#endif /* NFG_HOOK_H */
