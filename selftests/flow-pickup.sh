#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# TCP connections whose beginning nobody saw: picked up by whichever packet comes
# first, if the rules allow the connection; refused with tcp-pickup off.

. ./lib.sh
. flow/lib.sh

# The originator's port tells who is taken for it.
picked_up() {
	becomes "$1: a packet of the originator" back tcp "$1" 40000 "$2" 80 '>A'
	check "$1: a new flow, outbound" flows_are '.[] | .sport, .state, .direction' '40000
new
outbound'
	becomes "$1: one of its peer" back tcp "$1" 40000 "$2" 80 '<A'
	check "$1: it is established" flows_are '.[].state' established
	flush
	becomes "$1: a packet of its peer" back tcp "$1" 40000 "$2" 80 '<AP'
	check "$1: a new flow, outbound again" flows_are '.[] | .sport, .state, .direction' '40000
new
outbound'
	becomes "$1: both go on" "back back" tcp "$1" 40000 "$2" 80 '>A' '<A'
	flush
	becomes "$1: a SYN-ACK" back tcp "$1" 40000 "$2" 80 '<SA'
	check "$1: is the peer's" flows_are '.[] | .sport, .state' '40000
syn-ack'
	flush
	becomes "$1: the rules refuse it both ways" "lost lost" -w 100 \
		tcp "$1" 40000 "$2" 22 '>A' '<A'
	flush
	becomes "$1: a SYN of the peer is no reply" lost -w 100 tcp "$1" 40000 "$2" 80 '<S'
	flush
}

refused() {
	becomes "$1: tcp-pickup off" "lost lost lost" -w 100 \
		tcp "$1" 1000 "$2" 80 '>A' '<A' '<SA'
	check "$1: no flow" flows_are length 0
	becomes "$1: a whole connection passes" "back back back back" \
		tcp "$1" 1000 "$2" 80 '>S' '<SA' '>A' '<A'
	becomes "$1: so does UDP" back udp "$1" 1000 "$2" 80 '>.'
	flush
}

flow_scene
ruleset app <<-END
	policy default {
		rule web outbound tcp dport 80 accept
		rule datagrams outbound udp accept
		default drop
	}
END
both picked_up
check "refused for the reason policy" stat_is app drops/policy 6

ruleset app <<-END
	policy default {
		rule chat outbound tcp dport 7777 accept
		default drop
	}
END
becomes "no port tells the service: a packet of the peer" back tcp $LOCAL4 40000 $PEER4 7777 '<A'
check "belongs to the connection that is allowed" flows_are '.[] | .sport, .direction' '40000
outbound'
becomes "and one that neither side may have begun" lost -w 100 tcp $LOCAL4 40000 $PEER4 7778 '<A'
ruleset app <<-END
	policy default {
		rule bad daddr $PEER4 drop
	}
END
flush
becomes "to a service that is forbidden, in the middle" "lost lost" -w 100 \
	tcp $LOCAL4 40000 $PEER4 80 '>A' '<A'

genevectl -n app ruleset flush
flush
becomes "a stray FIN does not keep a connection from beginning" "back back back back" \
	tcp $LOCAL4 40001 $PEER4 8443 '<FA' '>S' '<SA' '>A'
becomes "nor does a peer that talks to itself" "back back back back back" \
	tcp $LOCAL4 40002 $PEER4 8443 '<S' '<A' '>S' '<SA' '>A'
check "both are of who began them" flows_are "$PORTS" "40001 40002" state established
connect tcp $LOCAL4 2000 $PEER4 80
settings app tcp-pickup off
becomes "a connection that was there goes on" "back back" tcp $LOCAL4 2000 $PEER4 80 '>A' '<A'
flush
both refused
check "refused for the reason tcp_state" stat_is app drops/tcp_state 6
check_sums app
tap_done
