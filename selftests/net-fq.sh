#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# fq takes skb->tstamp for the time to send at. A receive time stamp left there
# is far in the future of fq's clock: it would hold the packet back or drop it.
# The capture asks for these time stamps.

. ./lib.sh

fq_idle() {
	fq_now=$(in_ns app tc -s qdisc show dev vb)
	echo "$fq_now"
	echo "$fq_now" | grep -q 'qdisc fq ' &&
		echo "$fq_now" | grep -q 'backlog 0b 0p' &&
		echo "$fq_now" | grep -q 'dropped 0,' &&
		! echo "$fq_now" | grep -qE 'throttled [1-9]|horizon_drops [1-9]'
}

load_module
ns_pair
nfg_enable app
in_ns app tc qdisc replace dev vb root fq || tap_bail "qdisc fq"

for reinject in l2 route; do
	in_ns app genevectl config set reinject $reinject
	check "$reinject: everything goes back" \
		in_ns gen net/probe -c 500 10.30.1.10 10.30.1.50
	listener_start app net/capture vb
	# The kernel begins to take the time a moment later.
	in_ns gen net/probe -c 50 10.30.1.10 10.30.1.50 >/dev/null
	check "$reinject: everything goes back, with receive time stamps" \
		in_ns gen net/probe -c 500 10.30.1.10 10.30.1.50
	listener_end
	check "$reinject: fq holds nothing back" fq_idle
done
check "fq has sent it all" \
	sh -c "ip netns exec app tc -s qdisc show dev vb | grep -E 'Sent [0-9]+ bytes 21[0-9]{2} pkt'"
tap_done
