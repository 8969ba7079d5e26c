#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# What becomes of flows when an appliance turns unhealthy or is deregistered,
# with failover "no_rebalance" and "rebalance", and when none is healthy.

. ./lib.sh
. gwlb/lib.sh

A=10.30.1.51
B=10.30.1.52
DRAIN=$(slow 1)

gwlb_load
gwlb_fleet 2
gwlb_tenant 1
gwlb_appliance ap1 ap2
gwlb_serve net1 serve 7

# One UDP port is one flow.
ask() {
	in_ns app1 gwlb/peer udp 10.9.0.10 7 100 1 "$1"
}

# ask_many FROM: sixteen flows
ask_many() {
	many_port=$1
	while [ "$many_port" -lt $(($1 + 16)) ]; do
		ask "$many_port" || return
		many_port=$((many_port + 1))
	done
}

# The other end of a health check: alive A, dead A
alive() {
	gwlb_job ip netns exec "$(appliance_of "$1")" gwlb/peer serve 80
	eval "LISTENER_$(appliance_of "$1")=$GWLB_JOB"
	healthy "$1"
}

healthy() {
	wait_for 5 gwlb_is "targets/$1/state" healthy ||
		tap_bail "$1 becomes healthy" "$(gwlb_ctl targets)"
}

dead() {
	eval "gwlb_job_end \$LISTENER_$(appliance_of "$1")"
	wait_for 5 gwlb_is "targets/$1/state" unhealthy ||
		tap_bail "$1 becomes unhealthy" "$(gwlb_ctl targets)"
}

appliance_of() {
	echo "ap${1#10.30.1.5}"
}

sent() {
	gwlb_get "targets/$1/sent"
}

flows() {
	gwlb_get "targets/$1/flows"
}

both_sent() {
	[ "$(sent "$HERE")" -gt "$here" ] && [ "$(sent "$THERE")" -gt "$there" ]
}

is_gone() {
	! gwlb_get "targets/$1/state" 2>/dev/null
}

# The flow of port 5000 is with HERE, the other target is THERE.
find_flow() {
	ask 5000 || tap_bail "a first flow" "$(gwlb_ctl stats)"
	HERE=$A THERE=$B
	[ "$(flows $A)" = 1 ] || HERE=$B THERE=$A
}

cookie() {
	gwlb_ctl flows | grep -B 4 '"low_port": 5000' | grep cookie
}

start() {
	gwlb_start --endpoint $GWLB_ENDPOINT_1,tun=gwe0,netns=end1 --health tcp:80 \
		--interval "$(slow 0.3)" --timeout "$(slow 0.2)" --healthy 1 --unhealthy 2 --drain "$DRAIN" \
		--target $A --target $B "$@"
}

tap_note "no_rebalance"
start --failover no_rebalance
alive $A
alive $B
find_flow
old_cookie=$(cookie)
dead "$HERE"
here=$(sent "$HERE") there=$(sent "$THERE")
check "the flow goes on" ask 5000
check_equal "with the same appliance" $((here + 2)) "$(sent "$HERE")"
check_equal "with the same cookie" "$old_cookie" "$(cookie)"
check "new flows pass" ask_many 6000
check_equal "all by the healthy appliance" $((there + 32)) "$(sent "$THERE")"

dead "$THERE"
here=$(sent "$HERE") there=$(sent "$THERE")
check "none is healthy: new flows pass" ask_many 7000
check "by both appliances" both_sent

check "no flow has moved" gwlb_is flows/moved 0
gwlb_stop

tap_note "no_rebalance, deregistration"
start --failover no_rebalance --idle-other "$(slow 4)"
alive "$HERE"
alive "$THERE"
find_flow
begin=$(uptime_ms)
check "the flow's appliance is deregistered" gwlb_ctl deregister "$HERE"
check "it drains" gwlb_is "targets/$HERE/state" draining
here=$(sent "$HERE")
check "the flow goes on" ask 5000
check "the deregistration delay ends" \
	eventually gwlb_is "targets/$HERE/state" deregistered
check "not before its time" [ $(($(uptime_ms) - begin)) -ge $((DRAIN * 1000)) ]
check "the flow still goes on" ask 5000
check_equal "with the same appliance" $((here + 4)) "$(sent "$HERE")"
check "it goes when its flows are idle" wait_for 8 is_gone "$HERE"
check "no flow has moved" gwlb_is flows/moved 0
gwlb_stop

tap_note "rebalance"
start --failover no_rebalance
healthy "$HERE"
healthy "$THERE"
find_flow
dead "$HERE"
old_cookie=$(cookie)
check "failover is set to rebalance" gwlb_ctl set failover rebalance
here=$(sent "$HERE") there=$(sent "$THERE")
check "the flow goes on" ask 5000
check_equal "with the other appliance" $((there + 2)) "$(sent "$THERE")"
check_equal "and no more with the old one" "$here" "$(sent "$HERE")"
check "with a new cookie" [ "$old_cookie" != "$(cookie)" ]
check "it was one flow" gwlb_is flows/moved 1

alive "$HERE"
here=$(sent "$HERE") there=$(sent "$THERE")
check "the old one is back, the flow goes on" ask 5000
check_equal "where it is now" $((there + 2)) "$(sent "$THERE")"

check "this one is deregistered" gwlb_ctl deregister "$THERE"
check "while it drains the flow goes on" ask 5000
check_equal "where it is" $((there + 4)) "$(sent "$THERE")"
wait_for 5 gwlb_is "targets/$THERE/state" deregistered
check "then it goes on" ask 5000
check_equal "with the other appliance" $((here + 2)) "$(sent "$HERE")"
check "the old one is gone" eventually is_gone "$THERE"
check "without a target left" gwlb_ctl deregister "$HERE"
in_ns app1 ping -n -q -c 1 -W 0.1 10.9.0.10 >/dev/null
check "new flows are dropped" gwlb_is drops/no_target 1

gwlb_stop
tap_done
