#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# One appliance behind the load balancer: ping, UDP and TCP pass, IPv4 and IPv6
# inside, up to the largest packets and as inner fragments. No answer differs
# from what was sent, and both sides count the same.

. ./lib.sh
. gwlb/lib.sh

gwlb_load
gwlb_fleet 1
gwlb_tenant 1
gwlb_appliance ap1
gwlb_start --endpoint $GWLB_ENDPOINT_1,tun=gwe0,netns=end1 \
	--health none --target 10.30.1.51
gwlb_serve net1 serve 7

ping_net() {
	in_ns app1 ping -n -q -c 3 -i 0.2 -W "$(slow 2)" -M "do" -s "$2" "$1"
}

ask_net() {
	in_ns app1 gwlb/peer "$@"
}

check "ping" ping_net 10.9.0.10 56
check "ping, IPv6" ping_net fd09::10 56
check "ping with 8500 bytes" ping_net 10.9.0.10 8472
check "ping with 8500 bytes, IPv6" ping_net fd09::10 8452
check "UDP, one byte" ask_net udp 10.9.0.10 7 1 20
check "UDP with 8500 bytes" ask_net udp 10.9.0.10 7 8472 20
check "UDP with 8500 bytes, IPv6" ask_net udp fd09::10 7 8452 20
check "UDP in fragments" ask_net udp 10.9.0.10 7 20000 10
check "UDP in fragments, IPv6" ask_net udp fd09::10 7 20000 10
check "TCP, 2 MB" ask_net tcp 10.9.0.10 7 2000000
check "TCP, 2 MB, IPv6" ask_net tcp fd09::10 7 2000000

check "every packet came back" eventually gwlb_settled
check "none was lost on the way in" gwlb_is drops/send 0
check "none changed its UDP checksum to zero" gwlb_is udp_zero 0
check "fragments share the flow of their first: 2 pings, 5 UDP, 2 TCP" \
	gwlb_is flows/created 9

# The appliance's own counters. The hook sees all IPv4, but for ours nothing
# was sent to it.
if [ "${APPLIANCE-}" != reference ]; then
	packets=$(gwlb_get sent/packets)
	bytes=$(gwlb_get sent/bytes)
	endpoint=endpoints/$GWLB_ENDPOINT_1
	check "appliance: all packets went back" \
		stat_is ap1 stats/tx_packets "$packets"
	check "appliance: all bytes went back" stat_is ap1 stats/tx_bytes "$bytes"
	check "appliance: nothing was dropped" stat_is ap1 stats/drop_packets 0
	check "appliance: the endpoint's packets" \
		eventually stat_is ap1 "$endpoint/rx_packets" "$packets"
	check "appliance: the endpoint's bytes" \
		stat_is ap1 "$endpoint/tx_bytes" "$bytes"
fi

gwlb_stop
tap_done
