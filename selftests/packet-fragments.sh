#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Fragments of the outer packet, and what connection tracking puts together out
# of them before the hook: dropped as outer_fragment.
. ./lib.sh
. inject/scene.sh

inject_scene ns_pair
dmesg_mark
inject "first fragments are dropped, others pass" fragments $VECTORS
modprobe -a nf_tables nft_ct
in_ns app nft -f - <<-END || tap_bail "nft"
	table ip t {
		chain c { type filter hook input priority 0; ct state new accept; }
	}
END
inject "what was put together is dropped" -D fragments $VECTORS
inject "whole packets go back as before" vectors $VECTORS inner
check_sums
check "the kernel has nothing to complain about" dmesg_clean
tap_done
