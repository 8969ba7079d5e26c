#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Two zones, an endpoint and an appliance in each. The load balancer has an
# address per zone and sends from the one of the endpoint's zone; the answer
# goes to the address its packet came from. Only with cross-zone on do flows
# leave their zone.

. ./lib.sh
. gwlb/lib.sh

gwlb_load
gwlb_fleet 2
gwlb_tenant 1
gwlb_tenant 2
gwlb_appliance ap1 ap2
gwlb_start --endpoint $GWLB_ENDPOINT_1,tun=gwe0,netns=end1,zone=a \
	--endpoint $GWLB_ENDPOINT_2,tun=gwe0,netns=end2,zone=b \
	--health none --target 10.30.1.51,a --target 10.30.1.52,b --drain 0
gwlb_serve net1 serve 7
gwlb_serve net2 serve 7

# many TENANT FROM: twelve flows
many() {
	many_port=$2
	while [ "$many_port" -lt $(($2 + 12)) ]; do
		in_ns "app$1" gwlb/peer udp 10.9.0.10 7 100 1 "$many_port" || return
		many_port=$((many_port + 1))
	done
}

sent() {
	gwlb_get "targets/$1/sent"
}

# seen SRC DST: packets from and to these addresses
seen() {
	grep -c "IP $1\.6[0-9]* > $2\.6081" /run/heard
}

# seen_is COUNT SRC DST
seen_is() {
	[ "$(seen "$2" "$3")" = "$1" ]
}

both_sent() {
	[ "$(sent 10.30.1.51)" -gt "$here" ] && [ "$(sent 10.30.1.52)" -gt "$there" ]
}

tap_note "cross-zone off"
check "the tenant in zone a" many 1 5000
check_equal "uses the appliance in zone a" 24 "$(sent 10.30.1.51)"
check_equal "and no other" 0 "$(sent 10.30.1.52)"
listener_start ap2 tcpdump -lnni eth0 udp
check "the tenant in zone b" many 2 5000
check_equal "uses the appliance in zone b" 24 "$(sent 10.30.1.52)"
check_equal "and no other" 24 "$(sent 10.30.1.51)"
check "packets come from the address of zone b" \
	eventually seen_is 24 $GWLB_ZONE_B 10.30.1.52
check "answers go to it" eventually seen_is 24 10.30.1.52 $GWLB_ZONE_B
check_equal "nothing came from zone a" 0 "$(seen $GWLB_ZONE_A 10.30.1.52)"
listener_end

tap_note "cross-zone on"
gwlb_ctl set cross-zone on
listener_start ap2 tcpdump -lnni eth0 udp
here=$(sent 10.30.1.51) there=$(sent 10.30.1.52)
check "the tenant in zone a" many 1 6000
check "uses both appliances" both_sent
there=$(($(sent 10.30.1.52) - there))
check "from the address of zone a" eventually seen_is $there $GWLB_ZONE_A 10.30.1.52
check "answers go to it" eventually seen_is $there 10.30.1.52 $GWLB_ZONE_A
listener_end

tap_note "a zone without a target"
gwlb_ctl deregister 10.30.1.52
check "the target is drained" eventually gwlb_is targets/10.30.1.52/state deregistered
check "cross-zone on: its tenant passes" many 2 6000
gwlb_ctl set cross-zone off
in_ns app2 ping -n -q -c 1 -W 0.1 10.9.0.10 >/dev/null
check "cross-zone off: new flows have no target" gwlb_is drops/no_target 1

check "no answer was wrong" gwlb_is violations_total 0
gwlb_stop
tap_done
