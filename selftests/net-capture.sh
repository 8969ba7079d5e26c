#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# A capture on the device shares the packets with the module: it must see them
# as they came in and as they go out.

. ./lib.sh

CAPTURE=$(mktemp)

# seen FILTER: number of captured packets
seen() {
	tcpdump -nr "$CAPTURE" "$1" 2>/dev/null | wc -l
}

all_seen() {
	[ "$(seen 'udp port 6081')" = 200 ]
}

ns_pair
load_module
nfg_enable app
for reinject in l2 route; do
	in_ns app genevectl config set reinject $reinject
	ip netns exec app tcpdump -Z root -Un -i vb -w "$CAPTURE" 2>/dev/null &
	capture=$!
	wait_for 5 in_ns app grep -q vb /proc/net/ptype || tap_bail "tcpdump starts"
	check "$reinject: packets go back" in_ns gen net/probe 10.30.1.10 10.30.1.50
	check "$reinject: both directions are captured" wait_for 5 all_seen
	kill $capture
	wait $capture 2>/dev/null
	check_equal "$reinject: the packets as they came" 100 \
		"$(seen 'src 10.30.1.10 and dst 10.30.1.50 and ip[8] = 254 and ether dst 02:00:00:00:00:02')"
	check_equal "$reinject: the answers as they went" 100 \
		"$(seen 'src 10.30.1.50 and dst 10.30.1.10 and ip[8] = 253 and ether dst 02:00:00:00:00:01')"
done
rm -f "$CAPTURE"
tap_done
