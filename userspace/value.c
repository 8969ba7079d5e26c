// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "value.h"

bool value_number(const char *s, unsigned long max, unsigned long *number)
{
	unsigned long n = 0, digit;

	if (!*s)
		return false;
	for (; *s; s++) {
		if (*s < '0' || *s > '9')
			return false;
		digit = *s - '0';
		if (digit > max || n > (max - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	*number = n;
	return true;
}

bool value_seconds(const char *s, int *ms)
{
	double seconds;

	if (!*s || s[strspn(s, "0123456789.")] || strchr(s, '.') != strrchr(s, '.'))
		return false;
	seconds = strtod(s, NULL);
	if (seconds < 0.1 || seconds > 86400)
		return false;
	*ms = seconds * 1000;
	return true;
}

size_t family_size(int family)
{
	return family == AF_INET ? 4 : 16;
}

const char *prefix_text(char *buf, const struct prefix *prefix)
{
	char addr[INET6_ADDRSTRLEN];

	inet_ntop(prefix->family, prefix->addr, addr, sizeof(addr));
	snprintf(buf, PREFIX_TEXT, "%s/%u", addr, prefix->len);
	return buf;
}

/* Clears the bits behind the prefix. Return: true if any was set. */
static bool prefix_mask(struct prefix *prefix)
{
	unsigned int bit, bits = 8 * family_size(prefix->family);
	uint8_t set = 0;

	for (bit = prefix->len; bit < bits; bit++) {
		set |= prefix->addr[bit / 8] & (0x80 >> bit % 8);
		prefix->addr[bit / 8] &= ~(0x80 >> bit % 8);
	}
	return set;
}

bool value_prefix(struct why *why, const char *s, struct prefix *prefix)
{
	char addr[INET6_ADDRSTRLEN], masked[PREFIX_TEXT];
	const char *slash = strchrnul(s, '/');
	unsigned long len;

	memset(prefix, 0, sizeof(*prefix));
	prefix->family = strchr(s, ':') ? AF_INET6 : AF_INET;
	len = 8 * family_size(prefix->family);
	snprintf(addr, sizeof(addr), "%.*s", (int)(slash - s), s);
	if (slash - s >= (int)sizeof(addr) || inet_pton(prefix->family, addr, prefix->addr) != 1)
		return refuse(why, "'%.64s' is not an %s prefix: expected one like %s", s,
			      prefix->family == AF_INET ? "IPv4" : "IPv6",
			      prefix->family == AF_INET ? "10.0.0.0/8" : "fd00::/8");
	if (*slash && !value_number(slash + 1, len, &len))
		return refuse(why, "'%.64s': expected a prefix length from 0 to %lu", s, len);
	prefix->len = len;
	if (prefix_mask(prefix))
		return refuse(why, "'%.64s' has bits set behind its prefix: expected %s", s,
			      prefix_text(masked, prefix));
	return true;
}
