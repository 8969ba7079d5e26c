// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "inject.h"

static uint32_t get16(const uint8_t *p)
{
	return p[0] << 8 | p[1];
}

static void put16(uint8_t *p, uint32_t value)
{
	p[0] = value >> 8;
	p[1] = value;
}

/* RFC 1071, continuing @sum */
static uint32_t add(uint32_t sum, const uint8_t *p, size_t len)
{
	for (; len > 1; len -= 2, p += 2)
		sum += get16(p);
	if (len)
		sum += p[0] << 8;
	return sum;
}

static uint16_t fold(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

static void header_sum(uint8_t *ip)
{
	put16(ip + 10, 0);
	put16(ip + 10, fold(add(0, ip, (ip[0] & 15) * 4)));
}

/* Length and sum of the IPv4 header only. */
void fix_header(uint8_t *ip, size_t len)
{
	put16(ip + 2, len);
	header_sum(ip);
}

/* Makes a packet of @len bytes out of one that was longer. */
void fix_lengths(uint8_t *ip, size_t len)
{
	size_t udp = len - 20;
	uint16_t sum;

	fix_header(ip, len);
	if (udp < 8)
		return;
	put16(ip + 24, udp);
	put16(ip + 26, 0);
	sum = fold(add(17 + udp, ip + 12, 8 + udp));
	put16(ip + 26, sum ? sum : 0xffff);
}

/* What comes back: addresses exchanged, TTL - 1, the sum; nothing else. */
void make_answer(uint8_t *answer, const uint8_t *ip, size_t len)
{
	memcpy(answer, ip, len);
	memcpy(answer + 12, ip + 16, 4);
	memcpy(answer + 16, ip + 12, 4);
	answer[8]--;
	header_sum(answer);
}

/* Where the inner packet of a valid packet ends. */
size_t inner_end(const uint8_t *ip)
{
	size_t inner = 28 + 8 + (ip[28] & 0x3f) * 4;

	if (ip[inner] >> 4 == 4)
		return inner + get16(ip + inner + 2);
	return inner + 40 + get16(ip + inner + 4);
}
