// SPDX-License-Identifier: GPL-2.0
#include "geneve.h"
#include "profile.h"

#define NFG_AWS_OPT(type)	(NFG_AWS_CLASS << 8 | (type))

/* bytes of the known options, header included */
#define ENDPOINT_SIZE		12
#define ATTACHMENT_SIZE		12
#define COOKIE_SIZE		8

/* An option header as GWLB writes it, and the bits of it that count: not R. */
#define OPT_HEADER(type, size)	\
	cpu_to_be32(NFG_AWS_OPT(type) << 8 | ((size) - NFG_OPT_LEN) / 4)
#define OPT_MASK		cpu_to_be32(0xffffff1f)

bool nfg_profile_fast(const u8 *options, u32 len, struct nfg_meta *m)
{
	const u8 *attachment = options + ENDPOINT_SIZE;
	const u8 *cookie = attachment + ATTACHMENT_SIZE;
	__be32 diff;

	if (unlikely(len != ENDPOINT_SIZE + ATTACHMENT_SIZE + COOKIE_SIZE))
		return false;
	diff = nfg_load32(options) ^ OPT_HEADER(NFG_AWS_ENDPOINT, ENDPOINT_SIZE);
	diff |= nfg_load32(attachment) ^ OPT_HEADER(NFG_AWS_ATTACHMENT, ATTACHMENT_SIZE);
	diff |= nfg_load32(cookie) ^ OPT_HEADER(NFG_AWS_COOKIE, COOKIE_SIZE);
	if (unlikely(diff & OPT_MASK))
		return false;
	m->endpoint = be64_to_cpu(nfg_load64(options + NFG_OPT_LEN));
	m->cookie = be32_to_cpu(nfg_load32(cookie + NFG_OPT_LEN));
	return true;
}

int nfg_profile_walk(const u8 *options, u32 len, struct nfg_meta *m, enum nfg_reason *demand)
{
	static const u8 sizes[] = {
		[NFG_AWS_ENDPOINT] = ENDPOINT_SIZE,
		[NFG_AWS_ATTACHMENT] = ATTACHMENT_SIZE,
		[NFG_AWS_COOKIE] = COOKIE_SIZE,
	};
	const u32 wanted = 1 << NFG_AWS_ENDPOINT | 1 << NFG_AWS_COOKIE;
	bool critical = false, duplicate = false, length = false;
	const u8 *p = options, *end = options + len;
	u32 size, seen = 0;

	for (; p < end; p += size) {
		u8 type = p[NFG_OPT_TYPE];

		size = NFG_OPT_SIZE(p[3]);
		if (size > end - p)
			return NFG_REASON_GENEVE_OPTIONS;
		if (nfg_load16(p) != cpu_to_be16(NFG_AWS_CLASS) ||
		    type < NFG_AWS_ENDPOINT || type > NFG_AWS_COOKIE) {
			critical |= !!(type & NFG_OPT_CRITICAL);
			continue;
		}
		duplicate |= !!(seen & 1 << type);
		seen |= 1 << type;
		if (size != sizes[type]) {
			length = true;
			continue;
		}
		if (type == NFG_AWS_ENDPOINT)
			m->endpoint = be64_to_cpu(nfg_load64(p + NFG_OPT_LEN));
		else if (type == NFG_AWS_COOKIE)
			m->cookie = be32_to_cpu(nfg_load32(p + NFG_OPT_LEN));
	}
	if (critical)
		return NFG_REASON_GENEVE_CRITICAL;

	if ((seen & wanted) != wanted)
		*demand = NFG_REASON_PROFILE_MISSING;
	else if (duplicate)
		*demand = NFG_REASON_PROFILE_DUPLICATE;
	else if (length)
		*demand = NFG_REASON_PROFILE_LENGTH;
	return 0;
}
