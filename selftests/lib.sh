# SPDX-License-Identifier: GPL-2.0 OR MIT
# shellcheck shell=dash
#
# What every selftest sources. Runs under dash, as root, with the selftests
# directory as working directory.
#
#   . ./lib.sh
#   load_module
#   ns_pair
#   check "the module answers" some_command with arguments
#   tap_done
#
# Whatever a test creates through these functions is taken away when it ends.

TAP_COUNT=0
TAP_FAILED=0
NETNS_ADDED=
MODULE_LOADED=
NICS_MOVED=

[ -n "${TAP_SILENT-}" ] || echo "TAP version 13"

tap_ok() {
	TAP_COUNT=$((TAP_COUNT + 1))
	echo "ok $TAP_COUNT - $1"
}

# tap_fail TEXT [WHY]
tap_fail() {
	TAP_COUNT=$((TAP_COUNT + 1))
	TAP_FAILED=$((TAP_FAILED + 1))
	echo "not ok $TAP_COUNT - $1"
	[ -z "${2-}" ] || echo "$2" | sed 's/^/# /'
}

tap_note() {
	echo "$*" | sed 's/^/# /'
}

# The whole test cannot run here.
tap_skip() {
	echo "1..0 # SKIP $*"
	exit 4
}

# Something the test stands on does not work: no point in going on.
tap_bail() {
	tap_fail "$@"
	exit 1
}

# check TEXT COMMAND...: ok if COMMAND succeeds; if not, its output tells why
check() {
	check_text=$1
	shift
	if check_output=$("$@" 2>&1); then
		tap_ok "$check_text"
	else
		tap_fail "$check_text" "status $?: $*
$check_output"
	fi
}

# check_equal TEXT WANTED GOT
check_equal() {
	if [ "$2" = "$3" ]; then
		tap_ok "$1"
	else
		tap_fail "$1" "wanted: $2
got:    $3"
	fi
}

# Last line of every test: the plan, and exit 1 if anything failed.
tap_done() {
	echo "1..$TAP_COUNT"
	[ "$TAP_FAILED" -eq 0 ]
	exit
}

# wait_for SECONDS COMMAND...: until COMMAND succeeds, tried every 0.1 s; a guest
# that is known to be slow (vm/check) gets $SLOW times as long
wait_for() {
	wait_end=$(($(uptime_ms) + $1 * 1000 * ${SLOW:-1}))
	shift
	until "$@" >/dev/null 2>&1; do
		[ "$(uptime_ms)" -lt "$wait_end" ] || return 1
		sleep 0.1
	done
}

# slow SECONDS: for what waits by itself, as in wait_for
slow() {
	if [ "${SLOW:-1}" = 1 ]; then
		echo "$1"
	else
		awk "BEGIN { print $1 * $SLOW }"
	fi
}

uptime_ms() {
	read -r uptime_now _ </proc/uptime
	echo "${uptime_now%.*}${uptime_now#*.}0"
}

load_module() {
	insmod ../nf_geneve.ko "$@" || tap_bail "insmod nf_geneve.ko $*"
	MODULE_LOADED=1
}

# Keeps the kernel's switch for IPv4 PRE_ROUTING hooks on, for tests that register
# and unregister the only one under a flood: that patches running code, and QEMU's
# emulation of several CPUs does not get this right every time.
hook_keeper() {
	ns_add keeper
	in_ns keeper nft -f - <<-'END' || tap_bail "nft"
		table ip keeper {
			chain prerouting {
				type filter hook prerouting priority raw
			}
		}
	END
}

unload_module() {
	rmmod nf_geneve && MODULE_LOADED=
}

# in_ns NS COMMAND...: in the namespace, with its view of /sys; NS "-": here
in_ns() {
	in_ns=$1
	shift
	if [ "$in_ns" = - ]; then
		"$@"
	else
		ip netns exec "$in_ns" "$@"
	fi
}

# listener_start NS COMMAND...: it runs in the background and says on its standard
# error, /run/listener, that it is listening; what it hears is in /run/heard, LISTENER
# is its id
listener_start() {
	listener_ns=$1
	shift
	# "listening" of the one before must not be taken for this one's
	: >/run/listener
	ip netns exec "$listener_ns" "$@" >/run/heard 2>/run/listener &
	LISTENER=$!
	wait_for 10 grep -q listening /run/listener || tap_bail "$1" "$(cat /run/listener)"
}

listener_end() {
	kill "$LISTENER" && wait "$LISTENER"
}

