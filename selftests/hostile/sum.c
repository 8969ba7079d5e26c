// SPDX-License-Identifier: GPL-2.0
#include "ip.h"
#include "packets.h"

static u32 add(u32 sum, const u8 *p, u32 len)
{
	for (; len > 1; len -= 2, p += 2)
		sum += p[0] << 8 | p[1];
	return len ? sum + (p[0] << 8) : sum;
}

static u16 fold(u32 sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

/* Each is 0 over something whose sum is right. */

u16 sum_ipv4(const u8 *ip, u32 header)
{
	return fold(add(0, ip, header));
}

u16 sum_udp(const u8 *ip, u32 header, u32 len)
{
	u32 sum = add(NFG_PROTO_UDP + len, ip + NFG_IPV4_SADDR, 8);

	return fold(add(sum, ip + header, len));
}
