#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Who commits a ruleset is charged for its memory, also for what is left of it when
# elements have gone by themselves: a container does not get past its limit.

. ./lib.sh
. flow/lib.sh

ELEMENTS=30000
GROUPS_DIR=/run/groups
TENANT=$GROUPS_DIR/tenant

charged_kb() {
	echo $(($(cat $TENANT/memory.current) / 1024))
}

# charged OP KB
charged() {
	charged_now=$(charged_kb)
	test "$charged_now" "$1" "$2" && return
	echo "$charged_now kB are charged, expected $1 $2"
	return 1
}

elements_are() {
	[ "$(genevectl -n app -j set list | jq '.[0].elements')" = "$1" ]
}

groups_cleanup() {
	[ ! -d $TENANT ] || rmdir $TENANT
	umount $GROUPS_DIR
	rmdir $GROUPS_DIR
}

trap 'net_cleanup; groups_cleanup' EXIT
mkdir $GROUPS_DIR
mount -t cgroup2 none $GROUPS_DIR || tap_skip "this kernel has no control groups"
grep -qw memory $GROUPS_DIR/cgroup.controllers || tap_skip "this kernel does not charge memory"
echo +memory >$GROUPS_DIR/cgroup.subtree_control
mkdir $TENANT

flow_scene
short=$(slow 5)
awk -v n=$ELEMENTS -v short="$short" 'BEGIN {
	print "set many { type addr; elements {"
	for (i = 0; i < n; i++)
		printf "10.%d.%d.%d%s,\n", i / 65536 + 50, i / 256 % 256, i % 256, \
			i ? "" : " timeout " short "s"
	print "192.0.2.1 } }"
	print "policy default { rule bad daddr @many drop }"
}' >/run/ruleset
before=$(charged_kb)
# An element and its range take 72 bytes.
takes=$((ELEMENTS * 60 / 1024))
# What the tool itself takes is given back when it ends.
sh -c "echo 0 >$TENANT/cgroup.procs && exec genevectl -n app ruleset apply /run/ruleset"
check "the ruleset is charged" charged -gt $((before + takes))
check "an element goes" wait_for 30 elements_are $ELEMENTS
sleep "$(slow 2)"
check "what is left is charged, too" charged -gt $((before + takes))
genevectl -n app ruleset flush
check "until it goes" wait_for 10 charged -lt $((before + takes))
tap_done
