#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Mode monitor: what enforce would drop is counted and comes back, unless its
# outer header forbids it.
. ./lib.sh
. inject/scene.sh

inject_scene ns_pair
dmesg_mark
set_config mode monitor
inject "returnable packets come back, byte for byte" -m vectors $VECTORS
check_sums
set_config mode enforce
inject "mode enforce drops them again" vectors $VECTORS geneve-
check_sums
check "the kernel has nothing to complain about" dmesg_clean
tap_done
