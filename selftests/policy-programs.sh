#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
# time limit: 240 s
#
# What a host behind the firewall may do and what others may do to it, with real
# programs: ping, curl, dig, iperf3 and nc, outbound allowed and inbound refused.

. ./lib.sh
. gwlb/lib.sh
. flow/lib.sh

# services NS ADDR ADDR6
services() {
	mkdir -p /run/www
	echo "Hello from $1." >/run/www/index.html
	ip netns exec "$1" busybox httpd -p 80 -h /run/www
	ip netns exec "$1" dnsmasq --conf-file=/dev/null --no-resolv --no-hosts --user=root \
		--pid-file="/run/dnsmasq.$1" --host-record="www.example.com,$2,$3"
	ip netns exec "$1" iperf3 -s -D
	for family in -4 -6; do
		ip netns exec "$1" nc $family -lk 7777 </dev/null >>"/run/nc.$1" &
	done
	wait_for 5 heard_twice "$1" || tap_bail "nc"
	wait_for 5 gwlb_listens "$1" 5201 || tap_bail "iperf3"
}

heard_twice() {
	[ "$(in_ns "$1" ss -Hltn "sport = :7777" | wc -l)" = 2 ]
}

try_ping() {
	in_ns "$1" ping -n -q -c 2 -i 0.2 -W "$(slow 1)" "$2"
}

try_curl() {
	in_ns "$1" curl -sS -m "$(slow 3)" "http://$2/" | grep Hello
}

try_dig() {
	in_ns "$1" dig "@$2" +short +time=2 +tries=1 www.example.com A | grep -x "10\.[19]\.0\.10"
}

try_dig_tcp() {
	in_ns "$1" dig "@$2" +tcp +short +time=2 +tries=1 www.example.com A | grep -x "10\.[19]\.0\.10"
}

try_iperf3() {
	in_ns "$1" timeout "$(slow 10)" iperf3 -c "$2" -t 1 \
		--connect-timeout "$(slow 2000)"
}

try_iperf3_back() {
	in_ns "$1" timeout "$(slow 10)" iperf3 -c "$2" -t 1 -R \
		--connect-timeout "$(slow 2000)"
}

try_nc() {
	echo "nc $1" | in_ns "$1" nc -N -w "$(slow 2)" "$2" 7777
}

not() {
	! "$@"
}

# everything pass|refuse NS ADDR...
everything() {
	for try in try_ping try_curl try_dig try_dig_tcp try_iperf3 try_iperf3_back try_nc; do
		for addr in "$3" "$4"; do
			url=$addr
			[ $try != try_curl ] || [ "$addr" = "${addr#*:}" ] || url="[$addr]"
			if [ "$1" = pass ]; then
				check "$2 to $addr: ${try#try_}" $try "$2" "$url"
			else
				check "$2 to $addr: ${try#try_} is refused" not $try "$2" "$url"
			fi
		done
	done
}

gwlb_load
gwlb_fleet 1
gwlb_tenant 1
gwlb_appliance ap1
settings ap1 local $LOCAL_PREFIXES
gwlb_start --endpoint $GWLB_ENDPOINT_1,tun=gwe0,netns=end1 --health none --target 10.30.1.51
services app1 10.1.0.10 fd01::10
services net1 10.9.0.10 fd09::10

ruleset ap1 <<-END
	set web { type port; elements { 80, 443 } }
	policy default {
		rule web outbound tcp dport @web accept
		rule dns outbound proto { tcp, udp } dport 53 accept
		rule iperf3 outbound tcp dport 5201 accept
		rule nc outbound tcp dport 7777 accept
		rule ping outbound icmp type echo-request accept
		rule ping6 outbound icmpv6 type echo-request accept
		default drop
	}
END
everything pass app1 fd09::10 10.9.0.10
check "nothing was refused" stat_is ap1 stats/drop_packets 0
everything refuse net1 fd01::10 10.1.0.10
check "refused for the reason policy alone" \
	[ "$(stat ap1 drops/policy)" = "$(stat ap1 stats/drop_packets)" ]
check "nothing was heard inside" [ ! -s /run/nc.app1 ]
check_equal "but outside" "nc app1
nc app1" "$(cat /run/nc.net1)"
check "outbound what no rule allows is refused" \
	not in_ns app1 curl -s -m 2 -o /dev/null http://10.9.0.10:8080/

sed 's/\bout\(bound\)/in\1/' /run/ruleset >/run/inbound
check "the same the other way round" genevectl -n ap1 ruleset apply /run/inbound
everything pass net1 fd01::10 10.1.0.10
check "outbound is refused now" not try_curl app1 10.9.0.10
check_sums ap1
check "no answer was wrong" gwlb_is violations_total 0
gwlb_stop
tap_done
