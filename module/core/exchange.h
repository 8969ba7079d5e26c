/* SPDX-License-Identifier: GPL-2.0 */
/* What a packet that goes back has changed: five things of its outer header. */
#ifndef NFG_CORE_EXCHANGE_H
#define NFG_CORE_EXCHANGE_H

#include "ip.h"
#include "port.h"

/**
 * nfg_exchange() - exchange source and destination, take one from the TTL
 * @ip: outer IPv4 header, TTL at least 1
 *
 * The two sums, IPv4's and UDP's, do not see the exchange; the TTL is updated in
 * the first (RFC 1141).
 */
static inline void nfg_exchange(u8 *ip)
{
	__be32 source = nfg_load32(ip + NFG_IPV4_SADDR);
	__be32 destination = nfg_load32(ip + NFG_IPV4_DADDR);
	u32 sum = (__force u16)nfg_load16(ip + NFG_IPV4_CHECK);
	u16 check;

	memcpy(ip + NFG_IPV4_SADDR, &destination, sizeof(destination));
	memcpy(ip + NFG_IPV4_DADDR, &source, sizeof(source));
	ip[NFG_IPV4_TTL]--;
	sum += (__force u16)cpu_to_be16(0x0100);
	check = sum + (sum >= 0xffff);
	memcpy(ip + NFG_IPV4_CHECK, &check, sizeof(check));
}

#endif /* NFG_CORE_EXCHANGE_H */
