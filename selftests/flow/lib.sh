# SPDX-License-Identifier: GPL-2.0 OR MIT
# shellcheck shell=dash
#
# What the flow-*.sh and policy-*.sh tests share; sourced after lib.sh.
#
#   gen: va 10.30.1.10, 10.30.1.11 ======== vb 10.30.1.50 :app
#        net/inner                                nf_geneve
#
# The inner packets are those of a local host and a peer that is not.

# shellcheck disable=SC2034 # used by those who source this
LOCAL4=10.1.0.10 PEER4=10.9.0.10 LOCAL6=fd01::10 PEER6=fd09::10
LOCAL_PREFIXES=10.1.0.0/16,fd01::/16

# flow_scene: module enabled in app, everything accepted, no flow expires by itself
flow_scene() {
	load_module
	ns_pair
	ip -n gen addr add 10.30.1.11/24 dev va
	nfg_enable app || tap_bail "enabling the module"
	settings app local $LOCAL_PREFIXES
	flows_stay
}

# flows_stay: however slowly packets follow each other
flows_stay() {
	settings app timeout-established 1h timeout-other 1h timeout-half-open 1h \
		timeout-closing 1h timeout-denied 1h
}

# settings NS KEY VALUE...
settings() {
	settings_ns=$1
	shift
	genevectl -n "$settings_ns" config set "$@" || tap_bail "config set $*"
}

# ruleset NS [OPTION...]: that of the standard input gets in force
ruleset() {
	ruleset_ns=$1
	shift
	cat >/run/ruleset
	genevectl -n "$ruleset_ns" ruleset apply "$@" /run/ruleset ||
		tap_bail "ruleset apply $*" "$(cat /run/ruleset)"
}

# inner ARGUMENT...: packets from gen
inner() {
	in_ns gen net/inner "$@"
}

# inner_start FILE ARGUMENT...: in the background, INNER_JOB is its id; what it says
# goes to FILE
inner_start() {
	inner_file=$1
	shift
	ip netns exec gen net/inner "$@" >"$inner_file" &
	INNER_JOB=$!
}

# inner_stop JOB...: ends those that run until SIGTERM
inner_stop() {
	kill "$@"
	wait "$@"
}

# becomes TEXT WORDS ARGUMENT...: what net/inner says about these packets
becomes() {
	becomes_text=$1 becomes_words=$2
	shift 2
	check_equal "$becomes_text" "$becomes_words" "$(inner "$@" 2>&1)"
}

# connect PROTO ADDR PORT PEER_ADDR PEER_PORT: both sides have talked
connect() {
	if [ "$1" = tcp ]; then
		inner "$@" '>S' '<SA' '>A'
	else
		inner "$@" '>.' '<.'
	fi >/dev/null
}

# flows FILTER [WORD...]: of the flows that these words select, by jq
flows() {
	flows_filter=$1
	shift
	genevectl -n app -j flow list "$@" | jq -rc "$flows_filter"
}

# flows_are FILTER VALUE [WORD...]
flows_are() {
	are_filter=$1 are_wanted=$2
	shift 2
	are_got=$(flows "$are_filter" "$@") && [ "$are_got" = "$are_wanted" ] && return
	echo "$are_filter is $are_got instead of $are_wanted"
	return 1
}

# The ports of the originators, in order
PORTS='[.[] | .sport // .id] | sort | join(" ")'

flush() {
	genevectl -n app flow flush "$@" >/dev/null || tap_bail "flow flush $*"
}

# both FUNCTION ARGUMENT...: with the addresses of IPv4 first, then of IPv6
both() {
	both_function=$1
	shift
	"$both_function" $LOCAL4 $PEER4 "$@"
	"$both_function" $LOCAL6 $PEER6 "$@"
}

# rx = tx + drop + passed, and every reason's packets are dropped or monitored
sums_right() {
	in_ns "$1" sh -c 'cd /sys/kernel/nf_geneve/net && echo $(cat stats/rx_packets \
		stats/tx_packets stats/drop_packets stats/passed_packets stats/monitor_packets \
		drops/*)' | awk '{
		for (i = 6; i <= NF; i++)
			reasons += $i
		print "rx " $1 ", tx " $2 ", drop " $3 ", passed " $4 ", monitor " $5 \
			", reasons " reasons
		exit $1 != $2 + $3 + $4 || $3 + $5 != reasons
	}'
}

# check_sums NS...: the last check of most tests; packets may still be on their way
check_sums() {
	for sums_ns; do
		wait_for 5 sums_right "$sums_ns"
		check "$sums_ns: rx = tx + drop + passed, reasons = drop + monitor" \
			sums_right "$sums_ns"
	done
}
