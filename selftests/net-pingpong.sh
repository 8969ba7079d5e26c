#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Two appliances that are handed each other's address as a source send the
# packet to and fro. It ends: the TTL goes down with every answer.
#
#             gen 10.30.1.10
#              |
#   app1 ==== bridge ==== app2
#   .51                   .52

. ./lib.sh

port() {
	ip link add "$3" netns "$1" address "$4" type veth \
		peer name "br-$1" netns bridge || tap_bail "veth pair"
	ip -n bridge link set "br-$1" mtu 9001 master br0 up
	ip -n "$1" addr add "$2/24" dev "$3"
	ip -n "$1" link set "$3" mtu 9001 up
}

hops() {
	echo $(($(stat app1 stats/tx_packets) + $(stat app2 stats/tx_packets)))
}

expired() {
	echo $(($(stat app1 drops/ttl_expired) + $(stat app2 drops/ttl_expired)))
}

is() {
	[ "$("$1")" = "$2" ]
}

configure() {
	for ns in app1 app2; do
		in_ns $ns genevectl config set "$@"
	done
}

# spoof TTL: a packet for app1 that claims to be from app2
spoof() {
	in_ns gen net/probe -n -c 1 -t "$1" 10.30.1.52 10.30.1.51
}

load_module
ns_add gen app1 app2 bridge
ip -n bridge link add br0 type bridge
ip -n bridge link set br0 up
port gen 10.30.1.10 va 02:00:00:00:00:01
port app1 10.30.1.51 vb 02:00:00:00:00:51
port app2 10.30.1.52 vb 02:00:00:00:00:52
configure enabled yes reinject route

check "a packet is set off" spoof 254
check "it made 253 hops" wait_for 10 is hops 253
check "and died of its TTL" wait_for 5 is expired 1
check "there were no more hops" is hops 253

check "TTL 2: one hop" spoof 2
check "there it ends" wait_for 5 is expired 2
check_equal "after one hop more" 254 "$(hops)"
check "TTL 1: no hop" spoof 1
check "it ends at once" wait_for 5 is expired 3
check_equal "no hop more" 254 "$(hops)"

# With l2 the answer goes to the neighbour it came from: a router, here.
configure reinject l2
in_ns gen sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.send_redirects=0 \
	net.ipv4.conf.va.send_redirects=0 net.ipv4.conf.all.rp_filter=0
check "reinject l2, a router between: set off" spoof 254
check "it made 127 hops, as many as the router" wait_for 10 is hops 381
tap_done
