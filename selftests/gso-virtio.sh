#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Merging behind a virtio NIC: frames come in page fragments with few linear
# bytes, and GRO chains them differently than behind a veth pair.

. ./lib.sh
. ./bench/gso.sh

gso_setup pair_virtio
gro_on
ip -n app link add gnv0 type geneve external dstport 6081
ip -n app link set gnv0 up
for family in 4 6; do
	inner=''
	[ $family = 4 ] || inner=-6
	train_returns "IPv$family inside" "tcpv$family+udp_tunnel" $inner
	train_returns "IPv$family inside, outer checksum" "tcpv$family+udp_tunnel_csum" $inner -c
	train_returns "IPv$family inside, jumbo" "tcpv$family+udp_tunnel_csum" $inner -c -s 8440 -n 7
done
ip -n app link del gnv0

if merge_datagrams udp_l4; then
	train_returns "datagrams" udp_l4 -c -m -l 77
	train_returns "datagrams, a bad one" udp_l4 -c -m -b 5:cookie
	train_returns "datagrams, jumbo" udp_l4 -c -m -s 8440 -n 7
fi
if merge_datagrams fraglist; then
	train_returns "list of datagrams" udp_l4+fraglist -c -m -l 77
	train_returns "list of datagrams, a bad one" udp_l4+fraglist -c -m -b 5:cookie
	train_returns "list of datagrams, jumbo" udp_l4+fraglist -c -m -s 8440 -n 7
fi
tap_done
