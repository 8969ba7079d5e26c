#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
# time limit: 400 s
#
# Everything that can be changed, changed at once under traffic, in random order:
# the module comes and goes, is enabled and disabled; settings, rulesets, sets,
# flows, namespaces and devices change; all that can be read is read. After each
# round: counters add up, nothing is left behind, and the module answers correctly.
#
# SOAK_SECONDS is how long (default 30), SOAK_SEED decides the order. make soak.

. ./lib.sh
. flow/lib.sh
. ./memory.sh
. soak/lib.sh

SOAK_SECONDS=${SOAK_SECONDS:-30}
ROUND_SECONDS=$((SOAK_SECONDS < 60 ? SOAK_SECONDS / 2 : 30))
ROUNDS=$((SOAK_SECONDS / ROUND_SECONDS))
LIMIT=$(slow 60)

ctl() {
	timeout "$LIMIT" genevectl -n app "$@"
}

# settings
set_off() { ctl config set enabled no; }
set_on() { ctl config set enabled yes; }
set_small() { ctl config set flow-max 500 timeout-other 1s timeout-denied 1s; }
set_large() { ctl config set flow-max 100000 timeout-other 120s timeout-denied 30s; }
set_monitor() { ctl config set mode monitor reinject route tcp-pickup off; }
set_enforce() { ctl config set mode enforce reinject l2 tcp-pickup on; }
set_prefixes() { ctl config set origins 10.0.0.0/8,192.168.0.0/16 local 10.1.0.0/16,fd01::/16; }
set_wrong() { ! ctl config set port 0; }

# rulesets and sets
rules_one() {
	cat >$SOAK/one <<-END
		set web { type port; elements { 80, 443, 8000-8099 } }
		set bad { type addr; timeout 1s; elements { 198.51.100.0/24, 2001:db8::/32 } }
		policy default {
			rule bad daddr @bad drop
			rule web outbound tcp dport @web accept
			rule dns outbound udp dport 53 limit 100/second log accept
			rule no outbound tcp dport 22 log reject
			default accept
		}
		endpoint vpce-0123456789abcdef0 { name shop; policy default }
	END
	ctl ruleset apply $SOAK/one
}
rules_two() {
	cat >$SOAK/two <<-END
		set web { type port; elements { 1-1000 } }
		policy other { rule datagrams udp reject; default log drop }
		policy default { rule web dport @web accept; default reject }
		endpoint vpce-0123456789abcdef0 { name other; policy other }
	END
	ctl ruleset apply --keep-flows $SOAK/two
}
rules_large() { echo "fill 300 3000" | in_ns app timeout "$LIMIT" ruleset/transact >/dev/null; }
rules_many() {
	{
		for many_i in 1 2 3 4 5 6 7 8 9 10; do
			echo "begin copy"
			echo "policy p$many_i"
			echo "rule p$many_i r verdict $((many_i % 3)) cond dport $many_i"
			[ $many_i -gt 7 ] || echo commit
			[ $many_i -ne 8 ] || echo abort
			[ $many_i -ne 9 ] || echo close
		done
	} | in_ns app timeout "$LIMIT" ruleset/transact >/dev/null
}
rules_none() { ctl ruleset flush; }
set_add() { ctl set add web 5000-5009 6000 && ctl set add bad 203.0.113.7 timeout 1s; }
set_delete() { ctl set delete web 6000; }
rule_add() { ctl rule insert default extra saddr 192.0.2.0/24 drop; }
rule_delete() { ctl rule delete default extra; }
endpoint_name() { ctl endpoint set vpce-0123456789abcdef0 name soak; }

