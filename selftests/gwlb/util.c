// SPDX-License-Identifier: GPL-2.0
/* Time, hashes, checksums and messages. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "gwlb.h"

int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* The finalizer of splitmix64 */
uint64_t hash_mix(uint64_t value)
{
	value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
	value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
	return value ^ (value >> 31);
}

/* Eight bytes a step: jumbo packets are hashed twice, in emulated guests. */
uint64_t hash_bytes(const void *data, size_t len, uint64_t seed)
{
	const uint8_t *p = data;
	uint64_t hash = seed ^ len, word;

	for (; len >= sizeof(word); p += sizeof(word), len -= sizeof(word)) {
		memcpy(&word, p, sizeof(word));
		hash = (hash ^ word) * 0x9e3779b97f4a7c15ULL;
		hash ^= hash >> 32;
	}
	word = 0;
	memcpy(&word, p, len);
	return hash_mix(hash ^ word);
}

/* Ones' complement sum of 16-bit words in memory order, not folded to the end */
uint32_t csum_add(uint32_t sum, const void *data, size_t len)
{
	const uint8_t *p = data;
	uint64_t total = sum;
	uint32_t word = 0;

	for (; len >= sizeof(word); p += sizeof(word), len -= sizeof(word)) {
		memcpy(&word, p, sizeof(word));
		total += word;
	}
	word = 0;
	memcpy(&word, p, len);
	total += word;
	total = (total & 0xffffffff) + (total >> 32);
	return (uint32_t)((total & 0xffffffff) + (total >> 32));
}

uint16_t csum_fold(uint32_t sum)
{
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

/*
 * Checksum of the @len bytes at @udp with the addresses of the IPv4 header
 * @ip: 0 over a datagram whose checksum is right.
 */
uint16_t udp_csum(const uint8_t *ip, const uint8_t *udp, size_t len)
{
	uint8_t pseudo[4] = { 0, IPPROTO_UDP };

	put_be16(pseudo + 2, (uint16_t)len);
	return csum_fold(csum_add(csum_add(csum_add(0, ip + 12, 8), pseudo, 4), udp, len));
}

uint16_t get_be16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

uint64_t get_be64(const uint8_t *p)
{
	uint64_t value = 0;

	for (int i = 0; i < 8; i++)
		value = value << 8 | p[i];
	return value;
}

void put_be16(uint8_t *p, uint16_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
}

void put_be32(uint8_t *p, uint32_t value)
{
	put_be16(p, (uint16_t)(value >> 16));
	put_be16(p + 2, (uint16_t)value);
}

void put_be64(uint8_t *p, uint64_t value)
{
	put_be32(p, (uint32_t)(value >> 32));
	put_be32(p + 4, (uint32_t)value);
}

/* One line on stderr, with the seconds since the start */
void say(struct gwlb *g, const char *fmt, ...)
{
	int64_t ms = now_ms() - g->started;
	char text[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	fprintf(stderr, "gwlb %3lld.%03lld %s\n", (long long)ms / 1000, (long long)ms % 1000, text);
}
