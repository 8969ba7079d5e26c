#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# genevectl explain: captures of every kind and packets as digits; each step, for
# people and as JSON; what cannot be explained; and that nothing changes by asking.
# shellcheck disable=SC2016 # sh -c expands

. ./lib.sh
. tool/lib.sh
. flow/lib.sh

file=/tmp/tool-explain.pcap
id=vpce-00123456789abcdef

# listen FILE N TCPDUMP_ARGUMENT...: to N packets of va
listen() {
	listen_file=$1 listen_n=$2
	shift 2
	listener_start gen timeout "$(slow 20)" tcpdump -U -c "$listen_n" -w "$listen_file" \
		-i va "$@"
}

# heard: all of them came; timeout says 0 for a tcpdump that it had to end
heard() {
	wait "$LISTENER" && grep -q "^$listen_n packet" /run/listener ||
		tap_bail "tcpdump" "$(cat /run/listener)"
}

# capture FILE N TCPDUMP_OPTION... -- INNER_ARGUMENT...: N packets on their way
capture() {
	capture_file=$1 capture_n=$2 capture_options=
	shift 2
	while [ "$1" != -- ]; do
		capture_options="$capture_options $1"
		shift
	done
	shift
	# shellcheck disable=SC2086 # words
	listen "$capture_file" "$capture_n" $capture_options
	inner -w 50 "$@" >/dev/null
	heard
}

# asked FILTER VALUE [FILE]: of the explanation of a capture
asked() {
	json_is "$1" "$2" -n app explain "${3-$file}"
}

# digits FILE: its packets as tcpdump -x prints them
digits() {
	tcpdump -r "$1" -nxt 2>/dev/null | grep '^[[:space:]]*0x'
}

# told FILE PATTERN...: the explanation has these lines
told() {
	genevectl -n app explain "$1" >/tmp/tool-told || return
	shift
	for told_pattern; do
		grep -Eqx -- "$told_pattern" /tmp/tool-told && continue
		echo "no line $told_pattern in"
		cat /tmp/tool-told
		return 1
	done
}

# what changes when packets are handled
counters() {
	genevectl -n app -j stats
	genevectl -n app -j flow list | jq 'map(del(.age_ms, .idle_ms, .expires_ms))'
	genevectl -n app -j rule list
}

flow_scene
ruleset app <<-'END'
	set bad { type addr; elements { 192.0.2.0/24, 10.9.0.66 } }
	policy default {
		rule no_bad daddr @bad log drop
		rule telnet tcp dport 23 reject
		rule web outbound tcp dport { 80, 443 } accept
		rule ping icmp type echo-request accept
		default drop
	}
END

# What follows is captured only: the module does not see it.
nfg_disable app
capture $file 1 -s 0 udp -- tcp $LOCAL4 1000 $PEER4 80 '>S'
capture $file.telnet 1 udp -- tcp $LOCAL4 1001 $PEER4 23 '>S'
capture $file.dns 1 udp -- udp $LOCAL4 1002 $PEER4 53 '>.'
capture $file.ping 1 udp -- icmp $LOCAL4 1003 $PEER4 0 '>.'
capture $file.bad 1 udp -- udp $LOCAL4 1004 10.9.0.66 53 '>.'
capture $file.v6 1 udp -- tcp $LOCAL6 1005 $PEER6 443 '>S'
capture $file.reply 1 udp -- tcp $LOCAL4 1000 $PEER4 80 '<SA'
capture $file.later 1 udp -- udp $LOCAL4 1006 $PEER4 80 '>./2'
capture $file.flags 1 udp -- tcp $LOCAL4 1000 $PEER4 80 '>SF'
nfg_enable app
before=$(counters)

check "accepted" asked '.[0] | [.fate, .verdict, .policy, .rule, .reason, .flow, .direction]' \
	'["bounce","accept","default","web",null,null,"outbound"]'
