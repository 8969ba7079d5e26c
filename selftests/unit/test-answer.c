// SPDX-License-Identifier: GPL-2.0
/* What rejected packets are answered with, made from packets that were parsed. */
#include <stdlib.h>

#include "answer.h"
#include "inner.h"
#include "ip.h"
#include "rfc1071.h"
#include "tap.h"

#define GENEVE	28
#define INNER	68
#define SEQ	0x10203040u
#define ACK	0xa0b0c0d0u

/* A packet as it is built: outer bytes of which only the GENEVE protocol counts. */
static struct {
	u8 bytes[9000];
	u32 len;
	struct nfg_meta m;
} p;

static u8 answer[NFG_ANSWER_MAX];
static u32 answer_len;

static void put32(u8 *to, u32 v)
{
	store16(to, v >> 16);
	store16(to + 2, v);
}

static u32 get16(const u8 *from)
{
	return from[0] << 8 | from[1];
}

static u32 get32(const u8 *from)
{
	return get16(from) << 16 | get16(from + 2);
}

static u32 pseudo(const u8 *ip, u8 proto, u32 len)
{
	return ip[0] >> 4 == 4 ? sum16(ip + 12, 8, sum16((u8[]){ 0, proto }, 2, len)) :
				 sum16(ip + 8, 32, sum16((u8[]){ 0, proto }, 2, len));
}

/* An inner packet from 10.1.0.10 or 2001:db8::10 to 203.0.113.20 or 2001:db8:1::20. */
static void packet(u8 version, u8 proto, u32 payload)
{
	static const u8 v4[] = { 10, 1, 0, 10, 203, 0, 113, 20 };
	static const u8 v6[] = {
		0x20, 0x01, 0x0d, 0xb8, [15] = 0x10,
		0x20, 0x01, 0x0d, 0xb8, 0, 1, [31] = 0x20,
	};
	u8 *ip = p.bytes + INNER;
	u32 i, header = version == 4 ? NFG_IPV4_LEN : NFG_IPV6_LEN;

	memset(&p, 0, sizeof(p));
	store16(p.bytes + GENEVE + 2, version == 4 ? 0x0800 : 0x86dd);
	for (i = 0; i < payload; i++)
		ip[header + i] = i * 7;
	p.len = INNER + header + payload;
	ip[0] = version << 4 | (version == 4 ? 5 : 0);
	if (version == 4) {
		store16(ip + 2, header + payload);
		ip[8] = 3;
		ip[9] = proto;
		memcpy(ip + 12, v4, sizeof(v4));
	} else {
		store16(ip + 4, payload);
		ip[6] = proto;
		ip[7] = 3;
		memcpy(ip + 8, v6, sizeof(v6));
	}
}

static u8 *l4(void)
{
	return p.bytes + INNER + (p.bytes[INNER] >> 4 == 4 ? NFG_IPV4_LEN : NFG_IPV6_LEN);
}

static void tcp(u8 version, u8 flags, u32 payload)
{
	packet(version, NFG_PROTO_TCP, NFG_TCP_LEN + payload);
	store16(l4(), 40000);
	store16(l4() + 2, 443);
	put32(l4() + 4, SEQ);
	put32(l4() + 8, ACK);
	l4()[12] = 0x50;
	l4()[13] = flags;
}

static void udp(u8 version, u32 payload)
{
	packet(version, NFG_PROTO_UDP, NFG_UDP_LEN + payload);
	store16(l4(), 5353);
	store16(l4() + 2, 53);
	store16(l4() + 4, NFG_UDP_LEN + payload);
}

static void icmp(u8 version, u8 type)
{
	packet(version, version == 4 ? NFG_PROTO_ICMP : NFG_PROTO_ICMPV6, 64);
	l4()[0] = type;
}

static bool parse(void)
{
	struct nfg_buf b = { .data = p.bytes, .linear = p.len, .total = p.len };
	u8 *ip = p.bytes + INNER;

	if (ip[0] >> 4 == 4) {
		store16(ip + 10, 0);
		store16(ip + 10, ~sum16(ip, (ip[0] & 15) * 4, 0));
	}
	p.m.geneve = GENEVE;
	p.m.inner = INNER;
	if (!nfg_inner_parse(&b, &p.m))
		return true;
	return tap_note("the test's own packet is not valid");
}

static bool allowed(void)
{
	return parse() && nfg_answer_allowed(p.bytes + INNER, &p.m);
}

