// SPDX-License-Identifier: GPL-2.0
/*
 * Packets that are nearly right: built layer by layer like those of a GWLB, with
 * something wrong in none, one or some of the layers, and the lengths and sums
 * around it repaired or not.
 */
#include <string.h>

#include "geneve.h"
#include "ip.h"
#include "packets.h"
#include "profile.h"
#include "random.h"

#define APPLIANCE_MAC	"\x02\x00\x00\x00\x00\x02"
/* Nobody's: only an answer that takes the address from the frame gets there. */
#define SENDER_MAC	"\x02\x00\x00\x00\x00\x77"
#define BROADCAST_MAC	"\xff\xff\xff\xff\xff\xff"

#define HEADERS_MAX	12	/* extension headers in one chain */
#define QUOTES_MAX	2

u64 random_state;

/* A packet in the making: what is put behind @len. */
struct maker {
	u8 *ip;
	u32 len;
	u32 inner;	/* where the inner packet begins, */
	u32 inner_end;	/* and ends, as far as it is told */
	bool spoil;	/* something is to be wrong */
	int quotes;
};

static u32 one_of(const u32 *list, u32 n)
{
	return list[random_below(n)];
}

#define ONE_OF(...) \
	one_of((const u32[]){ __VA_ARGS__ }, sizeof((u32[]){ __VA_ARGS__ }) / sizeof(u32))

/* At a layer of a packet that is to be wrong: is it here? */
static bool wrong(struct maker *k, u32 n)
{
	return k->spoil && random_once_in(n);
}

static void store16(u8 *p, u32 v)
{
	p[0] = v >> 8;
	p[1] = v;
}

static void put(struct maker *k, u64 value, u32 bytes)
{
	while (bytes-- && k->len < PACKET_MAX)
		k->ip[k->len++] = value >> 8 * bytes;
}

static void put_noise(struct maker *k, u32 bytes)
{
	while (bytes-- && k->len < PACKET_MAX)
		k->ip[k->len++] = random64();
}

/* Outer header: addresses of the kinds that the hook tells apart. */

static u32 outer_source(struct maker *k)
{
	if (wrong(k, 12))
		return ONE_OF(0, 0x7f000001, 0xe0000001, 0xffffffff, 0x0a1e0132, 0x0a1e01ff,
			      0xc0a865eb, 0x08080808, 0x0b000001, 0xc0a90001);
	return ONE_OF(0x0a1e010a, 0x0a1e0131, 0x0a1e0133, 0x0a000001, 0xc0a80009);
}

static u32 outer_destination(struct maker *k)
{
	if (wrong(k, 24))
		return ONE_OF(0x7f000001, 0xe0000001, 0xffffffff, 0x0a1e01ff, 0x08080808,
			      0x0a1e010a);
	return ONE_OF(0x0a1e0132, 0x0a1e0132, 0x0a1e0132, 0xc0a865eb);
}

static void put_outer(struct maker *k, u16 id)
{
	u32 options = wrong(k, 24) ? random_below(11) * 4 : 0;
	u32 frag = wrong(k, 24) ? random64() & 0xffff : ONE_OF(0, 0, 0x4000, 0x8000);

	put(k, 0x45 + options / 4, 1);
	put(k, random_once_in(4) ? random64() & 0xff : 0, 1);
	put(k, 0, 2);
	put(k, id, 2);
	put(k, frag, 2);
	put(k, wrong(k, 24) ? random_below(2) : ONE_OF(254, 2, 64, 255), 1);
	put(k, wrong(k, 40) ? ONE_OF(1, 2, 4, 6, 33, 41, 47, 50, 136, 255) : NFG_PROTO_UDP, 1);
	put(k, 0, 2);
	put(k, outer_source(k), 4);
	put(k, outer_destination(k), 4);
	if (random_once_in(2))
		put_noise(k, options);
	else
		while (options--)
			put(k, 1, 1);
	put(k, random_once_in(8) ? random64() & 0xffff : 60001, 2);
	put(k, wrong(k, 30) ? ONE_OF(6080, 6082, 0, 53, 65535) : 6081, 2);
	put(k, 0, 4);
}

