#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# The side that did not begin a connection learns the MTU of the path, too: its large
# segments are answered by a router on the side that did, whose errors go out through
# the appliance. flow-traceroute.sh has the other direction.
#
#   in1 ------------ app1 (router) ---- end1 ---- net1
#   10.1.8.10        10.1.0.10           ||       10.9.0.10
#   fd01:0:0:8::10   fd01::10         gwlb, ap1   fd09::10

. ./lib.sh
. gwlb/lib.sh
. flow/lib.sh

MTU=1400

route_mtu() {
	ip -n net1 route get "$1" | sed -n 's/.* mtu \([0-9]*\).*/\1/p'
}

gwlb_load
gwlb_fleet 1
gwlb_tenant 1
ns_add in1
gwlb_cable app1 in 10.1.8.1/24 fd01:0:0:8::1/64 in1 eth0 10.1.8.10/24 fd01:0:0:8::10/64
gwlb_router app1
ip -n app1 link set in mtu $MTU
ip -n in1 link set eth0 mtu $MTU
# Nobody but the router says that the path has another MTU.
ip -n in1 route add default via 10.1.8.1 advmss 8000
ip -n in1 -6 route add default via fd01:0:0:8::1 advmss 8000
ip -n end1 route add 10.1.8.0/24 via 10.1.0.10
ip -n end1 -6 route add fd01:0:0:8::/64 via fd01::10
gwlb_appliance ap1
settings ap1 local $LOCAL_PREFIXES
ruleset ap1 <<-END
	policy default {
		rule echo outbound tcp dport 7 accept
		default drop
	}
END
gwlb_start --endpoint $GWLB_ENDPOINT_1,tun=gwe0,netns=end1 --health none --target 10.30.1.51
gwlb_serve net1 serve 7

check_equal "no MTU is known" " " "$(route_mtu 10.1.8.10) $(route_mtu fd01:0:0:8::10)"
check "TCP gets through, 1 MB" in_ns in1 gwlb/peer tcp 10.9.0.10 7 1000000
check "TCP gets through, 1 MB, IPv6" in_ns in1 gwlb/peer tcp fd09::10 7 1000000
check_equal "the server has learnt the MTU" $MTU "$(route_mtu 10.1.8.10)"
check_equal "the server has learnt the MTU, IPv6" $MTU "$(route_mtu fd01:0:0:8::10)"
check "nothing has been refused" stat_is ap1 stats/drop_packets 0
in_ns app1 ping -n -q -c 1 -W 1 10.9.0.10 >/dev/null
check "what is no error of a connection is" stat_is ap1 drops/policy 1
check_sums ap1
check "no answer was wrong" gwlb_is violations_total 0
gwlb_stop
tap_done
