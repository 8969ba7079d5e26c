#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# A geneve socket and rx-udp-gro-forwarding (or rx-gro-list) together make GRO
# merge UDP datagrams inside the tunnel: one GENEVE header, UDP_L4 within.

. ./lib.sh
. ./bench/gso.sh

gso_setup
gro_on
ip -n app link add gnv0 type geneve external dstport 6081
ip -n app link set gnv0 up

features app vb rx-udp-gro-forwarding on
for inner in -u "-6 -u"; do
	# shellcheck disable=SC2086 # two words
	train_returns "inner UDP, $inner" udp_tunnel+udp_l4 $inner
	# shellcheck disable=SC2086
	train_returns "inner UDP, $inner, outer checksum" udp_tunnel_csum+udp_l4 $inner -c
	# shellcheck disable=SC2086
	train_returns "inner UDP, $inner, short last packet" udp_tunnel_csum+udp_l4 $inner -c -l 77
done
features app vb rx-udp-gro-forwarding off rx-gro-list on
for inner in -u "-6 -u"; do
	# shellcheck disable=SC2086
	train_returns "inner UDP list, $inner" udp_tunnel+udp_l4+fraglist $inner
	# shellcheck disable=SC2086
	train_returns "inner UDP list, $inner, outer checksum" \
		udp_tunnel_csum+udp_l4+fraglist $inner -c
done
tap_done
