#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# What makes a flow: endpoint, addresses, protocol and ports; both directions are
# one, with a counter each. The newest cookie is the flow's.

. ./lib.sh
. flow/lib.sh

# Outer IPv4, UDP, GENEVE and an inner packet with 72 bytes behind its header
BYTES4=$((20 + 8 + 40 + 20 + 72))
BYTES6=$((BYTES4 + 20))

# counts BYTES ADDR PEER
counts() {
	flush
	becomes "$2: five packets" "back back back back back" \
		udp "$2" 1000 "$3" 53 '>.' '>.' '<.' '>.' '<.'
	check "$2: one flow; packets and bytes of both sides" flows_are \
		'.[] | [.saddr, .sport, .daddr, .dport, .packets, .bytes, .reply_packets, .reply_bytes]' \
		"[\"$2\",1000,\"$3\",53,3,$((3 * $1)),2,$((2 * $1))]"
}

# parts ADDR PEER
parts() {
	flush
	inner udp "$1" 1000 "$2" 53 '>.' '<.' >/dev/null
	inner -e 0123456789abcde0 udp "$1" 1000 "$2" 53 '>.' '<.' >/dev/null
	check "$1: the endpoint makes another flow" flows_are length 2
	inner tcp "$1" 1000 "$2" 53 '>S' >/dev/null
	check "$1: the protocol" flows_are length 3
	inner udp "$1" 1001 "$2" 53 '>.' >/dev/null
	inner udp "$1" 1000 "$2" 54 '>.' >/dev/null
	check "$1: either port" flows_are length 5
	inner icmp "$1" 7 "$2" 0 '>.' '<.' >/dev/null
	inner icmp "$1" 8 "$2" 0 '>.' '<.' >/dev/null
	check "$1: the id of a ping" flows_are length 7
	inner udp "$2" 53 "$1" 1000 '<.' '>.' >/dev/null
	check "$1: not who is asked" flows_are length 7
}

flow_scene
counts $BYTES4 $LOCAL4 $PEER4
counts $BYTES6 $LOCAL6 $PEER6
# addresses of which the first half, or all, is the same
counts $BYTES6 fd01::10 fd01::20
counts $BYTES6 fd01::20 fd01::10
counts $BYTES6 fd01::10 fd01::10
counts $BYTES4 10.1.0.10 10.1.0.10
both parts
flush
inner 58 $LOCAL4 0 $PEER4 0 '>.' '<.' >/dev/null
inner 1 $LOCAL6 0 $PEER6 0 '>.' '<.' >/dev/null
check "the numbers of ICMP in the other IP are protocols like others" \
	flows_are '[.[] | .state] | join(" ")' "established established"
flush
inner udp 10.1.0.10 1000 10.9.0.10 53 '>.' >/dev/null
inner udp 10.1.0.11 1000 10.9.0.10 53 '>.' >/dev/null
inner udp 10.1.0.10 1000 10.9.0.11 53 '>.' >/dev/null
check "either address" flows_are length 3
check "none is answered" flows_are '[.[].state] | unique | join(" ")' new

flush
for cookie in 00000001 0000beef 0000beef 00000002; do
	inner -c $cookie udp $LOCAL4 1000 $PEER4 53 '>.' >/dev/null
done
check "the newest cookie, and how often it changed" \
	flows_are '.[] | .cookie, .cookie_changes' '2
2'
becomes "an answer has the cookie of its packet" "back back" -c 00000001 \
	udp $LOCAL4 1000 $PEER4 53 '>.' '<.'
check "which is now the newest" flows_are '.[] | .cookie, .cookie_changes' '1
3'
check_sums app
tap_done
