#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
# time limit: 180 s
#
# What programs make of being rejected: at once, and not by waiting. curl, nc, dig
# and ping on either side, and a download that is under way.

. ./lib.sh
. gwlb/lib.sh
. flow/lib.sh

# A web server with something long, and nobody else at home.
serve() {
	mkdir -p /run/www
	echo "Hello from outside." >/run/www/index.html
	truncate -s 512M /run/www/long
	ip netns exec "$1" busybox httpd -p 80 -h /run/www
	ip netns exec "$1" dnsmasq --conf-file=/dev/null --no-resolv --no-hosts --user=root \
		--pid-file=/run/dnsmasq.pid --host-record="www.example.com,10.9.0.10"
	wait_for 5 gwlb_listens "$1" 80 || tap_bail "httpd"
}

reject_with() {
	ruleset ap1 <<-END
		policy default { default reject ${1:+with $1} }
	END
}

# says WANTED COMMAND...: its output has this, and no time was lost with waiting
says() {
	says_wanted=$1 says_begin=$(uptime_ms)
	shift
	says_output=$("$@" 2>&1)
	echo "$says_output"
	case $says_output in
	*"$says_wanted"*) [ $(($(uptime_ms) - says_begin)) -lt "$(slow 4)000" ] ;;
	*) return 1 ;;
	esac
}

try_curl() {
	in_ns "$1" curl -sSv -m "$(slow 8)" "http://$2/"
}

try_nc() {
	in_ns "$1" nc -v -w "$(slow 8)" "$2" 7777 </dev/null
}

try_dig() {
	in_ns "$1" dig "@$2" +time="$(slow 8)" +tries=1 www.example.com A
}

try_ping() {
	in_ns "$1" ping -n -c 1 -W "$(slow 8)" "$2"
}

gwlb_load
gwlb_fleet 1
gwlb_tenant 1
gwlb_appliance ap1
settings ap1 local $LOCAL_PREFIXES
gwlb_start --endpoint $GWLB_ENDPOINT_1,tun=gwe0,netns=end1 --health none --target 10.30.1.51
serve net1
check "nothing is rejected: curl" says Hello try_curl app1 10.9.0.10
check "nothing is rejected: dig" says 10.9.0.10 try_dig app1 10.9.0.10

# refused FROM ADDR ADDR6: by a reset, or ports that cannot be reached
refused() {
	check "$1: curl" says "Connection refused" try_curl "$1" "$2"
	check "$1: curl, IPv6" says "Connection refused" try_curl "$1" "[$3]"
	check "$1: nc" says "Connection refused" try_nc "$1" "$2"
	check "$1: nc, IPv6" says "Connection refused" try_nc "$1" "$3"
	check "$1: dig" says "connection refused" try_dig "$1" "$2"
	check "$1: dig, IPv6" says "connection refused" try_dig "$1" "$3"
	check "$1: ping" says "Destination Port Unreachable" try_ping "$1" "$2"
	check "$1: ping, IPv6" says "Port unreachable" try_ping "$1" "$3"
}
reject_with
refused app1 10.9.0.10 fd09::10
refused net1 10.1.0.10 fd01::10

reject_with admin-prohibited
check "prohibited: ping" says "Packet filtered" try_ping app1 10.9.0.10
check "prohibited: ping, IPv6" says "Administratively prohibited" try_ping app1 fd09::10
check "prohibited: curl" says "No route to host" try_curl app1 10.9.0.10
check "prohibited: curl, IPv6" says "Permission denied" try_curl app1 "[fd09::10]"

# download URL FILE: in the background. Whoever sends nothing is not told that he is
# rejected: if the server's packet is the first, curl waits, and hears of it when it asks
# whether the server is still there.
download() {
	ip netns exec app1 curl -sS --keepalive-time 2 -m "$(slow 60)" -o /run/long "$1" 2>"$2" &
	DOWNLOAD=$!
}

got_something() {
	[ -s /run/long ]
}

for host in 10.9.0.10 "[fd09::10]"; do
	ruleset ap1 <<-END
		policy default { default accept }
	END
	rm -f /run/long
	download "http://$host/long" /run/curl.err
	wait_for 10 got_something || tap_bail "the download begins" "$(cat /run/curl.err)"
	reject_with
	wait "$DOWNLOAD"
	check_equal "a download is cut off: $host" "56 curl: (56) Recv failure: Connection reset by peer" \
		"$? $(cat /run/curl.err)"
done

generated=$(gwlb_get generated)
check "answers reached the load balancer: $generated" [ "$generated" -ge 20 ]
check_equal "as many as were sent" "$generated" "$(genevectl -n ap1 -j stats | jq .answers)"
check_sums ap1
check "none was wrong" gwlb_is violations_total 0
gwlb_stop
tap_done
