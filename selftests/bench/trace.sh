#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# The part of trace that works inside the guest: prints what it needs to name
# addresses, then sends packets until the host has seen enough.
#
# usage: trace.sh bare|nf_geneve GENERATOR_ARG...
# In the environment: NEW, not empty: each frame is a flow's first
set -eu

. bench/pair.sh
. bench/generate.sh

# frames N ARG...
frames() {
	if [ -n "$NEW" ]; then
		generate_new "$@"
	else
		n=$1
		shift
		generate gen "$@" n="$n"
	fi
}

appliance=$1
shift
pair gen app 9001
if [ "$appliance" = bare ]; then
	ip netns exec app insmod bench/nfg_bounce.ko
else
	insmod /nf_geneve.ko
	genevectl -n app config set enabled yes
	genevectl -n app ruleset apply /bench/rules
fi
frames 100 "$@"
echo "@symbols"
gzip -c /proc/kallsyms | base64
echo "@ready"
while :; do
	frames 32 "$@"
done