check "rules tried" asked '.[0].rules_tried' \
	'[{"rule":"no_bad","text":"daddr @bad log drop","matches":false,"condition":0,"field":"daddr","value":"10.9.0.10"},{"rule":"telnet","text":"tcp dport 23 reject","matches":false,"condition":1,"field":"dport","value":"80"},{"rule":"web","text":"outbound tcp dport { 80, 443 } accept","matches":true}]'
check "outer header" asked \
	'.[0].outer | [.saddr, .daddr, .proto, .dport, .length]' \
	'["10.30.1.10","10.30.1.50",17,6081,160]'
check "GENEVE" asked '.[0].geneve | [.version, .control, .critical, .vni, .protocol, .options_length]' \
	'[0,false,false,0,2048,32]'
check "options" asked '.[0].geneve.options | map([.class, .type, .critical, .data, .meaning])' \
	'[[264,1,false,"0123456789abcdef","endpoint '$id'"],[264,2,false,"0000000000000000","attachment 0x0000000000000000"],[264,3,false,"39f7f1a7","flow cookie 0x39f7f1a7"]]'
check "endpoint" asked '.[0].endpoint' "\"$id\""
check "inner packet" asked '.[0].inner' \
	'{"proto":"tcp","saddr":"10.1.0.10","daddr":"10.9.0.10","sport":1000,"dport":80,"flags":"SYN","length":92,"fragment":false,"related":false}'
check "number, time and length" asked \
	'.[0] | [.packet, .length, .skipped, (.time | test("^[0-9]{4}-[0-9-]{5}T[0-9:.]{12}[+-]"))]' \
	'[1,174,null,true]'
check "rejected" asked '.[0] | [.fate, .verdict, .rule, .reason]' \
	'["reject","reject","telnet","reject"]' $file.telnet
check "the default" asked '.[0] | [.fate, .verdict, .policy, .rule, .reason, (.rules_tried | length)]' \
	'["drop","drop","default",null,"policy",4]' $file.dns
check "ICMP" asked '.[0] | [.fate, .rule, .inner.type, .inner.id]' \
	'["bounce","ping",8,1003]' $file.ping
check "a set" asked '.[0] | [.fate, .rule, .reason]' '["drop","no_bad","policy"]' $file.bad
check "IPv6" asked '.[0] | [.fate, .rule, .inner.saddr, .geneve.protocol]' \
	'["bounce","web","fd01::10",34525]' $file.v6
check "an answer without its flow" asked '.[0] | [.reply, .direction, .rule, .fate]' \
	'[true,"outbound","web","bounce"]' $file.reply
check "a later fragment that nobody knows" asked '.[0] | [.inner.fragment, .fate, .reason]' \
	'[true,"drop","inner_fragment"]' $file.later
check "impossible flags" asked '.[0] | [.inner.flags, .fate, .reason]' \
	'["FIN,SYN","drop","tcp_state"]' $file.flags
check "pretty JSON says the same" sh -c "[ \"\$(genevectl -n app -p explain $file | jq -S .)\" = \
	\"\$(genevectl -n app -j explain $file | jq -S .)\" ]"

check "for people: accepted" told $file 'packet 1: 174 bytes, [0-9T:.+-]+' \
	'  outer      udp 10\.30\.1\.10:6081 > 10\.30\.1\.50:6081, TTL [0-9]+, id [0-9]+, length 160' \
	'  geneve     version 0, flags none, VNI 0, protocol 0x0800 \(IPv4\), 32 bytes of options' \
	"    option   class 0x0108 type 1, 8 bytes: endpoint $id" \
	'    option   class 0x0108 type 3, 4 bytes: flow cookie 0x39f7f1a7' \
	'  inner      tcp 10\.1\.0\.10:1000 > 10\.9\.0\.10:80 \[SYN\], 92 bytes' \
	'  flow       none' '  direction  outbound' '  policy     default' \
	'    rule     no_bad daddr @bad log drop: no, daddr 10\.9\.0\.10' \
	'    rule     telnet tcp dport 23 reject: no, dport 80' \
	'    rule     web outbound tcp dport \{ 80, 443 \} accept: yes' \
	'  verdict    accept, by rule web' '  fate       goes back'
