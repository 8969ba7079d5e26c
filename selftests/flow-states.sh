#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# The state of a flow, packet by packet: TCP from SYN to time-wait, by FIN and by
# RST, or picked up in the middle; other protocols from the first packet to the first
# reply.

. ./lib.sh
. flow/lib.sh

# walk ADDR PEER PROTO STEP...: a step is PACKET:STATE
walk() {
	addr=$1 peer=$2 proto=$3 passed=
	shift 3
	flush
	for step; do
		passed="$passed ${step%:*}"
		inner "$proto" "$addr" 1000 "$peer" 80 "${step%:*}" >/dev/null
		check "$proto, $addr:$passed: ${step#*:}" flows_are '.[].state' "${step#*:}"
	done
}

flow_scene
both walk tcp '>S:syn' '>S:syn' '<SA:syn-ack' '<SA:syn-ack' '>A:established' \
	'>AP:established' '<A:established' '>FA:closing' '<A:closing' '<AP:closing' \
	'<FA:time-wait' '>A:time-wait'
both walk tcp '>S:syn' '<SA:syn-ack' '>A:established' '<FA:closing' '>FA:time-wait'
both walk tcp '>S:syn' '<SA:syn-ack' '>A:established' '<R:time-wait'
both walk tcp '>S:syn' '<RA:time-wait'
both walk tcp '>S:syn' '<SA:syn-ack' '>RA:time-wait'
both walk tcp '>A:new' '>A:new' '<A:established' '<FA:closing'
both walk tcp '<A:new' '<A:new' '<FA:new' '>A:closing' '<A:closing'
both walk tcp '>FA:new' '>A:new' '<A:closing' '<FA:time-wait'
both walk tcp '>S:syn' '>A:new' '>A:new' '<A:established'
both walk tcp '>S:syn' '<FA:syn' '<SA:syn-ack' '>A:established'
both walk udp '>.:new' '>.:new' '<.:established' '>.:established'
both walk icmp '>.:new' '<.:established'
both walk 132 '>.:new' '<.:established'
both walk 47 '>.:new' '<.:established'
check_sums app
tap_done
