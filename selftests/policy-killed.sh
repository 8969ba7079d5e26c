#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
# time limit: 300 s
#
# Whoever changes the ruleset is killed in the middle: before the end of his
# transaction nothing has changed, after it all has, and the next one can be made.

. ./lib.sh
. flow/lib.sh
. ./memory.sh

SEED=${SEED:-1}

shown() {
	genevectl -n app ruleset show
}

# apply_killed N: by SIGKILL at the N-th end or beginning of a system call
apply_killed() {
	rm -f /run/nth
	NTH_KILL=$1 NTH_REPORT=/run/nth LD_PRELOAD=$PWD/fault/nth.so \
		genevectl -n app ruleset apply /run/second >/run/killed.out 2>&1
}

# The one ruleset up to some point, the other from there on, nothing else ever.
killed_everywhere() {
	everywhere_n=0 everywhere_old=0 everywhere_new=0
	rm -f /run/nth
	until [ -e /run/nth ] || [ $everywhere_n = 200 ]; do
		everywhere_n=$((everywhere_n + 1))
		apply_killed $everywhere_n
		everywhere_now=$(shown)
		if [ "$everywhere_now" = "$first" ] && [ $everywhere_new = 0 ]; then
			everywhere_old=$((everywhere_old + 1))
		elif [ "$everywhere_now" = "$second" ]; then
			everywhere_new=$((everywhere_new + 1))
			genevectl -n app ruleset apply /run/first || return
		else
			echo "killed at $everywhere_n: $everywhere_now"
			return 1
		fi
	done
	echo "$everywhere_old times nothing, $everywhere_new times all"
	[ $everywhere_old -gt 5 ] && [ $everywhere_new -gt 0 ]
}

# requested FILE: somebody's requests, all of them answered; more go to 3
requested() {
	rm -f /run/answers
	mkfifo /run/requests
	ip netns exec app ruleset/transact </run/requests >/run/answers &
	requested_pid=$!
	exec 3>/run/requests
	cat "$1" >&3
	wait_for 60 answered "$(wc -l <"$1")"
}

requests_killed() {
	kill -9 $requested_pid
	wait $requested_pid 2>/dev/null
	exec 3>&-
	rm /run/requests
}

# killed_after K: a transaction of the first K requests of many
killed_after() {
	head -n "$1" /run/all >/run/some
	requested /run/some || return
	requests_killed
	[ "$(shown)" = "$first" ]
}

answered() {
	[ "$(wc -l </run/answers)" = "$1" ]
}

killed_between() {
	between_n=0
	while [ $between_n -lt "$(wc -l </run/all)" ]; do
		between_n=$((between_n + 1))
		killed_after $between_n || {
			echo "after $between_n requests: $(shown) $(cat /run/answers)"
			return 1
		}
	done
	echo "after each of $between_n requests"
}

# While the kernel makes an index of many rules: it stops, nothing is published.
killed_at_work() {
	awk 'BEGIN {
		print "begin"
		print "policy default verdict 1"
		for (i = 1; i <= 8000; i++)
			print "rule default r" i " verdict 0 cond daddr 10.0." int(i / 256) "." \
				i % 256 "-10.255." 255 - int(i / 256) "." 255 - i % 256
	}' >/run/nested
	requested /run/nested && ! grep -vx -m 1 ok /run/answers || return
	work_answers=$(wc -l </run/answers)
	echo "commit requests $((work_answers - 1))" >&3
	sleep 0.2
	work_more=$(($(wc -l </run/answers) - work_answers))
	requests_killed
	work_now=$(generation)
	echo "$work_more answers to the commit, rules afterwards: $work_now"
	[ "$work_more,$work_now" = 0,1 ]
}

generation() {
	echo ruleset | in_ns app ruleset/transact | sed -n 's/.*rules \([0-9]*\).*/\1/p'
}

# A large transaction, wherever it is at that time.
killed_in_time() {
	echo fill 2000 20000 >/run/large
	awk -v seed="$SEED" 'BEGIN { srand(seed); for (i = 0; i < 25; i++) print rand() * 2 }' |
		while read -r time_after; do
			ip netns exec app ruleset/transact </run/large >/dev/null &
			time_pid=$!
			sleep "$time_after"
			kill -9 $time_pid 2>/dev/null
			wait $time_pid 2>/dev/null
			case $(generation) in
			1) echo nothing ;;
			2000) echo all
				genevectl -n app ruleset apply /run/first || echo "no next one" ;;
			*) echo "$(generation) rules after $time_after s" ;;
			esac
		done >/run/times
	sort /run/times | uniq -c
	! grep -qvxE 'nothing|all' /run/times && grep -q nothing /run/times
}

flow_scene
cat >/run/first <<-END
	policy default {
		rule web outbound tcp dport { 80, 443 } accept
		default drop
	}
	endpoint vpce-0123456789abcdef0 { name first }
END
cat >/run/second <<-END
	config { timeout-other 90s }
	set web { type port; elements { 80, 443, 8000-8099 } }
	policy shop { rule web tcp dport @web accept; default reject }
	policy default { rule web tcp dport @web accept; default drop }
	endpoint vpce-0123456789abcdef0 { name second; policy shop }
END
# requests of a transaction, all but its end
cat >/run/all <<-END
	begin copy
	set web port
	add web 80,443,8000-8099
	set bad addr
	add bad 10.0.0.0-10.255.255.255,fd00::-fd00::ffff
	policy shop verdict 1
	rule shop bad verdict 1 log group 3 cond saddr @bad
	rule shop web verdict 0 limit 10 60 cond proto 6 cond dport @web
	rule default new before web verdict 2 cond dport 1-1023
	rmrule default web
	del web 443
	bind 123456789abcdef0 policy shop name shop
END

genevectl -n app ruleset apply /run/second || tap_bail "the second ruleset"
second=$(shown)
genevectl -n app config set timeout-other 120s
genevectl -n app ruleset apply /run/first || tap_bail "the first ruleset"
first=$(shown)
sed -i '1i config { timeout-other 120s }' /run/first
connect tcp $LOCAL4 1000 $PEER4 80
inner_start /run/old -w 3000 -p 5000 -k 0 tcp $LOCAL4 1000 $PEER4 80 '>A' '<AP'

check "genevectl is killed at each of its system calls" killed_everywhere
tap_note "$check_output"
check "somebody is killed between requests" killed_between
tap_note "$check_output"
check "the first ruleset is in force" [ "$(shown)" = "$first" ]
memory_count /run/memory.first
check "somebody is killed during large transactions (seed $SEED)" killed_in_time
tap_note "$check_output"
check "somebody is killed while the kernel works for him" killed_at_work
tap_note "$check_output"
check "nobody keeps the memory of what came to nothing" memory_same /run/memory.first
check "the next one can be made" genevectl -n app ruleset apply /run/second
check_equal "and is in force" "$second" "$(shown)"
inner_stop "$INNER_JOB"
tap_note "the established connection: $(cat /run/old)"
check "an established connection lost nothing" awk '{ exit $1 != $3 || $1 < 50 }' /run/old
check_sums app
tap_done