check "for people: rejected" told $file.telnet '  verdict    reject, by rule telnet' \
	'  fate       dropped and answered: reject, .*'
check "for people: the default" told $file.dns "  verdict    drop, by the policy's default" \
	'  fate       dropped: policy, .*'

check_equal "nothing has changed by asking" "$before" "$(counters)"

# Flows that are there.
inner tcp $LOCAL4 1000 $PEER4 80 '>S' '<SA' '>A' >/dev/null
capture $file.ack 1 src host 10.30.1.10 and udp -- tcp $LOCAL4 1000 $PEER4 80 '>A'
capture $file.data 1 src host 10.30.1.10 and udp -- tcp $LOCAL4 1000 $PEER4 80 '<AP'
before=$(counters)
check "a known flow" asked '.[0] | [.flow.state, .flow_verdict_used, .reply, .verdict, .fate]' \
	'["established",true,false,"accept","bounce"]' $file.ack
check "its other side" asked '.[0] | [.flow.state, .flow_verdict_used, .reply, .fate]' \
	'["established",true,true,"bounce"]' $file.data
check "for people" told $file.ack '  flow       known, its verdict is used' \
	'             .* tcp 10\.1\.0\.10:1000 > 10\.9\.0\.10:80'
check_equal "nothing has changed" "$before" "$(counters)"
echo 'policy default { default drop }' | ruleset app --keep-flows
check "a verdict that was kept" asked '.[0] | [.kept, .policy, .rule, .verdict, .fate]' \
	'[true,null,null,"accept","bounce"]' $file.ack
check "for people: kept" told $file.ack '  verdict    accept, kept over a change of the ruleset'
echo 'policy default { rule all_gone ip drop; default accept }' | ruleset app
check "after a change the rules are asked" asked \
	'.[0] | [.flow_verdict_used, .rule, .reason, .fate]' \
	'[false,"all_gone","policy","drop"]' $file.ack
# The rules are asked for the packet that began, whichever this one is.
echo 'policy default { default accept }' | ruleset app
inner icmp $LOCAL4 1004 $PEER4 0 '>.' >/dev/null
capture $file.echo 1 src host 10.30.1.10 and udp -- icmp $LOCAL4 1004 $PEER4 0 '<.'
capture $file.error 1 src host 10.30.1.10 and udp -- icmp $LOCAL4 1004 $PEER4 0 '<!3.1'
echo 'policy default { rule one tcp drop; rule twelve icmp type 12 drop; default accept }' |
	ruleset app
for packet in echo error; do
	check "the values that rules are compared with: $packet" asked \
		'.[0] | [.flow_verdict_used, (.rules_tried[] | [.field, .value])]' \
		'[false,["proto","icmp"],["dport","type 8 code 0"]]' $file.$packet
done
echo 'policy default { rule all_gone ip drop; default accept }' | ruleset app
genevectl -n app config set mode monitor
check "mode monitor" asked '.[0] | [.fate, .reason]' '["monitor","policy"]' $file.ack
check "mode monitor, for people" told $file.ack \
	'  fate       goes back, but mode enforce would drop it: policy, .*'
genevectl -n app config set mode enforce
genevectl -n app ruleset flush

# Other ways to hand it packets.
# shellcheck disable=SC2046 # words
check "digits as tcpdump -x prints them" json_is '.[0] | [.fate, .inner.sport]' '["bounce",1000]' \
	-n app explain --hex $(digits $file)
plain=$(digits $file | sed 's/.*://' | tr -d ' \t\n')
check "digits in one word" json_is '.[0].inner.sport' 1000 -n app explain --hex "$plain"
check "a capture from standard input" sh -c \
	"genevectl -n app -j explain - <$file | jq -e '.[0].inner.sport == 1000'"
check "no GENEVE version but 0" json_is '.[0] | [.fate, .reason, .geneve.version]' \
	'["drop","geneve_version",1]' \
	-n app explain --hex "$(echo "$plain" | sed 's/^\(.\{52\}\)....08/\1000048/')"
