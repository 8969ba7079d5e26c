# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# What the packet-*.sh tests share; sourced after lib.sh.
#
#   gen: va 10.30.1.10 ------------ vb 10.30.1.50, 192.168.101.235 :app
#   nfg-inject                      nf_geneve

# shellcheck disable=SC2034 # used by those who source this
VECTORS=vectors/geneve.txt

# inject_scene PAIR: the two namespaces by ns_pair or pair_virtio, module enabled
inject_scene() {
	load_module
	"$1"
	ip -n app addr add 192.168.101.235/32 dev vb
	# Routed answers go the way of all others, also those to hosts nearby.
	ip -n app route add default via 10.30.1.10
	seq 254 | sed '/^50$/d; s/.*/neigh replace 10.30.1.& lladdr 02:00:00:00:00:01 dev vb nud permanent/' |
		ip -n app -batch -
	# Packets are judged one by one, later fragments without their first one, too.
	in_ns app genevectl config set enabled yes fragments pass ||
		tap_bail "enabling the module"
}

# set_config WORD VALUE...: of the appliance
set_config() {
	in_ns app genevectl config set "$@" || tap_bail "genevectl config set $*"
}

# inject TEXT ARGUMENT...: one test point by nfg-inject
inject() {
	inject_text=$1
	shift
	if inject_output=$(in_ns gen inject/nfg-inject "$@" 2>&1); then
		tap_ok "$inject_text"
	else
		tap_fail "$inject_text" "nfg-inject $*: status $?
$inject_output"
	fi
}

# rx = tx + drop + passed, and every reason's packets are dropped or monitored
check_sums() {
	rx=$(stat app stats/rx_packets)
	gone=$(($(stat app stats/tx_packets) + $(stat app stats/drop_packets) +
		$(stat app stats/passed_packets)))
	check_equal "rx is tx + drop + passed" "$rx" "$gone"
	reasons=$(in_ns app sh -c 'cat /sys/kernel/nf_geneve/net/drops/*' |
		awk '{ sum += $1 } END { print sum + 0 }')
	check_equal "the reasons add up to drop + monitor" "$reasons" \
		$(($(stat app stats/drop_packets) + $(stat app stats/monitor_packets)))
}
