# SPDX-License-Identifier: GPL-2.0 OR MIT
# shellcheck shell=dash

# pair GEN APP MTU: two namespaces joined by va and vb, nothing offloaded
pair() {
	ip netns add "$1"
	ip netns add "$2"
	for ns in "$1" "$2"; do
		echo 1 | ip netns exec "$ns" tee /proc/sys/net/ipv6/conf/default/disable_ipv6 >/dev/null
	done
	ip link add va address 02:00:00:00:00:01 mtu "$3" netns "$1" type veth \
		peer name vb address 02:00:00:00:00:02 mtu "$3" netns "$2"
	ip -n "$1" addr add 10.30.1.10/24 dev va
	ip -n "$2" addr add 10.30.1.50/24 dev vb
	for feature in gro gso tso tx; do
		ip netns exec "$1" ethtool -K va $feature off
		ip netns exec "$2" ethtool -K vb $feature off
	done
	ip -n "$1" link set va up
	ip -n "$2" link set vb up
	ip -n "$1" neigh replace 10.30.1.50 lladdr 02:00:00:00:00:02 dev va nud permanent
	ip -n "$2" neigh replace 10.30.1.10 lladdr 02:00:00:00:00:01 dev vb nud permanent
}
