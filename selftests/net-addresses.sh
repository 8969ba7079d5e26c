#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Which addresses are ours: what the kernel says, now. Answers are remembered, so
# each change comes right after packets that made the old answer known.

. ./lib.sh

OTHER=10.30.7.7

answers() {
	in_ns gen net/probe -c 1 10.30.1.10 "$1"
}

silent() {
	! answers "$1"
}

# The source is asked about, too: sent from gen, whose address it is.
answers_from() {
	in_ns gen net/probe -c 1 "$1" 10.30.1.50
}

silent_from() {
	! answers_from "$1"
}

drops() {
	stat_is app "drops/$1" "$2"
}

load_module
ns_pair
ip -n gen route add $OTHER/32 via 10.30.1.50
ip -n app route add default via 10.30.1.10
nfg_enable app

check "an unknown address is not ours" silent $OTHER
ip -n app addr add $OTHER/32 dev lo
check "it is as soon as it is added" answers $OTHER
ip -n app addr del $OTHER/32 dev lo
check "and no longer when it is deleted" silent $OTHER

ip -n app route add local $OTHER/32 dev lo
check "a local route without an address is seen within seconds" wait_for 5 answers $OTHER
ip -n app route del local $OTHER/32 dev lo
check "and its end, too" wait_for 5 silent $OTHER

ip -n gen addr add 10.30.1.11/24 dev va
ip -n app neigh replace 10.30.1.11 lladdr 02:00:00:00:00:01 dev vb nud permanent
check "a second load balancer is answered" answers_from 10.30.1.11
ip -n app addr add 10.30.1.11/32 dev lo
check "but not from an address that is now ours" silent_from 10.30.1.11
check "which is outer_source" drops outer_source 1
ip -n app addr del 10.30.1.11/32 dev lo
check "and again when it is not" answers_from 10.30.1.11

in_ns app genevectl config set origins 10.30.1.10/32
check "origins apply at once" silent_from 10.30.1.11
check "which is origin" drops origin 1
check "the one inside is answered" answers_from 10.30.1.10
in_ns app genevectl config set origins default
check "the default applies at once" answers_from 10.30.1.11

ip -n gen neigh replace 10.30.1.50 lladdr ff:ff:ff:ff:ff:ff dev va nud permanent
check "what is sent to all stations is not ours" silent 10.30.1.50
ip -n gen neigh replace 10.30.1.50 lladdr 02:00:00:00:00:09 dev va nud permanent
in_ns app ip link set vb promisc on
check "nor what is sent to another station" silent 10.30.1.50
in_ns app ip link set vb promisc off
ip -n gen neigh replace 10.30.1.50 lladdr 02:00:00:00:00:02 dev va nud permanent
check "what is sent to us is" answers 10.30.1.50

modprobe vrf || tap_bail "modprobe vrf"
ip -n app link add vrf1 type vrf table 100
ip -n app link set vrf1 up
ip -n app link set vb master vrf1
ip -n app neigh replace 10.30.1.10 lladdr 02:00:00:00:00:01 dev vb nud permanent
check "the address of a VRF is ours in the VRF" answers 10.30.1.50
ip -n app addr add $OTHER/32 dev lo
check "an address outside is not" silent $OTHER
in_ns app genevectl config set reinject route
check "answers are routed in the VRF" answers 10.30.1.50
check "the kernel has nothing to complain about" dmesg_clean
tap_done
