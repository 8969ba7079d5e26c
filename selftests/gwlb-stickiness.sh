#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# What makes a flow: five, three or two parts of the tuple. Both directions
# are one flow, with one appliance and one cookie, until it has been idle.

. ./lib.sh
. gwlb/lib.sh

gwlb_load
gwlb_fleet 2
gwlb_tenant 1
gwlb_appliance ap1 ap2
gwlb_serve net1 serve 7

start() {
	gwlb_start --endpoint $GWLB_ENDPOINT_1,tun=gwe0,netns=end1 --health none \
		--target 10.30.1.51 --target 10.30.1.52 "$@"
}

udp() {
	in_ns app1 gwlb/peer udp 10.9.0.10 7 100 2 "$1"
}

# Sixteen UDP ports, one TCP connection, one ping
traffic() {
	for port in 5000 5001 5002 5003 5004 5005 5006 5007 \
		5008 5009 5010 5011 5012 5013 5014 5015; do
		udp "$port" || return
	done
	in_ns app1 gwlb/peer tcp 10.9.0.10 7 10000 &&
		in_ns app1 ping -n -q -c 2 -i 0.2 10.9.0.10
}

both_are_used() {
	[ "$(gwlb_get targets/10.30.1.51/flows)" -gt 0 ] &&
		[ "$(gwlb_get targets/10.30.1.52/flows)" -gt 0 ]
}

# tuple PARTS FLOWS
tuple() {
	start --stickiness "$1"
	check "traffic passes" traffic
	check "with $1 parts it is $2 flows" gwlb_is flows/created "$2"
	[ "$1" != 5 ] || check "on both appliances" both_are_used
	gwlb_stop
}

tuple 5 18
tuple 3 3
tuple 2 1

start --idle-tcp "$(slow 5)" --idle-other "$(slow 1)"
check "UDP passes" udp 5000
check "TCP passes" in_ns app1 gwlb/peer tcp 10.9.0.10 7 1
check "the UDP flow ends when it has been idle" wait_for 3 gwlb_is flows/expired 1
check "the TCP flow does not yet" gwlb_is flows/active 1
check "the same tuple passes" udp 5000
check "as a new flow" gwlb_is flows/created 3
check "the TCP flow ends too" wait_for 8 gwlb_is flows/active 0
gwlb_stop

tap_done
