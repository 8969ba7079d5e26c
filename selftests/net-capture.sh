#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# A capture on the device shares the packets with the module: it must see them
# as they came in and as they go out.

. ./lib.sh

load_module
ns_pair
nfg_enable app
for reinject in l2 route; do
	in_ns app genevectl config set reinject $reinject
	listener_start app net/capture vb
	check "$reinject: packets go back" in_ns gen net/probe 10.30.1.10 10.30.1.50
	listener_end || tap_bail "the capture ends"
	check_equal "$reinject: the packets as they came" 100 \
		"$(grep -c '^in 10.30.1.10 10.30.1.50 254 02:00:00:00:00:02$' /run/heard)"
	check_equal "$reinject: the answers as they went" 100 \
		"$(grep -c '^out 10.30.1.50 10.30.1.10 253 02:00:00:00:00:01$' /run/heard)"
	check_equal "$reinject: nothing else" 200 "$(wc -l </run/heard)"
done
tap_done
