#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# A socket of the kernel's geneve driver on port 6081 makes GRO merge the TCP
# segments inside the tunnel: one skb, one GENEVE header, many packets. Each
# must go back as it came, with a right outer checksum where it had one.
#
# The merge keeps no outer id of its own for each packet. Ids that count up come
# back as they were; constant ones (DF set, id 0) come back counting where the kernel
# does not mark them. Inner ids always come back as they were.

. ./lib.sh
. ./bench/gso.sh

pair=$(merging_pair)
gso_setup "$pair"
gro_on
ip -n app link add gnv0 type geneve external dstport 6081
ip -n app link set gnv0 up

for family in 4 6; do
	inner=''
	[ $family = 4 ] || inner=-6
	train_returns "IPv$family inside" "tcpv$family+udp_tunnel" $inner
	train_returns "IPv$family inside, outer checksum" "tcpv$family+udp_tunnel_csum" $inner -c
	train_returns "IPv$family inside, short last packet" "tcpv$family+udp_tunnel_csum" \
		$inner -c -l 77
	train_returns "IPv$family inside, jumbo" "tcpv$family+udp_tunnel_csum" $inner -c -s 8440 -n 7
done
ids=-i
[ "$(cat /sys/module/nfg_witness/parameters/outer_ids)" = N ] || ids=
train_returns "DF set" tcpv4+udp_tunnel -d $ids
train_returns "DF set, outer checksum" tcpv4+udp_tunnel_csum -d $ids -c
train_returns "inner ids stay" tcpv4+fixedid+udp_tunnel -f
train_returns "DF set, inner ids stay" tcpv4+fixedid+udp_tunnel -d $ids -f
train_returns "a bad packet between good ones" tcpv4+udp_tunnel -b 5:version
train_returns "an endpoint missing" tcpv4+udp_tunnel_csum -c -b 7:cookie

# A device that could take the merged packet as it is must not change anything.
if [ "$pair" = ns_pair ]; then
	features app vb tx on sg on tso on gso on \
		tx-udp_tnl-segmentation on tx-udp_tnl-csum-segmentation on
	for family in 4 6; do
		inner=''
		[ $family = 4 ] || inner=-6
		train_returns "IPv$family inside, device with tunnel TSO" \
			"tcpv$family+udp_tunnel" $inner
		train_returns "IPv$family inside, device with tunnel TSO, outer checksum" \
			"tcpv$family+udp_tunnel_csum" $inner -c
	done
else
	tap_ok "device with tunnel TSO # SKIP this one cannot have it"
fi

in_ns app genevectl config set reinject route
train_returns "routed back" tcpv4+udp_tunnel -b 5:version
train_returns "routed back, outer checksum" tcpv4+udp_tunnel_csum -c
tap_done
