// SPDX-License-Identifier: GPL-2.0
#include <linux/bitops.h>
#include <linux/jiffies.h>
#include <linux/slab.h>

#include "config.h"

struct nfg_prefix_default {
	u8 version;
	u8 len;
	u8 addr[16];
};

/* Where a VPC's addresses come from: RFC 1918, and RFC 6598's shared space. */
static const struct nfg_prefix_default nfg_origins_default[] = {
	{ 4, 8, { 10 } },
	{ 4, 12, { 172, 16 } },
	{ 4, 16, { 192, 168 } },
	{ 4, 10, { 100, 64 } },
};

/* The same, link-local (RFC 3927, RFC 4291) and unique local addresses (RFC 4193). */
static const struct nfg_prefix_default nfg_local_default[] = {
	{ 4, 8, { 10 } },
	{ 4, 12, { 172, 16 } },
	{ 4, 16, { 192, 168 } },
	{ 4, 10, { 100, 64 } },
	{ 4, 16, { 169, 254 } },
	{ 6, 7, { 0xfc } },
	{ 6, 10, { 0xfe, 0x80 } },
};

/* GWLB's own idle timeouts, and shorter ones where nothing is lost. */
static const u32 nfg_timeout_default[NFG_TIMEOUTS] = {
	[NFG_TIMEOUT_ESTABLISHED] = 350 * HZ,
	[NFG_TIMEOUT_OTHER] = 120 * HZ,
	[NFG_TIMEOUT_HALF_OPEN] = 30 * HZ,
	[NFG_TIMEOUT_CLOSING] = 10 * HZ,
	[NFG_TIMEOUT_DENIED] = 30 * HZ,
};

int nfg_prefix_set(struct nfg_prefix *p, u8 version, const void *addr, u8 len)
{
	u32 size = version == 4 ? 4 : 16, i;

	if (len > size * 8)
		return -EINVAL;
	memset(p, 0, sizeof(*p));
	p->version = version;
	p->len = len;
	memcpy(p->addr.v6, addr, size);
	for (i = 0; i < len; i++)
		p->mask.v6[i / 8] |= 0x80 >> i % 8;
	for (i = 0; i < size; i++)
		if (p->addr.v6[i] & ~p->mask.v6[i])
			return -EINVAL;
	return 0;
}

struct nfg_config *nfg_config_new(const struct nfg_config *like, int n_origins, int n_local)
{
	u32 origins = n_origins < 0 ? like->n_origins : n_origins;
	u32 local = n_local < 0 ? like->n_local : n_local;
	struct nfg_config *cfg;

	cfg = kzalloc(struct_size(cfg, prefix, origins + local), GFP_KERNEL);
	if (!cfg)
		return NULL;
	memcpy(cfg, like, offsetof(struct nfg_config, n_origins));
	cfg->n_origins = origins;
	cfg->n_local = local;
	if (n_origins < 0)
		memcpy(cfg->prefix, like->prefix, origins * sizeof(*cfg->prefix));
	if (n_local < 0)
		memcpy(cfg->prefix + origins, like->prefix + like->n_origins,
		       local * sizeof(*cfg->prefix));
	return cfg;
}

static void nfg_prefixes_fill(struct nfg_prefix *to, const struct nfg_prefix_default *from, u32 n)
{
	u32 i;

	for (i = 0; i < n; i++)
		nfg_prefix_set(&to[i], from[i].version, from[i].addr, from[i].len);
}

struct nfg_config *nfg_config_default(struct nfg_ruleset *rules)
{
	static const struct nfg_config none = {
		.port = cpu_to_be16(NFG_PORT_DEFAULT),
		.tcp_pickup = true,
		.flow_max = NFG_FLOWS_DEFAULT,
		.reject_rate = 1000,
		.log_rate = 1000,
	};
	struct nfg_config *cfg;

	cfg = nfg_config_new(&none, ARRAY_SIZE(nfg_origins_default),
			     ARRAY_SIZE(nfg_local_default));
	if (!cfg)
		return NULL;
	cfg->rules = rules;
	memcpy(cfg->timeout, nfg_timeout_default, sizeof(cfg->timeout));
	nfg_prefixes_fill(cfg->prefix, nfg_origins_default, cfg->n_origins);
	nfg_prefixes_fill(cfg->prefix + cfg->n_origins, nfg_local_default, cfg->n_local);
	return cfg;
}

static bool nfg_prefixes_have(const struct nfg_prefix *p, u32 n, u8 version,
			      const union nfg_addr *addr)
{
	u32 i;

	for (i = 0; i < n; i++)
		if (nfg_prefix_has(&p[i], version, addr))
			return true;
	return false;
}

bool nfg_config_origin(const struct nfg_config *cfg, __be32 addr)
{
	const union nfg_addr a = { .v4 = addr };

	return nfg_prefixes_have(cfg->prefix, cfg->n_origins, 4, &a);
}

bool nfg_config_same_local(const struct nfg_config *a, const struct nfg_config *b)
{
	return a->n_local == b->n_local &&
	       !memcmp(a->prefix + a->n_origins, b->prefix + b->n_origins,
		       a->n_local * sizeof(*a->prefix));
}

u8 nfg_config_direction(const struct nfg_config *cfg, const struct nfg_tuple *t)
{
	return nfg_prefixes_have(cfg->prefix + cfg->n_origins, cfg->n_local, t->version,
				 &t->saddr) ?
	       NFG_DIRECTION_OUTBOUND : NFG_DIRECTION_INBOUND;
}
