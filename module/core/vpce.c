// SPDX-License-Identifier: GPL-2.0
#include "vpce.h"
#ifdef __KERNEL__
#include <linux/ctype.h>
#endif

#define PREFIX		"vpce-"
#define LONG_DIGITS	17
#define SHORT_DIGITS	8
#define PLAIN_DIGITS	16

void nfg_vpce_format(char *buf, size_t size, u64 id)
{
	snprintf(buf, size, id >> 32 ? PREFIX "0%016llx" : PREFIX "%08llx",
		 (unsigned long long)id);
}

/* Is @s @prefix, in any case? */
static bool starts_with(const char *s, const char *prefix)
{
	for (; *prefix; s++, prefix++)
		if (tolower((u8)*s) != *prefix)
			return false;
	return true;
}

int nfg_vpce_parse(const char *s, u64 *id)
{
	u64 value = 0;
	size_t len;

	if (starts_with(s, PREFIX)) {
		s += strlen(PREFIX);
		len = strlen(s);
		if (len != SHORT_DIGITS && (len != LONG_DIGITS || s[0] != '0'))
			return -EINVAL;
	} else {
		if (starts_with(s, "0x"))
			s += 2;
		len = strlen(s);
		if (!len || len > PLAIN_DIGITS)
			return -EINVAL;
	}
	for (; *s; s++) {
		u8 c = tolower((u8)*s);

		if (c >= '0' && c <= '9')
			value = value << 4 | (c - '0');
		else if (c >= 'a' && c <= 'f')
			value = value << 4 | (c - 'a' + 10);
		else
			return -EINVAL;
	}
	*id = value;
	return 0;
}
