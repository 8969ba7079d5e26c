#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Netlink sockets that have the number of another one that is just being closed: a
# transaction ends with its socket, while requests of the other one go on with it.
#
# SECONDS_EACH is how long.

. ./lib.sh
. ./memory.sh

# take_turns SECONDS
take_turns() {
	hostile/portid "$1"
}

dmesg_mark
load_module
check "two sockets take turns" take_turns 2
memory_count /run/memory.first
check "for long" take_turns "${SECONDS_EACH:-15}"
tap_note "requests accepted: $check_output"
check "the ruleset is the one it was" [ "$(genevectl -j show | jq .ruleset.sets)" = 0 ]
check "no memory is lost" memory_same /run/memory.first
check "kmemleak finds nothing" leaks_none
check "it can be unloaded" unload_module
check "the kernel has nothing to complain about" dmesg_clean
tap_done
