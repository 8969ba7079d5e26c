/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) OR MIT */
/*
 * nf_geneve: generic netlink interface.
 *
 * All integers are in host byte order unless a line says otherwise.  Counters
 * of packets and bytes are u64; bytes are outer IP bytes (no link header).
 * Everything refers to the network namespace of the socket that asks.
 * CAP_NET_ADMIN in the user namespace that owns the network namespace is needed by
 * commands that change something, and by those that tell who talks to whom or may:
 * flows, sets, policies, rules, bindings, explanations, and the group of events.
 * Settings, counters and endpoints are told to everybody.
 */
#ifndef _UAPI_LINUX_NF_GENEVE_H
#define _UAPI_LINUX_NF_GENEVE_H

#include <linux/types.h>

#define NFG_GENL_NAME		"nf_geneve"
#define NFG_GENL_VERSION	1

/* Multicast group: NFG_CMD_CONFIG_NTF, _ENDPOINT_NTF or _RULESET_NTF per change. */
#define NFG_GENL_MCGRP_CONFIG	"config"
/* Multicast group: a NFG_CMD_LOG_NTF for what rules with "log" decide. */
#define NFG_GENL_MCGRP_EVENTS	"events"

/* UDP port of GENEVE, RFC 8926 section 3.3 */
#define NFG_PORT_DEFAULT	6081
/* Prefixes in the list of origins, and in the list of local prefixes */
#define NFG_ORIGINS_MAX		256
#define NFG_LOCAL_MAX		256
/* Bytes of a name of an endpoint, set, policy or rule, without the terminating zero */
#define NFG_NAME_LEN_MAX	63
/* Rules of a policy, conditions of a rule, policies, sets, elements of a set */
#define NFG_RULES_MAX		65536
#define NFG_CONDS_MAX		32
/* Values that the conditions of a rule list; for more there are sets */
#define NFG_VALUES_MAX		512
#define NFG_POLICIES_MAX	4096
#define NFG_SETS_MAX		4096
#define NFG_ELEMENTS_MAX	4194304
/* Flows of a network namespace: what flow-max may be set to, and its default */
#define NFG_FLOWS_MAX		16777216
#define NFG_FLOWS_DEFAULT	262144
/* Seconds a timeout may be set to */
#define NFG_TIMEOUT_MAX		86400
/* The name of the policy of endpoints without a binding */
#define NFG_POLICY_DEFAULT	"default"
/* Endpoints with counters of their own, per network namespace */
#define NFG_ENDPOINTS_MAX	4096

/**
 * enum nfg_cmd - commands of the family
 * @NFG_CMD_CONFIG_GET: do; answers with every NFG_A_CONFIG_* attribute
 * @NFG_CMD_CONFIG_SET: do, CAP_NET_ADMIN; any subset of the writable
 *	NFG_A_CONFIG_* attributes, applied together or not at all
 * @NFG_CMD_CONFIG_NTF: notification; the whole configuration after a change
 * @NFG_CMD_STATS_GET: do; answers with every NFG_A_STATS_* attribute
 * @NFG_CMD_ENDPOINT_GET: dump: all endpoints; do: the one NFG_A_ENDPOINT_ID or
 *	NFG_A_ENDPOINT_NAME tells, -ENOENT when there is none
 * @NFG_CMD_ENDPOINT_SET: do, CAP_NET_ADMIN; names the endpoint
 *	NFG_A_ENDPOINT_ID (added if it was not seen yet); an empty
 *	NFG_A_ENDPOINT_NAME takes the name away
 * @NFG_CMD_ENDPOINT_NTF: notification; the endpoint after a change
 * @NFG_CMD_FLOW_GET: dump: all flows that NFG_A_FILTER_* in NFG_A_FLOW_FILTER
 *	selects, each exactly once if it lives as long as the dump takes (a dump
 *	during which the table was resized says NLM_F_DUMP_INTR); do: the flow of
 *	NFG_A_FLOW_ENDPOINT, PROTO, SADDR, DADDR, SPORT and DPORT, in either
 *	direction, -ENOENT when there is none
 * @NFG_CMD_FLOW_COUNT: do; answers NFG_A_FLOW_COUNT, flows that NFG_A_FLOW_FILTER
 *	selects
 * @NFG_CMD_FLOW_FLUSH: do, CAP_NET_ADMIN; removes flows that NFG_A_FLOW_FILTER
 *	selects, answers NFG_A_FLOW_COUNT
 * @NFG_CMD_RULESET_GET: do; answers NFG_A_RULESET_*
 * @NFG_CMD_RULESET_BEGIN: do, CAP_NET_ADMIN; opens a transaction, bound to the
 *	socket; it begins with an empty ruleset, or with a copy of the current one
 *	if NFG_A_RULESET_COPY is given.  One per socket.
 * @NFG_CMD_RULESET_COMMIT: do, CAP_NET_ADMIN; puts the transaction's ruleset,
 *	and the settings in NFG_A_RULESET_CONFIG, in place of the current ones;
 *	NFG_A_RULESET_KEEP_FLOWS: established flows keep their verdict.  -EAGAIN
 *	when another one was committed since BEGIN with COPY.  Ends the transaction,
 *	whatever it answers.  It, and every other request of the transaction, answers
 *	-ECANCELED once a request of it has failed.
 * @NFG_CMD_RULESET_ABORT: do, CAP_NET_ADMIN; ends the transaction, as closing the
 *	socket does
 * @NFG_CMD_RULESET_NTF: notification; NFG_A_RULESET_* after a change
 * @NFG_CMD_SET_NEW: in a transaction; adds the set NFG_A_SET_NAME, _TYPE and
 *	_TIMEOUT
 * @NFG_CMD_SET_ADD: in a transaction; adds NFG_A_SET_ELEMENTS; one that is there
 *	already gets the new timeout
 * @NFG_CMD_SET_DELETE: in a transaction; takes NFG_A_SET_ELEMENTS away, -ENOENT
 *	when one is not there
 * @NFG_CMD_SET_GET: dump: sets, or the one of NFG_A_SET_NAME; a set with many
 *	elements takes several messages
 * @NFG_CMD_POLICY_NEW: in a transaction; adds the policy NFG_A_POLICY_NAME with
 *	its default
 * @NFG_CMD_POLICY_GET: dump: policies without their rules
 * @NFG_CMD_RULE_ADD: in a transaction; adds a rule to NFG_A_RULE_POLICY, at its end
 *	or before the rule NFG_A_RULE_BEFORE
 * @NFG_CMD_RULE_DELETE: in a transaction; takes NFG_A_RULE_NAME from
 *	NFG_A_RULE_POLICY
 * @NFG_CMD_RULE_GET: dump: rules with their counters, all or those of
 *	NFG_A_RULE_POLICY; the default of a policy is a rule with NFG_A_RULE_DEFAULT
 * @NFG_CMD_BIND: in a transaction; endpoint NFG_A_ENDPOINT_ID uses the policy
 *	NFG_A_ENDPOINT_POLICY, none of its own if that is empty, and gets the name
 *	NFG_A_ENDPOINT_NAME; what is missing stays as it is
 * @NFG_CMD_BIND_GET: dump: NFG_A_ENDPOINT_ID, _POLICY of all bindings
 * @NFG_CMD_LOG_NTF: notification; a rule with log has decided; NFG_A_LOG_*
 * @NFG_CMD_EXPLAIN: do; what would become of the packet NFG_A_EXPLAIN_PACKET,
 *	without doing it; answers NFG_A_EXPLAIN_*
 */
