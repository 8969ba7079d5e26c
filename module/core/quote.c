// SPDX-License-Identifier: GPL-2.0
#include "inner.h"
#include "ip.h"
#include "l4.h"
#include "quote.h"

/* Bytes of a quoted transport header: RFC 792 promises no more. */
#define NFG_QUOTE_L4	8

bool nfg_icmp_is_error(u8 version, u8 type)
{
	if (version == 6)
		return type < 128;
	return type == 3 || type == 4 || type == 5 || type == 11 || type == 12;
}

/* Each returns the length of the quoted IP headers; 0 when they are no use. */

static u32 nfg_quote_ipv4(const u8 *ip, u32 len, struct nfg_tuple *t)
{
	if (len < NFG_IPV4_LEN || ip[NFG_IPV4_VIHL] >> 4 != 4 || (ip[NFG_IPV4_VIHL] & 0x0f) < 5 ||
	    nfg_load16(ip + NFG_IPV4_FRAG) & cpu_to_be16(NFG_IPV4_OFFSET))
		return 0;
	nfg_ipv4_addresses(t, ip);
	t->proto = ip[NFG_IPV4_PROTO];
	return (ip[NFG_IPV4_VIHL] & 0x0f) * 4;
}

static u32 nfg_quote_ipv6(const u8 *ip, u32 len, struct nfg_tuple *t)
{
	u32 at = NFG_IPV6_LEN;

	if (len < NFG_IPV6_LEN || ip[0] >> 4 != 6)
		return 0;
	memcpy(&t->saddr, ip + NFG_IPV6_SADDR, sizeof(t->saddr));
	memcpy(&t->daddr, ip + NFG_IPV6_DADDR, sizeof(t->daddr));
	t->proto = ip[NFG_IPV6_NEXT];
	while (nfg_ipv6_is_extension(t->proto)) {
		const u8 *ext = ip + at;

		if (len < at + NFG_IPV6_EXT_LEN)
			return 0;
		if (t->proto == NFG_PROTO_FRAGMENT &&
		    nfg_load16(ext + 2) & cpu_to_be16(NFG_IPV6_FRAG_OFFSET))
			return 0;
		if (t->proto == NFG_PROTO_AH)
			at += (ext[1] + 2) * 4;
		else if (t->proto == NFG_PROTO_FRAGMENT)
			at += NFG_IPV6_EXT_LEN;
		else
			at += (ext[1] + 1) * 8;
		t->proto = ext[0];
	}
	return at;
}

static void nfg_quote_ports(const u8 *l4, struct nfg_tuple *t)
{
	switch (t->proto) {
	case NFG_PROTO_ICMP:
	case NFG_PROTO_ICMPV6:
		nfg_icmp_tuple(t, l4);
		break;
	default:
		t->sport = nfg_load16(l4);
		t->dport = nfg_load16(l4 + 2);
	}
}

static bool nfg_addr_same(const union nfg_addr *a, const union nfg_addr *b)
{
	return a->words[0] == b->words[0] && a->words[1] == b->words[1];
}

int nfg_quote_parse(struct nfg_buf *b, struct nfg_meta *m)
{
	u32 at = m->l4 + NFG_ICMP_LEN, end = m->inner + m->inner_len, header;
	struct nfg_tuple *t = &m->quote;
	const u8 *ip;
	int ret;

	if (!nfg_icmp_is_error(m->tuple.version, b->data[m->l4]) || m->flags & NFG_META_FRAGMENT)
		return 0;
	/* no more than a chain of headers is looked at */
	if (end > at + NFG_EXT_CHAIN_MAX)
		end = at + NFG_EXT_CHAIN_MAX;
	ret = nfg_need(b, end, NFG_REASON_INNER_TRUNCATED);
	if (ret)
		return ret;

	ip = b->data + at;
	t->version = m->tuple.version;
	header = t->version == 4 ? nfg_quote_ipv4(ip, end - at, t) :
				   nfg_quote_ipv6(ip, end - at, t);
	if (!header)
		return 0;
	t->sport = 0;
	t->dport = 0;
	if (nfg_l4_len(t)) {
		if (end - at < header + NFG_QUOTE_L4)
			return 0;
		nfg_quote_ports(ip + header, t);
	}
	if (nfg_addr_same(&m->tuple.daddr, &t->saddr) || nfg_addr_same(&m->tuple.daddr, &t->daddr))
		m->flags |= NFG_META_QUOTE;
	return 0;
}
