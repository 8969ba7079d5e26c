#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Tracepoints nf_geneve:verdict and nf_geneve:drop tell every reason by name.
. ./lib.sh
. inject/scene.sh

TRACING=/tmp/tracing
mkdir -p $TRACING
[ -d $TRACING/events ] || mount -t tracefs tracefs $TRACING || tap_skip "no tracefs"

# seen EVENT REASON NUMBER: so many lines of this event name the reason
seen() {
	n=$(grep -c " $1: .*reason=$2 " /tmp/trace)
	[ "$n" -eq "$3" ] && return
	echo "$n lines instead of $3"
	return 1
}

inject_scene ns_pair
dmesg_mark
echo 16384 >$TRACING/buffer_size_kb
echo >$TRACING/trace
for event in verdict drop; do
	check "event $event can be enabled" \
		sh -c "echo 1 >$TRACING/events/nf_geneve/$event/enable"
done
inject "all vectors" vectors $VECTORS
echo 0 >$TRACING/events/nf_geneve/enable
cat $TRACING/trace >/tmp/trace
echo >$TRACING/trace

bounced=$(grep -c '^[^ ]* bounce ' $VECTORS)
check "verdict: packets that go back have no reason" seen verdict none $((bounced + 1))
check "drop: has none of them" seen drop none 0
for reason in $(sed -n 's/^[^ ]* drop:\([^ ]*\) .*/\1/p' $VECTORS | sort -u); do
	packets=$(grep -c "^[^ ]* drop:$reason " $VECTORS)
	check "verdict: $reason" seen verdict "$reason" "$packets"
	check "drop: $reason" seen drop "$reason" "$packets"
done
check "a line names the endpoint" grep -q 'endpoint=0x74a11ad96ec49886 ' /tmp/trace
check "the kernel has nothing to complain about" dmesg_clean
umount $TRACING
tap_done
