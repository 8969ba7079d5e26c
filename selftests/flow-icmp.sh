#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# A ping that is allowed lets its replies in and nothing else: no pings of the
# other side with the same id, no other queries, no errors of another type.

. ./lib.sh
. flow/lib.sh

# ping ADDR PEER OTHER_QUERY ITS_REPLY
ping() {
	becomes "$1: a ping" "back back back" icmp "$1" 77 "$2" 0 '>.' '<.' '>.'
	becomes "$1: the peer's ping with the same id" lost -w 100 icmp "$2" 77 "$1" 0 '>.'
	becomes "$1: another id" lost -w 100 icmp "$1" 78 "$2" 0 '<.'
	becomes "$1: other messages with the same id" "lost lost" -w 100 \
		icmp "$1" 77 "$2" 0 ">$3" "<$4"
	becomes "$1: the ping goes on" "back back" icmp "$1" 77 "$2" 0 '>.' '<.'
}

# one_error ADDR PEER ALLOWED OTHER: both quote no flow
one_error() {
	becomes "$1: an error that a rule allows" back udp "$1" 9 "$2" 9 "<!$3"
	becomes "$1: one that it does not" lost -w 100 udp "$1" 9 "$2" 9 "<!$4"
	becomes "$1: again the first" back udp "$1" 9 "$2" 9 "<!$3"
}

flow_scene
ruleset app <<-END
	policy default {
		rule ping outbound icmp type echo-request accept
		rule ping6 outbound icmpv6 type echo-request accept
		rule unreachable icmp type destination-unreachable accept
		rule unreachable6 icmpv6 type destination-unreachable accept
		default drop
	}
END
ping $LOCAL4 $PEER4 13.0 14.0
ping $LOCAL6 $PEER6 133.0 134.0
one_error $LOCAL4 $PEER4 3.1 11.0
one_error $LOCAL6 $PEER6 1.0 3.0
check "refused for the reason policy" stat_is app drops/policy 10
check_sums app
tap_done
