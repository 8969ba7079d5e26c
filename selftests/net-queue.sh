#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# A queue to user space in front of the hook (NFQUEUE, priority below raw), as an
# intrusion detection system has it: what comes back from there comes in process
# context, while other packets arrive.

. ./lib.sh
. flow/lib.sh

stop_queue() {
	kill "$queue"
	wait "$queue"
}

flow_scene
in_ns app nft -f - <<-'END' || tap_bail "nft"
	table ip ids {
		chain prerouting {
			type filter hook prerouting priority -400
			ip saddr 10.30.1.10 udp dport 6081 queue num 7
		}
	}
END
modprobe -q nfnetlink_queue
ip netns exec app net/queue 7 >/run/queued &
queue=$!
wait_for 5 in_ns app grep -q '^ *7 ' /proc/net/netfilter/nfnetlink_queue || tap_bail "no queue"

becomes "through the queue" "back back back" tcp $LOCAL4 1000 $PEER4 80 '>S' '<SA' '>A'
# New flows both ways: both take the lock of the table.
inner_start /run/direct -l 10.30.1.11 -k 0 -u udp 10.1.0.11 1000 $PEER4 53 '>.' '<.'
direct=$INNER_JOB
inner -k 3000 -u udp 10.1.0.12 1000 $PEER4 53 '>.' '<.' >/run/through
inner_stop "$direct"
tap_note "through the queue: $(cat /run/through); beside it: $(cat /run/direct)"
check "new flows through the queue lose nothing" awk '{ exit $1 != $3 || $1 < 6000 }' /run/through
check "nor do those beside it" awk '{ exit $1 != $3 || $1 < 100 }' /run/direct
stop_queue
check "the queue had them" [ "$(cat /run/queued)" -ge 6003 ]
check_sums app
tap_done
