#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Inner fragments, in any order: later ones follow the first; before it has come
# they are dropped, or with fragments pass they go back.

. ./lib.sh
. flow/lib.sh

# fragments ADDR PEER TEXT WORDS PROTO PACKET...: those of another packet than before
fragments() {
	addr=$1 peer=$2 text=$3 words=$4 of=$5
	shift 5
	id=$((id + 1))
	becomes "$of, $addr: $*: $text" "$words" -w 100 -i $id \
		"$of" "$addr" 1000 "$peer" 53 "$@"
}

flow_scene
ruleset app <<-END
	policy default {
		rule dns outbound proto { tcp, udp } dport 53 accept
		rule ping icmp type echo-request accept
		rule ping6 icmpv6 type echo-request accept
		default drop
	}
END
id=0
for proto in udp icmp; do
	both fragments "in order" "back back back" $proto '>./0' '>./1' '>./2'
	both fragments "the first one first" "back back back" $proto '>./0' '>./2' '>./1'
	both fragments "once more" "back back back back" $proto '>./0' '>./1' '>./1' '>./0'
	both fragments "reply" "back back back" $proto '<./0' '<./1' '<./2'
	both fragments "a later one first" "lost back back" $proto '>./2' '>./0' '>./1'
	both fragments "the last one late" "back back back" $proto '>./0' '>./2' '>./1'
	both fragments "the other way round" "lost lost back" $proto '>./2' '>./1' '>./0'
	both fragments "reply, out of order" "back back back" $proto '<./0' '<./2' '<./1'
	both fragments "reply, a later one first" "lost back back" $proto '<./2' '<./0' '<./1'
done
both fragments "TCP" "back back back" tcp '>A/0' '>A/2' '>A/1'
check "for the reason inner_fragment" stat_is app drops/inner_fragment 16
check "six flows, in spite of all" flows_are length 6

flush
both fragments "a SYN" "back back" tcp '>S/0' '>S/1'
check "what comes behind it is no answer" flows_are '[.[].state] | join(" ")' "syn syn"
flush
both fragments "inbound: refused, and what follows" "lost lost" udp '<./0' '<./1'
check "for the reason policy" stat_is app drops/policy 4
becomes "with another id" lost -w 100 -i 60000 udp $LOCAL4 1000 $PEER4 53 '>./1'
id=60000
fragments $LOCAL4 $PEER4 "a first fragment" back udp '>./0'
becomes "its second one of another endpoint" lost -w 100 -e 01 -i $id \
	udp $LOCAL4 1000 $PEER4 53 '>./1'
becomes "of another protocol" lost -w 100 -i $id tcp $LOCAL4 1000 $PEER4 53 '>A/1'
becomes "of another host" lost -w 100 -i $id udp 10.1.0.11 1000 $PEER4 53 '>./1'
becomes "the other way" lost -w 100 -i $id udp $LOCAL4 1000 $PEER4 53 '<./1'
becomes "and its own" back -i $id udp $LOCAL4 1000 $PEER4 53 '>./1'

settings app fragments pass
both fragments "pass: a later one first" "back back back" udp '>./2' '>./0' '>./1'
both fragments "pass: a reply, a later one first" "back back back" udp '<./2' '<./0' '<./1'
both fragments "pass: later ones only" "back back" udp '>./2' '>./1'
flush
both fragments "pass: refused ones after their first" "lost lost" udp '<./0' '<./1'

settings app fragments drop
inner -n 20000 -w 50 udp 10.1.0.20 1000 $PEER4 53 '>./0' >/dev/null
both fragments "after twenty thousand others" "back back" udp '>./0' '>./1'
check_sums app
tap_done
