#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# The part of run that works inside the guest: takes every appliance in turn,
# has each kind of traffic checked byte by byte once and then measured
# $REPEATS times. Prints one line per measurement:
#
#	@ APPLIANCE TRAFFIC SIZE FRAMES CYCLES
#
# ./rules.awk made the rulesets in /bench.
#
# Two veth pairs join a generator's namespace and an appliance's: gen and app,
# and xgen and xapp with the smaller MTU native XDP insists on.
set -eu

. bench/pair.sh
. bench/generate.sh

here=/selftests/bench

# measure APPLIANCE TRAFFIC SIZES ARG...
measure() {
	appliance=$1 traffic=$2 sizes=$3
	shift 3
	for size in $sizes; do
		what="$appliance, $traffic, $size bytes"
		n=$FRAMES frags=0
		[ "$size" -le 1400 ] || n=$((FRAMES / 2)) frags=1
		if [ "$appliance" = xdp ]; then
			measure_xdp size="$size" "$@"
		else
			measure_skb size="$size" frags=$frags "$@"
		fi
	done
}

report() {
	echo "@ $appliance $traffic $size $sent $cycles"
}

measure_skb() {
	generate gen "$@" n=1000 check=1
	[ "$back,$bad" = "$sent,0" ] || fail "$what: $line"
	generate gen "$@" n=2000
	for _ in $(seq "$REPEATS"); do
		generate gen "$@" n="$n"
		[ "$back,$late" = "$sent,0" ] || fail "$what: $line"
		report
	done
}

xdp_attach() {
	ip -n "$1" link set dev "$2" xdpdrv off
	ip -n "$1" link set dev "$2" xdpdrv obj $here/xdp.bpf sec "$3"
}

xdp_dropped() {
	ip netns exec xgen ethtool -S va | awk '/xdp_drops/ { n += $2 } END { print n + 0 }'
}

# XDP_TX on a veth wants a program on the peer too. What passes it can be
# compared; what it drops is counted by the device alone, and is the cheapest
# sink.
measure_xdp() {
	xdp_attach xgen va pass
	generate xgen "$@" n=1000 check=1
	[ "$back,$bad" = "$sent,0" ] || fail "$what: $line"
	xdp_attach xgen va drop
	generate xgen "$@" n=2000
	for _ in $(seq "$REPEATS"); do
		before=$(xdp_dropped)
		generate xgen "$@" n="$n"
		[ $(($(xdp_dropped) - before)) = "$sent" ] || fail "$what: frames lost"
		report
	done
}

bench_bare() {
	ip netns exec app insmod $here/nfg_bounce.ko
	measure bare plain "64 1400 8500" hop=0
	rmmod nfg_bounce
}

bench_xdp() {
	xdp_attach xapp vb bounce
	measure xdp plain "64 1400" hop=0
}

forward_on() {
	ip netns exec app sh -c 'cd /proc/sys/net/ipv4
		echo 1 >ip_forward
		echo 0 >conf/all/send_redirects
		echo 0 >conf/vb/send_redirects
		echo 0 >conf/all/rp_filter
		echo 0 >conf/vb/rp_filter'
	ip -n app route replace 10.31.0.0/16 via 10.30.1.10 dev vb
}

forward_off() {
	echo 0 | ip netns exec app tee /proc/sys/net/ipv4/ip_forward >/dev/null
}

bench_forward() {
	traffic=$1
	shift
	forward_on
	measure forward "$traffic" "64 1400 8500" daddr=10.31.0.1 swapped=0 "$@"
	forward_off
}

bench_module() {
	insmod /nf_geneve.ko
	genevectl -n app config set enabled yes
	genevectl -n app ruleset apply /bench/rules-10
	establish 1
	measure nf_geneve plain "64 1400 8500"
	measure nf_geneve both "64 1400 8500" train=2 both=1
	measure nf_geneve sum-device "64 1400 8500" csum=1 verified=1
	measure nf_geneve sum-software "64 1400 8500" csum=1
	measure_many_flows
	measure nf_geneve endpoints-1000 "64 1400 8500" flows=1000 endpoints=1000
	genevectl -n app config set reinject route
	measure nf_geneve route "64 1400 8500"
	genevectl -n app config set reinject l2
	bench_forward other-address
	bench_forward other-port port=6082
	rmmod nf_geneve
}

# establish N: flows that both sides were heard of
establish() {
	generate gen flows="$1" train=2 both=1 n=$(($1 * 2))
	[ "$back,$late" = "$sent,0" ] || fail "$1 flows: $line"
}

# The table holds 100,000 flows, and each run comes by all of them, or half. It is long
# enough to have its share of what is done every quarter of a second, looking through
# the table for expired ones, instead of none of it or much too much.
measure_many_flows() {
	establish 100000
	FRAMES=$((FRAMES * 5))
	measure nf_geneve flows-100000 "64 1400 8500" flows=100000 stride=38197
	FRAMES=$((FRAMES / 5))
	flows=$(genevectl -n app flow count state established)
	[ "$flows" = 100000 ] || fail "100,000 flows: $flows are there"
	genevectl -n app flow flush
}

# measure_first TRAFFIC: the cost of a flow's first packet with that ruleset
measure_first() {
	appliance=nf_geneve traffic=$1 size=64
	genevectl -n app ruleset apply "/bench/$traffic"
	generate_new 1000 check=1
	[ "$back,$bad" = "$sent,0" ] || fail "$traffic: $line"
	generate_new 2000
	for _ in $(seq "$REPEATS"); do
		genevectl -n app flow flush
		generate_new "$FRAMES"
		[ "$back,$late" = "$sent,0" ] || fail "$traffic: $line"
		report
	done
}

bench_policy() {
	insmod /nf_geneve.ko
	genevectl -n app config set enabled yes
	for rules in rules-10 rules-10000 prefixes-100 prefixes-100000; do
		measure_first $rules
	done
	rmmod nf_geneve
}

modprobe veth
pair gen app 9001
pair xgen xapp 3000

for appliance in $APPLIANCES; do
	case $appliance in
	forward) bench_forward plain ;;
	*) bench_"$appliance" ;;
	esac
done
