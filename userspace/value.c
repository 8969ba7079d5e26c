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

const char *prefix_text(char *buf, const struct prefix *prefix)
{
	char addr[INET_ADDRSTRLEN];

	inet_ntop(AF_INET, &prefix->addr, addr, sizeof(addr));
	snprintf(buf, PREFIX_TEXT, "%s/%u", addr, prefix->len);
	return buf;
}

int value_prefix(const char *what, const char *s, struct prefix *prefix)
{
	char addr[INET_ADDRSTRLEN], masked[PREFIX_TEXT];
	const char *slash = strchrnul(s, '/');
	unsigned long len = 32;
	uint32_t mask;

	snprintf(addr, sizeof(addr), "%.*s", (int)(slash - s), s);
	if (strchr(s, ':'))
		return fail(STATUS_USAGE,
			    "%s: '%.64s' is not IPv4: the outer header always is, expected a prefix like 10.0.0.0/8",
			    what, s);
	if (slash - s >= (int)sizeof(addr) || inet_pton(AF_INET, addr, &prefix->addr) != 1)
		return fail(STATUS_USAGE,
			    "%s: '%.64s' is not an IPv4 prefix: expected one like 10.0.0.0/8",
			    what, s);
	if (*slash && !value_number(slash + 1, 32, &len))
		return fail(STATUS_USAGE, "%s: '%.64s': expected a prefix length from 0 to 32",
			    what, s);
	prefix->len = len;

	mask = len ? htonl(~0u << (32 - len)) : 0;
	if (prefix->addr.s_addr & ~mask) {
		prefix->addr.s_addr &= mask;
		return fail(STATUS_USAGE, "%s: '%.64s' has bits set behind its prefix: expected %s",
			    what, s, prefix_text(masked, prefix));
	}
	return 0;
}