check "not UDP" json_is '.[0] | [.fate, .passed, .geneve]' '["pass","it is not UDP",null]' \
	-n app explain --hex 45000014000000004006646d0a1e010a0a1e0132

# pcapng FILE: what is captured there, in the format pcapng
pcapng() {
	pcapng_data=$(digits "$1" | sed 's/.*://' | tr -d ' \t\n')
	pcapng_len=$((${#pcapng_data} / 2))
	pcapng_pad=$(((4 - pcapng_len % 4) % 4))
	pcapng_total=$((32 + pcapng_len + pcapng_pad))
	{
		echo 0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000
		echo 0100000014000000650000000000000014000000
		echo 06000000"$(le32 $pcapng_total)"0000000000000000
		echo 00000000"$(le32 $pcapng_len)$(le32 $pcapng_len)$pcapng_data"
		printf "%0$((2 * pcapng_pad))d" 0 | head -c $((2 * pcapng_pad))
		le32 $pcapng_total
	} | tr -d '\n' | sed 's/../\\x&/g' >/tmp/tool-escapes
	bash -c 'LC_ALL=C printf "$(cat /tmp/tool-escapes)"'
}

le32() {
	printf '%08x' "$1" | sed 's/\(..\)\(..\)\(..\)\(..\)/\4\3\2\1/'
}

pcapng $file >$file.ng
check "pcapng" asked '.[0] | [.fate, .inner.sport]' '["bounce",1000]' $file.ng

nfg_disable app
capture $file.sll2 1 -i any -y LINUX_SLL2 udp -- tcp $LOCAL4 1010 $PEER4 80 '>S'
capture $file.sll 1 -i any -y LINUX_SLL udp -- tcp $LOCAL4 1011 $PEER4 80 '>S'
capture $file.short 1 -s 60 udp -- tcp $LOCAL4 1012 $PEER4 80 '>S'
nfg_enable app
check "Linux cooked v2" asked '.[0] | [.fate, .inner.sport]' '["bounce",1010]' $file.sll2
check "Linux cooked v1" asked '.[0] | [.fate, .inner.sport]' '["bounce",1011]' $file.sll
check "cut short by the capture" asked '.[0] | [.skipped, .fate]' \
	'["cut short by the capture: 60 of 174 bytes, capture with tcpdump -s 0",null]' $file.short

# A packet and its answer, then ARP.
listen $file.many 4 'udp or arp'
inner tcp $LOCAL4 1013 $PEER4 80 '>S' >/dev/null
ip -n gen neigh del 10.30.1.50 dev va
inner tcp $LOCAL4 1014 $PEER4 80 '>S' >/dev/null
heard
check "several packets" asked 'map([.packet, .fate, .skipped])' \
	'[[1,"bounce",null],[2,"pass",null],[3,null,"not IPv4: ARP, EtherType 0x0806"],[4,null,"not IPv4: ARP, EtherType 0x0806"]]' \
	$file.many
check "the answer is not for us" asked '.[1].passed' \
	'"its outer destination is not an address of this host"' $file.many
check "for people: several" told $file.many \
	'  fate       not for us, left untouched: its outer destination is not an address of this host' \
	'  skipped    not IPv4: ARP, EtherType 0x0806'
check_equal "blank lines between packets" 3 "$(genevectl -n app explain $file.many | grep -c '^$')"

head -c 100 $file >$file.cut
run -n app -j explain $file.cut
check_equal "a file that ends too early" "1: genevectl: explain: '$file.cut': truncated dump file; tried to read 174 captured bytes, only got 60" \
	"$RUN_STATUS: $RUN_ERR"
check_equal "its JSON is whole" '[]' "$RUN_OUT"
{ head -c 20 $file; printf '\223\000\000\000'; } >$file.link
refuses "a link type that is not known" 1 \
	"explain: '$file.link': link type DLT 147: expected Ethernet, Linux cooked, raw IP or loopback" \
	-n app explain $file.link

rm -f $file $file.*
tap_done
