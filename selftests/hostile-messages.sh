#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# time limit: 600 s
#
# Requests to the netlink family that are nearly right: attributes missing, doubled, of
# the wrong length or type, nested wrongly, huge; headers that lie; transactions with
# something of it in the middle. From root, from a user without privileges, and from one
# in a user namespace of his own, all at once and under traffic. Each is answered, what is
# refused changes nothing, and in the end the appliance answers as it did before.
#
# MESSAGES of SEED from each of them; hostile/messages.c tells how one is repeated.

. ./lib.sh
. inject/scene.sh
. flow/lib.sh
. ./memory.sh

MESSAGES=${MESSAGES:-4000} SEED=${SEED:-1}
ORIGINS=10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10

# send FILE NS OPTION...: in the background
send() {
	send_file=$1 send_ns=$2
	shift 2
	ip netns exec "$send_ns" hostile/messages "$@" >"/run/$send_file" 2>&1 &
	JOBS="$JOBS $!"
}

# sent TEXT FILE JOB
sent() {
	sent_status=0
	wait "$3" || sent_status=$?
	if [ $sent_status = 0 ]; then
		tail -n 1 "/run/$2"
		tap_ok "$1"
	else
		tap_fail "$1" "status $sent_status
$(head -c 20000 "/run/$2")"
	fi
}

# round COUNT
round() {
	JOBS=
	inject_scene ns_pair
	hook_keeper
	settings app local $LOCAL_PREFIXES
	inner_start /run/traffic -w 20 -p 20000 -k 0 tcp $LOCAL4 1000 $PEER4 80 '>S' '<SA' '>A' '<PA'
	traffic=$INNER_JOB
	send root app -s "$SEED" -n "$1"
	send nobody app -s $((SEED + 1)) -n "$1" -u
	send own app -s $((SEED + 2)) -n "$1" -U
	# shellcheck disable=SC2086 # words
	set -- $JOBS
	sent "root" root "$1"
	sent "a user without privileges" nobody "$2"
	sent "a user in a namespace of his own" own "$3"
	inner_stop "$traffic"
	tap_note "traffic meanwhile: $(cat /run/traffic)"

	genevectl -n app ruleset flush || tap_fail "ruleset flush"
	set_config enabled yes port 6081 mode enforce reinject l2 udp-checksum verify \
		origins "$ORIGINS" local 10.0.0.0/8 flow-max 262144 fragments pass \
		tcp-pickup on timeout-established 350s timeout-other 120s timeout-half-open 30s \
		timeout-closing 10s timeout-denied 30s
	genevectl -n app flow flush >/dev/null
	check_sums
	inject "then it answers as ever" vectors $VECTORS
	net_cleanup
}

dmesg_mark
tap_note "some, for all that is made once"
round 500
memory_count /run/memory.first
tap_note "$MESSAGES from each, seed $SEED"
SEED=$((SEED + 10))
round "$MESSAGES"
check "no memory is lost" memory_same /run/memory.first
check "kmemleak finds nothing" leaks_none
check "the kernel has nothing to complain about" dmesg_clean
tap_done
