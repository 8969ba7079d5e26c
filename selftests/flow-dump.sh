#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
# time limit: 600 s
#
# Fifty thousand flows (fewer in a slow guest) are listed while packets pass: none
# is lost, none is late, and every flow is there once, though others come and go and
# the table is replaced meanwhile.

. ./lib.sh
. flow/lib.sh

FLOWS=$((50000 / ${SLOW:-1} / 2 * 2))

# list WORD...: the originators' ends, sorted
list() {
	genevectl -n app flow list "$@" >/run/flows || return
	awk 'NR > 1 { print $3 }' /run/flows | sort
}

traffic_goes_on() {
	wait_for 10 bounced_more_than $((traffic_base + 100)) || tap_bail "no traffic"
}

bounced_more_than() {
	[ "$(stat app stats/tx_packets)" -gt "$1" ]
}

# with_traffic TEXT COMMAND...: packets of an established flow, a new one after
# another beside it, before, during and after it; each answer takes less than a
# fifth of a second
with_traffic() {
	traffic_text=$1
	shift
	traffic_base=$(stat app stats/tx_packets)
	inner_start /run/old -l 10.30.1.10 -w 200 -k 0 tcp $LOCAL4 1000 $PEER4 80 '>A' '<AP'
	old=$INNER_JOB
	inner_start /run/new -l 10.30.1.11 -w 200 -k 0 -u udp 10.7.0.1 1000 $PEER4 53 '>.'
	traffic_goes_on
	"$@"
	traffic_base=$(stat app stats/tx_packets)
	traffic_goes_on
	inner_stop "$old" "$INNER_JOB"
	tap_note "old: $(cat /run/old); new: $(cat /run/new)"
	check "$traffic_text: no packet is lost or late" \
		awk '$1 != $3 || $1 < 10 { bad = 1 } END { exit bad }' /run/old /run/new
}

flow_scene
connect tcp $LOCAL4 1000 $PEER4 80
for host in 10.6.0.1 10.6.0.2; do
	inner -n $((FLOWS / 2)) udp $host 1000 $PEER4 53 '>.' >/run/fill
done
check "$FLOWS flows" stat_is app flows/active $((FLOWS + 1))

list_all() {
	list >/run/list
}

with_traffic "list" list_all
grep '^10\.6\.' /run/list >/run/ours
check_equal "every flow was listed" $FLOWS "$(uniq </run/ours | wc -l)"
check_equal "once" $FLOWS "$(wc -l </run/ours)"

list_some() {
	list addr 10.6.0.2/32 >/run/list
}

with_traffic "list of some" list_some
check_equal "these were listed" $((FLOWS / 2)) "$(wc -l </run/list)"
check_equal "count" $FLOWS "$(genevectl -n app flow count addr 10.6.0.0/16)"

# The table is replaced by one of another size under the eyes of the listing.
list_and_resize() {
	genevectl -n app flow list addr 10.6.0.0/16 >/run/listed 2>/run/why &
	job=$!
	sleep "$(slow "$1")"
	kill -STOP $job
	for max in 1000000 200000 600000 262144; do
		settings app flow-max $max
	done
	kill -CONT $job
	list_status=0
	wait $job || list_status=$?
}

# Stopped sooner or later, until it was in the middle of it.
list_is_disturbed() {
	for disturbed_after in 0.1 0.2 0.4 0.05 0.8 0.02; do
		list_and_resize $disturbed_after
		[ $list_status != 0 ] && return
		awk 'NR > 1 { print $3 }' /run/listed | sort >/run/whole
		check_equal "one that was not disturbed is whole" "$FLOWS $FLOWS" \
			"$(wc -l </run/whole) $(uniq </run/whole | wc -l)"
	done
}

says_so() {
	echo "status $list_status"
	cat /run/why
	[ $list_status = 2 ] && grep "resized meanwhile" /run/why
}

with_traffic "resize" list_is_disturbed
check "a list that was disturbed says so" says_so
list_all
check_equal "every flow is still there" $FLOWS "$(grep -c '^10\.6\.' /run/list)"

flush_some() {
	flush addr 10.6.0.1
}

with_traffic "flush" flush_some
check_equal "half of them are left" $((FLOWS / 2)) \
	"$(genevectl -n app flow count addr 10.6.0.0/16)"
flush
check_sums app
tap_done
