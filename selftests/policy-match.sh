#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
# time limit: 240 s
#
# Every match of the language against packets that have it and packets that do
# not.

. ./lib.sh
. flow/lib.sh

# matches MATCH YES... -- NO...: packets as net/inner takes them
matches() {
	match=$1 wanted=back
	shift
	ruleset app <<-END
		set hosts { type addr; elements { 10.9.0.0/24, fd09::10-fd09::1f } }
		set ports { type port; elements { 80, 8000-8099 } }
		set protos { type proto; elements { udp, 132 } }
		set ends { type endpoint; elements { vpce-00123456789abcdef } }
		policy default {
			rule it $match accept
			default drop
		}
	END
	for packet; do
		if [ "$packet" = -- ]; then
			wanted=lost
			continue
		fi
		flush
		# shellcheck disable=SC2086 # words
		becomes "$match: $packet: $wanted" $wanted -w 100 $packet
	done
}

T="tcp $LOCAL4 1000 $PEER4 80 >S"
T6="tcp $LOCAL6 1000 $PEER6 80 >S"
IN="tcp $LOCAL4 1000 $PEER4 80 <S"
IN6="tcp $LOCAL6 1000 $PEER6 80 <S"
U="udp $LOCAL4 1000 $PEER4 80 >."
P="icmp $LOCAL4 1000 $PEER4 0 >."
P6="icmp $LOCAL6 1000 $PEER6 0 >."
R="icmp $LOCAL4 1001 $PEER4 0 <!3.1"
S="132 $LOCAL4 1000 $PEER4 80 >."
E="-e fedcba9876543210 tcp $LOCAL4 1000 $PEER4 80 >S"

flow_scene
matches "" "$T" "$T6" "$U" "$P" "$IN"
matches outbound "$T" "$T6" -- "$IN" "$IN6"
matches inbound "$IN" "$IN6" -- "$T" "$T6"
matches ip "$T" "$P" -- "$T6"
matches ip6 "$T6" "$P6" -- "$T"
matches tcp "$T" "$T6" -- "$U" "$P"
matches udp "$U" -- "$T" "$P"
matches "proto sctp" "$S" -- "$T" "$U"
matches "proto 6" "$T" -- "$U"
matches "proto { tcp, 132 }" "$T" "$S" -- "$U" "$P"
matches "proto @protos" "$U" "$S" -- "$T"
matches "proto != udp" "$T" "$P" -- "$U"
matches "icmp" "$P" -- "$P6" "$T"
matches "icmpv6" "$P6" -- "$P"
matches "icmp type echo-request" "$P" -- "$P6" "$R" "$T"
matches "icmp type destination-unreachable code 1" "$R" -- "$P"
matches "icmp type 3 code 2" -- "$R"
matches "icmpv6 type echo-request" "$P6" -- "$P"
matches "saddr $LOCAL4" "$T" "$P" -- "$IN" "$T6"
matches "saddr 10.1.0.0/16" "$T" -- "$IN" "$T6"
matches "saddr 10.1.0.9-10.1.0.11" "$T" -- "tcp 10.1.0.12 1000 $PEER4 80 >S"
matches "saddr { $LOCAL6, 10.1.0.0/30 }" "$T6" "tcp 10.1.0.3 1 $PEER4 80 >S" -- "$T"
matches "saddr != 10.1.0.0/16" "$IN" "$T6" -- "$T"
matches "daddr @hosts" "$T" "$T6" -- "$IN" "$IN6" "tcp $LOCAL6 1000 fd09::20 80 >S"
matches "daddr != @hosts" "$IN" -- "$T" "$T6"
matches "daddr ::/0" "$T6" -- "$T"
matches "daddr 0.0.0.0/0" "$T" -- "$T6"
matches "sport 1000" "$T" "$U" -- "$IN" "$P"
matches "sport != 1000" "$IN" -- "$T" "$U" "$P"
matches "dport 80" "$T" "$U" "$T6" -- "$IN" "$P"
matches "tcp dport 0-79" -- "$T"
matches "tcp dport 80-65535" "$T" "$IN" -- "$U"
matches "tcp dport { 79, 81 }" -- "$T"
matches "dport @ports" "$T" "tcp $LOCAL4 1 $PEER4 8099 >S" -- "tcp $LOCAL4 1 $PEER4 8100 >S"
matches "dport != @ports" "tcp $LOCAL4 1 $PEER4 8100 >S" -- "$T"
matches "endpoint vpce-00123456789abcdef" "$T" "$IN" -- "$E"
matches "endpoint != @ends" "$E" -- "$T"
matches "outbound ip tcp saddr 10.0.0.0/8 sport 1000 daddr @hosts dport @ports endpoint @ends" \
	"$T" -- "$E" "$U" "$IN" "$T6" "tcp $LOCAL4 1001 $PEER4 80 >S"
check_sums app
tap_done
