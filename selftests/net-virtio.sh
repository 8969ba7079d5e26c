#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Every size up to what the MTU lets pass, over veth and over virtio-net, whose
# receive path leaves few bytes in the linear part of an skb.

. ./lib.sh

sizes() {
	for size in 32 64 128 576 1024 1400 1500 2048 4096 8500 8568 8933; do
		check "$1, $size bytes" in_ns gen net/probe -c 30 -s $size 10.30.1.10 10.30.1.50
	done
	check "$1: all were counted" stat_is app stats/tx_packets 360
	check "$1: none was dropped" stat_is app stats/drop_packets 0
	check "$1: bytes received are bytes sent" stat_is app stats/tx_bytes \
		"$(($(stat app stats/rx_bytes) - $(stat app stats/passed_bytes)))"
}

load_module
ns_pair
nfg_enable app
sizes veth
ns_cleanup

pair_virtio
nfg_enable app
sizes virtio-net
tap_done
