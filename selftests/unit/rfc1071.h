/* SPDX-License-Identifier: GPL-2.0 */
/* Checksums to the letter of RFC 1071, byte by byte. */
#ifndef NFG_UNIT_RFC1071_H
#define NFG_UNIT_RFC1071_H

#include "ip.h"
#include "port.h"

/* One's complement sum on top of @start; of right data with its sum: 0xffff. */
static inline u32 sum16(const u8 *data, u32 len, u32 start)
{
	u32 i, sum = start;

	for (i = 0; i < len; i++) {
		sum += i & 1 ? data[i] : data[i] << 8;
		sum = (sum & 0xffff) + (sum >> 16);
	}
	return sum;
}

/*
 * The same over what an IP header, without options or extension headers, is in
 * front of, and its pseudo header.
 */
static inline u32 sum_l4(const u8 *ip, u32 len)
{
	bool v4 = ip[0] >> 4 == 4;
	u32 header = v4 ? NFG_IPV4_LEN : NFG_IPV6_LEN;
	u32 sum = (v4 ? ip[NFG_IPV4_PROTO] : ip[NFG_IPV6_NEXT]) + len - header;

	sum = v4 ? sum16(ip + NFG_IPV4_SADDR, 8, sum) : sum16(ip + NFG_IPV6_SADDR, 32, sum);
	return sum16(ip + header, len - header, sum);
}

static inline void store16(u8 *p, u32 v)
{
	p[0] = v >> 8;
	p[1] = v;
}

#endif /* NFG_UNIT_RFC1071_H */
