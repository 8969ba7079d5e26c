#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
# time limit: 900 s
#
# Every allocation of a transaction fails once: of a whole ruleset, of elements and
# rules that come and go, of bindings and names, of dumps. All or nothing, an error
# for every failure, and a connection that all rulesets allow notices nothing.

. ./lib.sh
. flow/lib.sh
. ./memory.sh
. fault/lib.sh

# What a transaction can change, in NOW.
look() {
	NOW=
	for look_at in sets policies rules bindings endpoints; do
		talk $look_at || return
		NOW="$NOW$SAID"
	done
}

# transact FILE: the last answer, and whether an earlier one was an error, in FAULTS
transact() {
	FAULTS=
	while read -r transact_request; do
		talk "$transact_request" || FAULTS="$FAULTS $SAID_LAST"
	done <"$1"
}

# change FILE: from the first ruleset
change() {
	transact /run/first
	look
	change_from=$NOW
	transact "$1"
	look
	change_to=$NOW
	[ -z "$FAULTS" ] || {
		echo "it fails anyway:$FAULTS"
		return 1
	}
	change_n=0 change_refused=0 change_done=0 change_open=0 change_hit=hit
	while [ $change_hit = hit ]; do
		change_n=$((change_n + 1))
		# the last one may not have got that far
		talk abort
		transact /run/first
		talk "nth $change_n" || return
		transact "$1"
		change_last=$SAID_LAST
		talk "nth 0"
		change_hit=$SAID_LAST
		look || return
		change_judge || return
	done
	echo "$change_n allocations: $change_refused times refused, $change_done times done," \
		"$change_open times without an answer"
}

change_judge() {
	if [ "$change_last" = ok ] && [ "$NOW" = "$change_to" ]; then
		change_done=$((change_done + 1))
	elif [ "$change_last" != ok ] && [ "$NOW" = "$change_from" ]; then
		change_refused=$((change_refused + 1))
	elif [ "$change_last" = "ENOBUFS: no answer" ] && [ "$NOW" = "$change_to" ]; then
		change_open=$((change_open + 1))
	else
		echo "allocation $change_n:$FAULTS, at last $change_last
from: $change_from
now:  $NOW"
		return 1
	fi
}

# read_all REQUEST: all of it or an error
read_all() {
	transact /run/second
	talk "$1"
	all_wanted=$SAID
	all_n=0 all_read=0 all_hit=hit
	while [ $all_hit = hit ]; do
		all_n=$((all_n + 1))
		talk "nth $all_n"
		if talk "$1"; then
			all_read=$((all_read + 1))
			[ "$SAID" = "$all_wanted" ] || {
				echo "allocation $all_n: $SAID"
				return 1
			}
		fi
		talk "nth 0"
		all_hit=$SAID_LAST
		# what is left of a dump ends with its socket
		echo close >&3
		talk ruleset
	done
	echo "$all_n allocations: $all_read times all of it"
}

# transaction FILE [copy]: of the requests of the standard input
transaction() {
	awk -v begin="begin $2" 'BEGIN { print begin } { print } END { print "commit requests " NR }' \
		>"$1"
}

faults_wanted
flow_scene
transaction /run/first <<-END
	set web port
	add web 80,443
	policy default verdict 1
	rule default web verdict 0 cond direction 0 cond proto 6 cond dport @web
	bind 123456789abcdef0 name first
	bind 223456789abcdef0 name ''
	bind 323456789abcdef0 name third
	bind 423456789abcdef0 name ''
END
transaction /run/second <<-END
	set web port
	add web 80,443,8000-8099
	set bad addr
	add bad 198.51.100.0-198.51.100.255,203.0.113.1,2001:db8::-2001:db8::ffff
	set gateways endpoint
	add gateways 0x123456789abcdef0
	policy shop verdict 2 reject 2
	rule shop bad verdict 1 log cond daddr @bad
	rule shop far verdict 2 cond saddr 10.0.0.0-10.255.255.255,192.168.0.1 cond daddr not 192.0.2.1
	rule shop web verdict 0 limit 10 60 burst 20 cond direction 0 cond proto 6 cond dport @web
	rule shop us before web verdict 0 log group 3 cond endpoint @gateways cond family 6
	policy default verdict 1
	rule default web verdict 0 cond proto 6 cond dport @web
	bind 123456789abcdef0 policy shop name second
	bind 223456789abcdef0 name first
	bind 323456789abcdef0 name ''
	bind 423456789abcdef0 policy shop name fourth
END
transaction /run/edit copy <<-END
	add web 90,100-110
	del web 443
	rule default new before web verdict 1 cond dport 22
	policy other
END
transaction /run/delete copy <<-END
	rmrule default web
	rule default any verdict 0 cond proto 6
	bind 123456789abcdef0 policy default
END
talk_begin
transact /run/first
inner_start /run/old -w 3000 -p 5000 -k 0 tcp $LOCAL4 1000 $PEER4 80 '>A' '<AP'
old=$INNER_JOB
memory_count /run/memory.first

check_walk "a ruleset" change /run/second
check_walk "elements and a rule" change /run/edit
check_walk "a rule that goes, a binding" change /run/delete
for what in sets policies rules bindings endpoints ruleset; do
	check_walk "what is read: $what" read_all $what
done
transact /run/first
check_equal "the first ruleset can be put in force" "" "$FAULTS"
talk_end
genevectl -n app flow flush port 443
check_equal "it accepts what it did" "back back" \
	"$(inner -l 10.30.1.11 tcp $LOCAL4 7 $PEER4 443 '>S' '<SA')"
check_equal "and refuses what it did" lost \
	"$(inner -l 10.30.1.11 -w 200 tcp $LOCAL4 7 $PEER4 22 '>S')"

inner_stop "$old"
tap_note "the established connection: $(cat /run/old)"
check "it lost nothing" awk '{ exit $1 != $3 || $1 < 50 }' /run/old
check_sums app
check "no memory is lost" memory_same /run/memory.first
check "kmemleak finds nothing" leaks_none
tap_done