enum nfg_cmd {
	NFG_CMD_UNSPEC,
	NFG_CMD_CONFIG_GET,
	NFG_CMD_CONFIG_SET,
	NFG_CMD_CONFIG_NTF,
	NFG_CMD_STATS_GET,
	NFG_CMD_ENDPOINT_GET,
	NFG_CMD_ENDPOINT_SET,
	NFG_CMD_ENDPOINT_NTF,
	NFG_CMD_FLOW_GET,
	NFG_CMD_FLOW_COUNT,
	NFG_CMD_FLOW_FLUSH,
	NFG_CMD_RULESET_GET,
	NFG_CMD_RULESET_BEGIN,
	NFG_CMD_RULESET_COMMIT,
	NFG_CMD_RULESET_ABORT,
	NFG_CMD_RULESET_NTF,
	NFG_CMD_SET_NEW,
	NFG_CMD_SET_ADD,
	NFG_CMD_SET_DELETE,
	NFG_CMD_SET_GET,
	NFG_CMD_POLICY_NEW,
	NFG_CMD_POLICY_GET,
	NFG_CMD_RULE_ADD,
	NFG_CMD_RULE_DELETE,
	NFG_CMD_RULE_GET,
	NFG_CMD_BIND,
	NFG_CMD_BIND_GET,
	NFG_CMD_LOG_NTF,
	NFG_CMD_EXPLAIN,

	__NFG_CMD_MAX,
	NFG_CMD_MAX = __NFG_CMD_MAX - 1
};

/* NFG_A_CONFIG_MODE */
enum nfg_mode {
	NFG_MODE_ENFORCE,	/* what fails validation is dropped */
	NFG_MODE_MONITOR,	/* it is counted and goes back, if possible */
};

/* NFG_A_CONFIG_REINJECT */
enum nfg_reinject {
	NFG_REINJECT_L2,	/* MAC addresses exchanged, same device */
	NFG_REINJECT_ROUTE,	/* routed like a packet of this host */
};

/* NFG_A_CONFIG_UDP_CHECKSUM */
enum nfg_udp_checksum {
	NFG_UDP_CHECKSUM_VERIFY,	/* wrong outer UDP checksums are dropped */
	NFG_UDP_CHECKSUM_TRUST,		/* outer UDP checksums are not looked at */
};

/* NFG_A_CONFIG_FLOW_FULL: a new flow when no other can make room */
enum nfg_flow_full {
	NFG_FLOW_FULL_DROP,	/* is dropped: flow_table_full */
	NFG_FLOW_FULL_FORWARD,	/* is judged packet by packet, not tracked */
};

/* NFG_A_CONFIG_FRAGMENTS: a later inner fragment whose first one was not seen */
enum nfg_fragments {
	NFG_FRAGMENTS_DROP,	/* is dropped: inner_fragment */
	NFG_FRAGMENTS_PASS,	/* goes back unjudged */
};

