#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# A router forwards GENEVE that is for somebody else, and does not touch it.
#
#   gen va ==== vb app wb ==== wa far
#   10.30.1.10   10.30.1.50  10.30.2.50   10.30.2.10
#
# The module is enabled in app, the router, and in far, which answers.

. ./lib.sh

passed() {
	[ "$(stat app stats/tx_packets) $(stat app stats/drop_packets)" = "$1 0" ] &&
		[ "$(stat app stats/passed_packets)" -ge "$2" ]
}

load_module
ns_pair
ns_add far
ip link add wb netns app address 02:00:00:00:00:03 type veth \
	peer name wa netns far address 02:00:00:00:00:04
ns_device app wb 10.30.2.50/24 10.30.2.10 02:00:00:00:00:04
ns_device far wa 10.30.2.10/24 10.30.2.50 02:00:00:00:00:03
in_ns app sysctl -qw net.ipv4.ip_forward=1
ip -n gen route add default via 10.30.1.50
ip -n far route add default via 10.30.2.50
nfg_enable app
nfg_enable far

# The hop to far, the answer and the hop back.
check "far answers through the router" \
	in_ns gen net/probe -T 251 10.30.1.10 10.30.2.10
check "the router passed all, both ways" passed 0 200
check "far sent them back" stat_is far stats/tx_packets 100
check "what is for the router itself goes back at once" \
	in_ns gen net/probe 10.30.1.10 10.30.1.50
check "and is counted" passed 100 200
check "so does what is for its other address" \
	in_ns gen net/probe 10.30.1.10 10.30.2.50
in_ns app genevectl config set reinject route
check "far answers through the router (reinject route)" \
	in_ns gen net/probe -T 251 10.30.1.10 10.30.2.10
check "what is for the router goes back (reinject route)" \
	in_ns gen net/probe 10.30.1.10 10.30.2.50
ip -n app addr del 10.30.2.50/24 dev wb
check "an address that has gone is not ours any more" \
	sh -c '! ip netns exec gen net/probe -c 1 10.30.1.10 10.30.2.50'
ip -n app addr add 10.30.2.50/24 dev wb
check "and is ours again when it is back" \
	in_ns gen net/probe 10.30.1.10 10.30.2.50
tap_done
