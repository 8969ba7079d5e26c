#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# ICMP errors that programs need where no rule allows ICMP: traceroute sees each
# router, ping and TCP learn the MTU of the path, UDP that nobody listens.
#
#   app1 ---- end1 ---- net1 (router) ---- far1
#              ||       10.9.0.10           10.8.0.10, fd08::10
#           gwlb, ap1   fd09::10

. ./lib.sh
. gwlb/lib.sh
. flow/lib.sh

MTU=1400

# traced OPTION ADDR HOP...: the routers that answer, in order
traced() {
	traced_option=$1 traced_addr=$2
	shift 2
	check_equal "traceroute $traced_option $traced_addr" "$*" \
		"$(in_ns app1 traceroute "$traced_option" -n -q 1 -w "$(slow 3)" -m 6 "$traced_addr" |
			awk 'NR > 1 { printf "%s%s", sep, $2; sep = " " }')"
}

# The smallest packet that ping reports as too large
big_ping() {
	in_ns app1 ping -n -c 2 -i 0.2 -W "$(slow 2)" -M "do" -s 3000 "$1" 2>/dev/null |
		sed -n 's/.*mtu *= *\([0-9]*\).*/\1/p' | head -n 1
}

route_mtu() {
	ip -n app1 route get "$1" | sed -n 's/.* mtu \([0-9]*\).*/\1/p'
}

gwlb_load
gwlb_fleet 1
gwlb_tenant 1
ns_add far1
gwlb_cable net1 far 10.8.0.1/24 fd08::1/64 far1 eth0 10.8.0.10/24 fd08::10/64
gwlb_router net1
ip -n net1 link set far mtu $MTU
ip -n far1 link set eth0 mtu $MTU
# Nobody but the router says that the path has another MTU.
ip -n far1 route add default via 10.8.0.1 advmss 8000
ip -n far1 -6 route add default via fd08::1 advmss 8000
ip -n end1 route add default via 10.9.0.10
ip -n end1 -6 route add default via fd09::10
# As many errors as there are packets
for ns in end1 net1 far1; do
	in_ns $ns sysctl -qw net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
done
gwlb_appliance ap1
settings ap1 local $LOCAL_PREFIXES
ruleset ap1 <<-END
	policy default {
		rule trace outbound udp dport 33434-33534 accept
		rule echo outbound proto { tcp, udp } dport 7 accept
		rule ping outbound icmp type echo-request accept
		rule ping6 outbound icmpv6 type echo-request accept
		default drop
	}
END
gwlb_start --endpoint $GWLB_ENDPOINT_1,tun=gwe0,netns=end1 --health none --target 10.30.1.51
gwlb_serve far1 serve 7

traced -p33434 10.8.0.10 10.1.0.1 10.1.0.1 10.9.0.10 10.8.0.10
traced -p33434 fd08::10 fd01::1 fd01::1 fd09::10 fd08::10
traced -I 10.8.0.10 10.1.0.1 10.1.0.1 10.9.0.10 10.8.0.10
traced -I fd08::10 fd01::1 fd01::1 fd09::10 fd08::10

check_equal "ping is told the MTU" $MTU "$(big_ping 10.8.0.10)"
check_equal "ping is told the MTU, IPv6" $MTU "$(big_ping fd08::10)"
ip -n app1 route flush cache
ip -n app1 -6 route flush cache
check "TCP gets through, 1 MB" in_ns app1 gwlb/peer tcp 10.8.0.10 7 1000000
check "TCP gets through, 1 MB, IPv6" in_ns app1 gwlb/peer tcp fd08::10 7 1000000
check_equal "it has learnt the MTU" $MTU "$(route_mtu 10.8.0.10)"
check_equal "it has learnt the MTU, IPv6" $MTU "$(route_mtu fd08::10)"

check "nothing has been refused" stat_is ap1 stats/drop_packets 0
in_ns far1 ping -n -q -c 1 -W 1 10.1.0.10 >/dev/null
check "ICMP from outside is" stat_is ap1 drops/policy 1
check_sums ap1
check "no answer was wrong" gwlb_is violations_total 0
gwlb_stop
tap_done
