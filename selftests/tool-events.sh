#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# genevectl monitor: events of rules with log, and changes of the ruleset; which of
# them it is asked for. endpoint set ... policy. Hints of show about what there was
# too much of.

. ./lib.sh
. tool/lib.sh
. flow/lib.sh

id=vpce-00123456789abcdef

# listen NAME [WORD]: a monitor whose lines go to /run/NAME, as JSON to /run/NAME.json
listen() {
	genevectl -n app monitor ${2+"$2"} >"/run/$1" &
	pids="$pids $!"
	genevectl -n app -j monitor ${2+"$2"} >"/run/$1.json" &
	pids="$pids $!"
}

# saw NAME TEXT: the monitor printed this, behind the time
saw() {
	cut -d' ' -f2- "/run/$1" | grep -Fqx -- "$2" && return
	cat "/run/$1"
	return 1
}

# saw_json NAME FILTER: the monitor printed an object for which this is true
saw_json() {
	jq -se "any(.[]; $2)" "/run/$1.json"
}

# listening NAME...: things change and are logged until all of them have told it
listening() {
	genevectl -n app config set port 6081
	inner -w 20 udp $LOCAL4 999 $PEER4 7 '>.' >/dev/null
	for listening_file; do
		[ -s "/run/$listening_file" ] && [ -s "/run/$listening_file.json" ] || return
	done
}

flow_scene
ruleset app <<-'END'
	policy default {
		rule poke udp dport 7 log drop
		rule telnet tcp dport 23 log reject
		rule web tcp dport 80 log accept
		rule ping icmp log drop
		rule silent udp dport 9 drop
		default log drop
	}
END
pids=
listen all
listen events events
listen changes changes
wait_for 30 listening all events changes || tap_bail "the monitors tell nothing"

inner -w 50 tcp $LOCAL4 1001 $PEER4 23 '>S' >/dev/null
inner tcp $LOCAL6 1002 $PEER6 80 '>S' '<SA' '>A' >/dev/null
inner -w 50 icmp $LOCAL4 1003 $PEER4 0 '>.' >/dev/null
inner -w 50 udp $PEER4 1004 $LOCAL4 53 '>.' >/dev/null
inner -w 50 udp $LOCAL4 1005 $PEER4 9 '>.' >/dev/null
inner -w 50 47 $LOCAL4 0 $PEER4 0 '>.' >/dev/null

rejected="log reject by default/telnet reason reject $id outbound tcp 10.1.0.10:1001 > 10.9.0.10:23 length 160"
check "an event: reject" wait_for 5 saw events "$rejected"
check "an event: accept" wait_for 5 saw events \
	"log accept by default/web $id outbound tcp [fd01::10]:1002 > [fd09::10]:80 length 180"
check "an event: drop" wait_for 5 saw events \
	"log drop by default/ping reason policy $id outbound icmp 10.1.0.10 > 10.9.0.10 echo-request id 1003 length 160"
check "an event: the default" wait_for 5 saw events \
	"log drop by default/(default) reason policy $id inbound udp 10.9.0.10:1004 > 10.1.0.10:53 length 160"
check "an event: no ports" wait_for 5 saw events \
	"log drop by default/(default) reason policy $id outbound gre 10.1.0.10 > 10.9.0.10 length 160"
check_equal "an accepted flow is told once" 1 "$(grep -c default/web /run/events)"
check_equal "nothing of a rule without log" 0 "$(grep -c silent /run/events)"
check "JSON" wait_for 5 saw_json events '.event == "log" and (.log | del(.cookie)) == {"endpoint":
	"'$id'","proto":"tcp","saddr":"10.1.0.10","daddr":"10.9.0.10","sport":1001,"dport":23,
	"direction":"outbound","policy":"default","rule":"telnet","verdict":"reject",
	"reason":"reject","length":160,"suppressed":0}'
check "JSON of the default" saw_json events '.log.rule == null and .log.sport == 1004'
check "JSON of ICMP" saw_json events '.log | .type == 8 and .code == 0 and .id == 1003'
check "a time, in every object" sh -c 'jq -se "all(.[]; .time |
	test(\"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\\\.[0-9]{3}[+-][0-9]{4}$\"))" /run/events.json'
check "without a word everything is told" wait_for 5 saw all "$rejected"

genevectl -n app ruleset flush
echo 'set a { type port; elements { 1, 2 } }
policy p { rule r udp dport @a drop }
policy default { default accept }
endpoint vpce-00000001 { policy p }' | ruleset app
told='saw_json changes ".event == \"ruleset\" and (.ruleset | [.policies, .rules, .sets,
	.elements, .bindings] == [2, 1, 1, 2, 1])"'
check "a change of the ruleset, JSON" wait_for 5 eval "$told"
check "a change of the ruleset" grep -Eq \
	' ruleset generation [0-9]+ policies 2 rules 1 sets 1 elements 2 bindings 1 memory [0-9.]+ k?B$' \
	/run/changes
check "without a word it is told" grep -q ' ruleset generation ' /run/all
check_equal "events: no changes" 0 "$(grep -vc ' log ' /run/events)"
check_equal "changes: no events" 0 "$(grep -c ' log ' /run/changes)"

# bound POLICY: to this policy the endpoint is
bound() {
	json_is .policy "$1" -n app endpoint show $id
}
check "bind an endpoint" succeeds -n app endpoint set $id policy p
check "it is bound" bound '"p"'
check "the list has it" sh -c "genevectl -n app endpoint list | grep -Eq '^$id +- +p +'"
check "bind and name it at once" succeeds -n app endpoint set $id policy default name shop
check "it is bound and named" json_is '[.name, .policy]' '["shop","default"]' \
	-n app endpoint show $id
check "by its name" succeeds -n app end set shop pol p
check "it is bound again" bound '"p"'
check "the ruleset has it" sh -c "genevectl -n app ruleset show | grep -A3 'endpoint $id' | grep -q 'policy p'"
run -n app endpoint set $id policy nobody
check_equal "a policy that is not there is refused" "2 " "$RUN_STATUS $RUN_OUT"
check "with its name" sh -c 'echo "$1" | grep -q nobody' - "$RUN_ERR"
check "it stays bound" bound '"p"'
check "take it away" succeeds -n app endpoint set $id policy ''
check "it is not bound" bound null
check "its name stays" json_is .name '"shop"' -n app endpoint show $id

# More events than the rate allows.
echo 'policy default { rule d udp log drop }' | ruleset app
genevectl -n app config set log-rate 5
inner -n 200 udp 10.6.0.1 1000 $PEER4 53 '>.' >/dev/null
sleep 1
inner -w 50 udp $LOCAL4 1100 $PEER4 53 '>.' >/dev/null
all_told() {
	told=$(jq -s 'map(.log.suppressed // 0) | add' /run/events.json)
	json_is .events_suppressed "$told" -n app stats
}
check "suppressed events are told with the next" wait_for 5 all_told
check "for people, too" grep -Eq ' suppressed [0-9]+$' /run/events
check "hint of show" json_is '.hints | map(select(contains("log-rate"))) | length' 1 -n app show
check "numbers of stats" json_is '.events > 10 and .events_suppressed > 100' true -n app stats

for pid in $pids; do
	kill -INT "$pid"
	wait "$pid" || tap_fail "a monitor ended badly"
done
tap_done
