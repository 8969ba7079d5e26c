#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
# time limit: 240 s
#
# A flood of new flows while the table is full: not a packet of the
# established ones is lost.

. ./lib.sh
. flow/lib.sh

FLOOD=20000

# under_flood TEXT PROTO PEER_PORT PACKET...: of each flow these, one after the other
under_flood() {
	flood_text=$1 flood_proto=$2 flood_port=$3
	shift 3
	inner_start /run/tcp -l 10.30.1.11 -k 0 tcp $LOCAL4 1000 $PEER4 80 '>A' '<AP'
	tcp_job=$INNER_JOB
	inner_start /run/udp -l 10.30.1.12 -k 0 udp $LOCAL6 1000 $PEER6 53 '>.' '<.'
	inner -n $((FLOOD / $#)) "$flood_proto" 10.1.0.20 1000 $PEER4 "$flood_port" "$@" \
		>/run/flood
	inner_stop "$tcp_job" "$INNER_JOB"
	tap_note "$flood_text: flood: $(cat /run/flood); TCP: $(cat /run/tcp); UDP: $(cat /run/udp)"
	check "$flood_text: established TCP and UDP lose nothing" \
		awk '$1 != $3 || $1 < 100 { bad = 1 } END { exit bad }' /run/tcp /run/udp
	check "$flood_text: no more flows than the maximum" [ "$(stat app flows/active)" -le 1000 ]
	check "$flood_text: it was sent" grep -q "^$FLOOD sent" /run/flood
}

flow_scene
ip -n gen addr add 10.30.1.12/24 dev va
ruleset app <<-END
	policy default {
		rule ssh tcp dport 22 drop
	}
END
settings app flow-max 1000
connect tcp $LOCAL4 1000 $PEER4 80
connect udp $LOCAL6 1000 $PEER6 53
under_flood "SYNs" tcp 80 '>S'
under_flood "datagrams" udp 53 '>.'
under_flood "refused SYNs" tcp 22 '>S'
check "flows made room" [ "$(stat app flows/evicted)" -gt $((2 * FLOOD)) ]

# One side alone, however it begins, makes nothing that would not make room.
FLOOD=5000
evicted=$(stat app flows/evicted)
under_flood "SYNs that go on unanswered" tcp 80 '>S' '>A'
under_flood "FINs" tcp 80 '>FA'
under_flood "what looks like answers" tcp 80 '<A' '<A'
under_flood "and like answers that end" tcp 80 '<SA' '<FA'
check "they made room" [ "$(stat app flows/evicted)" -gt $((evicted + 2 * FLOOD)) ]
check "none was refused" stat_is app drops/flow_table_full 0
settings app flow-full forward
under_flood "SYNs, flow-full forward" tcp 80 '>S'

flush
settings app flow-full drop
connect udp $LOCAL6 1000 $PEER6 53
inner -n 998 tcp 10.1.0.30 1000 $PEER4 80 '>A' '<A' >/dev/null
connect tcp $LOCAL4 1000 $PEER4 80
check "all of them established" [ "$(genevectl -n app flow count state established)" = 1000 ]
under_flood "a table without transient flows" udp 53 '>.'
check "the flood was refused" stat_is app drops/flow_table_full $FLOOD
check_sums app
tap_done
