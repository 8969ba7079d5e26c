# SPDX-License-Identifier: GPL-2.0 OR MIT
# shellcheck shell=dash
#
# Is memory lost? Objects of the slab allocator, pages of vmalloc and of counters
# for each CPU, counted before and after; on kernels with kmemleak that is asked as
# well. Sourced after lib.sh. Objects that wait for an RCU period, and caches of
# the kernel's own, make the figures differ by some: do things often.

KMEMLEAK=/sys/kernel/debug/kmemleak

# What is freed is gone from caches for each CPU, and what can be forgotten is.
memory_settle() {
	sleep 1
	sync
	echo 3 >/proc/sys/vm/drop_caches
	for settle_cache in /sys/kernel/slab/*/shrink; do
		[ -L "${settle_cache%/shrink}" ] || echo 1 >"$settle_cache"
	done 2>/dev/null
}

# memory_count FILE: "NAME OBJECTS SIZE BATCH" for whatever the module allocates from
memory_count() {
	memory_settle
	{
		awk '/^(kmalloc|nfg_)/ { print $1, $2, $4, $5 }' /proc/slabinfo
		awk '/^(Percpu|VmallocUsed):/ { print $1, $2 / 4, 4096, 64 }' /proc/meminfo
	} >"$1"
}

# memory_same FILE: no cache has grown since by more than some hundred objects, and
# what CPUs keep at hand, which counts as used
memory_same() {
	memory_count /run/memory.now
	awk '
		FNR == NR { was[$1] = $2; next }
		$1 in was && $2 - was[$1] > 300 + 4 * $4 {
			print $1 " has grown by " $2 - was[$1] " objects of " $3 " bytes"
			bad = 1
		}
		END { exit bad }' "$1" /run/memory.now
}

# leaks_none: kmemleak, where there is one, finds nothing of ours. An object has to
# be some seconds old, and a pointer to it may have been on the way.
leaks_none() {
	[ -e $KMEMLEAK ] || return 0
	sleep 6
	echo scan >$KMEMLEAK
	echo scan >$KMEMLEAK
	if [ -s $KMEMLEAK ]; then
		head -n 60 $KMEMLEAK
		return 1
	fi
}
