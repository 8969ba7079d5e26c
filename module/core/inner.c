// SPDX-License-Identifier: GPL-2.0
#include "geneve.h"
#include "inner.h"
#include "ip.h"
#include "l4.h"

/* RFC 1071 over an IPv4 header of @words 32-bit words: true when it is right. */
static bool nfg_ipv4_sum_ok(const u8 *ip, u32 words)
{
	u64 sum = 0;
	u32 i;

	for (i = 0; i < words; i++)
		sum += (__force u32)nfg_load32(ip + 4 * i);
	sum = (sum & 0xffffffff) + (sum >> 32);
	sum = (sum & 0xffff) + (sum >> 16 & 0xffff) + (sum >> 32);
	sum = (sum & 0xffff) + (sum >> 16);
	return (sum & 0xffff) + (sum >> 16) == 0xffff;
}

/*
 * A fragment that no sender makes: empty, beyond the largest packet, a middle
 * that does not end on 8 bytes (RFC 791 section 3.2, RFC 8200 section 4.5), or
 * one that would overwrite TCP's flags (RFC 1858 section 2.2).
 */
static int nfg_fragment_check(const struct nfg_meta *m, u32 header, u32 offset, bool more)
{
	u32 len = m->inner + m->inner_len - m->l4;

	if (!len || header + offset + len > NFG_IP_LEN_MAX || (more && len % 8) ||
	    (m->tuple.proto == NFG_PROTO_TCP && offset == 8))
		return NFG_REASON_INNER_FRAGMENT;
	return 0;
}

static void nfg_fragment_note(struct nfg_meta *m, u32 offset)
{
	m->flags |= NFG_META_FRAGMENT;
	if (offset) {
		m->flags |= NFG_META_LATER;
		m->tuple.sport = 0;
		m->tuple.dport = 0;
		m->tcp_flags = NFG_TCP_ACK;
	}
}

void nfg_ipv4_addresses(struct nfg_tuple *t, const u8 *ip)
{
	t->saddr.words[0] = 0;
	t->saddr.words[1] = 0;
	t->saddr.v4 = nfg_load32(ip + NFG_IPV4_SADDR);
	t->daddr.words[0] = 0;
	t->daddr.words[1] = 0;
	t->daddr.v4 = nfg_load32(ip + NFG_IPV4_DADDR);
}

static int nfg_ipv4_parse(struct nfg_buf *b, struct nfg_meta *m)
{
	const u8 *ip = b->data + m->inner;
	u32 header = (ip[NFG_IPV4_VIHL] & 0x0f) * 4;
	u32 frag;
	int ret;

	if (unlikely(header < NFG_IPV4_LEN))
		return NFG_REASON_INNER_HEADER;
	ret = nfg_need(b, m->inner + header, NFG_REASON_INNER_TRUNCATED);
	if (unlikely(ret))
		return ret;
	m->inner_len = be16_to_cpu(nfg_load16(ip + NFG_IPV4_TOTLEN));
	if (unlikely(m->inner_len < header))
		return NFG_REASON_INNER_HEADER;
	if (unlikely(m->inner_len > b->total - m->inner))
		return NFG_REASON_INNER_TRUNCATED;
	if (unlikely(!nfg_ipv4_sum_ok(ip, header / 4)))
		return NFG_REASON_INNER_CHECKSUM;

	nfg_ipv4_addresses(&m->tuple, ip);
	m->tuple.version = 4;
	m->tuple.proto = ip[NFG_IPV4_PROTO];
	m->l4 = m->inner + header;

	frag = be16_to_cpu(nfg_load16(ip + NFG_IPV4_FRAG));
	if (unlikely(frag & (NFG_IPV4_MF | NFG_IPV4_OFFSET))) {
		u32 offset = (frag & NFG_IPV4_OFFSET) * 8;

		ret = nfg_fragment_check(m, header, offset, frag & NFG_IPV4_MF);
		if (ret)
			return ret;
		m->frag_id = (__force __be32)nfg_load16(ip + NFG_IPV4_ID);
		nfg_fragment_note(m, offset);
	}
	return 0;
}

