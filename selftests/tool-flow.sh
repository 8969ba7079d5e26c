#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# genevectl flow: the table and its order, JSON, one flow as the table names it,
# --watch, many flows, and what flush says.

. ./lib.sh
. tool/lib.sh
. flow/lib.sh

id=vpce-00123456789abcdef

# table: without idle times and counters of packets, one blank between columns
table() {
	genevectl -n app flow list "$@" |
		awk '{ print $1, $2, $3, $4, $5, $6, $7, $NF }'
}

flow_scene
check_equal "no flow: head line only" \
	"endpoint proto originator other side flow state rule" "$(table)"
check "no flow, JSON" json_is . '[]' -n app flow list
check_equal "no flow, count" 0 "$(genevectl -n app flow count)"

ruleset app <<-'END'
	policy default {
		rule telnet tcp dport 23 drop
		rule web tcp dport 80 accept
	}
END
inner udp $LOCAL4 1002 $PEER4 53 '>.' >/dev/null
connect tcp $LOCAL6 1003 $PEER6 80
inner -w 50 tcp $LOCAL4 1001 $PEER4 23 '>S' >/dev/null
connect icmp $LOCAL4 1004 $PEER4 0
connect 47 $LOCAL4 0 $PEER4 0
connect tcp $PEER4 1000 $LOCAL4 80

check_equal "the table, sorted" "endpoint proto originator other side flow state rule
$id icmp 10.1.0.10:1004 10.9.0.10:echo-request outbound established accept default/(default)
$id tcp 10.1.0.10:1001 10.9.0.10:23 outbound syn drop default/telnet
$id tcp 10.9.0.10:1000 10.1.0.10:80 inbound established accept default/web
$id udp 10.1.0.10:1002 10.9.0.10:53 outbound new accept default/(default)
$id gre 10.1.0.10 10.9.0.10 outbound established accept default/(default)
$id tcp [fd01::10]:1003 [fd09::10]:80 outbound established accept default/web" "$(table)"
check "columns are aligned" sh -c 'genevectl -n app flow list addr 10.0.0.0/8 |
	awk "{ print index(\$0, \$NF) }" | sort -u | wc -l | grep -qx 1'
check_equal "packets of both sides" "2 1" "$(genevectl -n app flow list port 1000 |
	awk 'NR == 2 { print $8, $9 }')"

check "JSON" json_is 'map(del(.age_ms, .idle_ms, .expires_ms, .bytes, .reply_bytes, .cookie))' \
	'[{"endpoint":"'$id'","proto":"tcp","saddr":"10.9.0.10","daddr":"10.1.0.10","sport":1000,"dport":80,"direction":"inbound","state":"established","verdict":"accept","policy":"default","rule":"web","kept":false,"cookie_changes":0,"packets":2,"reply_packets":1}]' \
	-n app flow list port 1000
check "JSON: times and bytes are numbers" json_is \
	'.[0] | [.age_ms, .idle_ms, .expires_ms, .bytes, .reply_bytes, .cookie] | map(type) | unique' \
	'["number"]' -n app flow list port 1000
check "JSON of ICMP" json_is '.[0] | [.type, .code, .id, .sport, .rule]' \
	'[8,0,1004,null,null]' -n app flow list proto icmp
check "JSON of a protocol without ports" json_is '.[0] | [.proto, .sport]' '["gre",null]' \
	-n app flow list proto 47
check_equal "pretty JSON says the same" "$(flows 'map(.sport) | tostring')" \
	"$(genevectl -n app -p flow list | jq -c 'map(.sport)')"

# shown TEXT WORDS FIRST: the flow of these words begins so
shown() {
	# shellcheck disable=SC2086 # words
	check_equal "$1" "$id  $3" "$(genevectl -n app flow show $2 | head -n 1)"
}
shown "show tcp" "$id tcp 10.1.0.10:1001 10.9.0.10:23" "tcp 10.1.0.10:1001 > 10.9.0.10:23"
shown "show the other direction" "$id tcp 10.9.0.10:23 10.1.0.10:1001" \
	"tcp 10.1.0.10:1001 > 10.9.0.10:23"
shown "show icmp" "$id icmp 10.1.0.10:1004 10.9.0.10:echo-request" \
	"icmp 10.1.0.10 > 10.9.0.10 echo-request id 1004"
shown "show icmp by numbers" "$id 1 10.1.0.10:1004 10.9.0.10:8.0" \
	"icmp 10.1.0.10 > 10.9.0.10 echo-request id 1004"
shown "show icmp without a type" "$id icmp 10.1.0.10:1004 10.9.0.10" \
	"icmp 10.1.0.10 > 10.9.0.10 echo-request id 1004"
