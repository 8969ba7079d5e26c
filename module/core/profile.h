/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A profile says which GENEVE options a load balancer puts into its packets and
 * where the endpoint id and the flow cookie are found in them.
 */
#ifndef NFG_CORE_PROFILE_H
#define NFG_CORE_PROFILE_H

#include "geneve.h"
#include "packet.h"

/*
 * Profile aws: class 0x0108 with type 1, 8 bytes, endpoint id; type 2, 8 bytes,
 * attachment id, not demanded; type 3, 4 bytes, flow cookie.  (AWS: "Gateway
 * Load Balancer", target groups, GENEVE encapsulation.)
 */
#define NFG_AWS_CLASS		0x0108
#define NFG_AWS_ENDPOINT	1
#define NFG_AWS_ATTACHMENT	2
#define NFG_AWS_COOKIE		3

/* bytes of these options, header included */
#define NFG_AWS_ENDPOINT_SIZE	12
#define NFG_AWS_ATTACHMENT_SIZE	12
#define NFG_AWS_COOKIE_SIZE	8
#define NFG_AWS_SIZE		(NFG_AWS_ENDPOINT_SIZE + NFG_AWS_ATTACHMENT_SIZE + \
				 NFG_AWS_COOKIE_SIZE)

/* An option header as GWLB writes it, and the bits of it that count: not R. */
#define NFG_AWS_HEADER(type, size) \
	cpu_to_be32(NFG_AWS_CLASS << 16 | (type) << 8 | ((size) - NFG_OPT_LEN) / 4)
#define NFG_AWS_HEADER_MASK	cpu_to_be32(0xffffff1f)

/**
 * nfg_profile_fast() - recognise the options as GWLB itself sends them
 * @options: NFG_AWS_SIZE bytes, which are all the options there are
 * @m: gets endpoint and cookie
 *
 * Return: true when the three options are there in GWLB's order and with their
 * right lengths; false says nothing about the packet: nfg_profile_walk() does.
 */
static __always_inline bool nfg_profile_fast(const u8 *options, struct nfg_meta *m)
{
	const u8 *attachment = options + NFG_AWS_ENDPOINT_SIZE;
	const u8 *cookie = attachment + NFG_AWS_ATTACHMENT_SIZE;
	__be32 diff;

	diff = nfg_load32(options) ^ NFG_AWS_HEADER(NFG_AWS_ENDPOINT, NFG_AWS_ENDPOINT_SIZE);
	diff |= nfg_load32(attachment) ^
		NFG_AWS_HEADER(NFG_AWS_ATTACHMENT, NFG_AWS_ATTACHMENT_SIZE);
	diff |= nfg_load32(cookie) ^ NFG_AWS_HEADER(NFG_AWS_COOKIE, NFG_AWS_COOKIE_SIZE);
	if (unlikely(diff & NFG_AWS_HEADER_MASK))
		return false;
	m->endpoint = be64_to_cpu(nfg_load64(options + NFG_OPT_LEN));
	m->cookie = be32_to_cpu(nfg_load32(cookie + NFG_OPT_LEN));
	return true;
}

/**
 * nfg_profile_walk() - walk options in any order, with others between
 * @options: first option
 * @len: bytes of all options, a multiple of 4
 * @m: gets endpoint and cookie
 * @demand: gets the reason when the options are sound but not what the profile
 *	demands
 *
 * RFC 8926 section 3.5: the options fill Opt Len exactly; an unknown one with
 * the critical bit ends the packet, others are skipped; reserved bits are
 * ignored.
 *
 * Return: 0, or NFG_REASON_GENEVE_OPTIONS or _CRITICAL.
 */
int nfg_profile_walk(const u8 *options, u32 len, struct nfg_meta *m, enum nfg_reason *demand);

#endif /* NFG_CORE_PROFILE_H */
