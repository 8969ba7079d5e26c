#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Loading: silent by default; enable=1 enables the initial namespace, and no other.

. ./lib.sh

ENABLED=/sys/kernel/nf_geneve/net/enabled

cleanup() {
	ip link del vb 2>/dev/null
	net_cleanup
}

trap cleanup EXIT

# gen: va 10.30.1.10 ==== vb 10.30.1.50 :the initial namespace
ns_add gen other
ip link add va netns gen address 02:00:00:00:00:01 type veth \
	peer name vb address 02:00:00:00:00:02 || tap_bail "veth pair"
ns_device gen va 10.30.1.10/24 10.30.1.50 02:00:00:00:00:02
ip addr add 10.30.1.50/24 dev vb
ip link set vb up

answers() {
	in_ns gen net/probe -c 1 10.30.1.10 10.30.1.50
}

silent() {
	! answers
}

load_module
check "disabled when loaded" stat_is - enabled 0
check "no packet comes back" silent
check "and none was looked at" stat_is - stats/rx_packets 0
check "it can be loaded only once" sh -c '! insmod ../nf_geneve.ko 2>/dev/null'
check "unloaded" unload_module

load_module enable=1
check "enable=1: enabled in the initial namespace" stat_is - enabled 1
check "packets come back" answers
check "not enabled in another namespace" stat_is other enabled 0
ns_add later
check "nor in a later one" stat_is later enabled 0
check "unloaded while enabled" unload_module
check "nothing of it is left" [ ! -e $ENABLED ]

check "a wrong value is refused" sh -c '! insmod ../nf_geneve.ko enable=perhaps 2>/dev/null'
check "and nothing is loaded" sh -c '! grep -q ^nf_geneve /proc/modules'
tap_done
