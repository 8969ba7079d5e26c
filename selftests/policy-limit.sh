#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Limits: so many packets of originators, no more, whatever the verdict; the bucket
# fills again, and goes on over a change of the ruleset that leaves the rule alone.

. ./lib.sh
. flow/lib.sh

# limits RULE...: in force, and no flow is left
limits() {
	ruleset app <<-END
		policy default {
			$*
			default drop
		}
	END
	flush
}

flow_scene
limits "rule r outbound udp dport 53 limit 3/day accept"
check_equal "a bucket holds the count" "back back back lost" "$(
	for port in 1 2 3 4; do
		inner -w 100 udp $LOCAL4 100$port $PEER4 53 '>.'
	done | paste -sd' ')"
check "the fourth was over the limit" stat_is app drops/limit 1
check "and made no flow" flows_are "$PORTS" "1001 1002 1003"
becomes "IPv6 takes from the same bucket" lost -w 100 udp $LOCAL6 1000 $PEER6 53 '>.'
becomes "replies need no token" "back back" udp $LOCAL4 1001 $PEER4 53 '<.' '<.'
becomes "packets of an open flow do" "lost back" -w 100 udp $LOCAL4 1001 $PEER4 53 '>.' '<.'
check "the flow stays" flows_are "$PORTS" "1001 1002 1003"

limits "rule r outbound udp dport 53 limit 3/day burst 2 accept"
becomes "a burst of its own" "back back lost" -w 100 udp $LOCAL6 1000 $PEER6 53 '>.' '>.' '>.'
limits "rule r outbound tcp dport 80 limit 3/day accept"
becomes "TCP: tokens of the originator" "back back back back back lost back" -w 100 \
	tcp $LOCAL4 1000 $PEER4 80 '>S' '<SA' '>A' '<A' '>A' '>A' '<A'

limits "rule r outbound udp dport 53 limit 1/second accept"
becomes "one per second" "back lost" -w 100 udp $LOCAL4 1000 $PEER4 53 '>.' '>.'
sleep 1.1
becomes "a second later" "back lost" -w 100 udp $LOCAL4 1000 $PEER4 53 '>.' '>.'

limits "rule r outbound udp dport 53 limit 2/day drop"
before=$(stat app drops/limit)
becomes "a rule that drops" "lost lost lost" -w 100 udp $LOCAL4 1000 $PEER4 53 '>.' '>.' '>.'
check "says limit for what is over it" stat_is app drops/limit $((before + 1))
limits "rule r outbound udp dport 53 limit 2/day reject"
check_equal "a rule that rejects answers as often" 2 \
	"$(in_ns gen net/answer -n 20 va udp $LOCAL4 $PEER4 10)"

limits "rule r outbound udp dport 53 limit 2/day accept"
becomes "the bucket is empty" "back back lost" -w 100 udp $LOCAL4 1000 $PEER4 53 '>.' '>.' '>.'
limits "rule other outbound tcp dport 22 accept
	rule r outbound udp dport 53 limit 2/day accept"
becomes "and stays so when other rules change" lost -w 100 udp $LOCAL4 1000 $PEER4 53 '>.'
limits "rule r outbound udp dport 53 limit 3/day accept"
becomes "another limit begins anew" "back back back lost" -w 100 \
	udp $LOCAL4 1000 $PEER4 53 '>.' '>.' '>.' '>.'

ruleset app <<-END
	policy default { default limit 2/day accept }
END
flush
becomes "a default may have one, too" "back back lost" -w 100 \
	udp $LOCAL4 1000 $PEER4 53 '>.' '>.' '>.'

# Two senders at once, on as many CPUs as there are.
limits "rule r outbound udp dport 53 limit 500/day accept"
before=$(stat app stats/tx_packets)
inner_start /dev/null -n 1000 udp $LOCAL4 1 $PEER4 53 '>.'
first=$INNER_JOB
inner -l 10.30.1.11 -n 1000 udp $LOCAL6 1 $PEER6 53 '>.' >/dev/null
wait "$first"
check "many CPUs take no token twice" wait_for 5 stat_is app stats/tx_packets $((before + 500))
check_sums app
tap_done