/**
 * enum nfg_config_attr - the configuration of a network namespace
 * @NFG_A_CONFIG_VERSION: string, read only: version of the module
 * @NFG_A_CONFIG_ENABLED: u8, 0 or 1
 * @NFG_A_CONFIG_PORT: u16, 1 to 65535
 * @NFG_A_CONFIG_MODE: u8, enum nfg_mode
 * @NFG_A_CONFIG_REINJECT: u8, enum nfg_reinject
 * @NFG_A_CONFIG_UDP_CHECKSUM: u8, enum nfg_udp_checksum
 * @NFG_A_CONFIG_ORIGINS: nest of NFG_A_PREFIXES_ITEM: outer source addresses
 *	that may send to us; replaces the list as a whole; empty: nobody
 * @NFG_A_CONFIG_LOCAL: nest of NFG_A_PREFIXES_ITEM, IPv4 and IPv6: flows whose
 *	originator lies in one are outbound, others inbound; replaces the list
 * @NFG_A_CONFIG_FLOW_MAX: u32, flows at most, 1 to NFG_FLOWS_MAX, but not more than
 *	NFG_FLOWS_DEFAULT where another than the initial user namespace owns the
 *	network namespace (-EPERM)
 * @NFG_A_CONFIG_FLOW_FULL: u8, enum nfg_flow_full
 * @NFG_A_CONFIG_FRAGMENTS: u8, enum nfg_fragments
 * @NFG_A_CONFIG_TCP_PICKUP: u8, 0 or 1: TCP connections whose beginning was not
 *	seen may become flows
 * @NFG_A_CONFIG_TIMEOUT_ESTABLISHED: u32, seconds, 1 to NFG_TIMEOUT_MAX: idle
 *	established TCP
 * @NFG_A_CONFIG_TIMEOUT_OTHER: u32, likewise: protocols other than TCP
 * @NFG_A_CONFIG_TIMEOUT_HALF_OPEN: u32, likewise: TCP handshake not complete
 * @NFG_A_CONFIG_TIMEOUT_CLOSING: u32, likewise: TCP after a FIN or RST
 * @NFG_A_CONFIG_TIMEOUT_DENIED: u32, likewise: flows that are dropped
 * @NFG_A_CONFIG_REJECT_RATE: u32, answers of reject rules per second at most, 0:
 *	none
 * @NFG_A_CONFIG_LOG_RATE: u32, events of rules with log per second at most, 0:
 *	none
 */
enum nfg_config_attr {
	NFG_A_CONFIG_UNSPEC,
	NFG_A_CONFIG_VERSION,
	NFG_A_CONFIG_ENABLED,
	NFG_A_CONFIG_PORT,
	NFG_A_CONFIG_MODE,
	NFG_A_CONFIG_REINJECT,
	NFG_A_CONFIG_UDP_CHECKSUM,
	NFG_A_CONFIG_ORIGINS,
	NFG_A_CONFIG_LOCAL,
	NFG_A_CONFIG_FLOW_MAX,
	NFG_A_CONFIG_FLOW_FULL,
	NFG_A_CONFIG_FRAGMENTS,
	NFG_A_CONFIG_TCP_PICKUP,
	NFG_A_CONFIG_TIMEOUT_ESTABLISHED,
	NFG_A_CONFIG_TIMEOUT_OTHER,
	NFG_A_CONFIG_TIMEOUT_HALF_OPEN,
	NFG_A_CONFIG_TIMEOUT_CLOSING,
	NFG_A_CONFIG_TIMEOUT_DENIED,
	NFG_A_CONFIG_REJECT_RATE,
	NFG_A_CONFIG_LOG_RATE,

	__NFG_A_CONFIG_MAX,
	NFG_A_CONFIG_MAX = __NFG_A_CONFIG_MAX - 1
};

/**
 * enum nfg_prefixes_attr - a list of prefixes
 * @NFG_A_PREFIXES_ITEM: nest of NFG_A_PREFIX_*; may repeat
 */
enum nfg_prefixes_attr {
	NFG_A_PREFIXES_UNSPEC,
	NFG_A_PREFIXES_ITEM,

	__NFG_A_PREFIXES_MAX,
	NFG_A_PREFIXES_MAX = __NFG_A_PREFIXES_MAX - 1
};

/**
 * enum nfg_prefix_attr - one prefix
 * @NFG_A_PREFIX_ADDR: binary, network byte order, 4 bytes (IPv4) or 16 (IPv6,
 *	where it is allowed); bits behind the prefix must be zero
 * @NFG_A_PREFIX_LEN: u8, 0 to 32 or 128
 */
enum nfg_prefix_attr {
	NFG_A_PREFIX_UNSPEC,
	NFG_A_PREFIX_ADDR,
	NFG_A_PREFIX_LEN,

	__NFG_A_PREFIX_MAX,
	NFG_A_PREFIX_MAX = __NFG_A_PREFIX_MAX - 1
};

/**
 * enum nfg_stats_attr - counters of a network namespace
 * @NFG_A_STATS_PAD: alignment
 * @NFG_A_STATS_RX_PACKETS: IPv4 packets the hook saw: sent back, dropped or
 *	passed
 * @NFG_A_STATS_RX_BYTES: their bytes
 * @NFG_A_STATS_TX_PACKETS: packets sent back
 * @NFG_A_STATS_TX_BYTES: their bytes
 * @NFG_A_STATS_DROP_PACKETS: packets dropped
 * @NFG_A_STATS_DROP_BYTES: their bytes
 * @NFG_A_STATS_PASSED_PACKETS: packets that are not ours, left untouched
 * @NFG_A_STATS_PASSED_BYTES: their bytes
 * @NFG_A_STATS_MONITOR_PACKETS: packets that mode enforce would have dropped
 *	and mode monitor sent back; contained in TX_PACKETS and in DROPS
 * @NFG_A_STATS_MONITOR_BYTES: their bytes
 * @NFG_A_STATS_DROPS: nest of NFG_A_DROPS_ITEM, one for every reason
 * @NFG_A_STATS_ENDPOINTS: u32, endpoints that have counters now
 * @NFG_A_STATS_ENDPOINTS_UNLISTED: packets whose endpoint found no room in the
 *	table of endpoints; they were treated like all others
 * @NFG_A_STATS_FLOWS: u32, flows now
 * @NFG_A_STATS_FLOWS_CREATED: u64, flows since the module was loaded
 * @NFG_A_STATS_FLOWS_EXPIRED: u64, flows that timed out
 * @NFG_A_STATS_FLOWS_EVICTED: u64, flows that made room for others
 * @NFG_A_STATS_FLOWS_FLUSHED: u64, flows removed by NFG_CMD_FLOW_FLUSH
 * @NFG_A_STATS_ANSWERS: u64, answers of reject rules sent; not in TX_PACKETS
 * @NFG_A_STATS_ANSWERS_SUPPRESSED: u64, those the rate did not allow
 * @NFG_A_STATS_EVENTS: u64, events of rules with log
 * @NFG_A_STATS_EVENTS_SUPPRESSED: u64, those the rate did not allow
 */
