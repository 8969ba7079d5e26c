// SPDX-License-Identifier: GPL-2.0
/*
 * What must become of a packet, by module/core and by what the kernel does before
 * the hook: exactly where no flow and no rule is asked.
 */
#include <string.h>

#include "answer.h"
#include "ip.h"
#include "packets.h"
#include "tcp.h"

#define APPLIANCE_MAC	"\x02\x00\x00\x00\x00\x02"
#define BROADCAST_MAC	"\xff\xff\xff\xff\xff\xff"
#define PORT		6081

static u32 load16(const u8 *p)
{
	return be16_to_cpu(nfg_load16(p));
}

static u32 load32(const u8 *p)
{
	return be32_to_cpu(nfg_load32(p));
}

static void store16(u8 *p, u32 v)
{
	p[0] = v >> 8;
	p[1] = v;
}

/* ip_rcv(): false if it is dropped there; the packet ends where its header says. */
static bool is_received(const u8 *frame, u32 *len)
{
	const u8 *ip = frame + ETH_LEN;
	u32 header, total;

	if (memcmp(frame, APPLIANCE_MAC, 6) && memcmp(frame, BROADCAST_MAC, 6))
		return false;
	if (*len < NFG_IPV4_LEN || ip[0] >> 4 != 4)
		return false;
	header = (ip[0] & 15) * 4;
	total = load16(ip + NFG_IPV4_TOTLEN);
	if (header < NFG_IPV4_LEN || header > *len || sum_ipv4(ip, header) || total > *len ||
	    total < header)
		return false;
	*len = total;
	return true;
}

/* The appliance's addresses: 10.30.1.50 and 192.168.101.235. */
static bool is_own(u32 addr)
{
	return addr == 0x0a1e0132 || addr == 0xc0a865eb;
}

static bool is_ours(const u8 *frame, u32 len)
{
	const u8 *ip = frame + ETH_LEN;
	u32 header = (ip[0] & 15) * 4;

	return !memcmp(frame, APPLIANCE_MAC, 6) && ip[NFG_IPV4_PROTO] == NFG_PROTO_UDP &&
	       !(load16(ip + NFG_IPV4_FRAG) & NFG_IPV4_OFFSET) && header + NFG_UDP_LEN <= len &&
	       load16(ip + header + 2) == PORT && is_own(load32(ip + NFG_IPV4_DADDR));
}

static bool is_peer(u32 addr)
{
	return addr >> 24 && addr >> 24 != 127 && addr >> 28 != 14 && addr != 0xffffffff &&
	       addr != 0x0a1e01ff && !is_own(addr);
}

/* The default of the setting */
static bool is_origin(u32 addr)
{
	return addr >> 24 == 10 || addr >> 20 == 0xac1 || addr >> 16 == 0xc0a8 ||
	       addr >> 22 == 0x6440 >> 6;
}

static bool sum_is_right(const struct packet *p, bool forged, u32 len)
{
	const u8 *ip = p->frame + ETH_LEN;

	return (forged && p->forge.sum == NFG_FORGE_UNNECESSARY) ||
	       !load16(ip + NFG_IPV4_LEN + 6) ||
	       !sum_udp(ip, NFG_IPV4_LEN, len - NFG_IPV4_LEN);
}

/* As nfg_packet_check(). */
static enum nfg_reason check(const struct packet *p, bool forged, struct verdict *v)
{
	struct nfg_buf b = { .data = p->frame + ETH_LEN, .linear = v->len, .total = v->len };
	u32 source = load32(b.data + NFG_IPV4_SADDR);
	enum nfg_reason reason = nfg_parse(&b, &v->m);

	if (reason && !nfg_reason_returnable(reason))
		return reason;
	if (!is_peer(source))
		return NFG_REASON_OUTER_SOURCE;
	if (!is_origin(source))
		return NFG_REASON_ORIGIN;
	return sum_is_right(p, forged, v->len) ? reason : NFG_REASON_UDP_CHECKSUM;
}

static enum must must(const struct verdict *v, bool monitor)
{
	bool tcp = v->m.tuple.proto == NFG_PROTO_TCP, later = v->m.flags & NFG_META_LATER;

