#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Rules with log: an event for each packet that is stopped and for the first one
# that is not, no more than the rate allows; packets in NFLOG as tcpdump reads them.

. ./lib.sh
. gwlb/lib.sh
. flow/lib.sh

EVENTS=/run/events TEXT=/run/events.txt PCAP=/run/nflog.pcap

rules() {
	ruleset app <<-END
		policy default {
			rule yes outbound proto { tcp, udp } dport 53 log accept
			rule no outbound tcp dport 22 log drop
			rule answer outbound tcp dport 23 log reject
			rule few outbound udp dport 54 limit 1/day log accept
			rule quiet outbound udp dport 55 drop
			rule group outbound udp dport 56 log group 5 drop
			rule group6 ip6 inbound udp dport 57 log group 5 accept
			$*
			default log drop
		}
	END
}

# A packet that makes an event, until somebody has heard of one.
poke() {
	inner -w 50 udp $LOCAL4 9 $PEER4 9 '>.' >/dev/null
	[ -s $EVENTS ] && [ -s $TEXT ]
}

begin() {
	flush
	sleep "$(slow 0.2)"
	: >$EVENTS
	: >$TEXT
}

# heard FILTER: of all events, by jq
heard() {
	jq -src "$1" $EVENTS
}

# heard_is FILTER VALUE
heard_is() {
	heard_got=$(heard "$1")
	[ "$heard_got" = "$2" ] && return
	echo "$1 is $heard_got instead of $2
$(cat $EVENTS)"
	return 1
}

SHORT='[.[].log | "\(.policy)/\(.rule) \(.verdict) \(.reason)"] | join(", ")'

# logs TEXT EVENTS ARGUMENT...: what these packets make
logs() {
	logs_text=$1 logs_wanted=$2
	shift 2
	begin
	inner -w 100 "$@" >/dev/null
	check "$logs_text" eventually heard_is "$SHORT" "$logs_wanted"
	sleep "$(slow 0.2)"
	check "and no more than that" heard_is "$SHORT" "$logs_wanted"
}

answered() {
	genevectl -n app -j stats | jq ".$1"
}

flow_scene
rules
ip netns exec app genevectl -j monitor events >>$EVENTS 2>&1 &
json=$!
ip netns exec app genevectl monitor events >>$TEXT 2>&1 &
text=$!
ip netns exec gen genevectl -j monitor events >/run/other 2>&1 &
wait_for 20 poke || tap_bail "the monitors hear nothing" "$(cat $EVENTS $TEXT)"

both_logs() {
	logs "$1: accepted: the first packet" "default/yes accept null" \
		udp "$1" 1000 "$2" 53 '>.' '<.' '>.'
	logs "$1: TCP likewise" "default/yes accept null" \
		tcp "$1" 1000 "$2" 53 '>S' '<SA' '>A' '>A'
	logs "$1: dropped: each" "default/no drop policy, default/no drop policy" \
		tcp "$1" 1000 "$2" 22 '>S' '>S'
	logs "$1: rejected: each" "default/answer reject reject, default/answer reject reject" \
		tcp "$1" 1000 "$2" 23 '>S' '>S'
	logs "$1: by the default" "default/null drop policy" udp "$1" 1000 "$2" 99 '>.'
	logs "$1: a rule without log" "" udp "$1" 1000 "$2" 55 '>.' '>.'
}
both both_logs
logs "over the limit" "default/few accept null, default/few accept limit, default/few accept limit" \
	udp $LOCAL4 1000 $PEER4 54 '>.' '>.' '>.'
logs "a group is a log, too" "default/group drop policy" udp $LOCAL4 1000 $PEER4 56 '>.'

begin
inner -e 123456789abcdef0 -c 00c0ffee tcp $LOCAL6 1000 $PEER6 22 '>S' >/dev/null
check "all of an event" eventually heard_is ".[0].log | del(.length) == {
	endpoint: \"vpce-0123456789abcdef0\", proto: \"tcp\", saddr: \"$LOCAL6\", sport: 1000,
	daddr: \"$PEER6\", dport: 22, direction: \"outbound\", policy: \"default\",
	rule: \"no\", verdict: \"drop\", reason: \"policy\", cookie: 12648430,
	suppressed: 0 }" true