/* GENEVE and its options. */

static u64 endpoint(void)
{
	static const u64 some[] = {
		ENDPOINT_OPEN, ENDPOINT_OPEN, ENDPOINT_CLOSED, 0x3333333333333333ULL,
		0x3333333333333333ULL, 0x4444444444444444ULL, 0x5555555555555555ULL,
	};

	return random_once_in(50) ? random64() : some[random_below(ARRAY_SIZE(some))];
}

static void put_aws(struct maker *k, u32 type, bool spoiled)
{
	u32 words = type == NFG_AWS_COOKIE ? 1 : 2;

	put(k, NFG_AWS_CLASS, 2);
	put(k, type, 1);
	if (spoiled && random_once_in(3))
		words = random_below(32);
	put(k, words | (random_once_in(8) ? random_below(8) << 5 : 0), 1);
	if (type == NFG_AWS_ENDPOINT && words == 2)
		put(k, endpoint(), 8);
	else if (type == NFG_AWS_COOKIE && words == 1)
		put(k, random_below(4), 4);
	else
		put_noise(k, 4 * words);
}

/* An option of somebody else; the top bit of the type makes it critical. */
static void put_option(struct maker *k)
{
	u32 words = random_once_in(4) ? random_below(32) : random_below(4);

	put(k, random_once_in(4) ? NFG_AWS_CLASS : ONE_OF(0x0132, 0x0167, 0, 0xffff), 2);
	put(k, wrong(k, 4) ? random64() : ONE_OF(4, 0, 0x7f, 9), 1);
	put(k, words, 1);
	put_noise(k, 4 * words);
}

static void put_options(struct maker *k)
{
	u8 order[3] = { NFG_AWS_ENDPOINT, NFG_AWS_ATTACHMENT, NFG_AWS_COOKIE };
	bool spoiled = wrong(k, 6);
	u32 i, n = 3;

	if (random_once_in(6)) {
		i = random_below(3);
		order[0] = 1 + i;
		order[i] = NFG_AWS_ENDPOINT;
	}
	if (spoiled && random_once_in(3))
		order[random_below(3)] = 1 + random_below(4);
	if (spoiled && random_once_in(3))
		n = random_below(3);
	for (i = 0; i < n; i++) {
		if (random_once_in(12))
			put_option(k);
		put_aws(k, order[i], spoiled);
	}
	while (random_once_in(8))
		put_option(k);
}

static void put_geneve(struct maker *k, bool v6)
{
	u32 at = k->len, words, proto = v6 ? NFG_GENEVE_IPV6 : NFG_GENEVE_IPV4;

	put(k, 0, 1);
	put(k, (wrong(k, 24) ? 0x80 : 0) | (random_once_in(8) ? random_below(0x80) : 0), 1);
	put(k, wrong(k, 20) ? ONE_OF(0x6558, 0x0800, 0x86dd, 0, 0x0806, 0xffff) : proto, 2);
	put(k, random_once_in(8) ? random64() : 0, 4);
	put_options(k);
	words = (k->len - at - 8) / 4;
	if (words > 63 || wrong(k, 16))
		words = random_below(64);
	k->ip[at] = words | (wrong(k, 24) ? random64() & 0xc0 : 0);
}

/* Inner packets: few hosts and ports, so that flows meet again. */

