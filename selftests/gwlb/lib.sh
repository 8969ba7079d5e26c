# SPDX-License-Identifier: GPL-2.0 OR MIT
# shellcheck shell=dash
#
# Networks around the GWLB emulator and how to start it. Sourced after
# ../lib.sh, by scripts that run in the selftests directory.
#
# The fleet. The addresses of the load balancer, one per zone, are on lo of
# namespace gwlb; an appliance N has a cable of its own:
#
#   gwlb: 10.30.1.10 (zone a) gN ======== veth ======== eth0 10.30.1.5N :apN
#         10.30.1.11 (zone b)
#
# A tenant. All tenants have the same addresses; what tells them apart is the
# endpoint, a TUN device that the emulator holds:
#
#   appN                    endN                             netN
#   eth0 10.1.0.10 ==== app 10.1.0.1   10.9.0.1 net ==== eth0 10.9.0.10
#        fd01::10           fd01::1     fd09::1               fd09::10
#                              gwe0 (TUN)
#                                |
#                     gwlb, apN and back again
#
# An endpoint routes twice. What comes in by a cable (app, net) goes to the
# TUN device, whatever its destination; what comes out of the TUN device has
# passed the appliance and is routed by the main table:
#
#   ip rule iif app lookup 100      table 100: default dev gwe0
#   ip rule iif net lookup 100      main: 10.1.0.0/24 dev app, 10.9.0.0/24 dev net

GWLB_SOCKET=${GWLB_SOCKET:-/run/gwlb.sock}
GWLB_TABLE=100
GWLB_ZONE_A=10.30.1.10
GWLB_ZONE_B=10.30.1.11
# shellcheck disable=SC2034 # the scripts use them
GWLB_ENDPOINT_1=vpce-01111111111111111
# shellcheck disable=SC2034
GWLB_ENDPOINT_2=vpce-02222222222222222
GWLB_MTU=8500

GWLB_PID=
GWLB_OUT=

# gwlb_router NS: forwards IPv4 and IPv6, whatever way packets come
gwlb_router() {
	in_ns "$1" sysctl -qw net.ipv6.conf.all.disable_ipv6=0 \
		net.ipv6.conf.default.disable_ipv6=0 \
		net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 \
		net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 \
		net.ipv4.conf.all.send_redirects=0 \
		net.ipv4.conf.default.send_redirects=0
}

# gwlb_endpoint NS TUN DEVICE...: what NS receives by these devices goes to
# the TUN device, which is made here and which the emulator attaches to
gwlb_endpoint() {
	endpoint_ns=$1 endpoint_tun=$2
	shift 2
	gwlb_router "$endpoint_ns"
	[ -c /dev/net/tun ] || modprobe tun || tap_bail "TUN devices"
	ip -n "$endpoint_ns" tuntap add dev "$endpoint_tun" mode tun
	ip -n "$endpoint_ns" link set "$endpoint_tun" mtu $GWLB_MTU addrgenmode none up
	for endpoint_family in -4 -6; do
		ip -n "$endpoint_ns" $endpoint_family route add default \
			dev "$endpoint_tun" table $GWLB_TABLE
		for endpoint_dev; do
			ip -n "$endpoint_ns" $endpoint_family rule add \
				iif "$endpoint_dev" lookup $GWLB_TABLE
		done
	done
}

# gwlb_cable NS DEV ADDR4/LEN ADDR6/LEN NS DEV ADDR4/LEN ADDR6/LEN
gwlb_cable() {
	# made there: this namespace may have a device of that name
	ip -n "$1" link add "$2" mtu $GWLB_MTU type veth \
		peer name "$6" netns "$5" mtu $GWLB_MTU || tap_bail "veth pair"
	gwlb_cable_end "$1" "$2" "$3" "$4"
	gwlb_cable_end "$5" "$6" "$7" "$8"
}

gwlb_cable_end() {
	in_ns "$1" sysctl -qw "net.ipv6.conf.$2.disable_ipv6=0"
	ip -n "$1" addr add "$3" dev "$2"
	ip -n "$1" addr add "$4" dev "$2" nodad
	ip -n "$1" link set "$2" up
}

# gwlb_tenant N: namespaces appN, endN, netN, see the drawing
gwlb_tenant() {
	ns_add "app$1" "end$1" "net$1"
	gwlb_cable "app$1" eth0 10.1.0.10/24 fd01::10/64 \
		"end$1" app 10.1.0.1/24 fd01::1/64
	gwlb_cable "net$1" eth0 10.9.0.10/24 fd09::10/64 \
		"end$1" net 10.9.0.1/24 fd09::1/64
	ip -n "app$1" route add default via 10.1.0.1
	ip -n "app$1" -6 route add default via fd01::1
	ip -n "net$1" route add default via 10.9.0.1
	ip -n "net$1" -6 route add default via fd09::1
	gwlb_endpoint "end$1" gwe0 app net
}

