#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
# time limit: 600 s
#
# Switching on and off, unloading and loading under a flood.

. ./lib.sh

# cycle COUNT COMMAND...
cycle() {
	cycle_left=$1
	shift
	while [ "$cycle_left" -gt 0 ]; do
		"$@" || return
		cycle_left=$((cycle_left - 1))
	done
}

on_and_off() {
	nfg_enable app && nfg_disable app
}

# The flood is on while the module comes and goes.
reload() {
	unload_module && load_module && nfg_enable app && answers
}

answers() {
	wait_for 5 counts tx_packets
}

counts() {
	[ "$(stat app "stats/$1")" -gt 0 ]
}

hook_keeper
ns_pair
load_module
nfg_enable app
check "the module answers" in_ns gen net/probe 10.30.1.10 10.30.1.50

ip netns exec gen net/probe -f "$(slow 250)" 10.30.1.10 10.30.1.50 >/dev/null &
flood=$!
check "the flood arrives" wait_for 5 counts tx_packets
check "100 times off and on" cycle 100 on_and_off
check "it answers the flood once more" nfg_enable app
check "50 times unloaded and loaded" cycle 50 reload
kill $flood
wait $flood 2>/dev/null

check "it answers as on the first day" in_ns gen net/probe 10.30.1.10 10.30.1.50
check "it can be unloaded" unload_module
check "nothing of it is left in sysfs" [ ! -e /sys/kernel/nf_geneve ]
tap_done
