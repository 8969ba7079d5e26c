/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) OR MIT */
/*
 * nf_geneve: generic netlink interface.
 *
 * All integers are in host byte order unless a line says otherwise.  Counters
 * of packets and bytes are u64; bytes are outer IP bytes (no link header).
 * Everything refers to the network namespace of the socket that asks.
 * Reading needs no privilege; commands that change something need
 * CAP_NET_ADMIN in the user namespace that owns the network namespace.
 */
#ifndef _UAPI_LINUX_NF_GENEVE_H
#define _UAPI_LINUX_NF_GENEVE_H

#define NFG_GENL_NAME		"nf_geneve"
#define NFG_GENL_VERSION	1

/* Multicast group: a NFG_CMD_CONFIG_NTF or NFG_CMD_ENDPOINT_NTF per change. */
#define NFG_GENL_MCGRP_CONFIG	"config"

/* UDP port of GENEVE, RFC 8926 section 3.3 */
#define NFG_PORT_DEFAULT	6081
/* Prefixes in the list of origins */
#define NFG_ORIGINS_MAX		256
/* Bytes of an endpoint's name, without the terminating zero */
#define NFG_NAME_LEN_MAX	63
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
 * @NFG_A_PREFIX_ADDR: binary, network byte order, 4 bytes (IPv4); bits behind
 *	the prefix must be zero
 * @NFG_A_PREFIX_LEN: u8, 0 to 32
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

	__NFG_A_ENDPOINT_MAX,
	NFG_A_ENDPOINT_MAX = __NFG_A_ENDPOINT_MAX - 1
};

#endif /* _UAPI_LINUX_NF_GENEVE_H */