# gwlb_fleet COUNT: namespaces gwlb and ap1 to apCOUNT, see the drawing
gwlb_fleet() {
	ns_add gwlb
	ip -n gwlb addr add $GWLB_ZONE_A/32 dev lo
	ip -n gwlb addr add $GWLB_ZONE_B/32 dev lo
	fleet_i=1
	while [ "$fleet_i" -le "$1" ]; do
		ns_add "ap$fleet_i"
		ip -n gwlb link add "g$fleet_i" mtu 9001 type veth \
			peer name eth0 netns "ap$fleet_i" mtu 9001 ||
			tap_bail "veth pair"
		ip -n "ap$fleet_i" addr add "10.30.1.5$fleet_i/24" dev eth0
		ip -n "ap$fleet_i" link set eth0 up
		ip -n gwlb link set "g$fleet_i" up
		ip -n gwlb route add "10.30.1.5$fleet_i" dev "g$fleet_i" src $GWLB_ZONE_A
		fleet_i=$((fleet_i + 1))
	done
}

# The module, or with APPLIANCE=reference the well-behaved badappliance, to
# try the emulator on a host that cannot load the module.
gwlb_load() {
	[ "${APPLIANCE-}" = reference ] || load_module
}

# gwlb_appliance NS...: packets that reach these namespaces go back
gwlb_appliance() {
	for appliance_ns; do
		if [ "${APPLIANCE-}" = reference ]; then
			in_ns "$appliance_ns" gwlb/badappliance eth0 &
		else
			in_ns "$appliance_ns" genevectl config set enabled yes ||
				tap_bail "the module is enabled in $appliance_ns"
		fi
	done
}

# gwlb_start OPTION...: the emulator, both zones known, in namespace gwlb
gwlb_start() {
	GWLB_OUT=$(mktemp)
	in_ns gwlb gwlb/gwlb --control $GWLB_SOCKET \
		--zone a=$GWLB_ZONE_A --zone b=$GWLB_ZONE_B "$@" \
		>"$GWLB_OUT" 2>"$GWLB_OUT.log" &
	GWLB_PID=$!
	wait_for 5 test -S $GWLB_SOCKET ||
		tap_bail "the emulator starts" "$(cat "$GWLB_OUT.log")"
}

gwlb_ctl() {
	gwlb/gwlb ctl $GWLB_SOCKET "$@"
}

# gwlb_get PATH...: numbers or words of the statistics, a line for each, for
# instance violations/cookie_changed
gwlb_get() {
	gwlb_ctl get "$@"
}

# gwlb_is PATH VALUE
gwlb_is() {
	gwlb_value=$(gwlb_get "$1") || return
	[ "$gwlb_value" = "$2" ] && return
	echo "$1 is $gwlb_value instead of $2"
	return 1
}

# eventually COMMAND...: succeeds within five seconds; if not, its last output
# tells why
eventually() {
	wait_for 5 "$@" || "$@"
}

# gwlb_stop [STATUS]: ends the emulator, whose exit status tells of violations
gwlb_stop() {
	gwlb_ctl quit
	wait "$GWLB_PID"
	gwlb_status=$?
	sed 's/^/# /' "$GWLB_OUT.log"
	[ "$gwlb_status" = "${1-0}" ] || sed 's/^/# /' "$GWLB_OUT"
	rm -f "$GWLB_OUT" "$GWLB_OUT.log"
	GWLB_PID=
	check_equal "exit status of the emulator" "${1-0}" "$gwlb_status"
}

# gwlb_job COMMAND...: in the background until gwlb_job_end, GWLB_JOB is its id
gwlb_job() {
	"$@" &
	# shellcheck disable=SC2034 # the scripts use it
	GWLB_JOB=$!
}

gwlb_job_end() {
	kill "$1"
	wait "$1" 2>/dev/null
}

# gwlb_serve NS WHAT PORT...: peer in the background, listening
gwlb_serve() {
	serve_ns=$1
	shift
	ip netns exec "$serve_ns" gwlb/peer "$@" >/dev/null &
	wait_for 5 gwlb_listens "$serve_ns" "$2" || tap_bail "peer $*"
}

gwlb_listens() {
	in_ns "$1" ss -Hltn "sport = :$2" | grep -q .
}

# gwlb_settled: every packet that was sent has come back
gwlb_settled() {
	[ "$(gwlb_get sent/packets)" = "$(gwlb_get answers/packets)" ]
}
