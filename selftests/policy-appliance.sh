#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# An operator's day: hosts that ping and fetch while somebody blocks them for a while,
# edits sets, limits and rejects; what they see of it, and what the monitor tells.

. ./lib.sh
. gwlb/lib.sh
. flow/lib.sh

EVENTS=/run/events
LIFE=$((8 * ${SLOW:-1}))	# of a blocked element, s

dropped() {
	stat ap1 stats/drop_packets
}

# ping_start FILE ADDR: pings until the end of the test, in one flow
ping_start() {
	ip netns exec app1 ping -n -i 0.2 "$2" >"$1" 2>&1 &
}

answers() {
	grep -c "bytes from" "$1"
}

answers_exceed() {
	[ "$(answers "$1")" -gt "$2" ]
}

dropped_exceed() {
	[ "$(dropped)" -gt "$1" ]
}

# goes_on FILE: more answers come
goes_on() {
	wait_for 20 answers_exceed "$1" $(($(answers "$1") + 3))
}

# is_cut FILE DROPPED: more than that are dropped, and then none is answered
is_cut() {
	wait_for 5 dropped_exceed "$2" || return
	cut_answers=$(answers "$1")
	wait_for 5 dropped_exceed $(($2 + 4)) || return
	[ "$(answers "$1")" = "$cut_answers" ]
}

edit() {
	genevectl -n ap1 set "$@"
}

# page ADDRESS PORT: from this port, each time another one
page() {
	in_ns app1 curl -sS -m "$(slow 3)" --local-port "$2" "http://$1/" | grep -x Hello
}

# heard FILTER: the events, by jq, without those of pings that waited for the monitor
heard() {
	jq -sc "[.[].log | select((.id // 7) == 7)] | $1" $EVENTS
}

heard_is() {
	heard_got=$(heard "$1") && [ "$heard_got" = "$2" ] && return
	echo "$1 is $heard_got instead of $2
$(cat $EVENTS)"
	return 1
}

# refused TEXT COMMAND...: it says so, at once
refused() {
	refused_text=$1
	shift
	refused_start=$(uptime_ms)
	check_equal "$refused_text: connection refused" 1 \
		"$(in_ns app1 "$@" 2>&1 </dev/null | grep -ci "connection refused")"
	check "$refused_text: at once" [ $(($(uptime_ms) - refused_start)) -lt "$(slow 3)000" ]
}

gwlb_load
gwlb_fleet 1
gwlb_tenant 1
gwlb_appliance ap1
gwlb_start --endpoint $GWLB_ENDPOINT_1,tun=gwe0,netns=end1 --health none --target 10.30.1.51
mkdir -p /run/www
echo Hello >/run/www/index.html
ip netns exec net1 busybox httpd -p 80 -h /run/www
ruleset ap1 <<-END
	config { local { 10.1.0.0/16, fd01::/16 } }
	set blocked { type addr; elements { } }
	set printers { type addr; elements { 10.9.0.0/30 } }
	policy shop {
		rule blocked saddr @blocked drop
		rule printers daddr @printers drop
		rule mail outbound proto { tcp, udp } dport { 25, 53 } reject
		rule web outbound tcp dport 80 log accept
		rule ping outbound icmp type echo-request log accept
		rule ping6 outbound icmpv6 type echo-request accept
		rule few inbound icmp type echo-request limit 20/day accept
		default log drop
	}
	policy default { default drop; }
	endpoint $GWLB_ENDPOINT_1 { name shop; policy shop }
END
ip netns exec ap1 genevectl -j monitor events >>$EVENTS 2>&1 &
id=1000
probed() {
	id=$((id + 1))
	in_ns app1 ping -n -q -c 1 -W 1 -e $id 10.9.0.10
	[ -s $EVENTS ]
}
wait_for 20 probed || tap_bail "the monitor hears nothing"
: >$EVENTS

