#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Nobody opens what is closed to him by beginning in the middle, where pick-up takes
# him for the side that answers.

. ./lib.sh
. flow/lib.sh

flow_scene
ruleset app <<-END
	policy default {
		rule closed daddr $PEER4 drop
	}
END

becomes "a connection is refused" lost -w 100 tcp $LOCAL4 5000 $PEER4 443 '>S'
becomes "so is its middle" "lost lost" -w 100 tcp $LOCAL4 5001 $PEER4 443 '>A' '>AP'
becomes "what may be an answer passes, a SYN behind it does not" "back lost" -w 100 \
	tcp $LOCAL4 5002 $PEER4 6000 '>A' '>S'
becomes "nor behind a SYN-ACK" "back lost" -w 100 tcp $LOCAL4 5003 $PEER4 443 '>SA' '>S'
becomes "nor behind a FIN" "back lost" -w 100 tcp $LOCAL4 5004 $PEER4 6000 '>FA' '>S'
becomes "nor from a service's port" "back lost" -w 100 tcp $LOCAL4 22 $PEER4 6000 '>A' '>S'
becomes "nor does it get in the way of the other side's" "back back" \
	tcp $LOCAL4 5004 $PEER4 6000 '<S' '>SA'
becomes "nor does what was a connection of one side" "back lost back back" -w 100 \
	tcp $LOCAL4 5006 $PEER4 443 '>SA' '>S' '<S' '>SA'
becomes "nor in a connection of the other side" "back back back lost" -w 100 \
	tcp $LOCAL4 5005 $PEER4 6000 '<S' '>SA' '<A' '>S'
becomes "which goes on" "back back" tcp $LOCAL4 5005 $PEER4 6000 '<A' '>A'
check "the rule refused them" stat_is app drops/policy 8
check "and the connection's state" stat_is app drops/tcp_state 1
check_sums app
tap_done
