#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# The other part of run that works inside the guest: large rulesets, a million
# flows, and more new flows than there is room for. Prints lines
#
#	@ = NAME VALUE
#
# Times are in microseconds of the guest, which passes 1,000 instructions in each.
set -eu

. bench/pair.sh
. bench/generate.sh

MILLION=1048576
BATCH=262144	# what the generator prepares at once
KEPT=1000
FLOW_MAX=20000

value() {
	echo "@ = $1 $2"
}

tool() {
	genevectl -n app "$@"
}

# timed NAME COMMAND...: reports how long it took
timed() {
	name=$1
	shift
	# shellcheck disable=SC2016 # bash expands it
	bash -c 'start=$EPOCHREALTIME
		"$@" || exit
		end=$EPOCHREALTIME
		echo $((${end/./} - ${start/./})) >/run/elapsed' - "$@" || fail "$*"
	value "$name" "$(cat /run/elapsed)"
}

ruleset_memory() {
	tool -j show | jq .ruleset.memory
}

scale_ruleset() {
	timed check_us genevectl ruleset check /bench/rules-10000
	timed publish_us genevectl -n app ruleset apply /bench/rules-10000
	value ruleset_bytes "$(ruleset_memory)"
	timed again_us genevectl -n app ruleset apply /bench/rules-10000
	tool ruleset apply /bench/rules-10000-small
	many=$(ruleset_memory)
	tool ruleset apply /bench/rules-10
	value rule_bytes $(((many - $(ruleset_memory)) / (10000 - 10)))
}

memory_free() {
	sync
	echo 3 >/proc/sys/vm/drop_caches
	awk '/^MemFree:/ { print $2 * 1024 }' /proc/meminfo
}

# All of them are listed while one of them goes on, a burst each tick
list_flows() {
	ip netns exec gen insmod bench/nfg_gen.ko dev=va gap=1 n=10000000 &
	generator=$!
	timed list_us sh -c 'genevectl -n app flow list >/run/flows'
	echo 1 >/sys/module/nfg_gen/parameters/stop
	wait $generator || fail "traffic beside flow list"
	generated
	# each counts once
	value list_flows "$(awk '$2 == "tcp" && !seen[$3, $4]++ { n++ } END { print n + 0 }' \
		/run/flows)"
	rm /run/flows
	value list_frames "$sent"
	value list_lost $((sent - back))
	value list_wait_us $((wait / 1000))
}

scale_flows() {
	tool config set flow-max $MILLION timeout-established 6000 timeout-half-open 6000
	generate gen n=1000
	before=$(memory_free)
	for batch in 0 1 2 3; do
		generate gen first=$((batch * BATCH)) flows=$BATCH n=$BATCH
		[ "$back" = "$sent" ] || fail "a million flows: $line"
	done
	value flow_bytes $(((before - $(memory_free)) / MILLION))
	value flow_object_bytes "$(cat /sys/kernel/slab/nfg_flow/slab_size)"
	timed count_us genevectl -n app flow count >/run/count
	value flows "$(cat /run/count)"
	list_flows
	timed flush_us genevectl -n app flow flush
	generate gen gap=1 n=8000
	value idle_wait_us $((wait / 1000))
}

# flood NAME ARG...: $KEPT established flows, every other frame is a new flow's
flood() {
	name=$1
	shift
	tool flow flush
	generate gen flows=$KEPT train=2 both=1 n=$((2 * KEPT))
	generate gen flows=$((10 * FLOW_MAX)) kept=$KEPT n=$((20 * FLOW_MAX)) "$@"
	value "flood_${name}_frames" $((sent / 2))
	value "flood_${name}_lost" $((sent / 2 - kept))
	value "flood_${name}_instructions" $((cycles / sent))
	value "flood_${name}_new" $((back - kept))
}

scale_flood() {
	tool config set flow-max $FLOW_MAX
	flood syn syn=1
	flood ack
}

pair gen app 9001
insmod /nf_geneve.ko
tool config set enabled yes
scale_ruleset
scale_flows
scale_flood
