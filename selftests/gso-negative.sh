#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Packets that claim to be merged in a way that cannot be: dropped as gso, and
# what is right still goes back.

. ./lib.sh
. ./bench/gso.sh

gso_setup
result=/sys/module/nfg_gen/parameters/result

# forge ARG...: 20 frames; sets the words of the generator's result
forge() {
	in_ns gen insmod bench/nfg_gen.ko dev=va n=20 size=1400 check=1 "$@" ||
		tap_bail "insmod nfg_gen.ko $*"
	forged=$(cat "$result")
	rmmod nfg_gen
}

# forged_returns_nothing TEXT GSO_TYPE GSO_SIZE, the type as in the kernel's
# linux/skbuff.h
forged_returns_nothing() {
	echo >"$SEEN"
	forge gso_type="$2" gso_size="$3" gso_segs=3
	check_equal "$1: nothing comes back" back=0 "$(echo "$forged" | grep -o 'back=[0-9]*')"
	check "$1: arrived as forged" saw_forged
}

# shellcheck disable=SC2317 # called by check
saw_forged() {
	! grep '^single' "$SEEN"
}

# Cannot be split.
refused() {
	before=$(stat app drops/gso)
	forged_returns_nothing "$@"
	check "$1: every one is counted" stat_is app drops/gso $((before + 20))
}

# Can be split, into things that have reasons of their own.
worthless() {
	before=$(stat app stats/drop_packets)
	forged_returns_nothing "$@"
	check "$1: all pieces are counted" dropped_since "$before" 20
}

# shellcheck disable=SC2317 # called by check
dropped_since() {
	[ $(($(stat app stats/drop_packets) - $1)) -ge "$2" ]
}

forge
check_equal "not forged: all come back" "sent=20 back=20" "$(echo "$forged" | cut -d ' ' -f 1,2)"
refused "TCP over IPv4" 0x1 500
refused "TCP over IPv6" 0x10 500
refused "no type at all" 0 500
refused "a tunnel without inner headers" 0x401 500
refused "a tunnel with checksum without inner headers" 0x811 500
refused "GRE" 0x40 500
refused "SCTP" 0x4000 500
refused "datagrams larger than the packet" 0x20000 9000
refused "datagrams in a list that is not there" 0x60000 500
refused "size taken from fragments that are not there" 0x20000 65535
worthless "one datagram to be sent as IP fragments" 0x10000 500
worthless "datagrams, all but the first without GENEVE" 0x20000 500
forge
check_equal "not forged: all come back again" "sent=20 back=20" \
	"$(echo "$forged" | cut -d ' ' -f 1,2)"
tap_done
