#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
# time limit: 240 s
#
# The lab scene with real programs, as `make demo` shows it: both tenants, IPv4
# and IPv6, and what happens when an appliance stops.

. ./lib.sh
. ./scene.sh

WWW=http://www.example.com/

fetch() {
	in_ns "$1" curl "$2" -sS -m "$(slow 20)" $WWW | grep -q "Hello"
}

# The answer to a ping is not older than a second.
ping_lives() {
	in_ns app1 ping -n -c 1 -W "$(slow 1)" $SCENE_WWW4
}

scene_up

for ns in app1 app2; do
	check "$ns: ping" in_ns $ns ping -n -c 3 -i 0.2 -W "$(slow 2)" $SCENE_WWW4
	check "$ns: ping, IPv6" in_ns $ns ping -n -c 3 -i 0.2 -W "$(slow 2)" $SCENE_WWW6
	check_equal "$ns: DNS" "$SCENE_WWW4" "$(in_ns $ns dig +short www.example.com A)"
	check "$ns: HTTP" fetch $ns -4
	check "$ns: HTTP, IPv6" fetch $ns -6
	check "$ns: iperf3" in_ns $ns iperf3 -c $SCENE_WWW4 -t 2
	check "$ns: iperf3, IPv6, to $ns" in_ns $ns iperf3 -c $SCENE_WWW6 -t 2 -R
done
for ns in ap1 ap2; do
	check "$ns dropped nothing" stat_is $ns stats/drop_packets 0
done

tap_note "ap1 freezes"
in_ns ap1 tc qdisc add dev eth0 clsact
in_ns ap1 tc filter add dev eth0 ingress matchall action drop
start=$(uptime_ms)
check "the health checks notice" wait_for 30 scene_targets_are unhealthy healthy
check "within 15 s (interval 5 s, timeout 2 s, 2 failures)" \
	[ $(($(uptime_ms) - start)) -lt $((15000 * ${SLOW:-1})) ]
check "ping" wait_for 5 ping_lives
for ns in app1 app2; do
	check "$ns: HTTP" fetch $ns -4
	check "$ns: HTTP, IPv6" fetch $ns -6
done
in_ns ap1 tc qdisc del dev eth0 clsact
check "ap1 comes back" wait_for 30 scene_targets_are healthy healthy
check "app1: HTTP" fetch app1 -4
gwlb_stop
tap_done