check "with its length: outer IPv4 to the end" heard_is '.[0].log.length' \
	$((20 + 8 + 40 + 40 + 72))
check "and the time of today" heard_is '.[0].time[:10]' "$(date +%F)"
check "as text, too" wait_for 3 grep -Eq "log drop by default/no reason policy vpce-0123456789abcdef0 outbound tcp \[$LOCAL6\]:1000 > \[$PEER6\]:22 length 180$" $TEXT
check_equal "monitors of other namespaces hear nothing" "" "$(cat /run/other)"

flush
inner udp $LOCAL4 1000 $PEER4 53 '>.' '<.' >/dev/null
rules "rule more outbound tcp dport 99 accept"
: >$EVENTS
inner udp $LOCAL4 1000 $PEER4 53 '>.' '>.' >/dev/null
check "a flow that is judged again" eventually heard_is "$SHORT" "default/yes accept null"

begin
settings app log-rate 5
suppressed=$(answered events_suppressed) events=$(answered events)
inner -n 200 tcp $LOCAL4 1000 $PEER4 22 '>S' >/dev/null
sleep "$(slow 1)"
heard_now=$(heard length)
check "a flood: $heard_now events" [ "$heard_now" -ge 5 -a "$heard_now" -le 50 ]
check_equal "the others are counted" "$heard_now $((200 - heard_now))" \
	"$(($(answered events) - events)) $(($(answered events_suppressed) - suppressed))"
sleep "$(slow 1)"
inner -w 100 tcp $LOCAL4 1000 $PEER4 22 '>S' >/dev/null
check "and told with the events that follow" eventually heard_is \
	'length + ([.[].log.suppressed] | add)' 201
settings app log-rate 0
begin
inner -w 100 tcp $LOCAL4 1000 $PEER4 22 '>S' '>S' >/dev/null
check "rate 0: none" heard_is length 0
settings app log-rate 1000
inner -w 100 tcp $LOCAL4 1000 $PEER4 22 '>S' >/dev/null
check "and then it says how many" eventually heard_is '[.[].log.suppressed]' '[2]'

kill $json $text
wait $json $text 2>/dev/null
events=$(answered events) suppressed=$(answered events_suppressed)
inner -w 100 tcp $LOCAL4 1000 $PEER4 22 '>S' '>S' >/dev/null
check_equal "nobody listens: no event is made" "$events $suppressed" \
	"$(answered events) $(answered events_suppressed)"

listener_start app tcpdump -U -i nflog:5 -w $PCAP
flush
becomes "log group: dropped" "lost lost" -w 100 udp $LOCAL4 1000 $PEER4 56 '>.' '>.'
becomes "log group: accepted" "back back" udp $PEER6 1000 $LOCAL6 57 '>.' '>.'
inner -w 100 tcp $LOCAL4 1000 $PEER4 22 '>S' >/dev/null
captured() {
	tcpdump -nr $PCAP 2>/dev/null | cut -d' ' -f2- >/run/captured
	[ "$(wc -l </run/captured)" -ge "$1" ]
}
wait_for 5 captured 3
sleep "$(slow 0.3)"
captured 3
check_equal "tcpdump reads the inner packets from NFLOG" \
	"IP $LOCAL4.1000 > $PEER4.56: UDP, length 64
IP $LOCAL4.1000 > $PEER4.56: UDP, length 64
IP6 $PEER6.1000 > $LOCAL6.57: UDP, length 64" "$(cat /run/captured)"
check "policy and rule are the prefix" grep -qa "default/group6" $PCAP
listener_end

# How many references are held to the logger. It was listened to, so a kernel that has
# no such file has it built in.
REFERENCES=/sys/module/nfnetlink_log/refcnt
not_used() {
	[ "$(cat $REFERENCES)" = 0 ]
}
[ ! -e $REFERENCES ] || check "the logger is in use" [ "$(cat $REFERENCES)" -gt 0 ]
check "the ruleset is flushed" genevectl -n app ruleset flush
if [ -e $REFERENCES ]; then
	check "the logger can go then" wait_for 5 not_used
else
	tap_ok "the logger can go then # SKIP it is no module"
fi
check_sums app
tap_done