/* Builds the answer from exactly the bytes it says it needs. */
static bool build(u8 how)
{
	u32 need;
	u8 *copy;

	if (!allowed())
		return tap_note("no answer allowed");
	need = nfg_answer_need(&p.m, how);
	copy = malloc(need);
	memcpy(copy, p.bytes + INNER, need);
	memset(answer, 0x5a, sizeof(answer));
	answer_len = nfg_answer_build(answer, copy, &p.m, how);
	free(copy);
	return true;
}

/* The answer's IP header, and the sums; @proto is what it must carry. */
static bool good_ip(u8 proto)
{
	const u8 *ip = answer, *in = p.bytes + INNER;
	u32 header, start;

	if (ip[0] >> 4 != in[0] >> 4)
		return tap_note("version");
	if (ip[0] >> 4 == 4) {
		header = NFG_IPV4_LEN;
		if (ip[0] != 0x45 || get16(ip + 2) != answer_len || ip[8] != 64 ||
		    ip[9] != proto || sum16(ip, header, 0) != 0xffff || get16(ip + 6) != 0x4000 ||
		    memcmp(ip + 12, in + 16, 4) || memcmp(ip + 16, in + 12, 4))
			return tap_note("IPv4 header");
		start = proto == NFG_PROTO_ICMP ? 0 : pseudo(ip, proto, answer_len - header);
	} else {
		header = NFG_IPV6_LEN;
		if (get32(ip) != 0x60000000 || get16(ip + 4) != answer_len - header ||
		    ip[6] != proto || ip[7] != 64 || memcmp(ip + 8, in + 24, 16) ||
		    memcmp(ip + 24, in + 8, 16))
			return tap_note("IPv6 header");
		start = pseudo(ip, proto, answer_len - header);
	}
	if (sum16(ip + header, answer_len - header, start) != 0xffff)
		return tap_note("checksum");
	return true;
}

static bool good_reset(u8 version, u32 seq, u32 ack, u8 flags)
{
	u32 header = version == 4 ? NFG_IPV4_LEN : NFG_IPV6_LEN;
	const u8 *t = answer + header;

	if (answer_len != header + NFG_TCP_LEN || !good_ip(NFG_PROTO_TCP))
		return tap_note("length %u", answer_len);
	if (get16(t) != 443 || get16(t + 2) != 40000 || get32(t + 4) != seq ||
	    get32(t + 8) != ack || t[12] != 0x50 || t[13] != flags || get16(t + 14) ||
	    get16(t + 18))
		return tap_note("seq %#x ack %#x flags %#x", get32(t + 4), get32(t + 8), t[13]);
	return true;
}

static void test_reset(void)
{
	static const struct {
		const char *name;
		u8 flags;
		u32 payload, seq, ack;
		u8 answer;
	} cases[] = {
		{ "SYN", 0x02, 0, 0, SEQ + 1, 0x14 },
		{ "SYN with data", 0x02, 7, 0, SEQ + 8, 0x14 },
		{ "data without ACK", 0x08, 100, 0, SEQ + 100, 0x14 },
		{ "FIN without ACK", 0x01, 3, 0, SEQ + 4, 0x14 },
		{ "SYN-ACK", 0x12, 0, ACK, 0, 0x04 },
		{ "mid-stream data", 0x18, 1000, ACK, 0, 0x04 },
		{ "FIN", 0x11, 0, ACK, 0, 0x04 },
		{ "pure ACK", 0x10, 0, ACK, 0, 0x04 },
	};
	bool ok = true;
	size_t i;
	u8 v;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		for (v = 4; v <= 6; v += 2) {
			tcp(v, cases[i].flags, cases[i].payload);
			if (!build(i & 1 ? NFG_REJECT_AUTO : NFG_REJECT_TCP_RESET) ||
			    !good_reset(v, cases[i].seq, cases[i].ack, cases[i].answer))
				ok = tap_note("%s, IPv%u", cases[i].name, v);
		}
	}
	tap(ok, "TCP is reset as RFC 9293 says, with and without ACK");

	tcp(4, 0x02, 40);
	l4()[12] = 0xa0;
	ok = build(NFG_REJECT_AUTO) && good_reset(4, 0, SEQ + 1 + 20, 0x14);
	tcp(4, 0x02, 0);
	put32(l4() + 4, 0xffffffff);
	ok = build(NFG_REJECT_AUTO) && good_reset(4, 0, 0, 0x14) && ok;
	tap(ok, "TCP options are no data; sequence numbers wrap");

	tcp(4, 0x02, 5);
	p.len += 30;
	ok = build(NFG_REJECT_AUTO) && good_reset(4, 0, SEQ + 6, 0x14);
	tap(ok, "bytes behind the inner packet do not count");
}