enum nfg_stats_attr {
	NFG_A_STATS_UNSPEC,
	NFG_A_STATS_PAD,
	NFG_A_STATS_RX_PACKETS,
	NFG_A_STATS_RX_BYTES,
	NFG_A_STATS_TX_PACKETS,
	NFG_A_STATS_TX_BYTES,
	NFG_A_STATS_DROP_PACKETS,
	NFG_A_STATS_DROP_BYTES,
	NFG_A_STATS_PASSED_PACKETS,
	NFG_A_STATS_PASSED_BYTES,
	NFG_A_STATS_MONITOR_PACKETS,
	NFG_A_STATS_MONITOR_BYTES,
	NFG_A_STATS_DROPS,
	NFG_A_STATS_ENDPOINTS,
	NFG_A_STATS_ENDPOINTS_UNLISTED,
	NFG_A_STATS_FLOWS,
	NFG_A_STATS_FLOWS_CREATED,
	NFG_A_STATS_FLOWS_EXPIRED,
	NFG_A_STATS_FLOWS_EVICTED,
	NFG_A_STATS_FLOWS_FLUSHED,
	NFG_A_STATS_ANSWERS,
	NFG_A_STATS_ANSWERS_SUPPRESSED,
	NFG_A_STATS_EVENTS,
	NFG_A_STATS_EVENTS_SUPPRESSED,

	__NFG_A_STATS_MAX,
	NFG_A_STATS_MAX = __NFG_A_STATS_MAX - 1
};

/**
 * enum nfg_drops_attr - the list of drop reasons
 * @NFG_A_DROPS_ITEM: nest of NFG_A_DROP_*; repeats
 */
enum nfg_drops_attr {
	NFG_A_DROPS_UNSPEC,
	NFG_A_DROPS_ITEM,

	__NFG_A_DROPS_MAX,
	NFG_A_DROPS_MAX = __NFG_A_DROPS_MAX - 1
};

/**
 * enum nfg_drop_attr - one drop reason
 * @NFG_A_DROP_PAD: alignment
 * @NFG_A_DROP_REASON: string: the reason's name, as in sysfs
 * @NFG_A_DROP_PACKETS: packets it was found for
 * @NFG_A_DROP_BYTES: their bytes
 */
enum nfg_drop_attr {
	NFG_A_DROP_UNSPEC,
	NFG_A_DROP_PAD,
	NFG_A_DROP_REASON,
	NFG_A_DROP_PACKETS,
	NFG_A_DROP_BYTES,

	__NFG_A_DROP_MAX,
	NFG_A_DROP_MAX = __NFG_A_DROP_MAX - 1
};

/**
 * enum nfg_endpoint_attr - a GWLB endpoint
 * @NFG_A_ENDPOINT_PAD: alignment
 * @NFG_A_ENDPOINT_ID: u64, the endpoint id of the GENEVE option
 * @NFG_A_ENDPOINT_NAME: string given by the operator; missing when there is none
 * @NFG_A_ENDPOINT_RX_PACKETS: packets received
 * @NFG_A_ENDPOINT_RX_BYTES: their bytes
 * @NFG_A_ENDPOINT_TX_PACKETS: packets sent back
 * @NFG_A_ENDPOINT_TX_BYTES: their bytes
 * @NFG_A_ENDPOINT_DROP_PACKETS: packets dropped
 * @NFG_A_ENDPOINT_DROP_BYTES: their bytes
 * @NFG_A_ENDPOINT_IDLE_MS: u64, milliseconds since its last packet; missing
 *	when there was none
 * @NFG_A_ENDPOINT_POLICY: string, the policy it is bound to; missing: the
 *	default, or whoever asks lacks CAP_NET_ADMIN; not in notifications
 */
enum nfg_endpoint_attr {
	NFG_A_ENDPOINT_UNSPEC,
	NFG_A_ENDPOINT_PAD,
	NFG_A_ENDPOINT_ID,
	NFG_A_ENDPOINT_NAME,
	NFG_A_ENDPOINT_RX_PACKETS,
	NFG_A_ENDPOINT_RX_BYTES,
	NFG_A_ENDPOINT_TX_PACKETS,
	NFG_A_ENDPOINT_TX_BYTES,
	NFG_A_ENDPOINT_DROP_PACKETS,
	NFG_A_ENDPOINT_DROP_BYTES,
	NFG_A_ENDPOINT_IDLE_MS,
	NFG_A_ENDPOINT_POLICY,

	__NFG_A_ENDPOINT_MAX,
	NFG_A_ENDPOINT_MAX = __NFG_A_ENDPOINT_MAX - 1
};

