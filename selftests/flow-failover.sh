#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
# time limit: 240 s
#
# Connections that move to an appliance that has not seen their beginning, as a
# transfer with an idle control connection beside it: they are picked up; with
# tcp-pickup off they are not.

. ./lib.sh
. gwlb/lib.sh
. flow/lib.sh

# A connection whose lines come back: says LINE, hears LINE
talk_open() {
	rm -f /run/say
	mkfifo /run/say
	ip netns exec app1 nc 10.9.0.10 7 </run/say >/run/hear &
	TALK=$!
	exec 5>/run/say
}

talk_close() {
	exec 5>&-
	kill $TALK
	wait $TALK 2>/dev/null
}

says() {
	echo "$1" >&5
	wait_for 5 grep -qx "$1" /run/hear
}

not() {
	! "$@"
}

# Slow enough to be under way when the other appliance takes over
download() {
	rm -f /run/got
	ip netns exec app1 curl -sS --limit-rate $((300 / ${SLOW:-1}))k -y "$(slow 3)" -Y 1 -o /run/got \
		http://10.9.0.10/file 2>/run/curl &
	DOWNLOAD=$!
	wait_for 10 got_some || tap_bail "the download starts" "$(cat /run/curl)"
}

got_some() {
	[ "$(wc -c </run/got)" -gt 100000 ]
}

new_download() {
	in_ns app1 curl -s -m "$(slow 20)" http://10.9.0.10/file | cmp - /run/www/file
}

download_ends() {
	wait $DOWNLOAD
	check_equal "curl's exit status" "$1" $?
}

targets_are() {
	gwlb_is targets/10.30.1.51/state "$1" && gwlb_is targets/10.30.1.52/state "$2"
}

# healthy NS / sick NS: the other end of the health check
healthy() {
	gwlb_job ip netns exec "$1" gwlb/peer serve 80
	eval "LISTENER_$1=$GWLB_JOB"
}

sick() {
	eval "gwlb_job_end \$LISTENER_$1"
}

gwlb_load
gwlb_fleet 2
gwlb_tenant 1
gwlb_appliance ap1 ap2
mkdir -p /run/www
head -c 1500000 /dev/urandom >/run/www/file
ip netns exec net1 busybox httpd -p 80 -h /run/www
gwlb_serve net1 serve 7
in_ns app1 sysctl -qw net.ipv4.tcp_rmem="4096 16384 16384"
for ns in ap1 ap2; do
	settings $ns local $LOCAL_PREFIXES
	ruleset $ns <<-END
		policy default {
			rule transfer outbound tcp dport { 7, 80 } accept
			default drop
		}
	END
done
gwlb_start --endpoint $GWLB_ENDPOINT_1,tun=gwe0,netns=end1 --health tcp:80 \
	--interval "$(slow 0.3)" --timeout "$(slow 0.2)" --healthy 1 --unhealthy 2 --failover rebalance \
	--target 10.30.1.51 --target 10.30.1.52
healthy ap1
check "one appliance" wait_for 5 targets_are healthy unhealthy
talk_open
check "a line comes back" says one
download
healthy ap2
check "the other appliance has seen no connection begin" stat_is ap2 flows/created 0
sick ap1
check "it takes over" wait_for 5 targets_are unhealthy healthy
check "a line comes back" says two
download_ends 0
check "the download is complete" cmp /run/www/file /run/got
check "two connections are picked up" stat_is ap2 flows/created 2
check "nothing was dropped" stat_is ap2 stats/drop_packets 0
check_equal "they are outbound and established" "outbound established" \
	"$(genevectl -n ap2 -j flow list port 7 | jq -r '.[] | "\(.direction) \(.state)"')"

tap_note "tcp-pickup off"
settings ap1 tcp-pickup off
genevectl -n ap1 flow flush >/dev/null
download
healthy ap1
sick ap2
check "the first appliance again" wait_for 5 targets_are healthy unhealthy
check "no line comes back" not says three
download_ends 28
check "for the reason tcp_state" [ "$(stat ap1 drops/tcp_state)" -gt 0 ]
check "not by the rules" stat_is ap1 drops/policy 0
check "a new download is complete" new_download
talk_close
check_sums ap1 ap2
check "no answer was wrong" gwlb_is violations_total 0
gwlb_stop
tap_done
