#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# A table that is full of established flows: a new one is dropped, or with
# flow-full forward judged packet by packet; those in the table go on.

. ./lib.sh
. flow/lib.sh

flow_scene
ruleset app <<-END
	policy default {
		rule in inbound drop
		rule ssh tcp dport 22 drop
	}
END
settings app flow-max 4
for port in 1000 1001 1002 1003; do
	connect tcp $LOCAL4 $port $PEER4 80
done
check "four connections" stat_is app flows/active 4
check "which is the maximum" stat_is app flows/max 4

becomes "a fifth is refused" lost -w 100 tcp $LOCAL4 1004 $PEER4 80 '>S'
becomes "so is a datagram" lost -w 100 udp $LOCAL4 1004 $PEER4 53 '>.'
becomes "and IPv6" lost -w 100 udp $LOCAL6 1004 $PEER6 53 '>.'
check "for the reason flow_table_full" stat_is app drops/flow_table_full 3
becomes "the four go on" "back back back" tcp $LOCAL4 1002 $PEER4 80 '>A' '<A' '>AP'
check "all of them" flows_are "$PORTS" "1000 1001 1002 1003"

settings app flow-full forward
becomes "flow-full forward: the fifth passes" "back back back" \
	tcp $LOCAL4 1004 $PEER4 80 '>S' '<SA' '>A'
becomes "so does a datagram" "back" udp $LOCAL4 1004 $PEER4 53 '>.'
check "they are not in the table" flows_are "$PORTS" "1000 1001 1002 1003"
becomes "what the rules refuse does not pass" "lost lost" -w 100 \
	tcp $LOCAL4 1004 $PEER4 22 '>S' '>A'
becomes "nor a datagram from outside" lost -w 100 udp $LOCAL4 1004 $PEER4 53 '<.'
check "for the reason policy" stat_is app drops/policy 3
check "and no other" stat_is app drops/flow_table_full 3

inner tcp $LOCAL4 1000 $PEER4 80 '>FA' '<FA' >/dev/null
flush port 1001
becomes "where there is room again" back udp $LOCAL4 1004 $PEER4 53 '>.'
check "a new flow takes it" flows_are "$PORTS" "1000 1002 1003 1004"
check "nothing was pushed out" stat_is app flows/evicted 0
settings app flow-max 1000
becomes "with a larger maximum" back udp $LOCAL4 1005 $PEER4 53 '>.'
check "there is room for more" stat_is app flows/active 5
check_sums app
tap_done
