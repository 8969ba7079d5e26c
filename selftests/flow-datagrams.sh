#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Datagrams that hosts send in fragments, both ways, with real programs: ping,
# dig and nc over a small MTU; and fragments that overtake each other.

. ./lib.sh
. gwlb/lib.sh
. flow/lib.sh

# Fragments of both sides
big_ping() {
	in_ns app1 ping -n -q -c "$2" -i 0.05 -W "$(slow 2)" -s 4000 "$1"
}

big_dig() {
	in_ns app1 dig "@$1" +notcp +ignore +bufsize=4096 +tries=1 +time=3 big.example.com TXT |
		grep "MSG SIZE *rcvd: 2[0-9][0-9][0-9]"
}

# nc reads what comes back until it has been silent for a second.
big_nc() {
	head -c 6000 /dev/urandom | tee /run/said |
		in_ns app1 nc -u -w 1 "$1" 7 >/run/heard
	cmp /run/said /run/heard
}

text() {
	head -c "$1" /dev/zero | tr '\0' x
}

gwlb_load
gwlb_fleet 1
gwlb_tenant 1
gwlb_appliance ap1
settings ap1 local $LOCAL_PREFIXES
ruleset ap1 <<-END
	policy default {
		rule datagrams outbound udp dport { 7, 53 } accept
		rule ping outbound icmp type echo-request accept
		rule ping6 outbound icmpv6 type echo-request accept
		default drop
	}
END
gwlb_start --endpoint $GWLB_ENDPOINT_1,tun=gwe0,netns=end1 --health none --target 10.30.1.51
ip -n app1 link set eth0 mtu 1280
ip -n net1 link set eth0 mtu 1280
gwlb_serve net1 serve 7
ip netns exec net1 dnsmasq --conf-file=/dev/null --no-resolv --no-hosts --user=root \
	--pid-file=/run/dnsmasq.pid --edns-packet-max=4096 \
	--txt-record="big.example.com,$(text 250),$(text 250),$(text 250),$(text 250),$(text 250),$(text 250),$(text 250),$(text 250)"

for addr in 10.9.0.10 fd09::10; do
	check "$addr: ping" big_ping $addr 5
	check "$addr: dig" big_dig $addr
	check "$addr: nc" big_nc $addr
done
check "nothing was dropped" stat_is ap1 stats/drop_packets 0
in_ns net1 ping -n -q -c 2 -i 0.2 -W 1 -s 4000 10.1.0.10 >/dev/null
check "fragments from outside are refused, the first and the others" \
	stat_is ap1 drops/policy 8

in_ns app1 tc qdisc add dev eth0 root netem delay 5ms reorder 50%
check "fragments drop: some that overtake their first are lost" sh -c \
	'! ip netns exec app1 ping -n -q -c 20 -i 0.05 -W 1 -s 4000 10.9.0.10 | grep -q " 0% "'
check "for the reason inner_fragment" [ "$(stat ap1 drops/inner_fragment)" -gt 0 ]
dropped=$(stat ap1 stats/drop_packets)
settings ap1 fragments pass
for addr in 10.9.0.10 fd09::10; do
	check "$addr: fragments pass: none is lost" sh -c \
		"ip netns exec app1 ping -n -q -c 20 -i 0.05 -W $(slow 2) -s 4000 $addr | grep ' 0% '"
done
in_ns net1 tc qdisc add dev eth0 root netem delay 5ms reorder 50%
for addr in 10.9.0.10 fd09::10; do
	check "$addr: nc, both sides out of order" big_nc $addr
	check "$addr: ping, both sides out of order" big_ping $addr 10
done
check "nothing more was dropped" stat_is ap1 stats/drop_packets "$dropped"
check_sums ap1
check "no answer was wrong" gwlb_is violations_total 0
gwlb_stop
tap_done
