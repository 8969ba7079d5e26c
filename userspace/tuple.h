/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Addresses, protocol and ports of an inner packet or flow. */
#ifndef GENEVECTL_TUPLE_H
#define GENEVECTL_TUPLE_H

#include <jansson.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

#include "text.h"

struct tuple {
	int family;		/* AF_INET or AF_INET6 */
	uint8_t saddr[16];	/* network byte order, IPv4 in the first 4 bytes */
	uint8_t daddr[16];
	uint16_t sport;		/* ICMP queries: id */
	uint16_t dport;		/* ICMP: type << 8 | code */
	uint8_t proto;
};

/* Room for an address and a port, or a type and code of ICMP */
#define TUPLE_SIDE	(INET6_ADDRSTRLEN + 40)
/* Room for a whole tuple */
#define TUPLE_TEXT	(2 * TUPLE_SIDE + 96)
/* Room for a protocol */
#define TUPLE_PROTO	16

/* Does the protocol have ports? */
bool tuple_has_ports(uint8_t proto);

/* Is it ICMP or ICMPv6? */
bool tuple_is_icmp(uint8_t proto);

/* Name or number of a protocol; @buf has TUPLE_PROTO bytes. */
const char *tuple_proto(char *buf, uint8_t proto);

/* The protocol of that name or number; false after refuse(). */
bool tuple_proto_parse(struct why *why, const char *s, uint8_t *proto);

/*
 * "ADDRESS:PORT", of ICMP "ADDRESS:ID" and "ADDRESS:TYPE.CODE", of protocols
 * without either "ADDRESS"; @buf has TUPLE_SIDE bytes.
 */
const char *tuple_source(char *buf, const struct tuple *tuple);
const char *tuple_destination(char *buf, const struct tuple *tuple);

/**
 * tuple_parse() - read a tuple as tuple_source() and tuple_destination() write it
 * @why: gets why it is none
 * @proto: name or number of the protocol
 * @source: its source
 * @destination: its destination; of ICMP without a type: echo-request
 * @tuple: gets it
 *
 * Return: false if it is none.
 */
bool tuple_parse(struct why *why, const char *proto, const char *source, const char *destination,
		 struct tuple *tuple);

/* "tcp 10.0.0.1:1234 > 192.0.2.1:80"; @buf has TUPLE_TEXT bytes. */
const char *tuple_text(char *buf, const struct tuple *tuple);

/* Adds proto, saddr, daddr and what the protocol has: ports, or type, code and id. */
void tuple_json(json_t *object, const struct tuple *tuple);

#endif /* GENEVECTL_TUPLE_H */