/* Header options and extension headers come before the ports, not into the answer. */
static void test_reset_options(void)
{
	u8 old[NFG_TCP_LEN];
	bool ok;

	tcp(4, 0x02, 8);
	memcpy(old, l4(), sizeof(old));
	p.bytes[INNER] = 0x46;
	memset(l4(), 1, 4);
	memcpy(l4() + 4, old, sizeof(old));
	ok = build(NFG_REJECT_AUTO) && good_reset(4, 0, SEQ + 5, 0x14);
	tcp(6, 0x02, 8);
	memcpy(old, l4(), sizeof(old));
	p.bytes[INNER + NFG_IPV6_NEXT] = NFG_PROTO_DSTOPTS;
	memset(l4(), 0, 8);
	l4()[0] = NFG_PROTO_TCP;
	memcpy(l4() + 8, old, sizeof(old));
	ok = build(NFG_REJECT_AUTO) && good_reset(6, 0, SEQ + 1, 0x14) && ok;
	tap(ok, "IPv4 options and IPv6 extension headers are skipped");
}

static bool good_error(u8 type, u8 code)
{
	bool v4 = answer[0] >> 4 == 4;
	u32 header = v4 ? NFG_IPV4_LEN : NFG_IPV6_LEN, max = v4 ? 576 : 1280;
	u32 inner = p.m.inner_len, quote = inner;
	const u8 *icmp = answer + header;

	if (!good_ip(v4 ? NFG_PROTO_ICMP : NFG_PROTO_ICMPV6))
		return false;
	if (header + NFG_ICMP_LEN + quote > max)
		quote = max - header - NFG_ICMP_LEN;
	if (answer_len != header + NFG_ICMP_LEN + quote)
		return tap_note("length %u", answer_len);
	if (icmp[0] != type || icmp[1] != code || get32(icmp + 4))
		return tap_note("type %u code %u", icmp[0], icmp[1]);
	if (memcmp(icmp + NFG_ICMP_LEN, p.bytes + INNER, quote))
		return tap_note("quote");
	return true;
}

static void test_error(void)
{
	static const u32 sizes[] = { 0, 1, 21, 519, 520, 521, 1183, 1184, 1185, 8000 };
	bool ok = true;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		udp(4, sizes[i]);
		p.len += 3;
		if (!build(NFG_REJECT_AUTO) || !good_error(3, 3))
			ok = tap_note("IPv4, %u bytes", sizes[i]);
		udp(6, sizes[i]);
		p.len += 3;
		if (!build(NFG_REJECT_AUTO) || !good_error(1, 4))
			ok = tap_note("IPv6, %u bytes", sizes[i]);
	}
	tap(ok, "errors quote the packet, up to 576 and 1280 bytes in all");
}

/* One word takes all values, so every carry there can be is there once. */
static void test_sums(void)
{
	bool ok = true;
	u32 i;

	udp(4, 1000);
	memset(l4() + NFG_UDP_LEN, 0xff, 1000);
	for (i = 0; i <= 0xffff && ok; i++) {
		store16(l4() + NFG_UDP_LEN, i);
		if (!build(NFG_REJECT_AUTO) || !good_error(3, 3))
			ok = tap_note("word %#x", i);
	}
	tap(ok, "checksums are right, whatever they carry");
}

static void test_how(void)
{
	bool ok;

	udp(4, 10);
	ok = build(NFG_REJECT_PORT_UNREACHABLE) && good_error(3, 3) &&
	     build(NFG_REJECT_ADMIN_PROHIBITED) && good_error(3, 13) &&
	     build(NFG_REJECT_TCP_RESET) && good_error(3, 3);
	udp(6, 10);
	ok = build(NFG_REJECT_PORT_UNREACHABLE) && good_error(1, 4) &&
	     build(NFG_REJECT_ADMIN_PROHIBITED) && good_error(1, 1) &&
	     build(NFG_REJECT_TCP_RESET) && good_error(1, 4) && ok;
	tcp(4, 0x02, 0);
	ok = build(NFG_REJECT_PORT_UNREACHABLE) && good_error(3, 3) &&
	     build(NFG_REJECT_ADMIN_PROHIBITED) && good_error(3, 13) && ok;
	tap(ok, "the rule says which answer; only TCP is reset");
}

