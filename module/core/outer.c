// SPDX-License-Identifier: GPL-2.0
#include "outer.h"
#include "ip.h"

int nfg_outer_parse(struct nfg_buf *b, struct nfg_meta *m)
{
	const u8 *ip = b->data;
	int ret;

	ret = nfg_need(b, NFG_IPV4_LEN, NFG_REASON_OUTER_HEADER);
	if (unlikely(ret))
		return ret;
	m->peer = nfg_load32(ip + NFG_IPV4_SADDR);
	if (unlikely(ip[NFG_IPV4_VIHL] != 0x45))
		return NFG_REASON_OUTER_HEADER;
	if (unlikely(be16_to_cpu(nfg_load16(ip + NFG_IPV4_TOTLEN)) != b->total))
		return NFG_REASON_OUTER_HEADER;
	if (unlikely(nfg_load16(ip + NFG_IPV4_FRAG) & cpu_to_be16(NFG_IPV4_MF | NFG_IPV4_OFFSET)))
		return NFG_REASON_OUTER_FRAGMENT;
	if (unlikely(ip[NFG_IPV4_TTL] <= 1))
		return NFG_REASON_TTL_EXPIRED;

	ret = nfg_need(b, NFG_IPV4_LEN + NFG_UDP_LEN, NFG_REASON_UDP_LENGTH);
	if (unlikely(ret))
		return ret;
	if (unlikely(be16_to_cpu(nfg_load16(ip + NFG_IPV4_LEN + NFG_UDP_LENGTH)) !=
		     b->total - NFG_IPV4_LEN))
		return NFG_REASON_UDP_LENGTH;

	m->geneve = NFG_IPV4_LEN + NFG_UDP_LEN;
	return 0;
}
