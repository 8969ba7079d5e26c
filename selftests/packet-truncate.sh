#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# time limit: 180 s
# Valid packets cut at each length: none bounces unless its inner packet is
# whole, and each is counted.
. ./lib.sh
. inject/scene.sh

inject_scene ns_pair
dmesg_mark
for name in live-tcp-ack udp-dns icmp-echo ipv6-tcp-syn ipv6-hbh-dstopts-udp \
	inner-ip-options inner-trailing-bytes extra-first fragment6-first ext-ah-sha256 \
	sctp-init order-3-2-1; do
	inject "$name cut at each length" truncate $VECTORS $name
done
check_sums
set_config mode monitor
inject "cut in mode monitor" -m truncate $VECTORS ipv6-hbh-dstopts-udp
check_sums
check "the kernel has nothing to complain about" dmesg_clean
tap_done
