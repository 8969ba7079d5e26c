// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <arpa/inet.h>
#include <endian.h>
#include <stdio.h>
#include <string.h>

#include "item.h"
#include "protocol.h"
#include "value.h"
#include "vpce.h"

#define BYTES	16

/* Longer text than this is no value. */
#define PART_TEXT	64

/* Copies the part of @s before @end; false when it is too long to be a value. */
static bool copy_part(char part[PART_TEXT], const char *s, const char *end)
{
	size_t len = end - s;

	if (len >= PART_TEXT)
		return false;
	memcpy(part, s, len);
	part[len] = '\0';
	return true;
}

static void put_number(uint8_t key[BYTES], uint64_t n)
{
	n = htobe64(n);
	memcpy(key + 8, &n, sizeof(n));
}

static uint64_t get_number(const uint8_t key[BYTES])
{
	uint64_t n;

	memcpy(&n, key + 8, sizeof(n));
	return be64toh(n);
}

/* Most addresses are dotted quads, and there may be many of them. */
static bool read_quad(const char *s, uint8_t key[BYTES])
{
	unsigned int i, n;
	const char *begin;

	for (i = 0; i < 4; i++) {
		begin = s;
		for (n = 0; *s >= '0' && *s <= '9' && n <= 255; s++)
			n = 10 * n + (*s - '0');
		/* No zeros before a number: some take it for an octal one. */
		if (s == begin || n > 255 || (*begin == '0' && s > begin + 1))
			return false;
		if (*s++ != (i < 3 ? '.' : '\0'))
			return false;
		key[12 + i] = n;
	}
	return true;
}

/* Return: the family or 0. */
static uint32_t read_addr(const char *s, uint8_t key[BYTES])
{
	if (read_quad(s, key))
		return 4;
	return inet_pton(AF_INET6, s, key) == 1 ? 6 : 0;
}

/* Sets or clears the bits of a key that lie behind @keep bits; true if any was set. */
static bool fill_tail(uint8_t key[BYTES], unsigned int keep, bool set)
{
	bool any = false;
	unsigned int i;
	uint8_t mask;

	for (i = keep / 8, mask = 0xff >> keep % 8; i < BYTES; i++, mask = 0xff) {
		any |= key[i] & mask;
		key[i] = set ? key[i] | mask : key[i] & ~mask;
	}
	return any;
}

static bool parse_prefix(struct why *why, const char *s, const char *slash, struct nfg_element *e)
{
	unsigned int bits, skip;
	char text[ITEM_TEXT];
	unsigned long len;

	bits = e->family == 4 ? 32 : 128;
	skip = 128 - bits;
	if (!value_number(slash + 1, bits, &len))
		return refuse(why, "'%.64s': expected a prefix length from 0 to %u", s, bits);
	memcpy(e->to, e->from, BYTES);
	fill_tail(e->to, skip + len, true);
	if (fill_tail(e->from, skip + len, false))
		return refuse(why, "'%.64s' has bits set behind its prefix: expected %s", s,
			      item_text(text, NFG_SET_ADDR, e));
	return true;
}

static bool no_addr(struct why *why, const char *s)
{
	return refuse(why, "'%.64s' is no address: expected one like 192.0.2.1 or 2001:db8::1, a prefix or a range",
		      s);
}

static bool parse_addr(struct why *why, const char *s, struct nfg_element *e)
{
	const char *end = s + strcspn(s, "/-");
	char part[PART_TEXT];

	if (!copy_part(part, s, end))
		return no_addr(why, s);
	e->family = read_addr(part, e->from);
	if (!e->family)
		return no_addr(why, s);
	if (*end == '/')
		return parse_prefix(why, s, end, e);
	if (!*end) {
		memcpy(e->to, e->from, BYTES);
		return true;
	}
	if (!copy_part(part, end + 1, end + strlen(end)) || read_addr(part, e->to) != e->family)
		return refuse(why, "'%.64s' is no range: expected two addresses of one family", s);
	return true;
}

bool item_numbers(const char *s, uint16_t max, uint16_t *from, uint16_t *to)
{
	const char *end = strchrnul(s, '-');
	unsigned long a, b;
	char part[PART_TEXT];

	if (!copy_part(part, s, end) || !value_number(part, max, &a))
		return false;
	b = a;
	if (*end && !value_number(end + 1, max, &b))
		return false;
	*from = a;
	*to = b;
	return true;
}