enum nfg_direction {
	NFG_DIRECTION_OUTBOUND,	/* the originator is inside the local prefixes */
	NFG_DIRECTION_INBOUND,	/* it is outside */
};

enum nfg_verdict {
	NFG_VERDICT_ACCEPT,
	NFG_VERDICT_DROP,
	NFG_VERDICT_REJECT,
};

enum nfg_flow_state {
	NFG_FLOW_NEW,		/* packets of one direction only; TCP: picked up */
	NFG_FLOW_SYN,		/* TCP: SYN */
	NFG_FLOW_SYN_ACK,	/* TCP: SYN and its SYN-ACK */
	NFG_FLOW_ESTABLISHED,	/* both directions; TCP: handshake seen or picked up */
	NFG_FLOW_CLOSING,	/* TCP: a FIN of one side */
	NFG_FLOW_TIME_WAIT,	/* TCP: FINs of both sides, or a RST */
};

/**
 * enum nfg_flow_attr - an inner flow; addresses and ports are those of the
 *	originator's packets
 * @NFG_A_FLOW_PAD: alignment
 * @NFG_A_FLOW_FILTER: nest of NFG_A_FILTER_*: which flows are meant; all without
 * @NFG_A_FLOW_COUNT: u32
 * @NFG_A_FLOW_ENDPOINT: u64, endpoint id
 * @NFG_A_FLOW_PROTO: u8, IP protocol
 * @NFG_A_FLOW_SADDR: binary, network byte order, 4 or 16 bytes
 * @NFG_A_FLOW_DADDR: binary, as SADDR
 * @NFG_A_FLOW_SPORT: u16; ICMP queries: id; 0 for protocols without ports
 * @NFG_A_FLOW_DPORT: u16; ICMP: type << 8 | code of the first packet
 * @NFG_A_FLOW_STATE: u8, enum nfg_flow_state
 * @NFG_A_FLOW_DIRECTION: u8, enum nfg_direction
 * @NFG_A_FLOW_VERDICT: u8, enum nfg_verdict
 * @NFG_A_FLOW_POLICY: string, policy of the rule that decided; missing when
 *	the flow has not been judged by the current ruleset yet, or was kept
 * @NFG_A_FLOW_RULE: string, rule that decided; missing: the policy's default
 * @NFG_A_FLOW_KEPT: flag, it kept its verdict when the ruleset changed
 * @NFG_A_FLOW_COOKIE: u32, the newest flow cookie
 * @NFG_A_FLOW_COOKIE_CHANGES: u32, how often it has changed
 * @NFG_A_FLOW_PACKETS: u64, packets of the originator
 * @NFG_A_FLOW_BYTES: u64, their bytes (outer IP)
 * @NFG_A_FLOW_REPLY_PACKETS: u64, packets of the other side
 * @NFG_A_FLOW_REPLY_BYTES: u64, their bytes
 * @NFG_A_FLOW_AGE_MS: u64, milliseconds since the first packet
 * @NFG_A_FLOW_IDLE_MS: u64, milliseconds since the last packet
 * @NFG_A_FLOW_EXPIRES_MS: u64, milliseconds left if no packet comes
 */
enum nfg_flow_attr {
	NFG_A_FLOW_UNSPEC,
	NFG_A_FLOW_PAD,
	NFG_A_FLOW_FILTER,
	NFG_A_FLOW_COUNT,
	NFG_A_FLOW_ENDPOINT,
	NFG_A_FLOW_PROTO,
	NFG_A_FLOW_SADDR,
	NFG_A_FLOW_DADDR,
	NFG_A_FLOW_SPORT,
	NFG_A_FLOW_DPORT,
	NFG_A_FLOW_STATE,
	NFG_A_FLOW_DIRECTION,
	NFG_A_FLOW_VERDICT,
	NFG_A_FLOW_POLICY,
	NFG_A_FLOW_RULE,
	NFG_A_FLOW_KEPT,
	NFG_A_FLOW_COOKIE,
	NFG_A_FLOW_COOKIE_CHANGES,
	NFG_A_FLOW_PACKETS,
	NFG_A_FLOW_BYTES,
	NFG_A_FLOW_REPLY_PACKETS,
	NFG_A_FLOW_REPLY_BYTES,
	NFG_A_FLOW_AGE_MS,
	NFG_A_FLOW_IDLE_MS,
	NFG_A_FLOW_EXPIRES_MS,

	__NFG_A_FLOW_MAX,
	NFG_A_FLOW_MAX = __NFG_A_FLOW_MAX - 1
};

/**
 * enum nfg_filter_attr - flows that have all of this
 * @NFG_A_FILTER_ENDPOINT: u64
 * @NFG_A_FILTER_ADDR: binary, 4 or 16 bytes: a prefix that one of the addresses
 *	lies in; bits behind it must be zero
 * @NFG_A_FILTER_ADDR_LEN: u8, length of that prefix; missing: all bits
 * @NFG_A_FILTER_PORT: u16, one of the ports
 * @NFG_A_FILTER_PROTO: u8
 * @NFG_A_FILTER_VERDICT: u8, enum nfg_verdict
 * @NFG_A_FILTER_STATE: u8, enum nfg_flow_state
 */
enum nfg_filter_attr {
	NFG_A_FILTER_UNSPEC,
	NFG_A_FILTER_ENDPOINT,
	NFG_A_FILTER_ADDR,
	NFG_A_FILTER_ADDR_LEN,
	NFG_A_FILTER_PORT,
	NFG_A_FILTER_PROTO,
	NFG_A_FILTER_VERDICT,
	NFG_A_FILTER_STATE,