static void test_errors_unanswered(void)
{
	static const u8 v4_no[] = { 3, 4, 5, 11, 12, 19, 40, 255 };
	static const u8 v4_yes[] = { 0, 8, 13, 14, 15, 16, 17, 18 };
	static const u8 v6_no[] = { 1, 2, 3, 4, 100, 127, 137 };
	static const u8 v6_yes[] = { 128, 129, 130, 135 };
	bool ok = true;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(v4_no); i++)
		if (icmp(4, v4_no[i]), allowed())
			ok = tap_note("ICMP %u is answered", v4_no[i]);
	for (i = 0; i < ARRAY_SIZE(v6_no); i++)
		if (icmp(6, v6_no[i]), allowed())
			ok = tap_note("ICMPv6 %u is answered", v6_no[i]);
	for (i = 0; i < ARRAY_SIZE(v4_yes); i++)
		if (icmp(4, v4_yes[i]), !allowed())
			ok = tap_note("ICMP %u is not answered", v4_yes[i]);
	for (i = 0; i < ARRAY_SIZE(v6_yes); i++)
		if (icmp(6, v6_yes[i]), !allowed())
			ok = tap_note("ICMPv6 %u is not answered", v6_yes[i]);
	tap(ok, "queries are answered, errors are not");

	ok = true;
	for (i = 4; i <= 6; i += 2) {
		tcp(i, 0x04, 0);
		ok = !allowed() && ok;
		tcp(i, 0x14, 0);
		ok = !allowed() && ok;
		tcp(i, 0x10, 0);
		ok = allowed() && ok;
	}
	tap(ok, "a RST is never answered");

	/* each other's ICMP is just another protocol */
	packet(4, NFG_PROTO_ICMPV6, 8);
	l4()[0] = 1;
	ok = allowed();
	packet(6, NFG_PROTO_ICMP, 8);
	l4()[0] = 3;
	tap(allowed() && ok, "ICMPv6 in IPv4 and ICMP in IPv6 have no types");
}

static void test_fragments(void)
{
	bool ok = true;

	udp(4, 72);
	store16(p.bytes + INNER + 6, 0x2000);
	ok = !allowed() && ok;
	udp(4, 72);
	store16(p.bytes + INNER + 6, 10);
	ok = !allowed() && ok;
	udp(6, 72);
	p.bytes[INNER + NFG_IPV6_NEXT] = NFG_PROTO_FRAGMENT;
	memset(l4(), 0, 8);
	l4()[0] = NFG_PROTO_UDP;
	store16(l4() + 8 + 4, 72);
	ok = allowed() && ok;
	l4()[3] = 1;
	ok = !allowed() && ok;
	memset(&p.m, 0, sizeof(p.m));
	l4()[3] = 16;
	ok = !allowed() && ok;
	tap(ok, "fragments are not answered, whole packets with a fragment header are");
}

static void test_addresses(void)
{
	static const struct {
		u8 addr[4];
		bool allowed;
	} v4[] = {
		{ { 0, 0, 0, 0 }, false }, { { 0, 1, 2, 3 }, false }, { { 127, 0, 0, 1 }, false },
		{ { 224, 0, 0, 1 }, false }, { { 239, 255, 255, 255 }, false },
		{ { 240, 0, 0, 1 }, false }, { { 255, 255, 255, 255 }, false },
		{ { 1, 0, 0, 0 }, true }, { { 126, 255, 255, 255 }, true },
		{ { 128, 0, 0, 0 }, true }, { { 223, 255, 255, 255 }, true },
	};
	static const struct {
		u8 addr[16];
		bool allowed;
	} v6[] = {
		{ { 0 }, false }, { { [15] = 1 }, false }, { { 0xff, 2, [15] = 1 }, false },
		{ { 0xff }, false }, { { [15] = 2 }, true }, { { [14] = 1 }, true },
		{ { 1 }, true }, { { 0xfe, 0x80, [15] = 1 }, true },
	};
	bool ok = true;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(v4) * 2; i++) {
		udp(4, 10);
		memcpy(p.bytes + INNER + (i & 1 ? 12 : 16), v4[i / 2].addr, 4);
		if (allowed() != v4[i / 2].allowed)
			ok = tap_note("IPv4 case %zu", i);
	}
	for (i = 0; i < ARRAY_SIZE(v6) * 2; i++) {
		udp(6, 10);
		memcpy(p.bytes + INNER + (i & 1 ? 8 : 24), v6[i / 2].addr, 16);
		if (allowed() != v6[i / 2].allowed)
			ok = tap_note("IPv6 case %zu", i);
	}
	tap(ok, "source and destination must be unicast");
}

int main(void)
{
	test_reset();
	test_reset_options();
	test_error();
	test_sums();
	test_how();
	test_errors_unanswered();
	test_fragments();
	test_addresses();
	return tap_done();
}