static void put_host(struct maker *k, bool v6, bool local)
{
	static const u8 odd[][16] = {
		{ 0 }, { 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 },
		{ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 },
		{ 127, 0, 0, 1 }, { 224, 0, 0, 1 }, { 255, 255, 255, 255 },
		{ 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9 },
	};
	u32 i, host = 10 + random_below(8);

	if (random_once_in(24)) {
		const u8 *addr = odd[random_below(ARRAY_SIZE(odd))];

		for (i = 0; i < (v6 ? 16 : 4); i++)
			put(k, addr[i], 1);
	} else if (random_once_in(24)) {
		put_noise(k, v6 ? 16 : 4);
	} else if (v6) {
		put(k, local ? 0xfd010000 : 0xfd090000, 4);
		put(k, 0, 8);
		put(k, host, 4);
	} else {
		put(k, (local ? 0x0a010000 : 0x0a090000) | host, 4);
	}
}

static u32 port(void)
{
	if (random_once_in(24))
		return random64() & 0xffff;
	return random_once_in(2) ? 1000 + random_below(8) :
		ONE_OF(22, 23, 53, 80, 443, 8000, 8099, 0, 65535);
}

static void put_ip(struct maker *k, bool v6, bool quoted);

static void put_tcp(struct maker *k)
{
	static const u8 flags[] = { 0x02, 0x02, 0x12, 0x10, 0x10, 0x18, 0x11, 0x04, 0x14, 0xc2 };
	u32 options = random_once_in(3) ? random_below(11) * 4 : 0;

	put(k, port(), 2);
	put(k, port(), 2);
	put_noise(k, 8);
	put(k, wrong(k, 8) ? random64() & 0xff : (5 + options / 4) << 4, 1);
	put(k, random_once_in(10) ? random64() : flags[random_below(sizeof(flags))], 1);
	put_noise(k, 6 + options);
}

static void put_udp(struct maker *k, u32 payload)
{
	put(k, port(), 2);
	put(k, port(), 2);
	put(k, wrong(k, 6) ? random64() : 8 + payload, 2);
	put_noise(k, 2);
}

static void put_icmp(struct maker *k, bool v6)
{
	u32 type = v6 ? ONE_OF(128, 129, 1, 2, 3, 4, 133, 135, 137) :
			ONE_OF(8, 0, 3, 3, 4, 5, 11, 12, 13, 14, 17);

	if (random_once_in(12))
		type = random64() & 0xff;
	put(k, type, 1);
	put(k, random_below(16), 1);
	put_noise(k, 2);
	put(k, 1000 + random_below(8), 2);
	put_noise(k, 2);
	if (k->quotes < QUOTES_MAX && !random_once_in(3)) {
		k->quotes++;
		put_ip(k, wrong(k, 8) ? !v6 : v6, true);
	}
}

static void put_l4(struct maker *k, u8 proto)
{
	u32 payload = random_once_in(16) ? random_below(4000) : random_below(64);

	if (wrong(k, 12)) {
		put_noise(k, random_below(24));
		return;
	}
	switch (proto) {
	case NFG_PROTO_TCP:
		put_tcp(k);
		break;
	case NFG_PROTO_UDP:
		put_udp(k, payload);
		break;
	case NFG_PROTO_ICMP:
	case NFG_PROTO_ICMPV6:
		put_icmp(k, proto == NFG_PROTO_ICMPV6);
		break;
	case NFG_PROTO_SCTP:
		put(k, port(), 2);
		put(k, port(), 2);
		put_noise(k, 8);
		break;
	}
	put_noise(k, payload);
}

static u8 l4_proto(bool v6)
{
	if (random_once_in(16))
		return random64();
	return ONE_OF(NFG_PROTO_TCP, NFG_PROTO_TCP, NFG_PROTO_UDP, NFG_PROTO_UDP, NFG_PROTO_SCTP,
		      v6 ? NFG_PROTO_ICMPV6 : NFG_PROTO_ICMP, v6 ? NFG_PROTO_ICMPV6 :
		      NFG_PROTO_ICMP, NFG_PROTO_ICMP, 47, 50);
}

static u32 fragment(struct maker *k, u32 unit)
{
	if (wrong(k, 6))
		return random64() & 0xffff;
	return ONE_OF(0, 1, 2, 3, 24) * unit;
}

