#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# A geneve socket and rx-udp-gro-forwarding (or rx-gro-list) together make GRO
# merge UDP datagrams inside the tunnel: one GENEVE header, UDP_L4 within.

. ./lib.sh
. ./bench/gso.sh

gso_setup
knows rx-udp-gro-forwarding ||
	tap_skip "this kernel does not merge UDP inside a tunnel (before Linux 5.13)"
gro_on
ip -n app link add gnv0 type geneve external dstport 6081
ip -n app link set gnv0 up

merge_datagrams udp_l4
for inner in -u "-6 -u"; do
	# shellcheck disable=SC2086 # two words
	train_returns "inner UDP, $inner" udp_tunnel+udp_l4 $inner
	# shellcheck disable=SC2086
	train_returns "inner UDP, $inner, outer checksum" udp_tunnel_csum+udp_l4 $inner -c
	# shellcheck disable=SC2086
	train_returns "inner UDP, $inner, short last packet" udp_tunnel_csum+udp_l4 $inner -c -l 77
done
merge_datagrams fraglist
for inner in -u "-6 -u"; do
	# shellcheck disable=SC2086
	train_returns "inner UDP list, $inner" udp_tunnel+udp_l4+fraglist $inner
	# shellcheck disable=SC2086
	train_returns "inner UDP list, $inner, outer checksum" \
		udp_tunnel_csum+udp_l4+fraglist $inner -c
done
tap_done
