# SPDX-License-Identifier: GPL-2.0 OR MIT
# shellcheck shell=dash
#
# Many things at once, in an order that a seed decides; sourced after lib.sh.
#
# An actor is a background process that does one of its operations after the
# other, until the round ends. What they say is kept, what they came to is counted.

SOAK=/run/soak
SOAK_SEED=${SOAK_SEED:-1}

# A random number of every operation is drawn beforehand, by actor and round.
numbers() {
	awk -v seed="$1" -v n="$2" 'BEGIN {
		x = seed * 7919 + 12345
		for (;;) {
			x = (x * 16807) % 2147483647
			print int(x / 2147483647 * n) + 1
		}
	}' 2>/dev/null
}

round_goes_on() {
	[ -e $SOAK/go ]
}

# actor NAME NUMBER OPERATION...
actor() {
	actor_name=$1 actor_seed=$(((SOAK_SEED * 1000 + ROUND) * 100 + $2))
	shift 2
	{
		numbers "$actor_seed" $# | while round_goes_on && read -r actor_n; do
			actor_op=
			eval "actor_op=\${$actor_n}"
			echo "$actor_op" >"$SOAK/$actor_name.now"
			$actor_op >$SOAK/"$actor_name.out" 2>&1
			echo "$actor_op $?"
			[ ! -s "$SOAK/$actor_name.out" ] || cat $SOAK/"$actor_name.out" >&3
		done >>$SOAK/results 3>>$SOAK/said
		rm -f "$SOAK/$actor_name.now"
	} &
	ACTORS="$ACTORS $!"
}

round_begin() {
	rm -f $SOAK/*.now
	: >$SOAK/go
	ACTORS=
}

# Every operation has an end of its own.
round_end() {
	rm -f $SOAK/go
	wait_for 120 actors_gone || {
		echo "these never came to an end: $(cat $SOAK/*.now)"
		return 1
	}
}

actors_gone() {
	for gone_pid in $ACTORS; do
		[ ! -d "/proc/$gone_pid" ] || grep -q '^State:.Z' "/proc/$gone_pid/status" || return 1
	done
}

# soak_died: operations that a signal or a time limit ended
soak_died() {
	! awk '$2 >= 124' $SOAK/results | sort | uniq -c | grep .
}

# soak_table: how often each operation was done, and how often it succeeded
soak_table() {
	awk '{ n[$1]++; good[$1] += !$2 } END { for (op in n) print op, n[op], good[op] }' \
		$SOAK/results | sort
}

soak_all_succeeded() {
	! soak_table | awk '!$3' | grep .
}
