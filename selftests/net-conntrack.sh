#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Connection tracking with NAT rules for just these packets: no entry appears,
# no rule gets hold of them.

. ./lib.sh

tracked() {
	in_ns app conntrack -L 2>/dev/null | grep "$1"
}

load_module
ns_pair
nfg_enable app
in_ns app sysctl -qw net.ipv4.ip_forward=1
in_ns app nft -f - <<'END' || tap_bail "nft rules"
table ip nat {
	chain prerouting {
		type nat hook prerouting priority dstnat;
		udp dport 6081 counter dnat to 10.30.9.9
	}
	chain output {
		type nat hook output priority -100;
		udp dport 6081 counter dnat to 10.30.9.9
	}
	chain postrouting {
		type nat hook postrouting priority srcnat;
		counter masquerade
	}
}
table ip filter {
	chain input {
		type filter hook input priority filter;
		ct state established counter
	}
}
END

for reinject in l2 route; do
	in_ns app genevectl config set reinject $reinject
	check "$reinject: packets go back" in_ns gen net/probe 10.30.1.10 10.30.1.50
	check_equal "$reinject: no entry for them" "" "$(tracked 6081)"
done
check_equal "no NAT rule has seen one" "" \
	"$(in_ns app nft list ruleset | grep -E 'packets [1-9]')"

# The proof that this test would notice.
nfg_disable app
check "without the module nothing comes back" \
	sh -c '! ip netns exec gen net/probe -c 1 10.30.1.10 10.30.1.50'
check "and the NAT rule gets it" \
	sh -c "ip netns exec app nft list ruleset | grep -q 'packets [1-9].*dnat'"
tap_done
