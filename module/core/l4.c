// SPDX-License-Identifier: GPL-2.0
#include "ip.h"
#include "l4.h"
#include "quote.h"

static int nfg_tcp_parse(const u8 *tcp, u32 room, struct nfg_meta *m)
{
	u32 header = (tcp[NFG_TCP_DOFF] >> 4) * 4;

	m->tcp_flags = tcp[NFG_TCP_FLAGS];
	return header < NFG_TCP_LEN || header > room ? NFG_REASON_INNER_L4 : 0;
}

/* A first fragment carries less than its UDP length says; whatever follows the
 * datagram inside the IP packet may be UDP options (RFC 9868).
 */
static int nfg_udp_parse(const u8 *udp, u32 room, bool fragment)
{
	u32 len = be16_to_cpu(nfg_load16(udp + NFG_UDP_LENGTH));

	return len < NFG_UDP_LEN || (len > room && !fragment) ? NFG_REASON_INNER_L4 : 0;
}

/* Queries have an id: echo, timestamp, information and address mask (RFC 792,
 * RFC 950) and ICMPv6 echo (RFC 4443).
 */
static bool nfg_icmp_query(u8 version, u8 type)
{
	if (version == 6)
		return type == 128 || type == 129;
	return type == 0 || type == 8 || (type >= 13 && type <= 18);
}

void nfg_icmp_tuple(struct nfg_tuple *t, const u8 *icmp)
{
	t->sport = nfg_icmp_query(t->version, icmp[0]) ? nfg_load16(icmp + NFG_ICMP_ID) : 0;
	t->dport = nfg_load16(icmp);
}

u8 nfg_icmp_request(const struct nfg_tuple *t, bool *is_reply)
{
	u8 type = be16_to_cpu(t->dport) >> 8;

	if (!nfg_icmp_query(t->version, type))
		return 0;
	if (t->version == 6) {
		*is_reply = type == 129;
		return 128;
	}
	if (type == 0 || type == 8) {
		*is_reply = type == 0;
		return 8;
	}
	/* requests are odd, each is followed by its reply */
	*is_reply = !(type & 1);
	return *is_reply ? type - 1 : type;
}

u32 nfg_l4_len(const struct nfg_tuple *t)
{
	switch (t->proto) {
	case NFG_PROTO_TCP:
		return NFG_TCP_LEN;
	case NFG_PROTO_UDP:
		return NFG_UDP_LEN;
	case NFG_PROTO_SCTP:
		return NFG_SCTP_LEN;
	default:
		return nfg_tuple_is_icmp(t) ? NFG_ICMP_LEN : 0;
	}
}

int nfg_l4_parse(struct nfg_buf *b, struct nfg_meta *m)
{
	u32 room = m->inner + m->inner_len - m->l4;
	u32 len = nfg_l4_len(&m->tuple);
	const u8 *l4 = b->data + m->l4;
	int ret;

	m->tcp_flags = NFG_TCP_ACK;
	if (!len) {
		m->tuple.sport = 0;
		m->tuple.dport = 0;
		return 0;
	}
	if (unlikely(len > room))
		return NFG_REASON_INNER_L4;
	ret = nfg_need(b, m->l4 + len, NFG_REASON_INNER_L4);
	if (unlikely(ret))
		return ret;

	switch (m->tuple.proto) {
	case NFG_PROTO_ICMP:
	case NFG_PROTO_ICMPV6:
		nfg_icmp_tuple(&m->tuple, l4);
		m->flags |= NFG_META_ICMP;
		return nfg_quote_parse(b, m);
	case NFG_PROTO_TCP:
		ret = nfg_tcp_parse(l4, room, m);
		break;
	case NFG_PROTO_UDP:
		ret = nfg_udp_parse(l4, room, m->flags & NFG_META_FRAGMENT);
		break;
	}
	m->tuple.sport = nfg_load16(l4);
	m->tuple.dport = nfg_load16(l4 + 2);
	return ret;
}
