// SPDX-License-Identifier: GPL-2.0
#include "profile.h"

int nfg_profile_walk(const u8 *options, u32 len, struct nfg_meta *m, enum nfg_reason *demand)
{
	static const u8 sizes[] = {
		[NFG_AWS_ENDPOINT] = NFG_AWS_ENDPOINT_SIZE,
		[NFG_AWS_ATTACHMENT] = NFG_AWS_ATTACHMENT_SIZE,
		[NFG_AWS_COOKIE] = NFG_AWS_COOKIE_SIZE,
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
