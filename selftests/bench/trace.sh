#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# The part of trace that works inside the guest: prints what it needs to name
# addresses, then sends packets until the host has seen enough.
#
# usage: trace.sh bare|nf_geneve GENERATOR_ARG...
set -eu

. bench/pair.sh

appliance=$1
shift
pair gen app 9001
if [ "$appliance" = bare ]; then
	ip netns exec app insmod bench/nfg_bounce.ko
else
	insmod /nf_geneve.ko
	genevectl -n app config set enabled yes
fi
ip netns exec gen insmod bench/nfg_gen.ko dev=va "$@" n=100
rmmod nfg_gen
echo "@symbols"
gzip -c /proc/kallsyms | base64
echo "@ready"
while :; do
	ip netns exec gen insmod bench/nfg_gen.ko dev=va "$@" n=32
	rmmod nfg_gen
done