	if (v->fate == FATE_OPEN && monitor)
		return MUST_COME_BACK;
	if (v->fate == FATE_OPEN && v->m.endpoint == ENDPOINT_OPEN && !tcp && !later)
		return MUST_COME_BACK;
	if (v->fate == FATE_OPEN && (v->m.endpoint != ENDPOINT_CLOSED || later))
		return MUST_NOTHING;
	if (v->fate == FATE_DROP && monitor && nfg_reason_returnable(v->reason))
		return MUST_COME_BACK;
	return MUST_NOT_COME_BACK;
}

void oracle(const struct packet *p, bool forged, bool monitor, struct verdict *v)
{
	v->len = p->len;
	v->reason = NFG_REASON_NONE;
	v->m.flags = 0;
	if (!is_received(p->frame, &v->len)) {
		v->fate = FATE_LOST;
	} else if (!is_ours(p->frame, v->len)) {
		v->fate = FATE_PASS;
	} else {
		v->reason = check(p, forged, v);
		/* an error that quotes is of the flow it quotes */
		if (!v->reason && v->m.tuple.proto == NFG_PROTO_TCP &&
		    !(v->m.flags & NFG_META_LATER) && !nfg_tcp_flags_ok(v->m.tcp_flags))
			v->reason = NFG_REASON_TCP_STATE;
		v->fate = v->reason ? FATE_DROP : FATE_OPEN;
	}
	v->must = must(v, monitor);
}

bool oracle_may_decide(enum nfg_reason reason)
{
	switch (reason) {
	case NFG_REASON_POLICY:
	case NFG_REASON_REJECT:
	case NFG_REASON_LIMIT:
	case NFG_REASON_TCP_STATE:
	case NFG_REASON_INNER_FRAGMENT:
	case NFG_REASON_FLOW_TABLE_FULL:
		return true;
	default:
		return false;
	}
}

/* Addresses exchanged, TTL - 1, the sum: nothing else. */
static void turn_round(u8 *to, const u8 *ip, u32 len)
{
	memcpy(to, ip, len);
	memcpy(to + NFG_IPV4_SADDR, ip + NFG_IPV4_DADDR, 4);
	memcpy(to + NFG_IPV4_DADDR, ip + NFG_IPV4_SADDR, 4);
	to[NFG_IPV4_TTL]--;
	store16(to + NFG_IPV4_CHECK, 0);
	store16(to + NFG_IPV4_CHECK, sum_ipv4(to, NFG_IPV4_LEN));
}

bool oracle_is_bounce(const struct packet *p, const struct verdict *v, const u8 *ip, u32 len)
{
	static u8 want[PACKET_MAX];

	if (v->fate == FATE_LOST || v->fate == FATE_PASS || len != v->len)
		return false;
	turn_round(want, p->frame + ETH_LEN, len);
	return !memcmp(ip, want, len);
}

static u32 answer(u8 *to, const struct packet *p, const struct verdict *v, u8 how)
{
	const u8 *ip = p->frame + ETH_LEN;
	u32 len = v->m.inner;
	u16 sum;

	turn_round(to, ip, len);
	len += nfg_answer_build(to + len, ip + len, &v->m, how);
	store16(to + NFG_IPV4_TOTLEN, len);
	store16(to + NFG_IPV4_CHECK, 0);
	store16(to + NFG_IPV4_CHECK, sum_ipv4(to, NFG_IPV4_LEN));
	store16(to + NFG_IPV4_LEN + NFG_UDP_LENGTH, len - NFG_IPV4_LEN);
	if (load16(to + NFG_IPV4_LEN + 6)) {
		store16(to + NFG_IPV4_LEN + 6, 0);
		sum = sum_udp(to, NFG_IPV4_LEN, len - NFG_IPV4_LEN);
		store16(to + NFG_IPV4_LEN + 6, sum ? sum : 0xffff);
	}
	return len;
}

bool oracle_is_answer(const struct packet *p, const struct verdict *v, const u8 *ip, u32 len)
{
	static u8 want[PACKET_MAX + NFG_ANSWER_MAX];
	u8 how;

	if (v->fate != FATE_OPEN ||
	    !nfg_answer_allowed(p->frame + ETH_LEN + v->m.inner, &v->m))
		return false;
	for (how = NFG_REJECT_AUTO; how <= NFG_REJECT_PORT_UNREACHABLE; how++)
		if (answer(want, p, v, how) == len && !memcmp(ip, want, len))
			return true;
	return false;
}
