# SPDX-License-Identifier: GPL-2.0 OR MIT
# shellcheck shell=dash
#
# The chapter about policies; sourced by story.sh.

POLICY=/etc/nf_geneve/policy
PING=/run/ping.pcap

# refused NS COMMAND...: like show, but the story ends if the command succeeds
refused() {
	echo
	echo "   $1\$ $(echo "$*" | cut -d ' ' -f 2-)"
	if refused_output=$(in_ns "$@" 2>&1); then
		fail "not refused: $*"
	fi
	echo "$refused_output" | sed 's/^/     /'
}

# The next packet from the load balancer, as each appliance gets it
capture_start() {
	capture_pids=
	for ns in ap1 ap2; do
		rm -f /run/$ns.pcap
		ip netns exec $ns tcpdump -Z root -Un -i eth0 -Q in -c 1 -w /run/$ns.pcap \
			udp port 6081 2>/dev/null &
		capture_pids="$capture_pids $!"
		wait_for 5 test -s /run/$ns.pcap || fail "tcpdump does not start"
	done
}

holds_a_packet() {
	[ "$(tcpdump -nr "$1" 2>/dev/null | wc -l)" -ge 1 ]
}

ping_captured() {
	for ns in ap1 ap2; do
		holds_a_packet /run/$ns.pcap && return
	done
	return 1
}

# Leaves the appliance that got the packet in $ns, and the packet in $PING.
capture_end() {
	wait_for 5 ping_captured || fail "no packet at port 6081"
	# shellcheck disable=SC2086 # one word per process
	kill $capture_pids 2>/dev/null
	cp "/run/$ns.pcap" $PING
}

apply_policy() {
	show ap1 genevectl ruleset apply $POLICY
	show ap2 genevectl ruleset apply $POLICY
}

step "A policy: tenant 1 may browse, but not ping"
mkdir -p ${POLICY%/*}
cp demo/policy $POLICY
show ap1 cat $POLICY
show ap1 genevectl ruleset check $POLICY
apply_policy
show app1 curl -4 -sS -m 20 http://www.example.com/
capture_start
refused app1 ping -n -c 1 -W 2 198.51.100.10
capture_end
say "" "The error came from the appliance, inside the tunnel. Tenant 2, with the same" \
	"addresses behind another endpoint, is not concerned:"
show app2 ping -n -c 1 -W 2 198.51.100.10

step "Why was it refused?"
say "The packet, as $ns got it, is put to the module again; nothing happens to it this time."
show "$ns" genevectl explain $PING

step "The file is edited, and ping is allowed"
sed -i '/rule ping/s/reject.*/accept/' $POLICY
show ap1 grep ping $POLICY
show ap1 genevectl ruleset check $POLICY
apply_policy
show app1 ping -n -c 1 -W 2 198.51.100.10
show "$ns" genevectl explain $PING
say "" "The flows it knows, and what each rule decided there:"
show "$ns" genevectl flow list proto icmp
show "$ns" genevectl rule list tenant1
