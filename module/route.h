/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Routes back to the load balancers (reinject route): one cached route for each
 * of them. GWLB has an address per zone, so a small table is enough.
 */
#ifndef NFG_ROUTE_H
#define NFG_ROUTE_H

#include <linux/types.h>

struct net_device;
struct nfg_net;
struct nfg_route;
struct rtable;

#define NFG_ROUTE_SLOT_BITS	5

struct nfg_routes {
	struct nfg_route __rcu *slots[1 << NFG_ROUTE_SLOT_BITS];
};

/**
 * nfg_route_get() - the route for an answer
 * @nn: namespace
 * @dev: device the packet came by; tells the VRF
 * @peer: where the answer goes, network byte order
 * @local: our address it comes from, network byte order
 *
 * Context: softirq, under rcu_read_lock().
 * Return: route with a reference for the caller, NULL when there is none.
 */
struct rtable *nfg_route_get(struct nfg_net *nn, const struct net_device *dev,
			     __be32 peer, __be32 local);

/**
 * nfg_routes_exit() - drop all routes
 * @routes: table that nobody uses any more
 */
void nfg_routes_exit(struct nfg_routes *routes);

#endif /* NFG_ROUTE_H */