	__NFG_A_FILTER_MAX,
	NFG_A_FILTER_MAX = __NFG_A_FILTER_MAX - 1
};

/**
 * enum nfg_ruleset_attr - the ruleset as a whole
 * @NFG_A_RULESET_PAD: alignment
 * @NFG_A_RULESET_GENERATION: u32, changes with every change of the ruleset
 * @NFG_A_RULESET_POLICIES: u32
 * @NFG_A_RULESET_RULES: u32
 * @NFG_A_RULESET_SETS: u32
 * @NFG_A_RULESET_ELEMENTS: u32
 * @NFG_A_RULESET_BINDINGS: u32
 * @NFG_A_RULESET_MEMORY: u64, bytes of rules, sets and index
 * @NFG_A_RULESET_COPY: flag of BEGIN
 * @NFG_A_RULESET_KEEP_FLOWS: flag of COMMIT
 * @NFG_A_RULESET_CONFIG: nest of NFG_A_CONFIG_*, of COMMIT
 * @NFG_A_RULESET_REQUESTS: u32, of COMMIT: requests that were sent between BEGIN and
 *	it; if fewer succeeded it fails.  For those who do not wait for each answer:
 *	without it requests that are malformed are not missed.
 */
enum nfg_ruleset_attr {
	NFG_A_RULESET_UNSPEC,
	NFG_A_RULESET_PAD,
	NFG_A_RULESET_GENERATION,
	NFG_A_RULESET_POLICIES,
	NFG_A_RULESET_RULES,
	NFG_A_RULESET_SETS,
	NFG_A_RULESET_ELEMENTS,
	NFG_A_RULESET_BINDINGS,
	NFG_A_RULESET_MEMORY,
	NFG_A_RULESET_COPY,
	NFG_A_RULESET_KEEP_FLOWS,
	NFG_A_RULESET_CONFIG,
	NFG_A_RULESET_REQUESTS,

	__NFG_A_RULESET_MAX,
	NFG_A_RULESET_MAX = __NFG_A_RULESET_MAX - 1
};

/**
 * struct nfg_element - a value, or a range of values
 * @from: first value, network byte order, right-aligned: an IPv4 address is the
 *	last 4 bytes, a port the last 2, behind zeros
 * @to: last value; @from for a single one
 * @family: addresses: 4 or 6, else 0
 * @timeout: milliseconds until it goes away by itself, 0: never
 */
struct nfg_element {
	__u8 from[16];
	__u8 to[16];
	__u32 family;
	__u32 timeout;
};

/* NFG_A_SET_TYPE */
enum nfg_set_type {
	NFG_SET_ADDR,
	NFG_SET_PORT,
	NFG_SET_PROTO,
	NFG_SET_ENDPOINT,
};

/**
 * enum nfg_set_attr - a named set
 * @NFG_A_SET_NAME: string
 * @NFG_A_SET_TYPE: u8, enum nfg_set_type
 * @NFG_A_SET_TIMEOUT: u32, milliseconds: what elements added without a timeout of
 *	their own get, 0: none
 * @NFG_A_SET_ELEMENTS: array of struct nfg_element; those of a set may not overlap
 *	unless they are equal.  Ascending ones are added fastest.
 */
enum nfg_set_attr {
	NFG_A_SET_UNSPEC,
	NFG_A_SET_NAME,
	NFG_A_SET_TYPE,
	NFG_A_SET_TIMEOUT,
	NFG_A_SET_ELEMENTS,

	__NFG_A_SET_MAX,
	NFG_A_SET_MAX = __NFG_A_SET_MAX - 1
};

/* NFG_A_RULE_REJECT */
enum nfg_reject {
	NFG_REJECT_AUTO,		/* TCP: reset, else port unreachable */
	NFG_REJECT_TCP_RESET,
	NFG_REJECT_ADMIN_PROHIBITED,	/* ICMP 3/13, ICMPv6 1/1 */
	NFG_REJECT_PORT_UNREACHABLE,	/* ICMP 3/3, ICMPv6 1/4 */
};

/**
 * enum nfg_policy_attr - a policy
 * @NFG_A_POLICY_NAME: string; NFG_POLICY_DEFAULT is used by endpoints that are not
 *	bound; if there is no such policy they are accepted
 * @NFG_A_POLICY_RULES: u32, rules it has; not in requests
 * @NFG_A_POLICY_DEFAULT: nest of NFG_A_RULE_VERDICT, _REJECT, _LOG, _LOG_GROUP,
 *	_LIMIT_*: what happens to packets that no rule matches; missing: accept
 */
enum nfg_policy_attr {
	NFG_A_POLICY_UNSPEC,
	NFG_A_POLICY_NAME,
	NFG_A_POLICY_RULES,
	NFG_A_POLICY_DEFAULT,

	__NFG_A_POLICY_MAX,
	NFG_A_POLICY_MAX = __NFG_A_POLICY_MAX - 1
};