static bool parse_port(struct why *why, const char *s, struct nfg_element *e)
{
	uint16_t from, to;

	if (!item_numbers(s, UINT16_MAX, &from, &to))
		return refuse(why, "'%.64s' is no port: expected a number from 0 to 65535 or a range like 8000-8099",
			      s);
	put_number(e->from, from);
	put_number(e->to, to);
	return true;
}

static bool parse_proto(struct why *why, const char *s, struct nfg_element *e)
{
	int named = protocol_find(s);
	uint16_t from = named, to = named;

	if (named < 0 && !item_numbers(s, UINT8_MAX, &from, &to))
		return protocol_unknown(why, s);
	put_number(e->from, from);
	put_number(e->to, to);
	return true;
}

/* An id contains a '-' itself: a range has it before its second "vpce-". */
static bool parse_endpoint(struct why *why, const char *s, struct nfg_element *e)
{
	const char *second = *s ? strstr(s + 1, "-vpce-") : NULL;
	char part[PART_TEXT];
	uint64_t from, to;

	if (!nfg_vpce_parse(s, &from))
		to = from;
	else if (!second || !copy_part(part, s, second) || nfg_vpce_parse(part, &from) ||
		 nfg_vpce_parse(second + 1, &to))
		return refuse(why, "'%.64s' is no endpoint: expected an id like vpce-0123456789abcdef0",
			      s);
	put_number(e->from, from);
	put_number(e->to, to);
	return true;
}

bool item_parse(struct why *why, uint8_t type, const char *s, struct nfg_element *e)
{
	static bool (*const parse[])(struct why *why, const char *s, struct nfg_element *e) = {
		[NFG_SET_ADDR] = parse_addr,
		[NFG_SET_PORT] = parse_port,
		[NFG_SET_PROTO] = parse_proto,
		[NFG_SET_ENDPOINT] = parse_endpoint,
	};

	memset(e, 0, sizeof(*e));
	if (!parse[type](why, s, e))
		return false;
	if (memcmp(e->from, e->to, BYTES) > 0)
		return refuse(why, "'%.64s' ends before it begins: expected the smaller one first",
			      s);
	return true;
}

/* The length of the prefix that a range of addresses is, -1 for none. */
static int prefix_of(const struct nfg_element *e)
{
	int first = e->family == 4 ? 96 : 0, len = first, i;

	while (len < 128 && !((e->from[len / 8] ^ e->to[len / 8]) & 0x80 >> len % 8))
		len++;
	for (i = len; i < 128; i++)
		if (e->from[i / 8] & 0x80 >> i % 8 || !(e->to[i / 8] & 0x80 >> i % 8))
			return -1;
	return len - first;
}

static const char *addr_text(char *buf, const uint8_t key[BYTES], uint32_t family)
{
	if (family == 4)
		return inet_ntop(AF_INET, key + 12, buf, INET6_ADDRSTRLEN);
	return inet_ntop(AF_INET6, key, buf, INET6_ADDRSTRLEN);
}

static void write_addr(char *buf, const struct nfg_element *e)
{
	char from[INET6_ADDRSTRLEN], to[INET6_ADDRSTRLEN];
	int len = prefix_of(e);

	addr_text(from, e->from, e->family);
	if (len == (e->family == 4 ? 32 : 128))
		snprintf(buf, ITEM_TEXT, "%s", from);
	else if (len >= 0)
		snprintf(buf, ITEM_TEXT, "%s/%d", from, len);
	else
		snprintf(buf, ITEM_TEXT, "%s-%s", from, addr_text(to, e->to, e->family));
}

static void write_number(char *buf, uint8_t type, uint64_t n)
{
	const char *name = type == NFG_SET_PROTO ? protocol_name(n) : NULL;

	if (type == NFG_SET_ENDPOINT)
		nfg_vpce_format(buf, NFG_VPCE_LEN, n);
	else if (name)
		sprintf(buf, "%s", name);
	else
		sprintf(buf, "%llu", (unsigned long long)n);
}

const char *item_text(char *buf, uint8_t type, const struct nfg_element *e)
{
	uint64_t from = get_number(e->from), to = get_number(e->to);

	if (type == NFG_SET_ADDR) {
		write_addr(buf, e);
		return buf;
	}
	/* Names make no ranges. */
	if (from != to && type == NFG_SET_PROTO)
		type = NFG_SET_PORT;
	write_number(buf, type, from);
	if (from != to) {
		strcat(buf, "-");
		write_number(buf + strlen(buf), type, to);
	}
	return buf;
}
