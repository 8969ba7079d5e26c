#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# rx-udp-gro-forwarding and rx-gro-list merge whole UDP datagrams, as one
# payload (UDP_L4) or as a list of skbs (FRAGLIST). Every datagram has a GENEVE
# header of its own: each is judged for itself.
#
# The kernel numbers them anew when it splits: ids that count up come back as
# they were; constant ones (DF set, id 0) come back counting.

. ./lib.sh
. ./bench/gso.sh

pair=$(merging_pair)
gso_setup "$pair"
gro_on

# Both merge only datagrams with a checksum.
datagrams() {
	kind=$1
	for inner in "" -6 -u "-6 -u"; do
		# shellcheck disable=SC2086 # two words, or none
		train_returns "$kind${inner:+, $inner}" "$kind" -c $inner
	done
	train_returns "$kind, short last packet" "$kind" -c -l 77
	train_returns "$kind, jumbo" "$kind" -c -s 8440 -n 7
	train_returns "$kind, other flow and endpoint in every packet" "$kind" -c -m
	train_returns "$kind, DF set" "$kind" -c -d -i
	for bad in 0:version 5:cookie 15:truncated 7:version; do
		reason=drops/$(reason_of ${bad#*:})
		dropped=$(stat app "$reason")
		train_returns "$kind, one bad packet ($bad)" "$kind" -c -m -t 10 -b $bad
		check "$kind, one bad packet ($bad): its reason is counted" \
			stat_is app "$reason" $((dropped + 10))
	done
	train_returns "$kind, a wrong checksum" "$kind" -c -b 5:checksum
}

reason_of() {
	case $1 in
	version) echo geneve_version ;;
	cookie) echo profile_missing ;;
	truncated) echo inner_truncated ;;
	esac
}

! merge_datagrams udp_l4 || datagrams udp_l4
! merge_datagrams fraglist || datagrams udp_l4+fraglist

# A device that could take the merged packet as it is must not change anything.
if [ "$pair" = ns_pair ]; then
	features app vb tx on sg on gso on tx-udp-segmentation on tx-gso-list on
	train_returns "fraglist, device that takes lists" udp_l4+fraglist -c -m
	merge_datagrams udp_l4
	train_returns "udp_l4, device with UDP segmentation" udp_l4 -c -m
else
	tap_ok "device that takes merged datagrams # SKIP this one cannot"
fi
tap_done
