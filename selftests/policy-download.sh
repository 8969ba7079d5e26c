#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
# time limit: 240 s
#
# A download that runs while the ruleset changes: it goes on where the new one
# allows it, and is cut where it does not, unless flows are kept.

. ./lib.sh
. gwlb/lib.sh
. flow/lib.sh

# download: of several seconds; gives up when nothing comes for two (slow)
download() {
	rm -f /run/got
	in_ns app1 curl -sS --limit-rate 400k -y "$(slow 2)" -Y 1 -o /run/got http://10.9.0.10/file \
		2>/run/curl &
	wait_for 10 got_some || tap_bail "the download starts" "$(cat /run/curl)"
}

got_some() {
	[ "$(wc -c </run/got)" -gt 100000 ]
}

# ends STATUS: exit status of curl; 28: it gave up
ends() {
	wait $!
	check_equal "curl's exit status" "$1" $?
	tap_note "$(wc -c </run/got) of $(wc -c </run/www/file) bytes"
}

ends_well() {
	ends 0
	check "it is complete" cmp /run/www/file /run/got
}

still_running() {
	[ "$(wc -c </run/got)" -lt "$(wc -c </run/www/file)" ]
}

allow() {
	allow_port=$1
	shift
	ruleset ap1 "$@" <<-END
		policy default { rule r$allow_port outbound tcp dport $allow_port accept; default drop; }
	END
	check "in the middle of it" still_running
}

gwlb_load
gwlb_fleet 1
gwlb_tenant 1
gwlb_appliance ap1
settings ap1 local $LOCAL_PREFIXES
gwlb_start --endpoint $GWLB_ENDPOINT_1,tun=gwe0,netns=end1 --health none --target 10.30.1.51
mkdir -p /run/www
head -c 1500000 /dev/urandom >/run/www/file
ip netns exec net1 busybox httpd -p 80 -h /run/www
# Small, so that what curl has not read yet has not been sent either.
in_ns app1 sysctl -qw net.ipv4.tcp_rmem="4096 16384 16384"

tap_note "another rule allows it"
download
allow 80
ends_well

tap_note "the new ruleset does not allow it"
download
allow 443
ends 28
check "it is cut" still_running

tap_note "not allowed, but kept"
genevectl -n ap1 ruleset flush
download
allow 443 --keep-flows
ends_well
check "a new one is refused" sh -c '! ip netns exec app1 curl -s -m 2 -o /dev/null http://10.9.0.10/file'

tap_note "the flow is flushed, and not allowed any more"
genevectl -n ap1 ruleset flush
download
allow 443 --keep-flows
genevectl -n ap1 flow flush >/dev/null
ends 28
check "it is cut" still_running
check_sums ap1
check "no answer was wrong" gwlb_is violations_total 0
gwlb_stop
tap_done