# reading
flow_flush() { ctl flow flush; }
flow_flush_some() { ctl flow flush addr 10.1.0.11; }
flow_list() { ctl -j flow list >/dev/null; }
flow_count() { ctl flow count >/dev/null; }
dump_rules() { ctl -j rule list >/dev/null && ctl -j set list >/dev/null; }
dump_ruleset() { ctl ruleset show >/dev/null; }
dump_endpoints() { ctl -j endpoint list >/dev/null; }
dump_stats() { ctl -j stats --all >/dev/null && ctl -j config show >/dev/null; }
explain_packet() { ctl explain --hex "$PACKET" >/dev/null; }
hear_events() {
	timeout 2 genevectl -n app monitor >/dev/null
	[ $? != 2 ]
}
# What is read may go away meanwhile.
read_sysfs() {
	in_ns app timeout "$LIMIT" find /sys/kernel/nf_geneve -type f -exec cat {} + >/dev/null 2>&1
	:
}
read_sysfs_initial() {
	timeout "$LIMIT" find /sys/kernel/nf_geneve -type f -exec cat {} + >/dev/null 2>&1
	:
}

# namespaces
netns_come() {
	ip netns add extra && genevectl -n extra config set enabled yes flow-max 1000
}
netns_go() { ip netns del extra; }

# devices: a second pair, vc in gen to vd in app
device_come() {
	ip -n gen link add vc type veth peer name vd netns app &&
		ip -n gen addr add 10.30.2.10/24 dev vc && ip -n app addr add 10.30.2.50/24 dev vd &&
		ip -n gen link set vc up && ip -n app link set vd up
}
device_go() { ip -n app link del vd; }
device_rename() {
	ip -n app link set vd down && ip -n app link set vd name ve && ip -n app link set ve up
	ip -n app link set ve down && ip -n app link set ve name vd && ip -n app link set vd up
}
device_down() { ip -n app link set vd down; }
device_up() { ip -n app link set vd up && ip -n app addr replace 10.30.2.50/24 dev vd; }
device_mtu() { ip -n app link set vd mtu 576 && ip -n app link set vd mtu 9001; }
address_change() {
	ip -n app addr add 10.30.1.60/24 dev vb && ip -n app addr del 10.30.1.60/24 dev vb
}
main_mtu() { ip -n app link set vb mtu 1500 && ip -n app link set vb mtu 9001; }

# the module
module_reload() {
	sleep 8
	timeout "$LIMIT" rmmod nf_geneve && sleep 0.2 && insmod ../nf_geneve.ko && set_on
}

# traffic: forever, or again when its device went away
traffic() {
	inner_start /run/soak/old -w 100 -p 10000 -k 0 tcp $LOCAL4 1000 $PEER4 80 '>S' '<SA' '>A' '<PA'
	TRAFFIC=$INNER_JOB
	inner_start /run/soak/new -l 10.30.1.11 -w 20 -p 10000 -k 0 -u udp 10.1.0.11 1000 $PEER4 53 \
		'>.' '<.'
	TRAFFIC="$TRAFFIC $INNER_JOB"
	inner_start /run/soak/no -l 10.30.1.12 -w 5 -p 20000 -k 0 -u tcp fd01::12 1000 $PEER6 22 '>S'
	TRAFFIC="$TRAFFIC $INNER_JOB"
	inner_start /run/soak/frag -l 10.30.1.13 -w 5 -p 20000 -k 0 -u udp 10.1.0.13 1000 $PEER4 7 \
		'>./1' '>./0' '>./2'
	TRAFFIC="$TRAFFIC $INNER_JOB"
}
flood_first() { flood 10.30.1.14 10.30.1.50; }
flood_second() { flood 10.30.2.10 10.30.2.50; }
flood() {
	in_ns gen timeout "$LIMIT" net/probe -f 2 "$@" >/dev/null && sleep 2
}

# flows_right: all that were created are there, or went away for a reason
flows_right() {
	in_ns app sh -c 'cd /sys/kernel/nf_geneve/net/flows &&
		cat created active expired evicted flushed' | tr '\n' ' ' |
		awk '{ print "created " $1 ", active " $2 ", expired " $3 ", evicted " $4 ", flushed " $5
			exit $1 != $2 + $3 + $4 + $5 }'
}

