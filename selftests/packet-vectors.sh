#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Every packet of vectors/geneve.txt over veth: verdict, counters, each byte of
# the answer.
. ./lib.sh
. inject/scene.sh

inject_scene ns_pair
dmesg_mark
inject "all vectors get their verdict" vectors $VECTORS
check_sums
check "the kernel has nothing to complain about" dmesg_clean
tap_done
