// SPDX-License-Identifier: GPL-2.0
#include <linux/string.h>

#define CREATE_TRACE_POINTS
#include "trace.h"

void nfg_trace_addr(u8 *to, const struct nfg_meta *m, const union nfg_addr *addr)
{
	memset(to, 0, 16);
	if (!(m->flags & NFG_META_TUPLE))
		return;
	if (m->tuple.version == 6) {
		memcpy(to, addr->v6, 16);
		return;
	}
	to[10] = 0xff;
	to[11] = 0xff;
	memcpy(to + 12, &addr->v4, 4);
}