scene() {
	hook_keeper
	ns_pair
	for scene_i in 11 12 13 14; do
		ip -n gen addr add 10.30.1.$scene_i/24 dev va
	done
	load_module
	nfg_enable app || tap_bail "enabling the module"
}

actors() {
	actor module 1 module_reload
	actor settings 2 set_off set_on set_on set_small set_large set_monitor set_enforce set_enforce \
		set_prefixes set_wrong
	actor rules 3 rules_one rules_two rules_large rules_many rules_none
	actor sets 4 set_add set_delete rule_add rule_delete endpoint_name
	actor flows 5 flow_flush flow_flush_some flow_list flow_count hear_events
	actor dumps 6 dump_rules dump_ruleset dump_endpoints dump_stats explain_packet
	actor sysfs 7 read_sysfs read_sysfs_initial
	actor netns 8 netns_come netns_go
	actor devices 9 device_come device_come device_go device_rename device_down device_up \
		device_mtu address_change main_mtu
	actor flood 10 flood_first flood_second
}

# The module as on its first day, in whatever state the round has left it.
restore() {
	MODULE_LOADED=1
	grep -q '^nf_geneve ' /proc/modules || insmod ../nf_geneve.ko || return
	ctl ruleset flush &&
		ctl config set enabled yes mode enforce reinject l2 flow-max 262144 tcp-pickup on \
			origins 10.0.0.0/8 local $LOCAL_PREFIXES
}

answers_right() {
	flush
	[ "$(inner tcp $LOCAL4 7 $PEER4 80 '>S' '<SA' '>A')" = "back back back" ] &&
		in_ns gen net/probe -c 20 10.30.1.10 10.30.1.50 || return
	ruleset app <<-END
		policy default { rule web tcp dport 80 accept; default drop }
	END
	[ "$(inner -w 100 tcp $LOCAL4 8 $PEER4 80 '>S' '<SA')" = "back back" ] &&
		[ "$(inner -w 100 tcp $LOCAL4 9 $PEER4 81 '>S')" = lost ]
}

round() {
	scene
	round_begin
	traffic
	actors
	sleep "$ROUND_SECONDS"
	check "round $ROUND: all came to an end" round_end
	# shellcheck disable=SC2086 # several
	inner_stop $TRAFFIC
	check "round $ROUND: no operation was killed" soak_died
	check "round $ROUND: settings are accepted" restore
	check "round $ROUND: rx = tx + drop + passed, reasons = drop + monitor" sums_right app
	check "round $ROUND: every flow is accounted for" flows_right
	check "round $ROUND: it answers correctly" answers_right
	ns_cleanup
	ip netns del extra 2>/dev/null
	check "round $ROUND: it can be unloaded" wait_for 10 unload_module
	check "round $ROUND: nothing of it is left in sysfs" [ ! -e /sys/kernel/nf_geneve ]
}

tap_note "seed $SOAK_SEED, $ROUNDS rounds of $ROUND_SECONDS s"
mkdir -p $SOAK
: >$SOAK/results
PACKET=$(awk '!/^#/ && NF == 3 { print $3; exit }' vectors/geneve.txt)
ROUND=1
round
memory_count /run/memory.first
while [ $ROUND -lt $ROUNDS ]; do
	ROUND=$((ROUND + 1))
	round
done
operations=$(wc -l <$SOAK/results)
check "nothing is lost in memory" memory_same /run/memory.first
check "kmemleak finds nothing" leaks_none
tap_note "$operations operations: how often, with success:" "
$(soak_table)"
tap_note "what they said:" "
$(sort $SOAK/said | uniq -c | sort -rn | head -n 40)"
for name in old new no frag; do
	tap_note "$name: $(cat $SOAK/$name)"
done
if [ "$SOAK_SECONDS" -ge 300 ]; then
	check "every operation succeeded at least once" soak_all_succeeded
fi
tap_done
