/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A profile says which GENEVE options a load balancer puts into its packets and
 * where the endpoint id and the flow cookie are found in them.
 */
#ifndef NFG_CORE_PROFILE_H
#define NFG_CORE_PROFILE_H

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

/**
 * nfg_profile_fast() - recognise the options as GWLB itself sends them
 * @options: first option
 * @len: bytes of all options
 * @m: gets endpoint and cookie
 *
 * Return: true when the three options stand alone, in order and with their
 * right lengths; false says nothing about the packet: nfg_profile_walk() does.
 */
bool nfg_profile_fast(const u8 *options, u32 len, struct nfg_meta *m);

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
