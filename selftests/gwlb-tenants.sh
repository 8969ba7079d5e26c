#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Two tenants with the same addresses and the same ports at the same time:
# each one meets its own server, and each one's packets are counted at its
# own endpoint.

. ./lib.sh
. gwlb/lib.sh

gwlb_load
gwlb_fleet 1
gwlb_tenant 1
gwlb_tenant 2
gwlb_appliance ap1
gwlb_start --endpoint $GWLB_ENDPOINT_1,tun=gwe0,netns=end1 \
	--endpoint $GWLB_ENDPOINT_2,tun=gwe0,netns=end2 \
	--health none --target 10.30.1.51
for tenant in 1 2; do
	gwlb_serve net$tenant serve 7
	gwlb_serve net$tenant http 80 20$tenant
done

# status TENANT: which server answers?
status() {
	in_ns "app$1" curl -s -o /dev/null -m "$(slow 5)" -w '%{http_code}' http://10.9.0.10/
}

check_equal "tenant 1 meets its server" 201 "$(status 1)"
check_equal "tenant 2 meets its server" 202 "$(status 2)"

in_ns app2 gwlb/peer tcp 10.9.0.10 7 1000000 5000 &
second=$!
check "tenant 1: 1 MB from port 5000" in_ns app1 gwlb/peer tcp 10.9.0.10 7 1000000 5000
wait $second
check_equal "tenant 2: the same at the same time" 0 $?

# The very same bytes from both: IPv6 has no identification, and ping puts no
# time into eight bytes.
same_ping() {
	in_ns "$1" ping -n -q -c 300 -i 0.002 -s 8 -e 7 fd09::10
}

same_ping app2 >/dev/null &
second=$!
check "tenant 1: ping" same_ping app1
wait $second
check_equal "tenant 2: the same ping" 0 $?

check "every packet came back" eventually gwlb_settled
sent_1=$(gwlb_get "endpoints/$GWLB_ENDPOINT_1/sent")
sent_2=$(gwlb_get "endpoints/$GWLB_ENDPOINT_2/sent")
check_equal "two flows of HTTP, of TCP and of ping" 6 "$(gwlb_get flows/created)"
if [ "${APPLIANCE-}" != reference ]; then
	check "the appliance counts for tenant 1" eventually \
		stat_is ap1 "endpoints/$GWLB_ENDPOINT_1/tx_packets" "$sent_1"
	check "the appliance counts for tenant 2" eventually \
		stat_is ap1 "endpoints/$GWLB_ENDPOINT_2/tx_packets" "$sent_2"
fi
check "no answer was wrong" gwlb_is violations_total 0
gwlb_stop
tap_done
