#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# time limit: 600 s
#
# Packets that are nearly right, in all layers, while rulesets and settings change:
# what comes back and what is counted is what module/core says, byte for byte, and
# in the end the appliance answers and owns as it did before.
#
# PACKETS of them of SEED, from number FIRST on. A failure tells the number of a packet:
# FIRST=NUMBER PACKETS=1 sends it again, in each of the rounds.

. ./lib.sh
. inject/scene.sh
. ./memory.sh

PACKETS=${PACKETS:-50000} SEED=${SEED:-1} FIRST=${FIRST:-0}
STOP=/run/hostile.stop ROUND=0

# rules NUMBER: a ruleset of all that rules can have; two endpoints are the same in all
rules() {
	cat <<-END
		set hosts { type addr; elements { 10.9.0.10-10.9.0.13, fd09::/125 } }
		set ports { type port; elements { 53, 80, 1000-1003 } }
		set protos { type proto; elements { udp, 132, 47 } }
		set ends { type endpoint; elements { vpce-04444444444444444 } }
		policy open { default accept }
		policy closed { default drop }
		endpoint vpce-01111111111111111 { policy open }
		endpoint vpce-02222222222222222 { policy closed }
	END
	case $1 in
	1) cat <<-END
		policy default {
			rule few limit 100/second burst 50 tcp dport { 22, 23 } accept
			rule hosts outbound ip daddr @hosts log accept
			rule ports inbound proto @protos dport != @ports reject
			rule reset tcp sport 1000-1003 reject with tcp-reset
			rule ping icmp type echo-request accept
			rule errors icmp type destination-unreachable code 0-13 $LOG reject
			default log reject with admin-prohibited
		}
		END
		;;
	2) cat <<-END
		policy mine {
			rule v6 ip6 saddr fd01::/16 daddr != @hosts reject with port-unreachable
			rule ends endpoint @ends accept
			rule SCTP sctp dport @ports limit 10/second $LOG accept
			default log accept
		}
		policy default {
			rule all saddr { 10.0.0.0/8, fd00::/8 } sport != 80 accept
			default limit 1000/second accept
		}
		endpoint vpce-03333333333333333 { name three; policy mine }
		END
		;;
	3) cat <<-END
		policy default {
			rule not endpoint != @ends proto != @protos drop
			rule UDP udp sport 0-1023 dport 0-65535 reject
			rule six icmpv6 type echo-request log reject
			default drop
		}
		END
		;;
	esac
}

# Until $STOP is there: one ruleset, one set of settings after the other.
change() {
	while [ ! -e $STOP ]; do
		for set in "1 drop on 100000" "2 pass off 2000" "3 drop off 500" "2 drop on 100000"; do
			# shellcheck disable=SC2086 # words
			set -- $set
			genevectl -n app ruleset apply /run/rules."$1" ||
				genevectl -n app ruleset apply --keep-flows /run/rules."$1"
			genevectl -n app config set fragments "$2" tcp-pickup "$3" flow-max "$4"
			genevectl -n app -j flow list addr 10.9.0.10 >/dev/null
			genevectl -n app ruleset apply --keep-flows /run/rules."$1"
			genevectl -n app flow flush >/dev/null
			sleep 0.5
		done
	done
}

# listen: somebody hears the events, and NFLOG
listen() {
	genevectl -n app monitor >/dev/null &
	[ -z "$LOG" ] || ip netns exec app tcpdump -i nflog:5 -w /dev/null 2>/dev/null &
}

# scene PAIR: with the first ruleset in force
scene() {
	inject_scene "$1"
	set_config local 10.1.0.0/16,fd01::/16 flow-full forward reject-rate 1000000 \
		log-rate 50
	! modprobe -q nfnetlink_log || LOG="log group 5"
	for number in 1 2 3; do
		rules $number >/run/rules.$number
	done
	genevectl -n app ruleset apply /run/rules.1 || tap_bail "the ruleset"
}

# hostile TEXT COUNT [OPTION...]: under changes
hostile() {
	hostile_text=$1 hostile_count=$(($2 > 0 ? $2 : 1))
	shift 2
	rm -f $STOP
	change >/run/change.log 2>&1 &
	hostile_job=$!
	hostile_status=0
	in_ns gen hostile/packets -s $((SEED * 10 + ROUND)) -f "$FIRST" -n $hostile_count "$@" \
		>/run/packets.log 2>&1 || hostile_status=$?
	: >$STOP
	wait $hostile_job
	if [ $hostile_status = 0 ]; then
		sed -n '$p' /run/packets.log
		tap_ok "$hostile_text"
	else
		tap_fail "$hostile_text" "packets $*: status $hostile_status
$(head -c 20000 /run/packets.log)"
	fi
	check_equal "rulesets changed without complaint" "" "$(cat /run/change.log)"
	check_sums
}

# round PAIR SETTINGS TEXT COUNT [OPTION...]: all is made anew, then taken away again
round() {
	ROUND=$((ROUND + 1))
	scene "$1"
	listen
	# shellcheck disable=SC2086 # words
	[ -z "$2" ] || set_config $2
	shift 2
	hostile "$@"
	genevectl -n app ruleset flush || tap_fail "ruleset flush"
	set_config mode enforce reinject l2 fragments pass flow-max 262144 tcp-pickup on
	genevectl -n app flow flush >/dev/null
	inject "then it answers as ever" vectors $VECTORS
	net_cleanup
}

insmod inject/nfg_forge.ko || tap_bail "insmod nfg_forge.ko"
LOG=
dmesg_mark
round ns_pair "" "a thousand packets, for all that is made once" 1000
memory_count /run/memory.first
round ns_pair "" "packets by veth and in all layouts" $((PACKETS * 8 / 10))
round ns_pair "mode monitor" "mode monitor" $((PACKETS / 10)) -m
round ns_pair "reinject route" "reinject route" $((PACKETS / 10)) -r
check "no memory is lost" memory_same /run/memory.first
check "kmemleak finds nothing" leaks_none
check "the kernel has nothing to complain about" dmesg_clean
rmmod nfg_forge
tap_done
