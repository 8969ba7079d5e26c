// SPDX-License-Identifier: GPL-2.0
#include "geneve.h"
#include "profile.h"

/* RFC 8926 section 3.4: what the base header alone can tell. */
static int nfg_geneve_base(struct nfg_buf *b, struct nfg_meta *m)
{
	const u8 *g = b->data + m->geneve;
	int ret;

	ret = nfg_need(b, m->geneve + NFG_GENEVE_LEN, NFG_REASON_GENEVE_TRUNCATED);
	if (unlikely(ret))
		return ret;
	if (unlikely(NFG_GENEVE_VERSION(g[0])))
		return NFG_REASON_GENEVE_VERSION;
	m->inner = m->geneve + NFG_GENEVE_LEN + NFG_GENEVE_OPTLEN(g[0]);
	ret = nfg_need(b, m->inner, NFG_REASON_GENEVE_OPTIONS);
	if (unlikely(ret))
		return ret;
	if (unlikely(g[1] & NFG_GENEVE_CONTROL))
		return NFG_REASON_GENEVE_CONTROL;
	return 0;
}

int nfg_geneve_parse(struct nfg_buf *b, struct nfg_meta *m)
{
	const u8 *g = b->data + m->geneve, *options = g + NFG_GENEVE_LEN;
	enum nfg_reason demand = NFG_REASON_NONE;
	__be16 proto;
	u32 len;
	int ret;

	ret = nfg_geneve_base(b, m);
	if (unlikely(ret))
		return ret;
	len = NFG_GENEVE_OPTLEN(g[0]);
	if (len != NFG_AWS_SIZE || !nfg_profile_fast(options, m)) {
		ret = nfg_profile_walk(options, len, m, &demand);
		if (ret)
			return ret;
	}
	proto = nfg_load16(g + NFG_GENEVE_PROTO);
	if (unlikely(proto != cpu_to_be16(NFG_GENEVE_IPV4) &&
		     proto != cpu_to_be16(NFG_GENEVE_IPV6)))
		return NFG_REASON_GENEVE_PROTOCOL;
	if (unlikely(demand))
		return demand;
	m->flags |= NFG_META_PROFILE;
	return 0;
}
