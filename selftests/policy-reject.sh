#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
# time limit: 300 s
#
# What rejected packets are answered with: every bit of it, and what is never
# answered. net/answer makes the packets and reads the answers.

. ./lib.sh
. flow/lib.sh

# answers TEXT WANTED ARGUMENT...: net/answer says so of the first packet of a flow
answers() {
	answers_text=$1 answers_wanted=$2
	shift 2
	flush
	check_equal "$answers_text" "$answers_wanted" "$(in_ns gen net/answer "$@" 2>&1)"
}

# silence TEXT ARGUMENT...: no answer, though the rules say reject
silence() {
	silence_text=$1
	shift
	before=$(stat app drops/reject)
	answers "never answered: $silence_text" nothing -w 100 "$@"
	check "but rejected" stat_is app drops/reject $((before + 1))
}

# resets DEV ADDR PEER [OPTION...]
resets() {
	dev=$1 from=$2 to=$3
	shift 3
	text="$dev${*:+ $*}, $from"
	answers "$text: SYN" "RST,ACK seq 0 ack 1001" "$@" "$dev" tcp "$from" "$to" S
	answers "$text: SYN with data" "RST,ACK seq 0 ack 1008" \
		"$@" "$dev" tcp "$from" "$to" S 7
	answers "$text: SYN-ACK" "RST seq 5000 ack 0" "$@" "$dev" tcp "$from" "$to" SA
	answers "$text: data mid-stream" "RST seq 5000 ack 0" \
		"$@" "$dev" tcp "$from" "$to" PA 1000
	answers "$text: FIN" "RST seq 5000 ack 0" "$@" "$dev" tcp "$from" "$to" FA
}

# errors DEV ADDR PEER PING ERROR HEADER MAX [OPTION...]: type and code, length of
# the IP header, longest quote
errors() {
	dev=$1 from=$2 to=$3 ping=$4 error=$5 header=$6 max=$7
	shift 7
	text="$dev${*:+ $*}, $from"
	answers "$text: UDP" "ICMP $error quoting $((header + 18))" \
		"$@" "$dev" udp "$from" "$to" 10
	answers "$text: a long datagram" "ICMP $error quoting $max" \
		"$@" "$dev" udp "$from" "$to" 4001
	answers "$text: ping" "ICMP $error quoting $((header + 64))" \
		"$@" "$dev" icmp "$from" "$to" "$ping"
}

# all DEV [OPTION...]: answers to every kind of packet
all() {
	all_dev=$1
	shift
	resets "$all_dev" $LOCAL4 $PEER4 "$@"
	resets "$all_dev" $LOCAL6 $PEER6 "$@"
	errors "$all_dev" $LOCAL4 $PEER4 8 3/3 20 548 "$@"
	errors "$all_dev" $LOCAL6 $PEER6 128 1/4 40 1232 "$@"
}

# with HOW PROTO ANSWER4 ANSWER6 ARGUMENT...: what the rule says
with() {
	how=$1 proto=$2 answer4=$3 answer6=$4
	shift 4
	ruleset app <<-END
		policy default {
			rule r $proto reject with $how
			default drop
		}
	END
	answers "$proto reject with $how" "$answer4" va "$proto" $LOCAL4 $PEER4 "$@"
	answers "$proto reject with $how, IPv6" "$answer6" va "$proto" $LOCAL6 $PEER6 "$@"
}

# vlan NS DEV CIDR PEER MAC: a VLAN device on it
vlan() {
	ip -n "$1" link add link "$2" name "$2.5" type vlan id 5
	ns_device "$1" "$2.5" "$3" "$4" "$5"
}

flow_scene
ruleset app <<-END
	policy default { default reject }
END
all va
all va -z
settings app reinject route
all va
settings app reinject l2
check_equal "nothing went back" 0 "$(stat app stats/tx_packets)"
check_equal "every answer is counted" 48 "$(genevectl -n app -j stats | jq .answers)"

check "the next packet of a flow is answered, too" \
	[ "$(in_ns gen net/answer -n 3 va udp $LOCAL4 $PEER4 10)" = 3 ]
silence "RST" va tcp $LOCAL4 $PEER4 R
silence "RST of an open connection, IPv6" va tcp $LOCAL6 $PEER6 RA
for type in 3 5 11 12; do
	silence "ICMP error $type" va icmp $LOCAL4 $PEER4 $type
done
for type in 1 2 3 4 137; do
	silence "ICMPv6 error $type" va icmp $LOCAL6 $PEER6 $type
done
silence "a first fragment" -f 0 va udp $LOCAL4 $PEER4 16
silence "a later fragment" -f 24 va udp $LOCAL4 $PEER4 16
silence "a first fragment, IPv6" -f 0 va udp $LOCAL6 $PEER6 16
silence "a later fragment, IPv6" -f 24 va udp $LOCAL6 $PEER6 16
for addr in 0.0.0.0 127.0.0.1 224.0.0.5 255.255.255.255; do
	silence "from $addr" va udp $addr $PEER4 10
	silence "to $addr" va udp $LOCAL4 $addr 10
done
for addr in :: ::1 ff02::5; do
	silence "from $addr" va udp $addr $PEER6 10
	silence "to $addr" va udp $LOCAL6 $addr 10
done

with tcp-reset tcp "RST,ACK seq 0 ack 1001" "RST,ACK seq 0 ack 1001" S
with admin-prohibited tcp "ICMP 3/13 quoting 40" "ICMP 1/1 quoting 60" S
with port-unreachable tcp "ICMP 3/3 quoting 40" "ICMP 1/4 quoting 60" S
with admin-prohibited udp "ICMP 3/13 quoting 38" "ICMP 1/1 quoting 58" 10
with port-unreachable udp "ICMP 3/3 quoting 38" "ICMP 1/4 quoting 58" 10

# A second for the bucket to fill, of which as many again may come meanwhile.
settings app reject-rate 20
before=$(genevectl -n app -j stats | jq .answers)
flood=$(in_ns gen net/answer -n 400 va udp $LOCAL4 $PEER4 10)
check "of 400 packets few are answered: $flood" [ "$flood" -ge 20 -a "$flood" -le 100 ]
check_equal "the counters say so" "$flood $((400 - flood))" "$(genevectl -n app -j stats |
	jq -r "\"\(.answers - $before) \(.answers_suppressed)\"")"
settings app reject-rate 0
answers "rate 0" nothing -w 100 va udp $LOCAL4 $PEER4 10
settings app reject-rate 1000

vlan gen va 10.30.5.10/24 10.30.5.50 02:00:00:00:00:02
vlan app vb 10.30.5.50/24 10.30.5.10 02:00:00:00:00:01
ruleset app <<-END
	policy default { default reject }
END
all va.5
check_sums app
tap_done
