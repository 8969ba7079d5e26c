// SPDX-License-Identifier: GPL-2.0
/* GENEVE as AWS writes it: three options of one class, VNI 0, no flags. */
#include <string.h>

#include "gwlb.h"

#define CLASS_AWS	0x0108
#define TYPE_ENDPOINT	1
#define TYPE_ATTACHMENT	2
#define TYPE_COOKIE	3

static uint8_t *option_build(uint8_t *p, uint8_t type, uint8_t len)
{
	put_be16(p, CLASS_AWS);
	p[2] = type;
	p[3] = len / 4;
	memset(p + 4, 0, len);
	return p + 4 + len;
}

/* Writes GENEVE_LEN bytes; @version is the inner packet's, 4 or 6. */
void geneve_build(uint8_t *header, unsigned int version, uint64_t endpoint, uint32_t cookie)
{
	uint8_t *p = header + 8;

	memset(header, 0, 8);
	header[0] = (GENEVE_LEN - 8) / 4;
	put_be16(header + 2, version == 6 ? 0x86dd : 0x0800);
	p = option_build(p, TYPE_ENDPOINT, 8);
	put_be64(p - 8, endpoint);
	p = option_build(p, TYPE_ATTACHMENT, 8);
	p = option_build(p, TYPE_COOKIE, 4);
	put_be32(p - 4, cookie);
}

/* Return: 0, or -1 when there is no way to find the inner packet */
int geneve_parse(struct geneve *gnv, const uint8_t *payload, size_t len)
{
	const uint8_t *p, *end;

	memset(gnv, 0, sizeof(*gnv));
	if (len < 8)
		return -1;
	gnv->header = payload;
	gnv->header_len = 8 + (payload[0] & 0x3f) * 4;
	if (gnv->header_len > len)
		return -1;
	end = payload + gnv->header_len;
	gnv->inner = end;
	gnv->inner_len = len - gnv->header_len;

	for (p = payload + 8; p < end;) {
		size_t data = 0;

		if (end - p < 4)
			return -1;
		data = (p[3] & 0x1f) * 4;
		if ((size_t)(end - p) < 4 + data)
			return -1;
		if (get_be16(p) == CLASS_AWS && p[2] == TYPE_ENDPOINT && data == 8)
			gnv->endpoint = p + 4;
		if (get_be16(p) == CLASS_AWS && p[2] == TYPE_COOKIE && data == 4)
			gnv->cookie = p + 4;
		p += 4 + data;
	}
	return 0;
}
