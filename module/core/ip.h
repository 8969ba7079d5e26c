/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Offsets and constants of the IP family: RFC 791 (IPv4), RFC 8200 (IPv6),
 * RFC 768 (UDP), RFC 9293 (TCP), RFC 9260 (SCTP), RFC 792 and 4443 (ICMP).
 */
#ifndef NFG_CORE_IP_H
#define NFG_CORE_IP_H

#define NFG_IPV4_LEN		20
#define NFG_IPV4_VIHL		0
#define NFG_IPV4_TOS		1
#define NFG_IPV4_TOTLEN		2
#define NFG_IPV4_ID		4
#define NFG_IPV4_FRAG		6
#define NFG_IPV4_TTL		8
#define NFG_IPV4_PROTO		9
#define NFG_IPV4_CHECK		10
#define NFG_IPV4_SADDR		12
#define NFG_IPV4_DADDR		16
#define NFG_IPV4_DF		0x4000
#define NFG_IPV4_MF		0x2000
#define NFG_IPV4_OFFSET		0x1fff

#define NFG_IPV6_LEN		40
#define NFG_IPV6_PAYLOAD	4
#define NFG_IPV6_NEXT		6
#define NFG_IPV6_HOPS		7
#define NFG_IPV6_SADDR		8
#define NFG_IPV6_DADDR		24
#define NFG_IPV6_EXT_LEN	8	/* the shortest extension header */
#define NFG_IPV6_FRAG_MORE	0x0001
#define NFG_IPV6_FRAG_OFFSET	0xfff8

#define NFG_IP_LEN_MAX		65535

#define NFG_PROTO_HOPOPTS	0
#define NFG_PROTO_ICMP		1
#define NFG_PROTO_TCP		6
#define NFG_PROTO_UDP		17
#define NFG_PROTO_ROUTING	43
#define NFG_PROTO_FRAGMENT	44
#define NFG_PROTO_AH		51
#define NFG_PROTO_ICMPV6	58
#define NFG_PROTO_DSTOPTS	60
#define NFG_PROTO_SCTP		132

#define NFG_UDP_LEN		8
#define NFG_UDP_LENGTH		4
#define NFG_TCP_LEN		20
#define NFG_TCP_SEQ		4
#define NFG_TCP_ACKNO		8
#define NFG_TCP_SEQ		4
#define NFG_TCP_ACKSEQ		8
#define NFG_TCP_DOFF		12
#define NFG_TCP_FLAGS		13
#define NFG_TCP_FIN		0x01
#define NFG_TCP_SYN		0x02
#define NFG_TCP_RST		0x04
#define NFG_TCP_ACK		0x10
#define NFG_TCP_URG		0x20
#define NFG_TCP_FLAGS		13
#define NFG_TCP_CHECK		16
#define NFG_TCP_FIN		0x01
#define NFG_TCP_SYN		0x02
#define NFG_TCP_RST		0x04
#define NFG_TCP_PSH		0x08
#define NFG_TCP_ACK		0x10
#define NFG_TCP_URG		0x20
#define NFG_SCTP_LEN		12
#define NFG_ICMP_LEN		8
#define NFG_ICMP_CHECK		2
#define NFG_ICMP_ID		4

#endif /* NFG_CORE_IP_H */
