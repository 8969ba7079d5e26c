#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Rules count packets and bytes of the flows they decide, both ways; those that
# are the same in the next ruleset go on, others begin anew.

. ./lib.sh
. flow/lib.sh

BYTES=$((20 + 8 + 40 + 20 + 72))

# counted RULE PACKETS
counted() {
	check "rule $1: $2 packets" rule_is "$1" "$2 $(($2 * BYTES))"
}

rule_is() {
	is=$(genevectl -n app -j rule list | jq -r --arg rule "$1" '.. | objects |
		select((.name // "default") == $rule and has("packets")) | "\(.packets) \(.bytes)"')
	[ "$is" = "$2" ] && return
	echo "$1 has counted $is instead of $2"
	return 1
}

flow_scene
ruleset app <<-END
	policy default {
		rule web outbound tcp dport 80 accept
		rule dns outbound udp dport 53 accept
		rule no tcp dport 22 drop
		default drop
	}
END
inner tcp $LOCAL4 1000 $PEER4 80 '>S' '<SA' '>A' '<A' >/dev/null
inner udp $LOCAL4 1000 $PEER4 53 '>.' '<.' >/dev/null
inner udp $LOCAL4 1001 $PEER4 53 '>.' >/dev/null
inner -w 50 tcp $LOCAL4 1000 $PEER4 22 '>S' '>S' >/dev/null
inner -w 50 udp $LOCAL4 1000 $PEER4 99 '>.' >/dev/null
counted web 4
counted dns 3
counted no 2
counted default 1

ruleset app <<-END
	policy default {
		rule dns outbound udp dport 53 accept
		rule no tcp dport 22 reject
		rule web outbound tcp dport 80 accept
		default drop
	}
END
counted web 4
counted dns 3
counted no 0
counted default 1
inner tcp $LOCAL4 1000 $PEER4 80 '>A' '<A' >/dev/null
counted web 6
check_sums app
tap_done
