# SPDX-License-Identifier: GPL-2.0 OR MIT
# shellcheck shell=dash
#
# Allocations that fail; what the fault-*.sh share. Sourced after lib.sh, flow/lib.sh and
# memory.sh. Wants a kernel with CONFIG_FAILSLAB and CONFIG_FAULT_INJECTION_DEBUG_FS.

FAULT=/sys/kernel/debug

faults_wanted() {
	[ -e $FAULT/failslab/probability ] && [ -e /proc/self/fail-nth ] ||
		tap_skip "this kernel cannot let allocations fail (CONFIG_FAILSLAB): make check-debug"
	for fault_kind in failslab fail_page_alloc; do
		fault_set $fault_kind probability 0
		fault_set $fault_kind verbose 0
		fault_set $fault_kind times -1
		fault_set $fault_kind task-filter N
		fault_set $fault_kind ignore-gfp-wait N
	done
	fault_set fail_page_alloc min-order 0
}

# fault_set KIND FILE VALUE
fault_set() {
	[ ! -e "$FAULT/$1/$2" ] || echo "$3" >"$FAULT/$1/$2"
}

# no_memory COMMAND...: while every allocation fails that must not wait
no_memory() {
	fault_set failslab ignore-gfp-wait Y
	fault_set failslab probability 100
	"$@"
	no_memory_status=$?
	fault_set failslab probability 0
	fault_set failslab ignore-gfp-wait N
	return $no_memory_status
}

# workers_begin, workers_end: in between no worker of the kernel finds memory
workers_begin() {
	workers_set 1
	fault_set failslab task-filter Y
	fault_set failslab probability 100
}

workers_end() {
	fault_set failslab probability 0
	fault_set failslab task-filter N
	workers_set 0
}

workers_set() {
	for workers_task in /proc/[0-9]*; do
		grep -q '^kworker' "$workers_task/comm" 2>/dev/null &&
			echo "$1" >"$workers_task/make-it-fail" 2>/dev/null
	done
	:
}

# talk_begin: to a process that makes requests and of which allocations fail, in app
talk_begin() {
	mkfifo /run/talk.to /run/talk.from
	ip netns exec app env LD_PRELOAD="$PWD/fault/nth.so" ruleset/transact \
		</run/talk.to >/run/talk.from &
	TALK_JOB=$!
	exec 3>/run/talk.to 4</run/talk.from
}

talk_end() {
	exec 3>&- 4<&-
	kill $TALK_JOB
	wait $TALK_JOB 2>/dev/null
	rm -f /run/talk.to /run/talk.from
}

# talk REQUEST: false for an error; the whole answer is SAID, its last line SAID_LAST
talk() {
	echo "$1" >&3
	SAID=
	while read -r SAID_LAST <&4; do
		case $SAID_LAST in
		ok | hit | over) return 0 ;;
		E[A-Z]*:*) return 1 ;;
		esac
		SAID="$SAID$SAID_LAST
"
	done
	SAID_LAST="EPIPE: it died"
	return 1
}

# check_walk TEXT COMMAND...: a note tells what it says
check_walk() {
	check_walk_text=$1
	shift
	if check_output=$("$@" 2>&1); then
		tap_ok "$check_walk_text"
		tap_note "$check_output"
	else
		tap_fail "$check_walk_text" "$check_output"
	fi
}
