#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# reinject route: the same IP bytes come back, by the routing table's way.
. ./lib.sh
. inject/scene.sh

inject_scene ns_pair
dmesg_mark
set_config reinject route
inject "all vectors get their verdict with reinject route" -r vectors $VECTORS
check_sums
set_config mode monitor
inject "and in mode monitor" -r -m vectors $VECTORS
set_config reinject l2 mode enforce
inject "reinject l2 answers the frame's source again" vectors $VECTORS outer-
check_sums
check "the kernel has nothing to complain about" dmesg_clean
tap_done