# nfg_enable NS / nfg_disable NS: the module in that namespace
nfg_enable() {
	in_ns "$1" genevectl config set enabled yes
}

nfg_disable() {
	in_ns "$1" genevectl config set enabled no
}

# stat NS FILE: a file of the module's sysfs directory of that namespace
stat() {
	in_ns "$1" cat "/sys/kernel/nf_geneve/net/$2"
}

# stat_is NS FILE VALUE
stat_is() {
	stat_value=$(stat "$1" "$2") || return
	[ "$stat_value" = "$3" ] && return
	echo "$2 is $stat_value instead of $3"
	return 1
}

ns_add() {
	for ns_name; do
		ip netns add "$ns_name" || tap_bail "ip netns add $ns_name"
		NETNS_ADDED="$NETNS_ADDED $ns_name"
		ip -n "$ns_name" link set lo up
		in_ns "$ns_name" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 \
			net.ipv6.conf.default.disable_ipv6=1
	done
}

# ns_device NS DEV CIDR PEER_ADDRESS PEER_MAC: address, MTU, fixed neighbour
ns_device() {
	in_ns "$1" ethtool -K "$2" tx off rx off sg off tso off gso off gro off \
		>/dev/null 2>&1
	ip -n "$1" addr add "$3" dev "$2"
	ip -n "$1" link set "$2" mtu 9001 up
	ip -n "$1" neigh replace "$4" lladdr "$5" dev "$2" nud permanent
}

ns_pair_addresses() {
	ns_device gen va 10.30.1.10/24 10.30.1.50 02:00:00:00:00:02
	ns_device app vb 10.30.1.50/24 10.30.1.10 02:00:00:00:00:01
}

# Two namespaces, a generator and an appliance:
#
#   gen: va 10.30.1.10/24 ======== veth ======== vb 10.30.1.50/24 :app
#        02:00:00:00:00:01                       02:00:00:00:00:02
ns_pair() {
	ns_add gen app
	# made there: a NIC of pair_virtio may have left its name here
	ip -n gen link add va address 02:00:00:00:00:01 type veth \
		peer name vb netns app address 02:00:00:00:00:02 ||
		tap_bail "veth pair"
	ns_pair_addresses
}

# The same with two virtio NICs that the hypervisor joins (vm/run -p).
pair_virtio() {
	modprobe -a virtio_pci virtio_net
	wait_for 5 device_by_mac 02:00:00:00:00:02 ||
		tap_skip "no pair of virtio NICs (vm/run -p)"
	ns_add gen app
	ip link set "$(device_by_mac 02:00:00:00:00:01)" netns gen name va
	ip link set "$(device_by_mac 02:00:00:00:00:02)" netns app name vb
	NICS_MOVED=1
	ns_pair_addresses
}

# Only devices that belong to a bus: a test's veth may have the same address.
device_by_mac() {
	for device in /sys/class/net/*/device; do
		device=${device%/device}
		[ "$(cat "$device/address" 2>/dev/null)" = "$1" ] || continue
		echo "${device##*/}"
		return 0
	done
	return 1
}

# Removes the namespaces, and with them their devices and processes.
ns_cleanup() {
	# Left alone they would come back some time later, and keep their names.
	if [ -n "$NICS_MOVED" ]; then
		ip -n gen link set va netns 1 name virtio1
		ip -n app link set vb netns 1 name virtio2
		NICS_MOVED=
	fi
	for ns_name in $NETNS_ADDED; do
		ip netns pids "$ns_name" | xargs -r kill -9 2>/dev/null
		ip netns del "$ns_name" 2>/dev/null
	done
	NETNS_ADDED=
}

net_cleanup() {
	ns_cleanup
	[ -z "$MODULE_LOADED" ] || wait_for 5 unload_module
}

trap net_cleanup EXIT
trap 'exit 1' INT TERM

# dmesg_clean: the kernel has not complained (vm/complaints) since
# dmesg_mark (the runner asks the same after every test)
dmesg_mark() {
	DMESG_MARK="nf_geneve test: $$ $(uptime_ms)"
	echo "$DMESG_MARK" >/dev/kmsg
}

dmesg_clean() {
	! dmesg | awk -v mark="${DMESG_MARK-}" '
		BEGIN { since = mark == "" }
		since { print }
		index($0, mark) { since = 1 }
		END { if (!since) print "WARNING: the log has lost where the test began" }
		' | vm/complaints
}
