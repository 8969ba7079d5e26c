#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Elements of sets that go by themselves, and sets that change without the rules:
# the next packet of a flow feels it.

. ./lib.sh
. flow/lib.sh

elements() {
	genevectl -n app -j set list "$1" | jq -c '[.. | .elements? // empty | length] | add'
}

# now WORD PEER...: what becomes of datagrams to these
now() {
	now_word=$1
	shift
	for now_peer; do
		[ "$(inner -w 100 udp $LOCAL4 1000 "$now_peer" 80 '>.')" = "$now_word" ] ||
			return 1
	done
}

flow_scene
short=$(slow 5)
ruleset app <<-END
	set bad {
		type addr; timeout 1h
		elements { 10.9.0.1 timeout ${short}s, 10.9.0.2, 10.9.0.3 timeout ${short}s }
	}
	set good { type addr; elements { 192.0.2.1 timeout ${short}s, 192.0.2.2 } }
	policy default {
		rule bad daddr @bad drop
		rule local daddr 10.0.0.0/8 accept
		rule good daddr @good accept
		default drop
	}
END
start=$(uptime_ms)
check "elements with a timeout are there" now lost 10.9.0.1 10.9.0.2 10.9.0.3
check "in the other set, too" now back 192.0.2.1 192.0.2.2
check "they go" wait_for 20 now back 10.9.0.1 10.9.0.3
check "not before their time" [ $(($(uptime_ms) - start)) -ge $((short * 900)) ]
check "in the other set, too: the flow is cut" wait_for 20 now lost 192.0.2.1
check "the others stay" now lost 10.9.0.2
check "the others stay in the other set" now back 192.0.2.2
check "one element is left" [ "$(elements bad)" = 1 ]

check "an element comes" genevectl -n app set add good 192.0.2.1
check "the flow goes on" now back 192.0.2.1
check "it goes" genevectl -n app set delete good 192.0.2.1
check "the flow is cut" now lost 192.0.2.1
check "one comes for $short s" genevectl -n app set add bad 10.9.0.4 timeout "${short}s"
check "the flow is cut" now lost 10.9.0.4
check "and goes on" wait_for 20 now back 10.9.0.4
check "one with the set's own timeout" genevectl -n app set add bad 10.9.0.5
sleep 1
check "is still there" now lost 10.9.0.5

# A change that keeps flows: elements that go by themselves do not end that.
genevectl -n app ruleset flush
connect tcp $LOCAL4 1000 $PEER4 80
connect tcp $LOCAL4 2000 $PEER4 80
connect tcp $LOCAL4 3000 $PEER4 80

# keep ADDR SECONDS: a change that keeps flows, and accepts those to ADDR for a while
keep() {
	ruleset app --keep-flows <<-END
		set short { type addr; elements { $1 timeout ${2}s } }
		policy default {
			rule short daddr @short accept
			default drop
		}
	END
}
keep 192.0.2.7 "$short"
check "with an element" now back 192.0.2.7
connect udp $LOCAL4 2000 192.0.2.7 80
becomes "a flow is kept" back tcp $LOCAL4 1000 $PEER4 80 '>A'
check "an element goes" wait_for 20 now lost 192.0.2.7
becomes "the flow is still kept" back tcp $LOCAL4 1000 $PEER4 80 '>A'
becomes "as is one that was silent meanwhile" back tcp $LOCAL4 2000 $PEER4 80 '>A'
keep 192.0.2.8 "$(slow 60)"
becomes "a second change that keeps flows" back tcp $LOCAL4 1000 $PEER4 80 '>A'
becomes "keeps one that was silent since before the first" back tcp $LOCAL4 3000 $PEER4 80 '>A'
becomes "but none that an element has let pass, and that is gone" lost -w 100 \
	udp $LOCAL4 2000 192.0.2.7 80 '>.'
genevectl -n app set add short 192.0.2.8
becomes "an edit ends it" lost -w 100 tcp $LOCAL4 1000 $PEER4 80 '>A'
becomes "for both" lost -w 100 tcp $LOCAL4 2000 $PEER4 80 '>A'
check_sums app
tap_done
