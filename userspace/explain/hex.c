// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <ctype.h>
#include <string.h>

#include "hex.h"

struct reader {
	uint8_t *buf;
	size_t size;
	uint32_t len;
	int high;	/* first digit of a byte, -1 for none yet */
};

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "0x0010:" in front of the bytes of a line; the length of it, else 0 */
static size_t offset_len(const char *s)
{
	size_t digits;

	if (s[0] != '0' || s[1] != 'x')
		return 0;
	digits = strspn(s + 2, "0123456789abcdefABCDEF");
	return digits && s[2 + digits] == ':' ? digits + 3 : 0;
}

static bool read_word(struct why *why, struct reader *r, const char *s)
{
	int digit;

	for (;;) {
		s += strspn(s, " \t\n:");
		if (!*s)
			return true;
		if (r->high < 0 && offset_len(s)) {
			s += offset_len(s);
			continue;
		}
		digit = digit_of(*s);
		if (digit < 0)
			return refuse(why, "'%.64s': expected hexadecimal digits", s);
		if (r->high < 0) {
			r->high = digit;
		} else if (r->len == r->size) {
			return refuse(why, "the packet is too long: expected at most %zu bytes",
				      r->size);
		} else {
			r->buf[r->len++] = r->high << 4 | digit;
			r->high = -1;
		}
		s++;
	}
}

bool hex_read(struct why *why, int argc, char **argv, uint8_t *buf, size_t size, uint32_t *len)
{
	struct reader r = { .buf = buf, .size = size, .high = -1 };
	int i;

	for (i = 0; i < argc; i++)
		if (!read_word(why, &r, argv[i]))
			return false;
	if (r.high >= 0)
		return refuse(why, "the last byte has one digit: expected two");
	if (!r.len)
		return refuse(why, "a packet is missing: expected hexadecimal digits");
	*len = r.len;
	return true;
}
