/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Why a packet is not sent back.  One list feeds the counters, sysfs, netlink,
 * the tracepoints and the tool.  Names are ABI: entries may be added, never
 * renamed.
 */
#ifndef NFG_CORE_REASON_H
#define NFG_CORE_REASON_H

#include "port.h"

/*
 * X(SYMBOL, name, returnable, text)
 *
 * returnable: 1 when mode monitor may send the packet back all the same: its
 * outer header is sound and a GENEVE base header follows.
 */
#define NFG_REASONS(X) \
	X(OUTER_HEADER, outer_header, 0, "outer IPv4 header malformed or with options") \
	X(OUTER_FRAGMENT, outer_fragment, 0, "outer IPv4 packet is or was a fragment") \
	X(OUTER_SOURCE, outer_source, 0, "outer source is not a unicast address of another host") \
	X(ORIGIN, origin, 1, "outer source is outside the configured origins") \
	X(TTL_EXPIRED, ttl_expired, 0, "outer TTL is 0 or 1") \
	X(UDP_LENGTH, udp_length, 0, "outer UDP length contradicts the IPv4 length") \
	X(UDP_CHECKSUM, udp_checksum, 1, "outer UDP checksum is wrong") \
	X(GENEVE_TRUNCATED, geneve_truncated, 0, "no room for the GENEVE base header") \
	X(GENEVE_VERSION, geneve_version, 1, "GENEVE version is not 0") \
	X(GENEVE_CONTROL, geneve_control, 1, "GENEVE control packet (O bit)") \
	X(GENEVE_OPTIONS, geneve_options, 1, "GENEVE options do not fill Opt Len exactly") \
	X(GENEVE_CRITICAL, geneve_critical, 1, "unknown critical GENEVE option") \
	X(GENEVE_PROTOCOL, geneve_protocol, 1, "GENEVE payload is neither IPv4 nor IPv6") \
	X(PROFILE_MISSING, profile_missing, 1, "endpoint id or flow cookie missing") \
	X(PROFILE_DUPLICATE, profile_duplicate, 1, "an option of the profile occurs twice") \
	X(PROFILE_LENGTH, profile_length, 1, "an option of the profile has the wrong length") \
	X(INNER_TRUNCATED, inner_truncated, 1, "inner packet is cut short") \
	X(INNER_VERSION, inner_version, 1, "inner IP version contradicts the GENEVE protocol") \
	X(INNER_HEADER, inner_header, 1, "inner IP header malformed") \
	X(INNER_CHECKSUM, inner_checksum, 1, "inner IPv4 header checksum is wrong") \
	X(INNER_EXTENSION, inner_extension, 1, "inner IPv6 extension headers malformed or many") \
	X(INNER_L4, inner_l4, 1, "inner TCP, UDP, SCTP or ICMP header malformed") \
	X(INNER_FRAGMENT, inner_fragment, 1, "inner fragment malformed, or without a first one") \
	X(POLICY, policy, 1, "a rule or a policy's default drops it") \
	X(REJECT, reject, 1, "a rule or a policy's default rejects it") \
	X(LIMIT, limit, 1, "more than the limit of the rule allows") \
	X(TCP_STATE, tcp_state, 1, "TCP flags that are impossible, or impossible now") \
	X(FLOW_TABLE_FULL, flow_table_full, 1, "a new flow finds no room in the table") \
	X(NO_MEMORY, no_memory, 0, "no memory to handle the packet") \
	X(XMIT, xmit, 0, "the answer could not be sent") \
	X(GSO, gso, 0, "a merged packet could not be split")

/* Reasons start at 1: 0 means that nothing is wrong. */
enum nfg_reason {
	NFG_REASON_NONE,
#define X(symbol, name, returnable, text) NFG_REASON_##symbol,
	NFG_REASONS(X)
#undef X
	NFG_REASON_MAX
};

/**
 * nfg_reason_name() - name of a reason, as sysfs, netlink and JSON use it
 * @reason: below NFG_REASON_MAX
 *
 * Return: constant string.
 */
const char *nfg_reason_name(enum nfg_reason reason);

/**
 * nfg_reason_text() - a reason in words
 * @reason: below NFG_REASON_MAX
 *
 * Return: constant string.
 */
const char *nfg_reason_text(enum nfg_reason reason);

/**
 * nfg_reason_returnable() - may mode monitor send such a packet back?
 * @reason: below NFG_REASON_MAX
 *
 * Return: true when its outer header is sound and a GENEVE base header follows.
 */
bool nfg_reason_returnable(enum nfg_reason reason);

#endif /* NFG_CORE_REASON_H */
