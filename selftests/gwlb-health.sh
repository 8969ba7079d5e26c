#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Health checks of the load balancer, over TCP and HTTP: success codes, both
# thresholds, interval and timeout. They reach an appliance whose module is
# enabled: what is not GENEVE is none of its business.

. ./lib.sh
. gwlb/lib.sh

HTTP_LOG=$(mktemp)
HTTP_STATUS=$(mktemp)
TARGET=targets/10.30.1.51

gwlb_load
gwlb_fleet 1
gwlb_tenant 1
gwlb_appliance ap1

# start OPTION...: thresholds 3 and 2, interval 0.4 s, timeout 0.3 s
start() {
	gwlb_start --endpoint $GWLB_ENDPOINT_1,tun=gwe0,netns=end1 --target 10.30.1.51 \
		--interval "$(slow 0.4)" --timeout "$(slow 0.3)" --healthy 3 --unhealthy 2 "$@"
}

# http STATUS: what the HTTP server on the appliance says from now on
http() {
	echo "$1" >"$HTTP_STATUS.new"
	mv "$HTTP_STATUS.new" "$HTTP_STATUS"
}

# becomes STATE WHY: within five seconds, and this is what the emulator says
becomes() {
	wait_for 5 gwlb_is $TARGET/state "$1"
	check "$1: $2" logged "-> $1 ($2)"
}

logged() {
	tail -n 1 "$GWLB_OUT.log" | grep -F -e "$1" && return
	tail -n 3 "$GWLB_OUT.log"
	return 1
}

between() {
	[ "$1" -le "$2" ] && [ "$2" -le "$3" ]
}

# TCP
start --health tcp:80
becomes unhealthy "connection refused, 2 in a row"
gwlb_job ip netns exec ap1 gwlb/peer serve 80
becomes healthy "check passed, 3 in a row"
gwlb_job_end "$GWLB_JOB"
becomes unhealthy "connection refused, 2 in a row"
ip -n ap1 link set eth0 down
failed=$(gwlb_get $TARGET/checks_failed)
more_failed() {
	[ "$(gwlb_get "$TARGET/checks_failed")" -ge $((failed + 3)) ]
}
wait_for 5 more_failed
check "an appliance without a link times out" gwlb_is $TARGET/last_failure "timed out"
ip -n ap1 link set eth0 up

checks=$(gwlb_get $TARGET/checks)
sleep "$(slow 2)"
checks=$(($(gwlb_get $TARGET/checks) - checks))
check "about five checks in the time of five: $checks" between 3 "$checks" 7
gwlb_stop

# HTTP
http 200
gwlb_job ip netns exec ap1 gwlb/peer http 80 "$HTTP_STATUS" >"$HTTP_LOG"
wait_for 5 gwlb_listens ap1 80
start --health http:80/health/check --codes 200,301-302
becomes healthy "check passed, 1 in a row"
check "the request names the path" \
	eventually grep -qx 'GET /health/check HTTP/1.1' "$HTTP_LOG"
http 503
becomes unhealthy "HTTP status is no success code, 2 in a row"
http 302
becomes healthy "check passed, 3 in a row"
http 303
becomes unhealthy "HTTP status is no success code, 2 in a row"
http 200
becomes healthy "check passed, 3 in a row"
http 0
becomes unhealthy "timed out, 2 in a row"

http 200
wait_for 5 gwlb_is $TARGET/state healthy
check "deregister" gwlb_ctl deregister 10.30.1.51
checks=$(gwlb_get $TARGET/checks)
sleep "$(slow 1)"
check "a draining target is not checked" gwlb_is $TARGET/checks "$checks"
check "register" gwlb_ctl register 10.30.1.51
becomes healthy "check passed, 1 in a row"
gwlb_stop

# none
start --health none
check "without health checks a target is healthy at once" \
	gwlb_is $TARGET/state healthy
gwlb_stop

rm -f "$HTTP_LOG" "$HTTP_STATUS"
tap_done
