#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Mode monitor: what the rules, a limit, TCP's flags or a full table stop is
# counted and goes back all the same, and nobody is answered.

. ./lib.sh
. flow/lib.sh

flow_scene
settings app mode monitor
ruleset app <<-END
	policy default {
		rule web outbound tcp dport 80 accept
		rule few outbound udp dport 53 limit 1/day accept
		rule no outbound tcp dport 22 reject
		rule never outbound udp dport 22 reject
		default drop
	}
END
becomes "what a rule drops" "back back" tcp $LOCAL4 1000 $PEER4 99 '>S' '<SA'
check "is counted" stat_is app drops/policy 2
becomes "what a rule rejects" "back back" tcp $LOCAL4 1001 $PEER4 22 '>S' '>S'
becomes "and UDP" "back" udp $LOCAL6 1001 $PEER6 22 '>.'
check "is counted" stat_is app drops/reject 3
check "none was answered" [ "$(genevectl -n app -j stats | jq .answers)" = 0 ]
becomes "what is over a limit" "back back back" udp $LOCAL4 1000 $PEER4 53 '>.' '>.' '>.'
check "is counted" stat_is app drops/limit 2
becomes "impossible flags" "back" tcp $LOCAL4 1000 $PEER4 80 '>SF'
check "are counted" stat_is app drops/tcp_state 1
flush
settings app flow-max 1
connect tcp $LOCAL4 1000 $PEER4 80
becomes "no room in the table" "back back" tcp $LOCAL4 1001 $PEER4 80 '>S' '<SA'
check "is counted" stat_is app drops/flow_table_full 2
check "ten packets that mode enforce would have dropped" stat_is app stats/monitor_packets 10
check "none was dropped" stat_is app stats/drop_packets 0
settings app mode enforce
becomes "which it does then" "lost lost" -w 100 tcp $LOCAL4 1002 $PEER4 99 '>S' '<SA'
check_sums app
tap_done
