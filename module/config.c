// SPDX-License-Identifier: GPL-2.0
#include <linux/inetdevice.h>
#include <linux/slab.h>

#include "config.h"

/* Where a VPC's addresses come from: RFC 1918, and RFC 6598's shared space. */
static const struct {
	u32 addr;
	u8 len;
} nfg_origins_default[] = {
	{ 0x0a000000, 8 },
	{ 0xac100000, 12 },
	{ 0xc0a80000, 16 },
	{ 0x64400000, 10 },
};

int nfg_prefix_set(struct nfg_prefix *p, __be32 addr, u8 len)
{
	if (len > 32)
		return -EINVAL;
	p->addr = addr;
	p->len = len;
	p->mask = inet_make_mask(len);
	return addr & ~p->mask ? -EINVAL : 0;
}

struct nfg_config *nfg_config_alloc(u32 n_origins)
{
	struct nfg_config *cfg;

	cfg = kzalloc(struct_size(cfg, origins, n_origins), GFP_KERNEL);
	if (cfg)
		cfg->n_origins = n_origins;
	return cfg;
}

struct nfg_config *nfg_config_default(void)
{
	struct nfg_config *cfg;
	u32 i;

	cfg = nfg_config_alloc(ARRAY_SIZE(nfg_origins_default));
	if (!cfg)
		return NULL;
	cfg->port = htons(NFG_PORT_DEFAULT);
	for (i = 0; i < cfg->n_origins; i++)
		nfg_prefix_set(&cfg->origins[i], htonl(nfg_origins_default[i].addr),
			       nfg_origins_default[i].len);
	return cfg;
}

bool nfg_config_origin(const struct nfg_config *cfg, __be32 addr)
{
	u32 i;

	for (i = 0; i < cfg->n_origins; i++)
		if ((addr & cfg->origins[i].mask) == cfg->origins[i].addr)
			return true;
	return false;
}