/* One extension header at @m->l4: moves on to the next. */
static int nfg_ipv6_extension(struct nfg_buf *b, struct nfg_meta *m, u32 index)
{
	u32 end = m->inner + m->inner_len, size;
	u8 type = m->tuple.proto;
	const u8 *ext = b->data + m->l4;
	int ret;

	if (index >= NFG_EXT_HEADERS_MAX || (type == NFG_PROTO_HOPOPTS && index) ||
	    end - m->l4 < NFG_IPV6_EXT_LEN)
		return NFG_REASON_INNER_EXTENSION;
	ret = nfg_need(b, m->l4 + NFG_IPV6_EXT_LEN, NFG_REASON_INNER_EXTENSION);
	if (ret)
		return ret;

	if (type == NFG_PROTO_AH)
		size = (ext[1] + 2) * 4;
	else if (type == NFG_PROTO_FRAGMENT)
		size = NFG_IPV6_EXT_LEN;
	else
		size = (ext[1] + 1) * 8;
	if (size > end - m->l4 || m->l4 + size - m->inner > NFG_EXT_CHAIN_MAX)
		return NFG_REASON_INNER_EXTENSION;
	m->l4 += size;
	m->tuple.proto = ext[0];

	if (type == NFG_PROTO_FRAGMENT) {
		u32 frag = be16_to_cpu(nfg_load16(ext + 2));
		u32 offset = frag & NFG_IPV6_FRAG_OFFSET;

		ret = nfg_fragment_check(m, 0, offset, frag & NFG_IPV6_FRAG_MORE);
		if (ret)
			return ret;
		/* RFC 6946: offset 0 and nothing to follow is a whole packet */
		if (offset || frag & NFG_IPV6_FRAG_MORE) {
			m->frag_id = nfg_load32(ext + 4);
			nfg_fragment_note(m, offset);
		}
	}
	return 0;
}

bool nfg_ipv6_is_extension(u8 next)
{
	switch (next) {
	case NFG_PROTO_HOPOPTS:
	case NFG_PROTO_ROUTING:
	case NFG_PROTO_FRAGMENT:
	case NFG_PROTO_AH:
	case NFG_PROTO_DSTOPTS:
		return true;
	default:
		return false;
	}
}

static int nfg_ipv6_parse(struct nfg_buf *b, struct nfg_meta *m)
{
	const u8 *ip = b->data + m->inner;
	u32 index, fragments = 0;
	int ret;

	ret = nfg_need(b, m->inner + NFG_IPV6_LEN, NFG_REASON_INNER_TRUNCATED);
	if (unlikely(ret))
		return ret;
	m->inner_len = NFG_IPV6_LEN + be16_to_cpu(nfg_load16(ip + NFG_IPV6_PAYLOAD));
	if (unlikely(m->inner_len > b->total - m->inner))
		return NFG_REASON_INNER_TRUNCATED;

	memcpy(&m->tuple.saddr, ip + NFG_IPV6_SADDR, sizeof(m->tuple.saddr));
	memcpy(&m->tuple.daddr, ip + NFG_IPV6_DADDR, sizeof(m->tuple.daddr));
	m->tuple.version = 6;
	m->tuple.proto = ip[NFG_IPV6_NEXT];
	m->l4 = m->inner + NFG_IPV6_LEN;

	for (index = 0; nfg_ipv6_is_extension(m->tuple.proto); index++) {
		if (m->tuple.proto == NFG_PROTO_FRAGMENT && fragments++)
			return NFG_REASON_INNER_EXTENSION;
		ret = nfg_ipv6_extension(b, m, index);
		if (ret)
			return ret;
		if (m->flags & NFG_META_LATER)
			break;
	}
	return 0;
}

int nfg_inner_parse(struct nfg_buf *b, struct nfg_meta *m)
{
	const u8 *geneve = b->data + m->geneve;
	bool ipv4 = nfg_load16(geneve + NFG_GENEVE_PROTO) == cpu_to_be16(NFG_GENEVE_IPV4);
	int ret;

	/* the shorter of the two headers: enough to tell the version */
	ret = nfg_need(b, m->inner + NFG_IPV4_LEN, NFG_REASON_INNER_TRUNCATED);
	if (unlikely(ret))
		return ret;
	if (unlikely(b->data[m->inner] >> 4 != (ipv4 ? 4 : 6)))
		return NFG_REASON_INNER_VERSION;

	ret = ipv4 ? nfg_ipv4_parse(b, m) : nfg_ipv6_parse(b, m);
	if (unlikely(ret))
		return ret;
	if (likely(!(m->flags & NFG_META_LATER))) {
		ret = nfg_l4_parse(b, m);
		if (unlikely(ret))
			return ret;
	}
	m->flags |= NFG_META_TUPLE;
	return 0;
}