shown "show gre" "$id gre 10.1.0.10 10.9.0.10" "gre 10.1.0.10 > 10.9.0.10"
shown "show IPv6" "123456789abcdef 6 [fd01::10]:1003 [fd09::10]:80" \
	"tcp [fd01::10]:1003 > [fd09::10]:80"
for row in $(genevectl -n app flow list | awk 'NR > 1 { print $1 "," $2 "," $3 "," $4 }'); do
	check "every row can be shown: $row" sh -c \
		"genevectl -n app flow show $(echo "$row" | tr , ' ')"
done
check_equal "show: all of it" "  outbound, syn, age T, idle T, expires in T
  verdict drop, rule default/telnet
  originator 1 packets, B
  other side 0 packets, 0 B
  cookie 0x39f7f1a7, changed 0 times" "$(genevectl -n app flow show $id tcp 10.1.0.10:1001 \
	10.9.0.10:23 | sed '1d; s/\(age\|idle\|in\) [0-9.ms]*/\1 T/g; s/ [1-9][0-9]* B/ B/')"
check "show, JSON" json_is '[.rule, .state]' '["telnet","syn"]' -n app flow show \
	$id tcp 10.1.0.10:1001 10.9.0.10:23

genevectl -n app endpoint set $id name shop
check "a filter by the endpoint's name" json_is length 6 -n app flow list endpoint shop
check "abbreviated words" json_is length 1 -n app fl l end shop a 10.1.0.0/16 por 23 v d s syn

timeout -s INT 5 genevectl -n app flow list port 23 --watch 0.5 >/tmp/tool-watch
check_equal "watch: SIGINT ends it well" 0 $?
check "watch: again and again" sh -c '[ $(grep -c "^endpoint" /tmp/tool-watch) -ge 3 ] &&
	[ $(grep -c "default/telnet$" /tmp/tool-watch) = $(grep -c "^endpoint" /tmp/tool-watch) ]'
timeout -s TERM 5 genevectl -n app -j flow list port 23 --watch 0.5 >/tmp/tool-watch
check_equal "watch: SIGTERM ends it well" 0 $?
check "watch: an array each time" sh -c \
	'jq -e "length == 1" /tmp/tool-watch | sort | uniq -c | awk "\$1 >= 3 && \$2 == \"true\"" | grep -q .'

check "flush is silent" succeeds -n app flow flush proto icmp
check "it is gone" json_is . '[]' -n app flow list proto icmp
check "flush, JSON" json_is . '{"flows":1}' -n app flow flush proto udp
check "count, JSON" json_is . '{"flows":4}' -n app flow count
check "stats" sh -c 'genevectl -n app stats | grep -qx "4 flows, 6 created, 0 expired, 0 evicted, 2 flushed"'
check "stats, JSON" json_is '[.flows, .flows_created, .flows_flushed]' '[4,6,2]' -n app stats
check "show" sh -c 'genevectl -n app show | grep -qx "flows      4 of at most 262144"'
check "show: the ruleset" sh -c \
	'genevectl -n app show | grep -Eqx "ruleset    generation [0-9]+ policies 1 rules 2 sets 0 elements 0 bindings 0 memory .*"'

# watched ROWS: the last table but one, which is whole, has so many
watched() {
	awk '/^endpoint/ { before = rows; rows = 0 } /^vpce/ { rows++ } END { print before }' \
		/tmp/tool-watch | grep -qx "$1"
}
genevectl -n app flow flush
genevectl -n app flow list port 4000 --watch 0.2 >/tmp/tool-watch &
check "watch: no flow yet" wait_for 10 watched 0
connect udp $LOCAL4 4000 $PEER4 53
check "watch: a flow that comes" wait_for 10 watched 1
connect tcp $LOCAL6 4000 $PEER6 80
check "watch: one more" wait_for 10 watched 2
genevectl -n app flow flush proto udp
check "watch: one that goes" wait_for 10 watched 1
kill $!
wait $!
check_equal "watch: it ends well" 0 $?

# More than is sorted before it is printed.
genevectl -n app flow flush
inner -n 9000 udp 10.1.2.0 1000 $PEER4 53 '>.' >/dev/null
check "9,000 flows" json_is 'length, (map([.saddr, .sport]) | unique | length)' '9000
9000' -n app flow list
check_equal "9,000 rows and one head line" "1 9000" "$(genevectl -n app flow list |
	awk '/^endpoint/ { head++ } /^vpce/ { rows++ } END { print head, rows }')"
check "9,000 flows, pretty" sh -c 'genevectl -n app -p flow list | jq -e "length == 9000"'
rm -f /tmp/tool-watch
tap_done
