// SPDX-License-Identifier: GPL-2.0
#include "geneve.h"
#include "inner.h"
#include "outer.h"
#include "packet.h"

int nfg_parse(struct nfg_buf *b, struct nfg_meta *m)
{
	int ret;

	m->flags = 0;
	ret = nfg_outer_parse(b, m);
	if (unlikely(ret))
		return ret;
	ret = nfg_geneve_parse(b, m);
	if (unlikely(ret))
		return ret;
	return nfg_inner_parse(b, m);
}
