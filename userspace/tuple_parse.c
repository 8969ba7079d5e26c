// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "policy/icmp.h"
#include "tuple.h"
#include "value.h"

/* What follows the address: the port, id or type of "[IPV6]:PORT" or "IPV4:PORT". */
static const char *tail_of(const char *s)
{
	const char *colon = strrchr(s, ':');

	if (!colon)
		return NULL;
	/* Without brackets, an address with more than one colon has no port. */
	if (*s == '[' ? colon[-1] == ']' : strchr(s, ':') == colon)
		return colon + 1;
	return NULL;
}

static bool parse_address(struct why *why, const char *s, int *family, uint8_t *addr)
{
	const char *tail = tail_of(s);
	size_t len = tail ? (size_t)(tail - 1 - s) : strlen(s);
	bool brackets = *s == '[' && len > 2 && s[len - 1] == ']';
	char text[INET6_ADDRSTRLEN] = "";

	if (brackets)
		len -= 2;
	if (len < sizeof(text))
		memcpy(text, s + brackets, len);
	*family = strchr(text, ':') ? AF_INET6 : AF_INET;
	if (inet_pton(*family, text, addr) != 1)
		return refuse(why, "'%.64s' is no address: expected one like 10.1.0.10:443 or [fd00::1]:443",
			      s);
	return true;
}

static bool parse_port(struct why *why, const char *s, uint16_t *port)
{
	const char *tail = tail_of(s);
	unsigned long number;

	if (!tail)
		return refuse(why, "'%.64s': a port is missing: expected one like 10.1.0.10:443",
			      s);
	if (!value_number(tail, UINT16_MAX, &number))
		return refuse(why, "'%.64s': expected a port from 0 to 65535", s);
	*port = number;
	return true;
}

/* "TYPE" or "TYPE.CODE" */
static bool parse_type(struct why *why, const char *s, bool v6, uint16_t *type)
{
	const char *tail = tail_of(s), *dot;
	unsigned long code = 0;
	char name[ICMP_TEXT];
	uint16_t from, to;

	if (!tail)
		tail = "echo-request";
	dot = strchrnul(tail, '.');
	snprintf(name, sizeof(name), "%.*s", (int)(dot - tail), tail);
	if (!icmp_parse(why, v6, name, &from, &to))
		return false;
	if (from != to || (*dot && !value_number(dot + 1, UINT8_MAX, &code)))
		return refuse(why, "'%.64s': expected a type like echo-request, or 3.1 with a code",
			      s);
	*type = from << 8 | code;
	return true;
}

/* Protocols that have neither ports nor types. */
static bool parse_nothing(struct why *why, const char *s, const char *proto)
{
	if (tail_of(s))
		return refuse(why, "'%.64s': unexpected port: %.16s has none", s, proto);
	return true;
}

bool tuple_parse(struct why *why, const char *proto, const char *source, const char *destination,
		 struct tuple *tuple)
{
	int family;

	memset(tuple, 0, sizeof(*tuple));
	if (!tuple_proto_parse(why, proto, &tuple->proto) ||
	    !parse_address(why, source, &tuple->family, tuple->saddr) ||
	    !parse_address(why, destination, &family, tuple->daddr))
		return false;
	if (family != tuple->family)
		return refuse(why, "'%.64s' and '%.64s': expected both of the same IP version",
			      source, destination);
	if (tuple_has_ports(tuple->proto))
		return parse_port(why, source, &tuple->sport) &&
		       parse_port(why, destination, &tuple->dport);
	if (tuple_is_icmp(tuple->proto))
		return parse_port(why, source, &tuple->sport) &&
		       parse_type(why, destination, tuple->proto == IPPROTO_ICMPV6,
				  &tuple->dport);
	return parse_nothing(why, source, proto) && parse_nothing(why, destination, proto);
}