/**
 * enum nfg_rule_attr - a rule
 * @NFG_A_RULE_PAD: alignment
 * @NFG_A_RULE_POLICY: string, policy it belongs to
 * @NFG_A_RULE_NAME: string, unique in its policy
 * @NFG_A_RULE_BEFORE: string, rule of the same policy; of ADD
 * @NFG_A_RULE_DEFAULT: flag: the policy's default, which has no name and no
 *	conditions; of GET
 * @NFG_A_RULE_COND: nest of NFG_A_COND_*; repeats: all must hold
 * @NFG_A_RULE_VERDICT: u8, enum nfg_verdict
 * @NFG_A_RULE_REJECT: u8, enum nfg_reject; with verdict reject
 * @NFG_A_RULE_LOG: flag: events
 * @NFG_A_RULE_LOG_GROUP: u16: inner packets to that group of NFLOG
 * @NFG_A_RULE_LIMIT_COUNT: u32: packets of originators in NFG_A_RULE_LIMIT_SECONDS
 *	that the verdict is for; more are dropped: limit
 * @NFG_A_RULE_LIMIT_SECONDS: u32, 1, 60, 3600 or 86400
 * @NFG_A_RULE_LIMIT_BURST: u32, that many at once; missing: LIMIT_COUNT
 * @NFG_A_RULE_PACKETS: u64, packets of flows it decided; not in requests
 * @NFG_A_RULE_BYTES: u64, their bytes; not in requests
 */
enum nfg_rule_attr {
	NFG_A_RULE_UNSPEC,
	NFG_A_RULE_PAD,
	NFG_A_RULE_POLICY,
	NFG_A_RULE_NAME,
	NFG_A_RULE_BEFORE,
	NFG_A_RULE_DEFAULT,
	NFG_A_RULE_COND,
	NFG_A_RULE_VERDICT,
	NFG_A_RULE_REJECT,
	NFG_A_RULE_LOG,
	NFG_A_RULE_LOG_GROUP,
	NFG_A_RULE_LIMIT_COUNT,
	NFG_A_RULE_LIMIT_SECONDS,
	NFG_A_RULE_LIMIT_BURST,
	NFG_A_RULE_PACKETS,
	NFG_A_RULE_BYTES,

	__NFG_A_RULE_MAX,
	NFG_A_RULE_MAX = __NFG_A_RULE_MAX - 1
};

/* NFG_A_COND_FIELD: what of the originator's first packet is compared */
enum nfg_field {
	NFG_FIELD_DIRECTION,	/* enum nfg_direction */
	NFG_FIELD_FAMILY,	/* 4 or 6 */
	NFG_FIELD_PROTO,
	NFG_FIELD_SADDR,
	NFG_FIELD_DADDR,
	NFG_FIELD_SPORT,	/* ICMP: id */
	NFG_FIELD_DPORT,	/* ICMP: type << 8 | code */
	NFG_FIELD_ENDPOINT,

	NFG_FIELD_MAX
};

/**
 * enum nfg_cond_attr - a condition
 * @NFG_A_COND_FIELD: u8, enum nfg_field
 * @NFG_A_COND_NEGATE: flag: none of the values
 * @NFG_A_COND_SET: string, a set of the field's type, or
 * @NFG_A_COND_ELEMENTS: array of struct nfg_element without timeouts; in answers
 *	ascending, those that touch as one
 */
enum nfg_cond_attr {
	NFG_A_COND_UNSPEC,
	NFG_A_COND_FIELD,
	NFG_A_COND_NEGATE,
	NFG_A_COND_SET,
	NFG_A_COND_ELEMENTS,

	__NFG_A_COND_MAX,
	NFG_A_COND_MAX = __NFG_A_COND_MAX - 1
};

/**
 * enum nfg_log_attr - what a rule with log decided
 * @NFG_A_LOG_PAD: alignment
 * @NFG_A_LOG_TIME: u64, nanoseconds since 1970-01-01 UTC
 * @NFG_A_LOG_ENDPOINT: u64, endpoint id
 * @NFG_A_LOG_COOKIE: u32
 * @NFG_A_LOG_PROTO: u8; addresses and ports are those of this packet
 * @NFG_A_LOG_SADDR: binary, network byte order, 4 or 16 bytes
 * @NFG_A_LOG_DADDR: binary, as SADDR
 * @NFG_A_LOG_SPORT: u16; ICMP queries: id
 * @NFG_A_LOG_DPORT: u16; ICMP: type << 8 | code
 * @NFG_A_LOG_DIRECTION: u8, enum nfg_direction, of the flow
 * @NFG_A_LOG_POLICY: string
 * @NFG_A_LOG_RULE: string; missing: the policy's default
 * @NFG_A_LOG_VERDICT: u8, enum nfg_verdict
 * @NFG_A_LOG_REASON: string, drop reason; missing when it is accepted
 * @NFG_A_LOG_LENGTH: u32, bytes (outer IP)
 * @NFG_A_LOG_SUPPRESSED: u32, events that the rate did not allow since the last
 *	one
 */
enum nfg_log_attr {
	NFG_A_LOG_UNSPEC,
	NFG_A_LOG_PAD,
	NFG_A_LOG_TIME,
	NFG_A_LOG_ENDPOINT,
	NFG_A_LOG_COOKIE,
	NFG_A_LOG_PROTO,
	NFG_A_LOG_SADDR,
	NFG_A_LOG_DADDR,
	NFG_A_LOG_SPORT,
	NFG_A_LOG_DPORT,
	NFG_A_LOG_DIRECTION,
	NFG_A_LOG_POLICY,
	NFG_A_LOG_RULE,
	NFG_A_LOG_VERDICT,
	NFG_A_LOG_REASON,
	NFG_A_LOG_LENGTH,
	NFG_A_LOG_SUPPRESSED,

	__NFG_A_LOG_MAX,
	NFG_A_LOG_MAX = __NFG_A_LOG_MAX - 1
};

/* NFG_A_EXPLAIN_FATE */
enum nfg_fate {
	NFG_FATE_PASS,		/* not ours: goes on to the stack */
	NFG_FATE_BOUNCE,	/* goes back */
	NFG_FATE_MONITOR,	/* goes back because of mode monitor */
	NFG_FATE_DROP,
	NFG_FATE_REJECT,	/* dropped and answered */
};

