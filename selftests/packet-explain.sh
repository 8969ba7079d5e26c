#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# time limit: 300 s
#
# genevectl explain says what becomes of packets before it does: of every vector,
# and of the packets of flows as these come and go. It changes nothing.

. ./lib.sh
. inject/scene.sh
. flow/lib.sh

PCAP=/run/explain.pcap

# explained FILTER HEX...: by jq
explained() {
	explained_filter=$1
	shift
	genevectl -n app -j explain --hex "$@" | jq -c ".[0] | $explained_filter"
}

# Everything that a packet could change, and time could not.
counters() {
	in_ns app sh -c 'cat /sys/kernel/nf_geneve/net/stats/* /sys/kernel/nf_geneve/net/drops/*'
	for counters_of in stats "endpoint list" "flow list" "rule list"; do
		# shellcheck disable=SC2086 # two words
		genevectl -n app -j $counters_of |
			jq -c 'walk(if type == "object" then del(.age_ms, .idle_ms, .expires_ms) else . end)'
	done
}

# All vectors as a capture of raw IP, in big-endian pcap.
vectors_capture() {
	{
		printf a1b2c3d400020004000000000000000000040000%08x 101
		awk '!/^#/ && NF == 3 {
			printf "0000000000000000%08x%08x%s", length($3) / 2, length($3) / 2, $3
		}' $VECTORS
	} | busybox xxd -r -p >/run/vectors.pcap
}

# What every vector should become, and what is said.
vectors_wanted() {
	awk '!/^#/ && NF == 3 {
		fate = $2
		sub(":", " ", fate)
		print $1 " " fate
	}' $VECTORS
}

vectors_told() {
	genevectl -n app -j explain /run/vectors.pcap |
		jq -r '.[] | [.fate, .reason // empty] | join(" ")' >/run/told
	vectors_wanted | cut -d' ' -f1 | paste -d' ' - /run/told
}

vectors_agree() {
	vectors_capture
	vectors_wanted >/run/wanted
	vectors_told >/run/told.all
	[ "$(wc -l </run/wanted)" -gt 300 ] && diff /run/wanted /run/told.all
}

inject_scene ns_pair
nfg_disable app
counters >/run/before
check "every vector, not enabled" vectors_agree
counters >/run/after
check "nothing has changed" cmp /run/before /run/after
bad=$(sed -n 's/^[^ ]* drop:udp_checksum //p' $VECTORS | head -n 1)
set_config mode monitor
check_equal "mode monitor" '["monitor","udp_checksum"]' "$(explained '[.fate, .reason]' "$bad")"
set_config mode enforce enabled yes
check_equal "too short for a header" '["pass",true]' \
	"$(explained '[.fate, (.passed | contains("IPv4 header"))]' 4500)"

# The packets of the second half are caught on their way to a host that does nothing
# with them; then they are explained and sent one after the other.
rules() {
	ruleset app "$@" <<-END
		set servers { type addr; elements { 10.9.0.0/24, fd09::/64 } }
		policy default {
			rule web outbound tcp daddr @servers dport 80 accept
			rule dns outbound udp daddr @servers dport 53 accept
			rule few outbound udp dport 54 limit 1/day accept
			rule ssh inbound tcp dport 22 accept
			rule no outbound tcp dport 22 reject
			rule never outbound icmp reject
			default drop
		}
	END
}

packets() {
	cat <<-END
		udp $LOCAL4 1000 $PEER4 53 <.
		udp $LOCAL4 1000 $PEER4 53 >.
		udp $LOCAL4 1000 $PEER4 53 <.
		udp $LOCAL4 1000 $PEER4 53 <!3.3
		udp $LOCAL4 1000 $PEER4 53 >!3.3
		udp $LOCAL4 1001 $PEER4 53 <!3.3
		udp $LOCAL4 1000 $PEER4 54 >.
		udp $LOCAL4 1000 $PEER4 54 >.
		udp $LOCAL4 1000 $PEER4 54 <.
		udp $LOCAL6 1000 $PEER6 53 >/1
		udp $LOCAL6 1000 $PEER6 53 >/0
		udp $LOCAL6 1000 $PEER6 53 >/1
		tcp $LOCAL4 1000 $PEER4 80 >S
		tcp $LOCAL4 1000 $PEER4 80 >A
		tcp $LOCAL4 1000 $PEER4 80 <SA
		tcp $LOCAL4 1000 $PEER4 80 >A
		tcp $LOCAL4 1000 $PEER4 80 <S
		tcp $LOCAL4 1000 $PEER4 80 >SF
		tcp $LOCAL4 1000 $PEER4 80 >R
		tcp $LOCAL4 1000 $PEER4 80 >S
		tcp $LOCAL6 1000 $PEER6 80 >A
		tcp $LOCAL6 1000 $PEER6 80 <A
		tcp $LOCAL6 1001 $PEER6 80 <A
		tcp $LOCAL6 1002 $PEER6 80 <SA
		tcp $LOCAL6 1003 $PEER6 80 <S
		tcp $LOCAL4 1000 $PEER4 22 >S
		tcp $LOCAL4 1000 $PEER4 22 >R
		tcp $PEER4 1000 $LOCAL4 22 >S
		icmp $LOCAL4 1000 $PEER4 0 >.
		icmp $LOCAL4 1000 $PEER4 0 >.
		icmp $LOCAL6 1000 $PEER6 0 >.
		50 $LOCAL6 0 $PEER6 0 >.
	END
}

