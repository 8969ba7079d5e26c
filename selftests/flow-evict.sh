#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# What makes room in a full table: half-open and new flows and those that are
# denied, the oldest first; never an established one.

. ./lib.sh
. flow/lib.sh

# pushes_out PORT: a new flow of that port, and which are there then
pushes_out() {
	becomes "a datagram from port $1" back udp $LOCAL4 "$1" $PEER4 53 '>.'
	shift
	check "there are now: $*" flows_are "$PORTS" "$*"
}

flow_scene
ruleset app <<-END
	policy default {
		rule ssh tcp dport 22 drop
	}
END
settings app flow-max 6
connect tcp $LOCAL4 1000 $PEER4 80
connect udp $LOCAL6 1001 $PEER6 53
inner tcp $LOCAL4 1002 $PEER4 80 '>S' >/dev/null
inner udp $LOCAL4 1003 $PEER4 53 '>.' >/dev/null
inner -w 50 tcp $LOCAL4 1004 $PEER4 22 '>S' >/dev/null
inner tcp $LOCAL4 1005 $PEER4 80 '>S' '<SA' >/dev/null
check "the table is full" stat_is app flows/active 6
check "six flows" flows_are "$PORTS" "1000 1001 1002 1003 1004 1005"

pushes_out 1006 1000 1001 1003 1004 1005 1006
pushes_out 1007 1000 1001 1004 1005 1006 1007
pushes_out 1008 1000 1001 1005 1006 1007 1008
pushes_out 1009 1000 1001 1006 1007 1008 1009
becomes "the oldest of them is answered" back udp $LOCAL4 1006 $PEER4 53 '<.'
pushes_out 1010 1000 1001 1006 1008 1009 1010
pushes_out 1011 1000 1001 1006 1009 1010 1011
check "six have made room" stat_is app flows/evicted 6
check "none was refused" stat_is app drops/flow_table_full 0
becomes "the established ones go on" "back back" tcp $LOCAL4 1000 $PEER4 80 '<A' '>A'

ruleset app <<-END
	policy default {
		rule web tcp dport 80 drop
	}
END
becomes "one that is denied now" lost -w 100 tcp $LOCAL4 1000 $PEER4 80 '>A'
pushes_out 1012 1000 1001 1006 1010 1011 1012
pushes_out 1013 1000 1001 1006 1011 1012 1013
pushes_out 1014 1000 1001 1006 1012 1013 1014
pushes_out 1015 1001 1006 1012 1013 1014 1015

# A connection that has come to its end makes room, one that only closes does not.
flush
ruleset app <<-END
	policy default { default accept }
END
settings app flow-max 2
inner tcp $LOCAL4 1020 $PEER4 80 '>S' '<SA' '>A' '>FA' '<FA' '>A' >/dev/null
inner tcp $LOCAL4 1021 $PEER4 80 '>S' '<SA' '>A' '>FA' >/dev/null
check "one is over, one is closing" flows_are '[.[].state] | sort | join(" ")' "closing time-wait"
pushes_out 1022 1021 1022
check_sums app
tap_done
