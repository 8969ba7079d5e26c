#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# An answer that cannot be sent is a drop with its own reason, not a silence.

. ./lib.sh

sent() {
	in_ns gen net/probe -c 1 10.30.1.10 10.30.1.50
}

lost() {
	! sent
}

# drops_are N: xmit and no other reason, in the totals and of the endpoint
drops_are() {
	stat_is app drops/xmit "$1" && stat_is app stats/drop_packets "$1" &&
		stat_is app endpoints/vpce-00123456789abcdef/drop_packets "$1"
}

load_module
ns_pair
nfg_enable app
check "packets come back" sent

in_ns app tc qdisc replace dev vb root pfifo limit 0
check "none does when the queue takes nothing" lost
check "they are counted" wait_for 2 drops_are 1
in_ns app tc qdisc del dev vb root
check "they do again" sent

in_ns app genevectl config set reinject route
check "routed ones come back" sent
ip -n app route add unreachable 10.30.1.10/32
check "none does without a route" lost
check "they are counted, too" drops_are 2
ip -n app route del unreachable 10.30.1.10/32

ip -n app route add 10.30.1.10/32 dev vb mtu 100
check "none does that the route's MTU would split" lost
check "they are counted, too" drops_are 3
ip -n app route del 10.30.1.10/32 dev vb
check "they do again when the way is free" sent
check_equal "rx is tx + drop + passed" "$(stat app stats/rx_packets)" \
	$(($(stat app stats/tx_packets) + $(stat app stats/drop_packets) +
		$(stat app stats/passed_packets)))
check "the kernel has nothing to complain about" dmesg_clean
tap_done
