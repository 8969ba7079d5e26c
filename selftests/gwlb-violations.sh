#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# The emulator itself: an appliance with one fault at a time. Every fault is
# noticed, as the violation it is and as no other, and nothing of it arrives.

. ./lib.sh
. gwlb/lib.sh

gwlb_fleet 1
gwlb_tenant 1
# The second endpoint is there for its id only.
gwlb_start --endpoint $GWLB_ENDPOINT_1,tun=gwe0,netns=end1 \
	--endpoint $GWLB_ENDPOINT_2,tun=gwe1,netns=end1 \
	--health none --target 10.30.1.51 --idle-other 1
gwlb_serve net1 serve 7

# appliance [FAULT]
appliance() {
	gwlb_job ip netns exec ap1 gwlb/badappliance eth0 "$@"
	wait_for 5 listens_on_6081 || tap_bail "badappliance $*"
}

# 6081 is 17C1 in hexadecimal
listens_on_6081() {
	in_ns ap1 grep -q ':17C1 ' /proc/net/udp
}

ping_net() {
	in_ns app1 ping -n -q -c 1 -W "$1" 10.9.0.10
}

# counts VIOLATION: this one, all of them, packets delivered
counts() {
	gwlb_get "violations/$1" violations_total endpoints/$GWLB_ENDPOINT_1/delivered |
		xargs
}

# counted VIOLATION COUNTS
counted() {
	counted=$(counts "$1")
	[ "$counted" = "$2" ] && return
	echo "$1, violations, delivered: $counted instead of $2"
	return 1
}

# fault FAULT VIOLATION [COUNT [DELIVERED]]: what one ping leads to
fault() {
	appliance "$1"
	# shellcheck disable=SC2046 # three numbers
	set -- "$1" "$2" "${3-1}" "${4-0}" $(counts "$2")
	ping_net 0.1 >/dev/null
	check "$1 is $2" \
		eventually counted "$2" "$(($5 + $3)) $(($6 + $3)) $(($7 + $4))"
	gwlb_job_end "$GWLB_JOB"
}

appliance
check "an appliance without a fault passes" ping_net 2
check "without a violation" gwlb_is violations_total 0
gwlb_job_end "$GWLB_JOB"

fault addresses addresses
fault source addresses
fault destination addresses
fault port port
fault ports-exchanged port
fault source-port port
fault endpoint-missing endpoint_missing
fault endpoint-unknown endpoint_foreign
fault endpoint-other endpoint_foreign
fault cookie cookie_changed
fault cookie-missing cookie_missing
fault attachment options_changed
fault option-order options_changed
fault vni options_changed
fault reserved options_changed
fault inner-byte inner_changed
fault inner-ttl inner_changed
fault inner-short inner_changed
fault unknown-flow unknown_flow
# the first of two answers is good, and so is that to the echo it leads to
fault duplicate duplicate 2 2
fault ip-checksum ip_checksum
fault udp-checksum udp_checksum
fault fragment fragmented
fault udp-length malformed
fault geneve-short malformed
fault options-overrun malformed
# two seconds late; the flow lives one
fault hold unknown_flow

all=$(gwlb_get violations_total)
appliance noise
in_ns app1 ping -n -q -c 300 -i 0.002 -W 0.1 10.9.0.10 >/dev/null
check "300 answers with random faults are 300 violations" \
	eventually gwlb_is violations_total $((all + 300))
gwlb_job_end "$GWLB_JOB"

total=$(gwlb_get violations_total)
appliance udp-zero
check "a UDP checksum of zero is legal" ping_net 2
check "but counted" gwlb_is udp_zero 2
gwlb_job_end "$GWLB_JOB"

refused() {
	in_ns app1 gwlb/peer tcp 10.9.0.10 7 1 2>&1 | grep -q refused
}

appliance reset
check "a TCP reset of the appliance's making reaches the client" refused
check "it is counted as such" gwlb_is generated 1
check "neither is a violation" gwlb_is violations_total "$total"
gwlb_job_end "$GWLB_JOB"

gwlb_stop 1
tap_done
