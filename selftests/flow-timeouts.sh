#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Each timeout lets its flows go, no others, and not before its time; packets
# that pass put it off.

. ./lib.sh
. flow/lib.sh

# The port of a flow tells which timeout it has.
make_flows() {
	connect tcp $LOCAL4 1000 $PEER4 80
	inner tcp $LOCAL4 1001 $PEER4 80 '>S' >/dev/null
	inner tcp $LOCAL4 1002 $PEER4 80 '>S' '<SA' >/dev/null
	connect tcp $LOCAL4 1003 $PEER4 80
	inner tcp $LOCAL4 1003 $PEER4 80 '>FA' >/dev/null
	connect tcp $LOCAL4 1004 $PEER4 80
	inner tcp $LOCAL4 1004 $PEER4 80 '<R' >/dev/null
	inner -w 50 tcp $LOCAL4 1005 $PEER4 22 '>S' >/dev/null
	inner udp $LOCAL4 1006 $PEER4 80 '>.' >/dev/null
	connect icmp $LOCAL4 1007 $PEER4 0
	connect 132 $LOCAL6 1008 $PEER6 80
}

# but PORT...: the ports of the other flows
but() {
	for port in 1000 1001 1002 1003 1004 1005 1006 1007 1008; do
		case " $* " in
		*" $port "*) ;;
		*) echo $port ;;
		esac
	done | paste -sd ' '
}

# only KIND PORT...: these flows go, after 2 s; the others stay
only() {
	only_kind=$1
	shift
	flows_stay
	flush
	expired=$(stat app flows/expired)
	start=$(uptime_ms)
	make_flows
	check "timeout-$only_kind: nine flows" flows_are "$PORTS" "$(but)"
	settings app "timeout-$only_kind" 2s
	check "timeout-$only_kind: those of that kind go" \
		wait_for 10 flows_are "$PORTS" "$(but "$@")"
	check "timeout-$only_kind: not before its time" [ $(($(uptime_ms) - start)) -ge 2000 ]
	check "timeout-$only_kind: they are counted" wait_for 5 stat_is app flows/expired $((expired + $#))
	sleep 1
	check "timeout-$only_kind: the others stay" flows_are "$PORTS" "$(but "$@")"
}

# stays TEXT ARGUMENT...: packets every half second (slow) keep a flow for longer than its
# time, which is $stay
stays() {
	stays_text=$1
	shift
	created=$(stat app flows/created)
	for _ in 1 2 3 4 5 6 7 8; do
		inner "$@" >/dev/null
		sleep "$(slow 0.5)"
	done
	check "$stays_text" stat_is app flows/created "$created"
	check "it is still there" flows_are length 1
	check "and when they end, it goes" wait_for 10 flows_are length 0
}

flow_scene
ruleset app <<-END
	policy default {
		rule ssh outbound tcp dport 22 drop
	}
END
only established 1000
only half-open 1001 1002
only closing 1003 1004
only denied 1005
only other 1006 1007 1008

stay=$(slow 3)s
settings app timeout-other "$stay" timeout-established "$stay" timeout-half-open "$stay"
flush
inner udp $LOCAL4 1000 $PEER4 80 '>.' >/dev/null
stays "packets of the originator put it off" udp $LOCAL4 1000 $PEER4 80 '>.'
inner udp $LOCAL4 1000 $PEER4 80 '>.' >/dev/null
stays "packets of its peer, too" udp $LOCAL4 1000 $PEER4 80 '<.'
connect tcp $LOCAL4 1000 $PEER4 80
stays "and those of TCP" tcp $LOCAL4 1000 $PEER4 80 '>A'

flows_stay
connect tcp $LOCAL4 1000 $PEER4 80
sleep 0.5
becomes "a segment that is impossible" lost -w 100 tcp $LOCAL4 1000 $PEER4 80 '<S'
check "puts nothing off" flows_are '.[].idle_ms >= 500' true
check_sums app
tap_done