check "ping" in_ns app1 ping -n -q -c 1 -W "$(slow 2)" -e 7 10.9.0.10
check "curl" page 10.9.0.10 5000
check "curl, IPv6" page "[fd09::10]" 5002
in_ns app1 curl -s -m 1 --local-port 5001 http://10.9.0.10:8080/ >/dev/null
check "the monitor tells endpoint, tuple, rule and verdict of ping" eventually heard_is \
	'.[0] | [.endpoint, .proto, .saddr, .daddr, .id, .direction, .policy, .rule, .verdict]' \
	"[\"$GWLB_ENDPOINT_1\",\"icmp\",\"10.1.0.10\",\"10.9.0.10\",7,\"outbound\",\"shop\",\"ping\",\"accept\"]"
TCP='[.endpoint, .saddr, .sport, .daddr, .dport, .rule, .verdict, .reason]'
check "of curl" eventually heard_is ".[1] | $TCP" \
	"[\"$GWLB_ENDPOINT_1\",\"10.1.0.10\",5000,\"10.9.0.10\",80,\"web\",\"accept\",null]"
check "of curl, IPv6" eventually heard_is ".[2] | $TCP" \
	"[\"$GWLB_ENDPOINT_1\",\"fd01::10\",5002,\"fd09::10\",80,\"web\",\"accept\",null]"
check "of curl that is not let through" eventually heard_is ".[3] | $TCP" \
	"[\"$GWLB_ENDPOINT_1\",\"10.1.0.10\",5001,\"10.9.0.10\",8080,null,\"drop\",\"policy\"]"
check "and nothing else" heard_is '.[4:] | map(.sport) | unique - [5001]' '[]'

refused "curl" curl -sv -m "$(slow 5)" http://10.9.0.10:25/
refused "curl, IPv6" curl -sv -m "$(slow 5)" "http://[fd09::10]:25/"
refused "nc" nc -v -w "$(slow 5)" 10.9.0.10 25
refused "dig" dig @10.9.0.10 +tries=1 +time=5 www.example.com

ping_start /run/ping4 10.9.0.10
ping_start /run/ping6 fd09::10
check "ping goes on" goes_on /run/ping4
start=$(uptime_ms) before=$(dropped)
check "it is blocked for $LIFE s" edit add blocked 10.1.0.10 timeout ${LIFE}s
check "no answer comes" is_cut /run/ping4 "$before"
check "curl is blocked, too" sh -c '! ip netns exec app1 curl -s -m 1 http://10.9.0.10/'
check "over IPv6 nothing is" goes_on /run/ping6
check "it goes on by itself" goes_on /run/ping4
check "not before its time" [ $(($(uptime_ms) - start)) -ge $((LIFE * 1000 - 500)) ]
check "so does curl" page 10.9.0.10 5003

before=$(dropped)
check "a prefix is added" edit add printers 10.9.0.8/29
check "no answer comes" is_cut /run/ping4 "$before"
check "it is taken away" edit delete printers 10.9.0.8/29
check "ping goes on" goes_on /run/ping4
before=$(dropped)
check "an IPv6 prefix is added" edit add printers fd09::/64
check "no answer comes" is_cut /run/ping6 "$before"
check "but over IPv4" goes_on /run/ping4
check "it is taken away" edit delete printers fd09::/64
check "ping goes on" goes_on /run/ping6
check "it is one flow all the time" [ "$(genevectl -n ap1 flow count addr fd09::10 proto icmpv6)" = 1 ]

before=$(stat ap1 drops/limit)
check_equal "a flood of 100 pings: as many as the limit are answered" "20 received" \
	"$(in_ns net1 ping -n -q -f -c 100 -W 1 10.1.0.10 | grep -o '[0-9]* received')"
check "the others are dropped for the reason limit" stat_is ap1 drops/limit $((before + 80))
check_sums ap1
check "no answer was wrong" gwlb_is violations_total 0
gwlb_stop
tap_done
