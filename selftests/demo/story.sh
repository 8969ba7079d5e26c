#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# The story of the lab scene, told in the guest; `make demo` starts it.

TAP_SILENT=1
. ./lib.sh
. ./scene.sh
. demo/narrate.sh

CAPTURE=/run/capture
PINGS=/run/pings

# One line per option instead of one long line.
fold_options() {
	sed 's/, options \[/\n        options [/; s/, class Unknown (0x108)/\n                 class 0x108/g
		s/\[class Unknown (0x108)/[class 0x108/'
}

# target_of_ping: the appliance that carries the ping of tenant 1
target_of_ping() {
	gwlb_ctl flows | grep -B 4 '"proto": 1,' | grep -A 1 "$GWLB_ENDPOINT_1" |
		sed -n 's/.*"target": "\(.*\)",/\1/p' | head -n 1
}

states() {
	gwlb_ctl targets | awk -F '"' '/^  "/ { printf "%s is ", $2 } /"state":/ { print $4 }'
}

captured() {
	[ "$(tcpdump -nr $CAPTURE 2>/dev/null | wc -l)" -ge 4 ]
}

answered_after() {
	awk -F '[][]' -v t="$1" '/bytes from/ && $2 > t { found = 1 } END { exit !found }' $PINGS
}

# longest_gap: seconds between two answers of the ping, the longest
longest_gap() {
	awk -F '[][]' '/bytes from/ { if (last && $2 - last > gap) gap = $2 - last; last = $2 }
		END { printf "%.1f\n", gap }' $PINGS
}

seconds_since() {
	now=$(uptime_ms)
	echo "$(((now - $1) / 1000)).$(((now - $1) % 1000 / 100))"
}

cat <<'END'
nf_geneve: an appliance behind a Gateway Load Balancer, in the kernel

   This is a virtual machine with a network of namespaces in it. Two tenants with
   the same addresses reach the internet through a load balancer (GWLB), which
   sends every packet to one of two appliances, wrapped in GENEVE. The appliance
   checks it and sends it back; only then it goes on its way.

     tenant 1   app1 ---- end1 ---- nat1 ---.
                           ||               |
                          gwlb ==== ap1    inet   www.example.com
                           ||  ==== ap2     |     198.51.100.10, 2001:db8::10
     tenant 2   app2 ---- end2 ---- nat2 ---'
END

step "The network is put up, the module loaded and switched on"
scene_up || fail "the scene"
say "Both appliances answer the load balancer's health checks (HTTP, every 5 s)."
show ap1 genevectl show
show gwlb gwlb ctl targets

step "Tenant 1 pings the internet"
show app1 ping -n -c 3 -i 0.3 -W 2 198.51.100.10
show app1 ping -n -c 3 -i 0.3 -W 2 2001:db8::10

step "It looks up a name"
show app1 dig +noall +answer www.example.com A www.example.com AAAA

step "It fetches a web page, over IPv4 and IPv6; so does tenant 2"
show app1 curl -4 -sS -m 20 http://www.example.com/
show app1 curl -6 -sS -m 20 http://www.example.com/
show app2 curl -4 -sS -m 20 http://www.example.com/

step "It moves data: iperf3, both ways"
say "Every instruction here is emulated: read it as proof of life, not of speed."
show app1 iperf3 -c 198.51.100.10 -t 3 -f m
show app1 iperf3 -c 198.51.100.10 -t 3 -f m -R

step "What GWLB sends and gets back"
say "One ping, seen at the load balancer: each packet goes Out to the appliance and comes" \
	"In again with the outer addresses exchanged and the TTL one less. Ports, options" \
	"and the packet inside are the same, bit by bit; both directions have one cookie."
ip netns exec gwlb tcpdump -Z root -Un -i any -c 4 -w $CAPTURE udp port 6081 2>/dev/null &
wait_for 5 test -s $CAPTURE || fail "tcpdump does not start"
show app1 ping -n -c 1 -W 2 198.51.100.10
wait_for 10 captured || fail "no packets at port 6081"
echo
echo "   gwlb\$ tcpdump -nvv -i any udp port 6081"
in_ns gwlb tcpdump -nvvtr $CAPTURE 2>/dev/null | fold_options | sed 's/^/     /'

step "What the appliances say"
show ap1 genevectl show
show ap1 genevectl stats
show ap2 genevectl stats
show ap2 genevectl endpoint list

. demo/policy.sh

step "An appliance stops"
ip netns exec app1 ping -n -D -i 0.2 198.51.100.10 >$PINGS &
ping_pid=$!
wait_for 10 grep -q 'bytes from' $PINGS || fail "the ping is not answered"
stopped=$(target_of_ping)
case $stopped in
10.30.1.51) ns=ap1 left=10.30.1.52 ;;
10.30.1.52) ns=ap2 left=10.30.1.51 ;;
*) fail "no appliance carries the ping" ;;
esac
say "A ping runs, five packets a second; $ns ($stopped) carries it. Now $ns freezes:" \
	"nothing that arrives there gets in any more."
show $ns tc qdisc add dev eth0 clsact
show $ns tc filter add dev eth0 ingress matchall action drop
since=$(uptime_ms)
wait_for 30 gwlb_is "targets/$stopped/state" unhealthy || fail "the health checks do not notice"
noticed=$(seconds_since "$since")
answered=$(date +%s)
wait_for 10 answered_after "$answered" || fail "the ping is not answered any more"
kill $ping_pid
wait $ping_pid 2>/dev/null
say "" "After $noticed s two health checks in a row had failed (interval 5 s, timeout 2 s)," \
	"and the load balancer moved the flows. The ping was without an answer for $(longest_gap) s." ""
states | sed 's/^/     /'
[ "$(target_of_ping)" = "$left" ] || fail "the ping is not with $left"
[ "${noticed%.*}" -lt 15 ] || fail "that took too long"

step "Everything else goes on with the other one"
show app1 curl -4 -sS -m 20 http://www.example.com/
show app2 curl -6 -sS -m 20 http://www.example.com/

step "What the load balancer has to say about all the answers"
gwlb_ctl stats | sed '1d; /"drops"/,$d; s/^/   /'
violations=$(gwlb_get violations_total)
[ "$violations" = 0 ] || fail "$violations answers broke a rule"
gwlb_ctl quit
wait "$GWLB_PID" || fail "the emulator"
say "" "Not one answer broke a rule. Try things by hand: make shell"
