#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Combinations of TCP flags that no host sends are dropped, whether there is a
# flow or not, and change nothing.

. ./lib.sh
. flow/lib.sh

IMPOSSIBLE='0 SF SFA SR SRA FPU FR FRA F SFPU SFRPAU'
POSSIBLE='S SU SP A PA AU APU FA FPA FAU R RA RPA'

# refused ADDR PEER
refused() {
	for flags in $IMPOSSIBLE; do
		count=$((count + 1))
		becomes "$1: $flags without a flow" lost -w 100 tcp "$1" 1000 "$2" 80 ">$flags"
	done
	check_equal "$1: no flow" "" "$(flows "$PORTS")"
	connect tcp "$1" 1000 "$2" 80
	for flags in $IMPOSSIBLE; do
		count=$((count + 2))
		becomes "$1: $flags in a connection" "lost lost" -w 100 \
			tcp "$1" 1000 "$2" 80 ">$flags" "<$flags"
	done
	check "$1: it is established" flows_are '.[].state' established
	flush
}

# accepted ADDR PEER: some hosts send the odd ones among these
accepted() {
	for flags in $POSSIBLE; do
		becomes "$1: $flags" back tcp "$1" 1000 "$2" 80 ">$flags"
		flush
	done
}

flow_scene
count=0
both refused
check "all for the reason tcp_state" stat_is app drops/tcp_state $count
both accepted
check "none of the others" stat_is app stats/drop_packets $count
check_sums app
tap_done
