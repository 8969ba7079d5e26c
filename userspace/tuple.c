// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <arpa/inet.h>
#include <stdio.h>

#include "policy/icmp.h"
#include "policy/protocol.h"
#include "tuple.h"
#include "value.h"

bool tuple_has_ports(uint8_t proto)
{
	return proto == IPPROTO_TCP || proto == IPPROTO_UDP || proto == IPPROTO_SCTP;
}

bool tuple_is_icmp(uint8_t proto)
{
	return proto == IPPROTO_ICMP || proto == IPPROTO_ICMPV6;
}

const char *tuple_proto(char *buf, uint8_t proto)
{
	const char *name = protocol_name(proto);

	if (name)
		snprintf(buf, TUPLE_PROTO, "%s", name);
	else
		snprintf(buf, TUPLE_PROTO, "%u", proto);
	return buf;
}

bool tuple_proto_parse(struct why *why, const char *s, uint8_t *proto)
{
	unsigned long number;
	int found = protocol_find(s);

	if (found >= 0)
		*proto = found;
	else if (value_number(s, UINT8_MAX, &number))
		*proto = number;
	else
		return protocol_unknown(why, s);
	return true;
}

/* @tail: what follows the address, NULL for nothing */
static const char *side(char *buf, int family, const uint8_t *addr, const char *tail)
{
	char text[INET6_ADDRSTRLEN];

	inet_ntop(family, addr, text, sizeof(text));
	if (!tail)
		snprintf(buf, TUPLE_SIDE, "%s", text);
	else
		snprintf(buf, TUPLE_SIDE, family == AF_INET6 ? "[%s]:%s" : "%s:%s", text, tail);
	return buf;
}

const char *tuple_source(char *buf, const struct tuple *tuple)
{
	char port[8];

	snprintf(port, sizeof(port), "%u", tuple->sport);
	return side(buf, tuple->family, tuple->saddr,
		    tuple_has_ports(tuple->proto) || tuple_is_icmp(tuple->proto) ? port : NULL);
}

/* "echo-request", or "3.1" with a code; @buf has ICMP_TEXT + 8 bytes. */
static const char *type_text(char *buf, const struct tuple *tuple)
{
	char type[ICMP_TEXT];

	icmp_text(type, tuple->proto == IPPROTO_ICMPV6, tuple->dport >> 8);
	if (tuple->dport & 0xff)
		snprintf(buf, ICMP_TEXT + 8, "%s.%u", type, tuple->dport & 0xff);
	else
		snprintf(buf, ICMP_TEXT + 8, "%s", type);
	return buf;
}

const char *tuple_destination(char *buf, const struct tuple *tuple)
{
	char tail[ICMP_TEXT + 8];

	if (tuple_is_icmp(tuple->proto))
		type_text(tail, tuple);
	else
		snprintf(tail, sizeof(tail), "%u", tuple->dport);
	return side(buf, tuple->family, tuple->daddr,
		    tuple_has_ports(tuple->proto) || tuple_is_icmp(tuple->proto) ? tail : NULL);
}

const char *tuple_text(char *buf, const struct tuple *tuple)
{
	char proto[TUPLE_PROTO], source[TUPLE_SIDE], destination[TUPLE_SIDE];
	char type[ICMP_TEXT + 8];
	int used;

	tuple_proto(proto, tuple->proto);
	if (!tuple_is_icmp(tuple->proto)) {
		snprintf(buf, TUPLE_TEXT, "%s %s > %s", proto, tuple_source(source, tuple),
			 tuple_destination(destination, tuple));
		return buf;
	}
	used = snprintf(buf, TUPLE_TEXT, "%s %s > %s %s", proto,
			side(source, tuple->family, tuple->saddr, NULL),
			side(destination, tuple->family, tuple->daddr, NULL),
			type_text(type, tuple));
	if (tuple->sport)
		snprintf(buf + used, TUPLE_TEXT - used, " id %u", tuple->sport);
	return buf;
}

static json_t *address_json(int family, const uint8_t *addr)
{
	char text[INET6_ADDRSTRLEN];

	return json_string(inet_ntop(family, addr, text, sizeof(text)));
}

void tuple_json(json_t *object, const struct tuple *tuple)
{
	char proto[TUPLE_PROTO];

	json_object_set_new(object, "proto", json_string(tuple_proto(proto, tuple->proto)));
	json_object_set_new(object, "saddr", address_json(tuple->family, tuple->saddr));
	json_object_set_new(object, "daddr", address_json(tuple->family, tuple->daddr));
	if (tuple_has_ports(tuple->proto)) {
		json_object_set_new(object, "sport", json_integer(tuple->sport));
		json_object_set_new(object, "dport", json_integer(tuple->dport));
	} else if (tuple_is_icmp(tuple->proto)) {
		json_object_set_new(object, "type", json_integer(tuple->dport >> 8));
		json_object_set_new(object, "code", json_integer(tuple->dport & 0xff));
		json_object_set_new(object, "id", json_integer(tuple->sport));
	}
}
