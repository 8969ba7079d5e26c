#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
# time limit: 600 s
#
# What becomes of packets while every allocation fails that must not wait, as all of the
# packet path's:
#
#	there is no memory for			the packet			fails
#	a flow, flow-full drop			dropped, no_memory		closed
#	a flow, flow-full forward		goes back, not remembered	open
#	packets of established flows		go back				-
#	counters of an endpoint			goes on, unlisted is counted	-
#	the ports of a first fragment		goes on; later ones are unknown
#		fragments drop			dropped, inner_fragment		closed
#		fragments pass			go back				open
#	an event of a rule with log		goes on, suppressed is counted	-
#	a copy for NFLOG			goes on				-
#	an answer of a rule with reject		dropped without an answer	closed
#	a route, reinject route			goes back by the one at hand	-
#	the same, none at hand			dropped, xmit			closed
#	the elements that are left in a set	the old ones stay for 0.1 s	as before

. ./lib.sh
. flow/lib.sh
. ./memory.sh
. fault/lib.sh

# hard TEXT WORDS ARGUMENT...: what net/inner says while there is no memory
hard() {
	hard_text=$1 hard_words=$2
	shift 2
	check_equal "$hard_text" "$hard_words" "$(no_memory inner -w 200 "$@" 2>&1)"
}

# counted TEXT FILE WAS
counted() {
	check_equal "$1" $(($3 + 1)) "$(stat app "$2")"
}

faults_wanted
flow_scene
settings app fragments drop
ruleset app <<-END
	set short { type port; elements { 1000 } }
	policy default {
		rule dns udp dport 53 accept
		rule logged udp dport 54 log drop
		rule group udp dport 55 log group 5 accept
		rule answer udp dport 56 reject
		rule short udp dport @short accept
		rule web tcp dport 80 accept
		default drop
	}
END
connect tcp $LOCAL4 1000 $PEER4 80
connect udp $LOCAL4 1000 $PEER4 53
genevectl -n app monitor >/run/events 2>&1 &
monitor=$!
# First packets are refused, and logged for a monitor that listens by now.
heard() {
	heard_port=$((heard_port + 1))
	[ "$(inner -w 200 udp $LOCAL4 $heard_port $PEER4 54 '>.')" = lost ] &&
		grep -q logged /run/events
}
heard_port=100
check "an event is heard of" wait_for 10 heard
memory_count /run/memory.first

both_ways() {
	hard "$1: an established flow goes on" "back back" tcp $LOCAL4 1000 $PEER4 80 '>A' '<AP'
}
both_ways "flow-full drop"
was=$(stat app drops/no_memory)
flows=$(stat app flows/active)
hard "flow-full drop: a new flow does not begin" lost tcp $LOCAL4 1001 $PEER4 80 '>S'
counted "no_memory says so" drops/no_memory "$was"
becomes "it begins when there is memory" "back back back" tcp $LOCAL4 1001 $PEER4 80 '>S' '<SA' '>A'
settings app flow-full forward
both_ways "flow-full forward"
hard "flow-full forward: a new flow is let through" "back back" \
	tcp $LOCAL4 1002 $PEER4 80 '>S' '>S'
hard "what the ruleset refuses is not" lost tcp $LOCAL4 1002 $PEER4 81 '>S'
check_equal "none of them is remembered" $((flows + 1)) "$(stat app flows/active)"
hard "another endpoint's packet goes back" back -e 1111111111111111 udp $LOCAL4 2 $PEER4 53 '>.'
inner -e 1111111111111111 udp $LOCAL4 2 $PEER4 53 '>.' >/dev/null
check_equal "it is listed later" 1 "$(genevectl -n app -j endpoint list |
	jq '[.[] | select(.id == "vpce-01111111111111111")] | length')"

hard "fragments drop: later fragments of a first that cannot be kept" "back lost lost" \
	-i 77 udp $LOCAL4 1000 $PEER4 53 '>./0' '>./1' '>./2'
settings app fragments pass
hard "fragments pass: they go on" "back back back" \
	-i 78 udp $LOCAL4 1000 $PEER4 53 '>./0' '>./1' '>./2'
becomes "with memory they are known" "back back back" \
	-i 79 udp $LOCAL4 1000 $PEER4 53 '>./0' '>./1' '>./2'

was=$(genevectl -n app -j stats | jq .events_suppressed)
hard "no event, but a verdict" lost udp $LOCAL4 3 $PEER4 54 '>.'
check_equal "the event is counted" $((was + 1)) \
	"$(genevectl -n app -j stats | jq .events_suppressed)"
hard "no copy for NFLOG, but a verdict" back udp $LOCAL4 4 $PEER4 55 '>.'
becomes "reject has an answer" other -w 200 udp $LOCAL4 5 $PEER4 56 '>.'
hard "reject without an answer" lost udp $LOCAL4 6 $PEER4 56 '>.'
settings app reinject route flow-full drop
becomes "by a route" back udp $LOCAL4 1000 $PEER4 53 '>.'
was=$(stat app drops/xmit)
back=$(no_memory inner -w 200 udp $LOCAL4 1000 $PEER4 53 '>.')
check_equal "by a route, or dropped as xmit where none is at hand: $back" \
	"$([ "$back" = lost ] && echo $((was + 1)) || echo "$was")" "$(stat app drops/xmit)"
settings app reinject l2

# Workers of the kernel find no memory: elements whose time has come, a namespace that goes.
genevectl -n app set add short 2000 timeout 1s
ns_add gone
nfg_enable gone
workers_begin
ip netns del gone
sleep 3
workers_end
NETNS_ADDED=${NETNS_ADDED% gone}
check "a namespace goes" [ ! -e /run/netns/gone ]
check "an element whose time has come goes" wait_for 10 \
	sh -c '! genevectl -n app set list short | grep -q 2000'
becomes "what was left is in force" back udp $LOCAL4 8 $PEER4 1000 '>.'

kill $monitor
wait $monitor 2>/dev/null
check_sums app
check "no memory is lost" memory_same /run/memory.first
check "kmemleak finds nothing" leaks_none
tap_done
