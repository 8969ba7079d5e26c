/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_HOOK_H
#define NFG_HOOK_H

struct net;

/**
 * nfg_hook_register() - start to intercept packets
 * @net: namespace
 *
 * Context: process, may sleep.
 * Return: 0 or a negative error.
 */
int nfg_hook_register(struct net *net);

/**
 * nfg_hook_unregister() - let packets alone again
 * @net: namespace
 *
 * Packets that are being handled finish within an RCU period.
 *
 * Context: process, may sleep.
 */
void nfg_hook_unregister(struct net *net);

#endif /* NFG_HOOK_H */
