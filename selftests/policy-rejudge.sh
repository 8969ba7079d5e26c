#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# A new ruleset judges flows that are there again, by who began them, on their
# next packet; with --keep-flows established ones keep their verdict.

. ./lib.sh
. flow/lib.sh

# allow PORT OPTION...: outbound, of TCP and UDP
allow() {
	allow_port=$1
	shift
	ruleset app "$@" <<-END
		policy default {
			rule port$allow_port outbound proto { tcp, udp } dport $allow_port accept
			default drop
		}
	END
}

# web TEXT WORD...: what becomes of packets of both sides of three flows
web() {
	becomes "$1: TCP" "$2 $2" -w 100 tcp $LOCAL4 1000 $PEER4 80 '>A' '<A'
	becomes "$1: IPv6" "$2 $2" -w 100 tcp $LOCAL6 1000 $PEER6 80 '<A' '>A'
	becomes "$1: UDP" "$2 $2" -w 100 udp $LOCAL4 1000 $PEER4 80 '<.' '>.'
}

flow_scene
allow 80
connect tcp $LOCAL4 1000 $PEER4 80
connect tcp $LOCAL6 1000 $PEER6 80
connect udp $LOCAL4 1000 $PEER4 80
web "allowed" back
allow 80
web "by the same rules again" back
allow 1-100
web "by another rule" back
check "it is the one that is told" flows_are '[.[].rule] | unique | join(" ")' port1-100
allow 443
web "not allowed" lost
check "the flows say so" flows_are '[.[].verdict] | unique | join(" ")' drop
check "they are the flows of before" flows_are '[.[].sport] | unique | join(" ")' 1000
allow 80
becomes "allowed again: the server speaks first" "back" tcp $LOCAL4 1000 $PEER4 80 '<A'
web "allowed again" back
check "they are still the flows of before" stat_is app flows/created 3

becomes "one that was never allowed" "lost lost" -w 100 udp $LOCAL4 1003 $PEER4 443 '>.' '>.'
check "is one flow" flows_are '.[] | select(.sport == 1003) | .packets' 2
inner udp $LOCAL4 1001 $PEER4 80 '>.' >/dev/null
allow 443 --keep-flows
web "kept" back
check "the flows say so" \
	flows_are '[.[] | select(.sport == 1000) | .kept] | unique | join(" ")' true
becomes "a flow that is not established is judged again" "lost lost" -w 100 \
	udp $LOCAL4 1001 $PEER4 80 '<.' '>.'
becomes "a new one, too" lost -w 100 tcp $LOCAL4 1002 $PEER4 80 '>S'
allow 444 --keep-flows
web "kept once more" back
allow 443
web "no longer kept" lost

allow 80 --keep-flows
becomes "--keep-flows keeps no refusal of what is not established" back \
	tcp $LOCAL4 1002 $PEER4 80 '>S'
settings app local 10.9.0.0/16,fd09::/16
web "inbound by other local prefixes" lost
check "the flows say so" flows_are '[.[] | select(.sport == 1000) | .direction] | unique | join(" ")' \
	inbound
settings app local $LOCAL_PREFIXES
web "outbound again" back
genevectl -n app ruleset flush || tap_bail "ruleset flush"
web "without a ruleset" back
check_sums app
tap_done