# send WORDS...: one packet; what became of it
send() {
	inner -w 100 "$@" 2>&1
}

catch() {
	nfg_disable app
	listener_start gen tcpdump -U -s 0 -Q out -i va -w $PCAP udp dst port 6081
	packets | while read -r packet; do
		# shellcheck disable=SC2086 # words
		inner -w 10 $packet >/dev/null
	done
	wait_for 5 caught "$(packets | wc -l)" || tap_bail "all packets are caught"
	listener_end
	nfg_enable app
}

caught() {
	[ "$(tcpdump -nr $PCAP 2>/dev/null | wc -l)" = "$1" ]
}

# word_of FATE: the word net/inner has for it
word_of() {
	case $1 in
	bounce) echo back ;;
	drop) echo lost ;;
	reject) echo other ;;
	*) echo "$1?" ;;
	esac
}

# Explains all packets, sends the one that is next, and so on.
tell_and_send() {
	number=0
	packets >/run/packets
	while read -r packet <&3; do
		number=$((number + 1))
		fate=$(genevectl -n app -j explain $PCAP |
			sed -n 's/.*"fate":"\([a-z]*\)".*/\1/p' | sed -n "${number}p")
		# shellcheck disable=SC2086 # words
		check_equal "$1: $packet: $fate" "$(word_of "$fate")" "$(send $packet)"
	done 3</run/packets
}

set_config fragments drop local $LOCAL_PREFIXES
catch
set_config timeout-established 1d timeout-other 1d timeout-half-open 1d timeout-closing 1d \
	timeout-denied 1d
rules
flush
tell_and_send "from scratch"
tell_and_send "once more"
sed -i 's/accept/drop/; s/default drop/default accept/' /run/ruleset
genevectl -n app ruleset apply --keep-flows /run/ruleset || tap_bail "other rules"
tell_and_send "other rules"
set_config tcp-pickup off mode enforce fragments pass
flush
tell_and_send "no pick-up"
counters >/run/before
genevectl -n app -j explain $PCAP >/dev/null
counters >/run/after
check "explaining has changed nothing" cmp /run/before /run/after

# what FILTER NUMBER: of the packet with that number
what() {
	genevectl -n app -j explain $PCAP | jq -c ".[$2 - 1] | $1"
}

rules
flush
genevectl -n app -j explain $PCAP >/dev/null
becomes "explaining has taken no token" "back lost" -w 100 udp $LOCAL4 1000 $PEER4 54 '>.' '>.'
flush
check_equal "rules that were tried, and why they did not match" \
	'[["web",0,"direction"],["dns",0,"direction"],["few",0,"direction"],["ssh",2,"dport"],["no",0,"direction"],["never",0,"direction"]]' \
	"$(what '[.rules_tried[] | [.rule, .condition, .field]]' 25)"
check_equal "nobody matched" '["inbound","default",null,"drop","policy"]' \
	"$(what '[.direction, .policy, .rule, .verdict, .reason]' 25)"
check_equal "the rule that matches is the last one tried" '["web","dns",true,"accept",false]' \
	"$(what '[.rules_tried[].rule, .rules_tried[1].matches, .verdict, .flow_verdict_used]' 2)"
connect udp $LOCAL4 1000 $PEER4 53
check_equal "a flow's verdict needs no rules" '[true,[],"default","dns",false,"established"]' \
	"$(what '[.flow_verdict_used, .rules_tried, .policy, .rule, .reply, .flow.state]' 2)"
check_equal "a reply" true "$(what .reply 3)"
check_equal "an ICMP error" '[true,"udp","dns"]' "$(what '[.inner.related, .flow.proto, .rule]' 4)"
{
	echo "policy default {"
	port=1
	while [ $port -le 1000 ]; do
		echo "rule r$port outbound udp dport $((port % 900)) accept"
		port=$((port + 1))
	done
	echo "}"
} >/run/many
sed -i '/rule r53 /s/dport 53/dport 5300/' /run/many
genevectl -n app ruleset apply /run/many || tap_bail "many rules"
flush
check_equal "the last 256 of many rules" '[697,256,"r698","r953","r953"]' \
	"$(what '[.rules_skipped, (.rules_tried | length), .rules_tried[0].rule, .rules_tried[-1].rule, .rule]' 2)"
check "the kernel has nothing to complain about" dmesg_clean
tap_done