static void put_ipv4(struct maker *k, bool quoted, bool local)
{
	u32 at = k->len, options = random_once_in(8) ? random_below(11) * 4 : 0;
	bool fragmented = random_once_in(8);
	u8 proto = l4_proto(false);
	u32 header = 20 + options;

	put(k, 0x45 + options / 4, 1);
	put(k, 0, 3);
	put(k, random_below(16), 2);
	put(k, fragmented ? fragment(k, 1) | random_below(2) << 13 : 0x4000, 2);
	put(k, random_once_in(8) ? random_below(3) : 64, 1);
	put(k, proto, 1);
	put(k, 0, 2);
	put_host(k, false, local);
	put_host(k, false, !local);
	put_noise(k, options);
	put_l4(k, proto);
	if (fragmented && random_below(4))
		k->len = at + header + (k->len - at - header) / 8 * 8;

	store16(k->ip + at + NFG_IPV4_TOTLEN, wrong(k, 12) ? random64() : k->len - at);
	if (wrong(k, 16))
		k->ip[at] = random64();
	store16(k->ip + at + NFG_IPV4_CHECK, sum_ipv4(k->ip + at, header));
	if (wrong(k, 16) || (quoted && random_once_in(2)))
		k->ip[at + NFG_IPV4_CHECK] ^= 1 + random_below(255);
}

/* A chain of extension headers; returns where the last one's next header is. */
static u32 put_extensions(struct maker *k, u32 next_at)
{
	u32 n = random_once_in(16) ? random_below(HEADERS_MAX) : random_below(4);
	u32 i, size, at;
	u8 type;

	for (i = 0; i < n; i++) {
		type = ONE_OF(0, 60, 60, 43, 51, 44, 44);
		if (!type && i && !wrong(k, 4))
			type = 60;
		k->ip[next_at] = type;
		at = k->len;
		next_at = at;
		size = random_once_in(24) ? random_below(40) : random_below(3);
		put(k, 0, 1);
		put(k, wrong(k, 8) ? random64() & 0xff : size, 1);
		if (type == NFG_PROTO_FRAGMENT) {
			put(k, fragment(k, 8) | random_below(2), 2);
			put(k, random_below(16), 4);
		} else if (type == NFG_PROTO_AH) {
			put_noise(k, (size + 2) * 4 - 2);
		} else {
			put_noise(k, (size + 1) * 8 - 2);
		}
	}
	return next_at;
}

static void put_ipv6(struct maker *k, bool local)
{
	u32 at = k->len, next_at = at + NFG_IPV6_NEXT;
	u8 proto = l4_proto(true);

	put(k, 6, 1);
	put(k, 0, 7);
	k->ip[at] = 0x60 | random_below(16);
	k->ip[at + NFG_IPV6_HOPS] = random_once_in(8) ? random_below(3) : 64;
	put_host(k, true, local);
	put_host(k, true, !local);
	if (random_once_in(3))
		next_at = put_extensions(k, next_at);
	if (next_at < PACKET_MAX)
		k->ip[next_at] = proto;
	put_l4(k, proto);
	store16(k->ip + at + NFG_IPV6_PAYLOAD,
		wrong(k, 12) ? random64() : k->len - at - NFG_IPV6_LEN);
	if (wrong(k, 20))
		k->ip[at] = random64();
}

static void put_ip(struct maker *k, bool v6, bool quoted)
{
	bool local = random_once_in(2);

	if (v6)
		put_ipv6(k, local);
	else
		put_ipv4(k, quoted, local);
	/* few errors quote all */
	if (quoted && random_once_in(2))
		k->len -= random_below(64) % (k->len - k->inner);
}

