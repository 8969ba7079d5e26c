#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# time limit: 300 s
#
# The table of endpoints: filled as they are seen, capped, emptied of idle ones;
# and never in the way of a packet.

. ./lib.sh

CAP=4096
FLOOD=5000

endpoints() {
	in_ns app genevectl -j endpoint list | jq length
}

endpoints_are() {
	[ "$(endpoints)" = "$1" ]
}

files_are() {
	[ "$(in_ns app sh -c 'ls /sys/kernel/nf_geneve/net/endpoints' | wc -l)" = "$1" ]
}

idle_for_a_minute() {
	in_ns app genevectl -j endpoint list |
		jq -e '[.[] | .idle_ms // empty] | min > 60000'
}

# flood N: a packet of each of N endpoints, every one answered and every byte right; no
# faster than the answers come
flood() {
	in_ns gen insmod bench/nfg_gen.ko dev=va n="$1" flows="$1" endpoints="$1" \
		burst=50 paced=1 check=1 || return
	flood_result=$(cat /sys/module/nfg_gen/parameters/result)
	rmmod nfg_gen
	echo "$flood_result"
	case " $flood_result " in
	*" sent=$1 back=$1 "*" bad=0 "*) return 0 ;;
	esac
	return 1
}

# one packet of an endpoint that the flood does not have
newcomer() {
	in_ns gen inject/nfg-inject vectors "$vector" >/dev/null
	in_ns app genevectl endpoint show vpce-074a11ad96ec49886
}

ns_pair
ip -n app addr add 192.168.101.235/32 dev vb
load_module
nfg_enable app

check "no endpoint before the first packet" endpoints_are 0
check "a named one appears unseen" in_ns app genevectl endpoint set vpce-0a1b2c3d4e5f60718 name shop
check "10 endpoints" flood 10
check "all are listed" endpoints_are 11
check "all have their files" wait_for 10 files_are 11
check_equal "their packets are counted" 10 \
	"$(in_ns app sh -c 'cat /sys/kernel/nf_geneve/net/endpoints/*/tx_packets' |
		awk '{ n += $1 } END { print n }')"

began=$(uptime_ms)
check "$FLOOD endpoints: every packet comes back" flood $FLOOD
packets=$((10 + FLOOD))
# Their memory is taken where nobody may wait for it: who comes when there is none is
# listed from the next packet on.
filled() {
	endpoints_are $CAP && return
	began=$(uptime_ms) packets=$((packets + FLOOD))
	flood $FLOOD && endpoints_are $CAP
}
wait_for 60 filled
if [ "${SLOW:-1}" != 1 ] && [ $(($(uptime_ms) - began)) -ge 60000 ]; then
	tap_ok "a full table # SKIP this guest is so slow that the first ones were idle before it was full"
	tap_done
fi
check "$CAP of them are listed" endpoints_are $CAP
check "and have their files" wait_for 60 files_are $CAP
listed=$(in_ns app genevectl -j endpoint list | jq 'map(.rx_packets) | add')
unlisted=$(in_ns app genevectl -j stats | jq .endpoints_unlisted)
check "there are others" [ "$unlisted" -ge $((FLOOD + 1 - CAP)) ]
check_equal "their packets are counted apart" "$packets" $((listed + unlisted))
check "the full table takes no newcomer yet" sh -c '! genevectl -n app endpoint show vpce-074a11ad96ec49886'

vector=$(mktemp)
grep '^live-tcp-ack ' vectors/geneve.txt >"$vector"
tap_note "endpoints make room when they were idle for a minute"
check "they are" wait_for 90 idle_for_a_minute
check "a newcomer finds room" wait_for 10 newcomer
check "the idle ones are gone" wait_for 60 endpoints_are 2
check "so are their files" wait_for 60 files_are 2
check "the named one has stayed" in_ns app genevectl endpoint show shop
rm -f "$vector"
check "the kernel has nothing to complain about" dmesg_clean
tap_done
