#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# The kinds of devices an appliance may be attached by. Each connects gen
# (10.30.1.10) and app (10.30.1.50), over a veth pair va and vb; packets go
# back with their bytes by both ways of reinjection.

. ./lib.sh

# addresses GENDEV APPDEV: real ARP, nothing fixed
addresses() {
	ip -n gen addr add 10.30.1.10/24 dev "$1"
	ip -n app addr add 10.30.1.50/24 dev "$2"
	ip -n gen link set "$1" up
	ip -n app link set "$2" up
	nfg_enable app
	wait_for 5 in_ns gen ping -c 1 -W "$(slow 1)" 10.30.1.50 || tap_bail "$1 and $2 are connected"
}

bare_pair() {
	ns_cleanup
	ns_add gen app
	ip link add va netns gen mtu 9001 type veth peer name vb netns app mtu 9001 ||
		tap_bail "veth pair"
	ip -n gen link set va up
	ip -n app link set vb up
}

answers() {
	for reinject in l2 route; do
		in_ns app genevectl config set reinject $reinject
		for size in 64 1400 8500; do
			check "$1, $reinject, $size bytes" \
				in_ns gen net/probe -s $size 10.30.1.10 10.30.1.50
		done
	done
	check "$1: nothing was dropped" stat_is app stats/drop_packets 0
}

load_module

bare_pair
addresses va vb
answers veth

bare_pair
ip -n gen link add link va name va.5 type vlan id 5
ip -n app link add link vb name vb.5 type vlan id 5
addresses va.5 vb.5
answers VLAN

bare_pair
in_ns app ethtool -K vb rxvlan off txvlan off >/dev/null 2>&1
in_ns gen ethtool -K va rxvlan off txvlan off >/dev/null 2>&1
ip -n gen link add link va name va.5 type vlan id 5
ip -n app link add link vb name vb.5 type vlan id 5 reorder_hdr off
addresses va.5 vb.5
answers "VLAN with its tag left in the header"

bare_pair
ip link add va2 netns gen mtu 9001 type veth peer name vb2 netns app mtu 9001
ip -n gen link set va2 up
for ns in gen app; do
	ip -n $ns link add bond0 type bond mode active-backup miimon 100
	for dev in "$(ip -n $ns -br link | sed -n 's/^\(v[ab]\)@.*/\1/p')" \
		"$(ip -n $ns -br link | sed -n 's/^\(v[ab]2\)@.*/\1/p')"; do
		ip -n $ns link set "$dev" down
		ip -n $ns link set "$dev" master bond0
	done
	ip -n $ns link set bond0 mtu 9001 up
done
addresses bond0 bond0
answers bond

bare_pair
ip -n app link add br0 type bridge
ip -n app link set vb master br0
addresses va br0
answers bridge

bare_pair
ip -n app link add br0 type bridge vlan_filtering 1
ip -n app link set vb master br0
bridge -n app vlan add dev vb vid 7
bridge -n app vlan add dev br0 vid 7 self
ip -n app link set br0 up
ip -n app link add link br0 name br0.7 type vlan id 7
ip -n gen link add link va name va.7 type vlan id 7
addresses va.7 br0.7
answers "VLAN on a bridge"

bare_pair
ip -n app link add link vb name mv0 type macvlan mode bridge
addresses va mv0
answers macvlan
tap_done
