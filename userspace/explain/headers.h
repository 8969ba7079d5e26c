/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * Headers of a packet for people to read: whatever is there, right or wrong.
 * What is right is decided by the module.
 */
#ifndef GENEVECTL_EXPLAIN_HEADERS_H
#define GENEVECTL_EXPLAIN_HEADERS_H

#include <stdbool.h>
#include <stdint.h>

/* Options are 4 bytes at least and 252 together. */
#define OPTIONS_MAX	63

/**
 * struct outer - outer IPv4 and UDP header
 * @has_ip: there is room for an IPv4 header
 * @has_udp: it is UDP, and there is room for its header
 * @saddr: source, network byte order
 * @daddr: destination
 * @id: identification
 * @ttl: TTL
 * @proto: IP protocol
 * @length: total length it says
 * @sport: source port
 * @dport: destination port
 * @geneve: offset of what follows UDP
 */
struct outer {
	bool has_ip;
	bool has_udp;
	uint8_t saddr[4];
	uint8_t daddr[4];
	uint16_t id;
	uint8_t ttl;
	uint8_t proto;
	uint16_t length;
	uint16_t sport;
	uint16_t dport;
	uint32_t geneve;
};

struct geneve_option {
	uint16_t class;
	uint8_t type;		/* without the critical bit */
	bool critical;
	uint8_t len;		/* of the data; what is behind the end is not there */
	const uint8_t *data;
};

/**
 * struct geneve - GENEVE header
 * @present: there is room for the base header
 * @cut: the options do not fit into the packet, or not into each other
 * @version: version
 * @control: O bit
 * @critical: C bit
 * @proto: EtherType of the payload
 * @vni: virtual network
 * @options_len: bytes of options it says
 * @n: options
 * @options: options
 */
struct geneve {
	bool present;
	bool cut;
	uint8_t version;
	bool control;
	bool critical;
	uint16_t proto;
	uint32_t vni;
	uint32_t options_len;
	unsigned int n;
	struct geneve_option options[OPTIONS_MAX];
};

/* Reads the outer headers of @len bytes at @packet. */
void headers_outer(struct outer *outer, const uint8_t *packet, uint32_t len);

/* Reads the GENEVE header at @offset. */
void headers_geneve(struct geneve *geneve, const uint8_t *packet, uint32_t len,
		    uint32_t offset);

/* Room for what an option means. */
#define OPTION_TEXT	48

/* What an option of AWS means, "" for others; @buf has OPTION_TEXT bytes. */
const char *option_text(char *buf, const struct geneve_option *option);

#endif /* GENEVECTL_EXPLAIN_HEADERS_H */
