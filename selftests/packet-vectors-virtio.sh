#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# As packet-vectors.sh, over virtio-net.
. ./lib.sh
. inject/scene.sh

inject_scene pair_virtio
dmesg_mark
inject "all vectors get their verdict over virtio-net" vectors $VECTORS
check_sums
check "the kernel has nothing to complain about" dmesg_clean
tap_done
