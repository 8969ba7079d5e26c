# SPDX-License-Identifier: GPL-2.0 OR MIT
# shellcheck shell=dash
#
# What the tests of merged packets share; sourced after lib.sh.
#
# The generator's end sends single frames; GRO on the appliance's end merges
# them. Frames of a process arrive one poll apart, so GRO has to be told to hold
# on to what it collected until a train has ended.

SEEN=/sys/module/nfg_witness/parameters/seen

# gso_setup [ns_pair|pair_virtio]
gso_setup() {
	"${1:-ns_pair}"
	load_module
	nfg_enable app
	in_ns app insmod bench/nfg_witness.ko || tap_bail "insmod nfg_witness.ko"
	trap 'gso_cleanup; net_cleanup' EXIT
}

# merging_pair: veth, or where its devices do not merge (before Linux 5.13) virtio
merging_pair() {
	modprobe veth
	if grep -q ' veth_set_features' /proc/kallsyms; then
		echo ns_pair
	else
		echo pair_virtio
	fi
}

# A NIC of pair_virtio goes on to the next test.
gso_cleanup() {
	rmmod nfg_witness
	hold 0
	for feature in rx-gro-list rx-udp-gro-forwarding; do
		! knows $feature || features app vb $feature off
	done
}

# features NS DEV FEATURE on|off...
features() {
	features_ns=$1 features_dev=$2
	shift 2
	in_ns "$features_ns" ethtool -K "$features_dev" "$@" >/dev/null ||
		tap_bail "ethtool -K $*"
}

# knows FEATURE: this kernel has heard of it, which does not mean that a device has it
knows() {
	known=$(in_ns app ethtool -k vb) || tap_bail "ethtool -k"
	echo "$known" | grep -q "^$1: "
}

gro_on() {
	features app vb gro on
	hold $((20000000 * ${SLOW:-1}))
}

# hold NANOSECONDS: how long GRO waits for more
hold() {
	echo "$1" | in_ns app tee /sys/class/net/vb/gro_flush_timeout >/dev/null
}

# merge_datagrams udp_l4|fraglist: GRO merges UDP datagrams that way; 1 where the
# kernel does not (udp_l4 before Linux 5.12), which is told
merge_datagrams() {
	case $1 in
	udp_l4) wanted=rx-udp-gro-forwarding other=rx-gro-list ;;
	fraglist) wanted=rx-gro-list other=rx-udp-gro-forwarding ;;
	esac
	if ! knows $wanted; then
		tap_ok "datagrams as $1 # SKIP this kernel has no $wanted"
		return 1
	fi
	! knows $other || features app vb $other off
	features app vb $wanted on
}

# saw KIND: PRE_ROUTING was given skbs of that kind that hold several packets
saw() {
	awk -v kind="$1" '$1 == kind { split($3, skbs, "="); split($4, segments, "=")
		found = segments[2] > skbs[2] }
		END { exit !found }' $SEEN && return
	cat $SEEN
	return 1
}

# counters [BEFORE...]: sent, their bytes, dropped, ours; since BEFORE. Others
# pass meanwhile: the generator's end has no socket and answers some answers
# with ICMP.
counters() {
	# shellcheck disable=SC2046 # one word per counter
	set -- $(in_ns app sh -c 'cd /sys/kernel/nf_geneve/net/stats &&
		cat tx_packets tx_bytes drop_packets rx_packets passed_packets') "$@"
	echo $(($1 - ${6:-0})) $(($2 - ${7:-0})) $(($3 - ${8:-0})) $(($4 - $5 - ${9:-0}))
}

# train_returns TEXT KIND ARG...: train ARG... gets back what it must, PRE_ROUTING
# saw merged skbs of KIND, and the counters moved by the original packets
train_returns() {
	train_text=$1 train_kind=$2
	shift 2
	echo >$SEEN
	before=$(counters)
	output=$(in_ns gen bench/train "$@" va 2>&1)
	status=$?
	if [ $status -eq 0 ]; then
		tap_ok "$train_text: all bytes are right"
	else
		tap_fail "$train_text: all bytes are right" "status $status: train $*
$output"
	fi
	tap_note "$(echo "$output" | tail -n 1)"
	check "$train_text: arrived merged, $train_kind" saw "$train_kind"

	sent=0 back=0 bytes=0
	eval "$(echo "$output" | tail -n 1)"
	# shellcheck disable=SC2086 # one word per counter
	check_equal "$train_text: original packets are counted" \
		"$back $bytes $((sent - back)) $sent" "$(counters $before)"
}