/* Lengths and sums of the outer headers: right, but for what is wrong on purpose. */
static void finish(struct maker *k)
{
	u32 header = (k->ip[0] & 15) * 4, udp = k->len - header;
	u8 *uh = k->ip + header;
	u16 sum;

	store16(k->ip + NFG_IPV4_TOTLEN, wrong(k, 24) ? random_below(k->len + 20) : k->len);
	if (k->len >= header + NFG_UDP_LEN) {
		store16(uh + NFG_UDP_LENGTH, wrong(k, 24) ? random_below(k->len + 20) : udp);
		store16(uh + 6, 0);
		sum = sum_udp(k->ip, header, udp);
		if (wrong(k, 16))
			sum ^= 1 + random_below(0xfffe);
		if (!random_once_in(6))
			store16(uh + 6, sum ? sum : 0xffff);
	}
	if (k->len >= header) {
		store16(k->ip + NFG_IPV4_CHECK, 0);
		store16(k->ip + NFG_IPV4_CHECK, sum_ipv4(k->ip, header));
		if (wrong(k, 60))
			k->ip[NFG_IPV4_CHECK] ^= 1 + random_below(255);
	}
}

static void scratch(struct maker *k)
{
	u32 n = 1 + random_below(4);

	while (n--) {
		u32 at = random_below(random_once_in(2) || k->len < 160 ? k->len : 160);

		/* what tells it stays */
		if (at == NFG_IPV4_ID || at == NFG_IPV4_ID + 1 || !at)
			continue;
		k->ip[at] = random_once_in(2) ? random64() : k->ip[at] ^ 1 << random_below(8);
	}
}

/* What nfg_forge does with the bytes: it refuses what has no UDP header. */
static void layout(struct packet *p)
{
	struct nfg_forge *f = &p->forge;
	u32 n = ETH_LEN + p->len;

	memset(f, 0, sizeof(*f));
	f->linear = ONE_OF(ETH_LEN, ETH_LEN, ETH_LEN + 20, ETH_LEN + random_below(n),
			   ETH_LEN + random_below(200), FRAME_MAX);
	f->split = ONE_OF(0, 1 + random_below(16), 16 + random_below(1000));
	if (p->len > 400 && f->split && f->split < 64)
		f->split = 64;
	f->sum = ONE_OF(NFG_FORGE_NONE, NFG_FORGE_NONE, NFG_FORGE_UNNECESSARY, NFG_FORGE_COMPLETE);
	f->flags = ONE_OF(0, 0, NFG_FORGE_FRAG_LIST, NFG_FORGE_CLONE, NFG_FORGE_STALE,
			  NFG_FORGE_FRAG_LIST | NFG_FORGE_CLONE | NFG_FORGE_STALE);
}

static void put_ethernet(struct packet *p, const struct maker *k)
{
	const char *to = APPLIANCE_MAC;

	if (k->spoil && random_once_in(100))
		to = random_once_in(2) ? BROADCAST_MAC : SENDER_MAC;
	memcpy(p->frame, to, 6);
	memcpy(p->frame + 6, SENDER_MAC, 6);
	memcpy(p->frame + 12, "\x08\x00", 2);
}

void packet_make(struct packet *p, u64 seed, u64 number, u16 id)
{
	struct maker k = { .ip = packet_ip(p) };
	bool v6;

	random_state = seed;
	random_state = random64() + number;
	random_state = random64();
	v6 = random_once_in(2);
	k.spoil = random_once_in(2);
	put_outer(&k, id);
	put_geneve(&k, v6);
	k.inner = k.len;
	put_ip(&k, v6, false);
	if (random_once_in(8))
		put_noise(&k, random_below(32));
	if (wrong(&k, 10))
		k.len = 20 + random_below(k.len - 20);
	if (wrong(&k, 10))
		scratch(&k);
	finish(&k);
	if (wrong(&k, 20))
		k.len = random_below(k.len);
	else if (wrong(&k, 20))
		put_noise(&k, random_below(32));
	if (k.len > NFG_IPV4_LEN && wrong(&k, 20))
		scratch(&k);
	p->number = number;
	p->len = k.len;
	put_ethernet(p, &k);
	layout(p);
}
