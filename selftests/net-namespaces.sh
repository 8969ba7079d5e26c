#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
# time limit: 240 s
#
# Namespaces are independent of each other, and may go while packets come.

. ./lib.sh

# gone COUNT: namespaces removed under a flood
gone() {
	gone_left=$1
	while [ "$gone_left" -gt 0 ]; do
		hook_keeper
		ns_pair
		nfg_enable app || return
		ip netns exec gen net/probe -f 60 10.30.1.10 10.30.1.50 >/dev/null 2>&1 &
		wait_for 5 answers || return
		ip netns del app
		ns_cleanup
		wait
		gone_left=$((gone_left - 1))
	done
}

answers() {
	[ "$(stat app stats/tx_packets)" -gt 100 ]
}

counters() {
	in_ns "$1" sh -c 'cd /sys/kernel/nf_geneve/net && grep -r . stats drops endpoints'
}

config() {
	genevectl -n "$1" config show
}

# other: a second pair, gen2 and app2, with the addresses of the first
other_pair() {
	ns_add gen2 app2
	ip link add va netns gen2 address 02:00:00:00:00:01 type veth \
		peer name vb netns app2 address 02:00:00:00:00:02
	ns_device gen2 va 10.30.1.10/24 10.30.1.50 02:00:00:00:00:02
	ns_device app2 vb 10.30.1.50/24 10.30.1.10 02:00:00:00:00:01
}

hook_keeper
load_module
ns_pair
other_pair
nfg_enable app
counters_2=$(counters app2)
config_2=$(config app2)
check "the one answers" in_ns gen net/probe 10.30.1.10 10.30.1.50
check_equal "the other counts nothing" "$counters_2" "$(counters app2)"
check "the other does not answer" \
	sh -c '! ip netns exec gen2 net/probe -c 1 10.30.1.10 10.30.1.50'

check "the one gets settings of its own" in_ns app genevectl config set \
	mode monitor reinject route origins 192.0.2.0/24 udp-checksum trust
check_equal "the other keeps its settings" "$config_2" "$(config app2)"
nfg_enable app2
counters_1=$(counters app)
check "the other answers" in_ns gen2 net/probe 10.30.1.10 10.30.1.50
check_equal "the one counts nothing" "$counters_1" "$(counters app)"
check "the initial namespace is not enabled" stat_is - enabled 0
check "the other moves to another port" in_ns app2 genevectl config set port 6082
check "the other does not answer at 6081" \
	sh -c '! ip netns exec gen2 net/probe -c 1 10.30.1.10 10.30.1.50'
check "the one still answers (mode monitor)" in_ns gen net/probe 10.30.1.10 10.30.1.50
ns_cleanup

check "20 namespaces are removed under a flood" gone 20
check "the module can be unloaded" wait_for 10 unload_module
tap_done
