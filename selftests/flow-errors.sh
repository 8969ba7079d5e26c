#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# ICMP errors belong to the flow they quote: they pass where no rule allows ICMP,
# both ways, from any router, and are counted there; they fall with it. What quotes no
# flow, or goes to neither of its ends, is judged like all packets.

. ./lib.sh
. flow/lib.sh

# errors ROUTER ERRORS ADDR PEER
errors() {
	for proto in udp tcp icmp; do
		connect $proto "$3" 1000 "$4" 53
		for error in $2; do
			becomes "$proto, $3: error $error to either side" "back back" \
				-r "$1" $proto "$3" 1000 "$4" 53 "<!$error" ">!$error"
		done
		becomes "$proto, $3: from the peer itself" back $proto "$3" 1000 "$4" 53 "<!$error"
	done
	check "$3: three flows" flows_are length 3
	becomes "$3: it quotes another port" "lost lost" -w 100 -r "$1" -q 999 \
		udp "$3" 1000 "$4" 53 "<!$error" ">!$error"
	becomes "$3: of another endpoint" lost -w 100 -r "$1" -e 01 \
		udp "$3" 1000 "$4" 53 "<!$error"
	inner -w 50 udp "$3" 1000 "$4" 99 '>.' >/dev/null
	becomes "$3: it quotes a flow that is refused" "lost lost" -w 100 -r "$1" \
		udp "$3" 1000 "$4" 99 "<!$error" ">!$error"
	becomes "$3: to somebody else" "lost lost" -w 100 -r "$1" -t "$5" \
		udp "$3" 1000 "$4" 53 "<!$error" ">!$error"
	flush
}

# counted TEXT ORIGINATOR OTHER_SIDE: packets of the flow, and of the rule dns since
counted() {
	check "$1: counted to the flow" flows_are '.[] | "\(.packets) \(.reply_packets)"' "$2 $3"
	check_equal "$1: counted to the rule" $(($2 + $3)) "$(($(dns_packets) - dns_before))"
}

dns_packets() {
	genevectl -n app -j rule list default | jq '.[] | select(.name == "dns") | .packets'
}

# counters ADDR PEER ROUTER ERROR: of each direction, in whatever way it quotes
counters() {
	dns_before=$(dns_packets)
	connect udp "$1" 1000 "$2" 53
	becomes "$1: to the originator" "back back" -r "$3" udp "$1" 1000 "$2" 53 "<!$4" "<!$4"
	counted "$1: to the originator" 1 3
	becomes "$1: to the other side" back -r "$3" udp "$1" 1000 "$2" 53 ">!$4"
	counted "$1: to the other side" 2 3
	becomes "$1: to the originator, quoting what it got" back -m -r "$3" \
		udp "$1" 1000 "$2" 53 "<!$4"
	counted "$1: to the originator, quoting what it got" 2 4
	becomes "$1: to the other side, quoting what it got" "back back" -m -r "$3" \
		udp "$1" 1000 "$2" 53 ">!$4" ">!$4"
	counted "$1: to the other side, quoting what it got" 4 4
	flush
}

# falls ADDR PEER ERROR: errors that stand for themselves are allowed, the flow is not
falls() {
	ruleset app <<-END
		policy default { rule dns udp dport 53 accept; default drop; }
	END
	connect udp "$1" 1000 "$2" 53
	ruleset app <<-END
		policy default { rule dns udp dport 53 drop; default accept; }
	END
	becomes "$1: new rules refuse the flow" "lost lost" -w 100 \
		udp "$1" 1000 "$2" 53 "<!$3" ">!$3"
	becomes "$1: and an error about no flow passes" back -q 999 udp "$1" 1000 "$2" 53 "<!$3"
	flush
}

# error_is_lost ADDRESS PEER ERROR
error_is_lost() {
	[ "$(inner -w 50 udp "$1" 1000 "$2" 53 "<!$3")" = lost ]
}

# An error quotes only what its receiver has sent, but is no packet of that flow.
no_refresh() {
	flush
	connect udp "$1" 1000 "$2" 53
	check "$1: errors, one after the other, do not keep a flow" \
		wait_for 10 error_is_lost "$1" "$2" "$3"
}

flow_scene
ruleset app <<-END
	policy default {
		rule dns outbound proto { tcp, udp } dport 53 accept
		rule ping outbound icmp type echo-request accept
		rule ping6 outbound icmpv6 type echo-request accept
		default drop
	}
END
errors 10.7.7.7 "3.0 3.1 3.3 3.4 4.0 5.1 11.0 11.1 12.0" $LOCAL4 $PEER4 10.1.0.99
errors 2001:db8:7::7 "1.0 1.4 2.0 3.0 3.1 4.0" $LOCAL6 $PEER6 fd01::99
check "all others for the reason policy" stat_is app drops/policy 16
counters $LOCAL4 $PEER4 10.7.7.7 11.0
counters $LOCAL6 $PEER6 2001:db8:7::7 3.0
settings app timeout-other 2s
no_refresh $LOCAL4 $PEER4 3.1
no_refresh $LOCAL6 $PEER6 1.0
flows_stay
falls $LOCAL4 $PEER4 3.1
falls $LOCAL6 $PEER6 1.0
check_sums app
tap_done
