#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# A connection with the ports of one that has ended is another flow: judged anew,
# with counters of its own, whoever opens it.

. ./lib.sh
. flow/lib.sh

# ended ADDR PEER FLAGS: a connection that ends by FINs (FA) or a reset (R)
ended() {
	connect tcp "$1" 1000 "$2" 80
	if [ "$3" = R ]; then
		inner tcp "$1" 1000 "$2" 80 '<R' >/dev/null
	else
		inner tcp "$1" 1000 "$2" 80 '>FA' '<FA' '>A' >/dev/null
	fi
	check "$1: a connection has ended by $3" flows_are '.[].state' time-wait
}

reused() {
	ended "$@"
	created=$(stat app flows/created)
	becomes "the next one: SYN" back tcp "$1" 1000 "$2" 80 '>S'
	check "is another flow" flows_are '.[] | .state, .packets, .reply_packets' 'syn
1
0'
	check "counted as created" stat_is app flows/created $((created + 1))
	becomes "it goes on" "back back back" tcp "$1" 1000 "$2" 80 '<SA' '>A' '<A'
	check "it is established" flows_are '.[].state' established
	flush

	ended "$@"
	becomes "its peer opens one: the rules refuse it" lost -w 100 tcp "$1" 1000 "$2" 80 '<S'
	check "inbound" flows_are '.[] | .direction, .verdict, .sport' 'inbound
drop
80'
	flush
}

flow_scene
ruleset app <<-END
	policy default {
		rule web outbound tcp dport 80 accept
		default drop
	}
END
# half_closed ADDR PEER: a connection that only one side has ended
half_closed() {
	connect tcp "$1" 1000 "$2" 80
	inner tcp "$1" 1000 "$2" 80 '>FA' >/dev/null
	becomes "$1: who has sent a FIN opens another one" "back back back" \
		tcp "$1" 1000 "$2" 80 '>S' '<SA' '>A'
	check "which does not close" flows_are '.[] | .state, .packets' 'established
2'
	flush
}

for end in FA R; do
	both reused $end
done
both half_closed
check "refused for the reason policy" stat_is app drops/policy 4
check_sums app
tap_done
