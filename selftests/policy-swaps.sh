#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# A thousand rulesets, one after the other, under traffic: not a packet is lost,
# of flows old and new, none that all of them refuse gets through, and the rule that
# is in all of them counts every packet.

. ./lib.sh
. flow/lib.sh

SWAPS=1000

# requests: the same traffic is allowed by other rules each time, refused by others
requests() {
	awk -v swaps=$SWAPS 'BEGIN {
		for (n = 1; n <= swaps; n++) {
			name = n % 2 ? "odd" : "even"
			print "begin"
			print "policy default verdict 1"
			for (i = 1; i <= 20; i++)
				print "rule default " name i " verdict 0 cond daddr 192.0.2." i
			print "rule default " name "web verdict 0 cond proto 6 cond dport " \
				(n % 2 ? "80" : "60-99")
			print "rule default " name "dns verdict 0 cond proto 17 cond dport " \
				(n % 2 ? "53" : "50-60")
			print "rule default ntp verdict 0 cond direction 0 cond proto 17 cond dport 123"
			print "rule default " name "ssh verdict 1 cond proto 6 cond dport 22"
			print "commit"
		}
	}'
}

swaps() {
	requests >/run/requests
	in_ns app ruleset/transact </run/requests >/run/answers || return
	if grep -v ok /run/answers; then
		return 1
	fi
	[ "$(wc -l </run/answers)" = "$(wc -l </run/requests)" ]
}

# lost_nothing FILE
lost_nothing() {
	awk '{ print; if ($1 != $3 || $1 < 500) bad = 1 } END { exit bad || !NR }' "$1"
}

flow_scene
for host in 12 13; do
	ip -n gen addr add 10.30.1.$host/24 dev va
done
ruleset app <<-END
	policy default {
		rule first outbound proto { tcp, udp } dport { 53, 80 } accept
		rule ntp outbound udp dport 123 accept
		default drop
	}
END
connect tcp $LOCAL4 1000 $PEER4 80
inner_start /run/old -l 10.30.1.10 -k 0 tcp $LOCAL4 1000 $PEER4 80 '>A' '<AP'
old=$INNER_JOB
inner_start /run/new -l 10.30.1.11 -k 0 -u udp 10.1.0.11 1000 $PEER4 53 '>.' '<.'
new=$INNER_JOB
inner_start /run/no -l 10.30.1.12 -w 20 -k 0 -u tcp 10.1.0.12 1000 $PEER4 22 '>S'
no=$INNER_JOB
inner_start /run/ntp -l 10.30.1.13 -k 0 udp 10.1.0.13 1000 $PEER4 123 '>.' '<.'
check "$SWAPS rulesets" swaps
inner_stop "$old" "$new" "$no" "$INNER_JOB"
tap_note "old: $(cat /run/old); new: $(cat /run/new); refused: $(cat /run/no)"
check "an established flow loses nothing" lost_nothing /run/old
check "nor do new ones" lost_nothing /run/new
check "what all refuse is refused" \
	awk '$1 >= 100 && $3 == 0 { good = 1 } END { exit !good }' /run/no
check "nor does one whose rule stays" lost_nothing /run/ntp
check_equal "that rule has counted each of its packets" "$(cut -d ' ' -f 1 /run/ntp)" \
	"$(genevectl -n app -j rule list default | jq '.[] | select(.name == "ntp") | .packets')"
check "the flows tell a rule of the last one" \
	flows_are '[.[].rule] | unique | join(" ")' evenweb port 80
check_sums app
tap_done
