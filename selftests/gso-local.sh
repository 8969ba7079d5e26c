#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# A GWLB in a namespace of the same host: its kernel hands merged packets over a
# veth pair as its TCP made them, without a checksum anywhere (CHECKSUM_PARTIAL).
# What goes back are single packets with all checksums.

. ./lib.sh
. ./bench/gso.sh

gso_setup
modprobe -a act_tunnel_key cls_matchall
features gen va tx on sg on tso on gso on \
	tx-udp_tnl-segmentation on tx-udp_tnl-csum-segmentation on

# geneve_device NAME CSUM: GENEVE out of va with the options of a GWLB
geneve_device() {
	ip -n gen link add "$1" type geneve external dstport 6081 innerprotoinherit ||
		tap_bail "geneve device"
	ip -n gen -d link show "$1" | grep -q innerprotoinherit ||
		tap_skip "this kernel has no GENEVE device without Ethernet inside (before Linux 5.18)"
	ip -n gen link set "$1" mtu 8900 up
	tc -n gen qdisc add dev "$1" clsact
	tc -n gen filter add dev "$1" egress matchall action tunnel_key set \
		src_ip 10.30.1.10 dst_ip 10.30.1.50 id 0 dst_port 6081 ttl 254 "$2" \
		geneve_opts 0108:01:74a11ad96ec49886,0108:02:0000000000000000,0108:03:39f7f1a7 ||
		tap_bail "tc tunnel_key"
}

# What comes back is for the train to look at and for nobody else: geneve.ko of 6.12
# warns of its own memcpy() when it receives options (siderolabs/talos issue 11570).
tc -n gen qdisc add dev va clsact
tc -n gen filter add dev va ingress matchall action drop || tap_bail "tc drop"

for outer in nocsum csum; do
	geneve_device gnv0 $outer
	kind=udp_tunnel
	[ $outer = nocsum ] || kind=udp_tunnel_csum
	train_returns "IPv4 inside, $outer" "tcpv4+dodgy+$kind" -i -g gnv0
	train_returns "IPv6 inside, $outer" "dodgy+tcpv6+$kind" -i -6 -g gnv0
	train_returns "IPv4 inside, $outer, 45 packets, short last one" "tcpv4+dodgy+$kind" \
		-i -n 45 -l 77 -g gnv0
	train_returns "IPv4 inside, $outer, jumbo" "tcpv4+dodgy+$kind" -i -n 7 -s 8440 -g gnv0
	ip -n gen link del gnv0
done
tap_done
