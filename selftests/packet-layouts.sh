#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# time limit: 240 s
# The layout of a packet in memory makes no difference: few linear bytes, page
# fragments, a frag list, a clone, any ip_summed, stale metadata.
. ./lib.sh
. inject/scene.sh

insmod inject/nfg_forge.ko || tap_bail "insmod nfg_forge.ko"
inject_scene ns_pair
dmesg_mark
for linear in 14 20 28 36 42 50 82 108 142; do
	inject "$linear linear bytes, one page fragment" \
		-f linear=$linear vectors $VECTORS
done
for split in 1 7 33 100 1000; do
	inject "14 linear bytes, page fragments of $split" \
		-f linear=14,split=$split vectors $VECTORS inner
	inject "options over page fragments of $split" \
		-f linear=14,split=$split vectors $VECTORS o
	inject "extension headers over page fragments of $split" \
		-f linear=14,split=$split vectors $VECTORS ext
	inject "extension headers in a frag list of $split" \
		-f linear=14,split=$split,list vectors $VECTORS ext
done
inject "14 linear bytes, frag list" -f linear=14,list vectors $VECTORS
inject "40 linear bytes, frag list of short parts" -f linear=40,split=30,list vectors $VECTORS
inject "a clone keeps its bytes" -f clone vectors $VECTORS
inject "a clone of page fragments keeps its bytes" \
	-f linear=14,split=100,clone vectors $VECTORS
inject "a clone of a frag list keeps its bytes" -f linear=60,list,clone vectors $VECTORS
inject "clone with a device's sum" -f linear=54,clone,sum=complete vectors $VECTORS
inject "stale metadata stays behind" -f stale vectors $VECTORS
inject "stale metadata in fragments with a device's sum" \
	-f linear=14,stale,sum=complete vectors $VECTORS
inject "stale metadata in a clone" -f linear=42,stale,clone,sum=partial vectors $VECTORS
# fq holds packets back until skb->tstamp, and takes a priority for a band
modprobe sch_fq
ip netns exec app tc qdisc replace dev vb root fq
inject "fq does not hold back what had a receive time" -f stale vectors $VECTORS inner
set_config reinject route
inject "stale metadata stays behind with reinject route" -r -f stale vectors $VECTORS
inject "a clone keeps its bytes with reinject route" \
	-r -f linear=42,clone,sum=complete vectors $VECTORS
check_sums
check "the kernel has nothing to complain about" dmesg_clean
net_cleanup
check "nfg_forge unloads" rmmod nfg_forge
tap_done
