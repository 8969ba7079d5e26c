#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# A device without Ethernet header: reinject l2 falls back to the routing
# table by itself.

. ./lib.sh

# tunnel KIND: 10.30.8.10 in gen, 10.30.8.50 in app, over the veth pair
tunnel() {
	ip -n gen link add tun1 type "$1" local 10.30.1.10 remote 10.30.1.50 ttl 64 ||
		tap_bail "$1 tunnel"
	ip -n app link add tun1 type "$1" local 10.30.1.50 remote 10.30.1.10 ttl 64
	ip -n gen addr add 10.30.8.10/24 dev tun1
	ip -n app addr add 10.30.8.50/24 dev tun1
	ip -n gen link set tun1 up
	ip -n app link set tun1 up
	wait_for 5 in_ns gen ping -c 1 -W "$(slow 1)" 10.30.8.50 || tap_bail "$1 is up"
}

load_module
ns_pair
nfg_enable app

for kind in ipip gre; do
	tunnel $kind
	for reinject in l2 route; do
		in_ns app genevectl config set reinject $reinject
		for size in 64 1400 8500; do
			check "$kind, $reinject, $size bytes" \
				in_ns gen net/probe -s $size 10.30.8.10 10.30.8.50
		done
	done
	ip -n gen link del tun1
	ip -n app link del tun1
done
check "nothing was dropped" stat_is app stats/drop_packets 0

# Routing may lead elsewhere, or nowhere: counted, not lost from sight.
in_ns app genevectl config set reinject route origins any
ip -n gen addr add 203.0.113.9/32 dev lo
check "no route back: no answer" \
	sh -c '! ip netns exec gen net/probe -c 1 203.0.113.9 10.30.1.50'
check "that is counted" stat_is app drops/xmit 1
ip -n app route add 203.0.113.9 via 10.30.1.10
check "a route back: answers" in_ns gen net/probe 203.0.113.9 10.30.1.50
ip -n app route del 203.0.113.9
check "the route is gone: no answer" \
	sh -c '! ip netns exec gen net/probe -c 1 203.0.113.9 10.30.1.50'
tap_done
