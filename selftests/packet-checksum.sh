#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The outer UDP checksum: a device's verdict is trusted, without one the bytes
# are summed; udp-checksum trust does not look.
. ./lib.sh
. inject/scene.sh

insmod inject/nfg_forge.ko || tap_bail "insmod nfg_forge.ko"
inject_scene ns_pair
dmesg_mark
# TEXT SUM [OPTION]: once with all bytes in the head, once with page fragments
sums() {
	text=$1 sum=$2
	shift 2
	for layout in linear=10000 linear=50,split=300; do
		inject "$text ($layout)" "$@" -f $layout,sum="$sum" vectors $VECTORS udp-checksum
		inject "jumbo: $text ($layout)" "$@" -f $layout,sum="$sum" vectors $VECTORS inner-8500
	done
}

sums "no verdict of the device: the bytes are summed" none
sums "a device that has checked is trusted" unnecessary -t
sums "a device's sum over the packet is used" complete
sums "a device's wrong sum is made up for" wrong
sums "a sum that is still to be made leaves finished" partial
set_config udp-checksum trust
inject "udp-checksum trust: wrong sums come back as they are" -t vectors $VECTORS udp-checksum
inject "udp-checksum trust changes nothing else" -t vectors $VECTORS geneve-
set_config udp-checksum verify
inject "udp-checksum verify looks again" vectors $VECTORS udp-checksum
check_sums
check "the kernel has nothing to complain about" dmesg_clean
net_cleanup
check "nfg_forge unloads" rmmod nfg_forge
tap_done