/**
 * enum nfg_explain_attr - what would become of a packet, as far as it gets
 * @NFG_A_EXPLAIN_PAD: alignment
 * @NFG_A_EXPLAIN_PACKET: binary, of the request: from the outer IPv4 header on, as
 *	much of it as an attribute holds: 65531 bytes
 * @NFG_A_EXPLAIN_FATE: u8, enum nfg_fate
 * @NFG_A_EXPLAIN_PASSED: string, why it is not ours; with NFG_FATE_PASS
 * @NFG_A_EXPLAIN_REASON: string, drop reason; missing when there is none
 * @NFG_A_EXPLAIN_ENDPOINT: u64, endpoint id, and
 * @NFG_A_EXPLAIN_COOKIE: u32; missing when the options are not right
 * @NFG_A_EXPLAIN_GENEVE: u32, offset of the GENEVE header
 * @NFG_A_EXPLAIN_INNER: u32, offset of the inner IP header
 * @NFG_A_EXPLAIN_L4: u32, offset of the inner transport header
 * @NFG_A_EXPLAIN_INNER_LENGTH: u32, bytes of the inner packet
 * @NFG_A_EXPLAIN_PROTO: u8; this and the tuple are missing when the inner packet is
 *	not right
 * @NFG_A_EXPLAIN_SADDR: binary, network byte order, 4 or 16 bytes
 * @NFG_A_EXPLAIN_DADDR: binary, as SADDR
 * @NFG_A_EXPLAIN_SPORT: u16; ICMP queries: id
 * @NFG_A_EXPLAIN_DPORT: u16; ICMP: type << 8 | code
 * @NFG_A_EXPLAIN_FRAGMENT: flag: the inner packet is a fragment
 * @NFG_A_EXPLAIN_RELATED: flag: an ICMP error, the flow is the one it quotes
 * @NFG_A_EXPLAIN_FLOW: nest of NFG_A_FLOW_*: the flow it belongs to; missing when
 *	there is none
 * @NFG_A_EXPLAIN_CURRENT: flag: that flow's verdict is from the current ruleset and
 *	is used; without it the rules are asked
 * @NFG_A_EXPLAIN_DIRECTION: u8, enum nfg_direction
 * @NFG_A_EXPLAIN_POLICY: string, policy asked
 * @NFG_A_EXPLAIN_TRIED: nest of NFG_A_TRIED_*, repeats: rules that were tried, the
 *	last 256 of them, the one that matched last
 * @NFG_A_EXPLAIN_SKIPPED: u32, rules tried before the first NFG_A_EXPLAIN_TRIED
 * @NFG_A_EXPLAIN_RULE: string, rule that decides; missing: the policy's default
 * @NFG_A_EXPLAIN_VERDICT: u8, enum nfg_verdict
 * @NFG_A_EXPLAIN_REPLY: flag: the packet is of the side that did not begin the flow:
 *	the rules are asked for the addresses and ports exchanged
 */
enum nfg_explain_attr {
	NFG_A_EXPLAIN_UNSPEC,
	NFG_A_EXPLAIN_PAD,
	NFG_A_EXPLAIN_PACKET,
	NFG_A_EXPLAIN_FATE,
	NFG_A_EXPLAIN_PASSED,
	NFG_A_EXPLAIN_REASON,
	NFG_A_EXPLAIN_ENDPOINT,
	NFG_A_EXPLAIN_COOKIE,
	NFG_A_EXPLAIN_GENEVE,
	NFG_A_EXPLAIN_INNER,
	NFG_A_EXPLAIN_L4,
	NFG_A_EXPLAIN_INNER_LENGTH,
	NFG_A_EXPLAIN_PROTO,
	NFG_A_EXPLAIN_SADDR,
	NFG_A_EXPLAIN_DADDR,
	NFG_A_EXPLAIN_SPORT,
	NFG_A_EXPLAIN_DPORT,
	NFG_A_EXPLAIN_FRAGMENT,
	NFG_A_EXPLAIN_RELATED,
	NFG_A_EXPLAIN_FLOW,
	NFG_A_EXPLAIN_CURRENT,
	NFG_A_EXPLAIN_DIRECTION,
	NFG_A_EXPLAIN_POLICY,
	NFG_A_EXPLAIN_TRIED,
	NFG_A_EXPLAIN_SKIPPED,
	NFG_A_EXPLAIN_RULE,
	NFG_A_EXPLAIN_VERDICT,
	NFG_A_EXPLAIN_REPLY,

	__NFG_A_EXPLAIN_MAX,
	NFG_A_EXPLAIN_MAX = __NFG_A_EXPLAIN_MAX - 1
};

/**
 * enum nfg_tried_attr - a rule that was tried
 * @NFG_A_TRIED_RULE: string, its name
 * @NFG_A_TRIED_COND: u32, number of the condition that failed, from 0; missing
 *	when the rule matched
 * @NFG_A_TRIED_FIELD: u8, enum nfg_field of that condition
 */
enum nfg_tried_attr {
	NFG_A_TRIED_UNSPEC,
	NFG_A_TRIED_RULE,
	NFG_A_TRIED_COND,
	NFG_A_TRIED_FIELD,

	__NFG_A_TRIED_MAX,
	NFG_A_TRIED_MAX = __NFG_A_TRIED_MAX - 1
};

#endif /* _UAPI_LINUX_NF_GENEVE_H */
