// SPDX-License-Identifier: GPL-2.0
/* What flows need to know of packets: TCP's flags and states, quoted packets, who asks
 * and who answers.
 */
#include <arpa/inet.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ip.h"
#include "l4.h"
#include "parse.h"
#include "quote.h"
#include "tap.h"
#include "tcp.h"

#define F	NFG_TCP_FIN
#define S	NFG_TCP_SYN
#define R	NFG_TCP_RST
#define A	NFG_TCP_ACK
#define U	NFG_TCP_URG
#define PSH	0x08

static void test_flags(void)
{
	static const u8 good[] = { S, S | U, S | A, R, R | A, A, A | U, F | A, F | A | U };
	bool ok = true;
	u32 flags, i;

	for (flags = 0; flags < 256; flags++) {
		bool want = false;

		for (i = 0; i < sizeof(good); i++)
			want = want || (flags & (F | S | R | A | U)) == good[i];
		if (nfg_tcp_flags_ok(flags) != want)
			ok = tap_note("flags %02x", flags);
	}
	tap(ok, "which TCP flags go together, PSH, ECE and CWR aside");
}

/* A connection from one state on: segments are SYN, FIN, reset and others by their
 * letters, small ones of the other side, "s" its SYN-ACK and "k" its SYN, "B" a SYN-ACK; states as
 * letters, "!" for impossible.
 */
static const struct {
	const char *text;
	u8 from;
	bool pickup;
	const char *segments;
	const char *states;
} walks[] = {
	{ "handshake, data, both sides close", NFG_FLOW_SYN, false, "SsAAaFaAfA",
	  "SYEEECCCTT" },
	{ "the other side closes first", NFG_FLOW_ESTABLISHED, false, "fAFa", "CCTT" },
	{ "a FIN sent again is no second one", NFG_FLOW_ESTABLISHED, false, "FFaf", "CCCT" },
	{ "a reset ends it at once", NFG_FLOW_ESTABLISHED, false, "ArA", "ETT" },
	{ "a FIN behind a reset opens nothing", NFG_FLOW_ESTABLISHED, false, "rFfA", "TTTT" },
	{ "a reset ends a handshake", NFG_FLOW_SYN, false, "r", "T" },
	{ "a SYN sent again changes nothing", NFG_FLOW_SYN, false, "SSs", "SSY" },
	{ "a SYN-ACK sent again changes nothing", NFG_FLOW_SYN_ACK, false, "ssA", "YYE" },
	{ "data before the handshake ends is not its end", NFG_FLOW_SYN_ACK, false, "aaA", "YYE" },
	{ "an ACK in answer to a SYN is of an old connection", NFG_FLOW_SYN, false, "aSsA",
	  "SSYE" },
	{ "nor is its FIN one of the new one", NFG_FLOW_SYN, false, "fsA", "SYE" },
	{ "an ACK without a SYN-ACK is impossible", NFG_FLOW_SYN, false, "A", "!" },
	{ "unless the SYN-ACK may have gone elsewhere", NFG_FLOW_SYN, true, "AAaA",
	  "NNEE" },
	{ "a FIN ends the handshake, too", NFG_FLOW_SYN_ACK, false, "F", "C" },
	{ "a FIN during the handshake waits for its end", NFG_FLOW_SYN_ACK, false, "fA", "YC" },
	{ "a picked up connection waits for the other side", NFG_FLOW_NEW, true, "AAaA", "NNEE" },
	{ "whichever side began", NFG_FLOW_NEW, true, "aaAa", "NNEE" },
	{ "one side alone closes nothing", NFG_FLOW_NEW, true, "FFaf", "NNCT" },
	{ "a SYN of the originator changes nothing later", NFG_FLOW_ESTABLISHED, false, "SA",
	  "EE" },
	{ "the other side cannot begin a connection in it", NFG_FLOW_ESTABLISHED, false, "ok",
	  "E!" },
	{ "a SYN-ACK of the originator answers nothing", NFG_FLOW_SYN, false, "BsA", "SYE" },
	{ "both may begin at the same time", NFG_FLOW_SYN, false, "ksA", "SYE" },
};

static u8 segment_flags(char c)
{
	switch (c) {
	case 'S':
		return S;
	case 'k':
		return S;
	case 's':
	case 'B':
		return S | A;
	case 'F':
	case 'f':
		return F | A | PSH;
	case 'r':
		return R;
	default:
		return A;
	}
}

static void test_walks(void)
{
	static const char letters[] = "NSYECT";
	size_t i, k;

	for (i = 0; i < sizeof(walks) / sizeof(walks[0]); i++) {
		struct nfg_tcp_step now = { .state = walks[i].from };
		bool ok = true;

		for (k = 0; walks[i].segments[k]; k++) {
			char c = walks[i].segments[k], got;

			now = nfg_tcp_step(now, segment_flags(c), c >= 'a' && c <= 'z',
					   walks[i].pickup);
			got = now.bad ? '!' : letters[now.state];
			if (got != walks[i].states[k])
				ok = tap_note("segment %zu (%c): state %c instead of %c", k, c, got,
					      walks[i].states[k]);
		}
		tap(ok, walks[i].text);
	}
}

static void test_requests(void)
{
	static const struct {
		u8 version;
		u8 type;
		u8 request;
		bool is_reply;
	} cases[] = {
		{ 4, 8, 8, false }, { 4, 0, 8, true }, { 4, 13, 13, false }, { 4, 14, 13, true },
		{ 4, 15, 15, false }, { 4, 16, 15, true }, { 4, 17, 17, false },
		{ 4, 18, 17, true },
		{ 6, 128, 128, false }, { 6, 129, 128, true }, { 4, 3, 0, false },
		{ 4, 128, 0, false }, { 6, 8, 0, false }, { 6, 0, 0, false },
	};
	bool ok = true;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct nfg_tuple t = { .version = cases[i].version,
				       .dport = htons(cases[i].type << 8) };
		bool is_reply = false;
		u8 request = nfg_icmp_request(&t, &is_reply);

		if (request != cases[i].request || is_reply != cases[i].is_reply)
			ok = tap_note("version %u type %u", cases[i].version, cases[i].type);
	}
	tap(ok, "which ICMP messages ask, and which answer what");
}

static void test_errors(void)
{
	static const u8 errors[] = { 3, 4, 5, 11, 12 };
	bool ok = true;
	u32 type, i;

	for (type = 0; type < 256; type++) {
		bool want = false;

		for (i = 0; i < sizeof(errors); i++)
			want = want || errors[i] == type;
		if (nfg_icmp_is_error(4, type) != want ||
		    nfg_icmp_is_error(6, type) != type < 128)
			ok = tap_note("type %u", type);
	}
	tap(ok, "which ICMP messages are errors");
}

/* An ICMP error inside an inner packet, as nfg_quote_parse() gets it. */
struct error_packet {
	u8 bytes[2048];
	u32 len;	/* of all of it */
	struct nfg_meta m;
};

#define L4	40	/* where the ICMP header lies in them */

static void error_begin(struct error_packet *e, u8 version, u8 type, const void *to)
{
	memset(e, 0, sizeof(*e));
	e->bytes[L4] = type;
	e->m.l4 = L4;
	e->m.tuple.version = version;
	memcpy(&e->m.tuple.daddr, to, version == 4 ? 4 : 16);
	e->len = L4 + NFG_ICMP_LEN;
}

static void error_quote(struct error_packet *e, const void *bytes, u32 len)
{
	memcpy(e->bytes + e->len, bytes, len);
	e->len += len;
}

/* The first packet of the quoted flow: 10.0.0.1:1000 -> 10.0.0.2:53, UDP */
static const u8 quoted4[28] = {
	0x45, 0, 0, 60, 0, 1, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
	3, 232, 0, 53, 0, 40, 0, 0
};

static const u8 quoted6[48] = {
	0x60, 0, 0, 0, 0, 40, 17, 64,
	0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
	0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2,
	3, 232, 0, 53, 0, 40, 0, 0
};

static int parse_quote(const struct error_packet *e, u32 linear, struct nfg_meta *m)
{
	struct nfg_buf b = { .linear = linear, .total = e->len };
	u8 *block = malloc(linear);	/* of exactly its size, for the sanitizer */
	int ret;

	if (!block)
		err(2, "malloc");
	memcpy(block, e->bytes, linear);
	b.data = block;
	*m = e->m;
	m->inner_len = e->len;
	ret = nfg_quote_parse(&b, m);
	if (ret == NFG_MORE && (b.need <= linear || b.need > e->len))
		ret = -2;
	free(block);
	return ret;
}

/* Both with all of the packet to be read, and with a window that ends too early. */
static bool quotes(struct error_packet *e)
{
	struct nfg_meta m;
	int ret = parse_quote(e, L4 + NFG_ICMP_LEN, &m);

	if (ret && ret != NFG_MORE)
		return tap_note("window: %d", ret);
	if (parse_quote(e, e->len, &m))
		return tap_note("an error is never at fault for what it quotes");
	e->m = m;
	return m.flags & NFG_META_QUOTE;
}

static bool has_ports(const struct error_packet *e, u8 proto, u16 sport, u16 dport)
{
	return e->m.quote.proto == proto && ntohs(e->m.quote.sport) == sport &&
	       ntohs(e->m.quote.dport) == dport;
}

static void test_quotes4(void)
{
	u8 bytes[sizeof(quoted4) + 4];
	struct error_packet e;

	error_begin(&e, 4, 3, quoted4 + 12);
	error_quote(&e, quoted4, sizeof(quoted4));
	tap(quotes(&e) && has_ports(&e, 17, 1000, 53) &&
	    !memcmp(&e.m.quote.saddr, quoted4 + 12, 4) &&
	    !memcmp(&e.m.quote.daddr, quoted4 + 16, 4), "an error to the sender of what it quotes");
	error_begin(&e, 4, 3, quoted4 + 16);
	error_quote(&e, quoted4, sizeof(quoted4));
	tap(quotes(&e), "an error to the receiver of what it quotes");
	error_begin(&e, 4, 3, "\x0a\0\0\x03");
	error_quote(&e, quoted4, sizeof(quoted4));
	tap(!quotes(&e), "an error to a third host");
	error_begin(&e, 4, 8, quoted4 + 12);
	error_quote(&e, quoted4, sizeof(quoted4));
	tap(!quotes(&e), "an echo quotes nothing");
	error_begin(&e, 4, 3, quoted4 + 12);
	error_quote(&e, quoted4, sizeof(quoted4));
	e.m.flags = NFG_META_FRAGMENT;
	tap(!quotes(&e), "an error in fragments is not looked into");
	error_begin(&e, 4, 3, quoted4 + 12);
	error_quote(&e, quoted4, sizeof(quoted4) - 1);
	tap(!quotes(&e), "a quote without all 8 bytes of a transport header");
	error_begin(&e, 4, 3, quoted4 + 12);
	error_quote(&e, quoted4, 19);
	tap(!quotes(&e), "a quote without a whole IPv4 header");

	memcpy(bytes, quoted4, sizeof(quoted4));
	bytes[7] = 1;
	error_begin(&e, 4, 11, quoted4 + 12);
	error_quote(&e, bytes, sizeof(quoted4));
	tap(!quotes(&e), "a quote of a later fragment");
	bytes[7] = 0;
	bytes[0] = 0x65;
	error_begin(&e, 4, 11, quoted4 + 12);
	error_quote(&e, bytes, sizeof(quoted4));
	tap(!quotes(&e), "a quote of another version");
	bytes[0] = 0x44;
	error_begin(&e, 4, 11, quoted4 + 12);
	error_quote(&e, bytes, sizeof(quoted4));
	tap(!quotes(&e), "a quote with a header that is too short");

	memcpy(bytes, quoted4, 20);
	memset(bytes + 20, 1, 4);
	memcpy(bytes + 24, quoted4 + 20, 8);
	bytes[0] = 0x46;
	error_begin(&e, 4, 11, quoted4 + 12);
	error_quote(&e, bytes, sizeof(bytes));
	tap(quotes(&e) && has_ports(&e, 17, 1000, 53), "a quote with IPv4 options");

	memcpy(bytes, quoted4, sizeof(quoted4));
	bytes[9] = 1;
	memcpy(bytes + 20, "\x08\0\0\0\x12\x34\0\x01", 8);
	error_begin(&e, 4, 11, quoted4 + 12);
	error_quote(&e, bytes, sizeof(quoted4));
	tap(quotes(&e) && has_ports(&e, 1, 0x1234, 0x0800), "a quote of an echo");
	bytes[9] = 47;
	error_begin(&e, 4, 11, quoted4 + 12);
	error_quote(&e, bytes, 20);
	tap(quotes(&e) && has_ports(&e, 47, 0, 0), "a quote of a protocol without ports");
}

static void test_quotes6(void)
{
	u8 bytes[sizeof(quoted6) + 16];
	struct error_packet e;

	error_begin(&e, 6, 1, quoted6 + 8);
	error_quote(&e, quoted6, sizeof(quoted6));
	tap(quotes(&e) && has_ports(&e, 17, 1000, 53), "an ICMPv6 error and its quote");
	error_begin(&e, 6, 129, quoted6 + 8);
	error_quote(&e, quoted6, sizeof(quoted6));
	tap(!quotes(&e), "an ICMPv6 echo quotes nothing");
	error_begin(&e, 6, 2, quoted6 + 8);
	error_quote(&e, quoted6, 39);
	tap(!quotes(&e), "a quote without a whole IPv6 header");

	/* hop-by-hop options of 8 bytes, a first fragment */
	memcpy(bytes, quoted6, 40);
	bytes[6] = 0;
	memcpy(bytes + 40, "\x2c\0\0\0\0\0\0\0\x11\0\0\x01\0\0\0\x07", 16);
	memcpy(bytes + 56, quoted6 + 40, 8);
	error_begin(&e, 6, 3, quoted6 + 8);
	error_quote(&e, bytes, sizeof(bytes));
	tap(quotes(&e) && has_ports(&e, 17, 1000, 53), "a quote with IPv6 extension headers");
	bytes[51] = 9;
	error_begin(&e, 6, 3, quoted6 + 8);
	error_quote(&e, bytes, sizeof(bytes));
	tap(!quotes(&e), "a quote of a later IPv6 fragment");
	bytes[51] = 1;
	bytes[41] = 200;
	error_begin(&e, 6, 3, quoted6 + 8);
	error_quote(&e, bytes, sizeof(bytes));
	tap(!quotes(&e), "a quote with an extension header beyond its end");
	/* 12 bytes of it, and the ports behind them */
	bytes[6] = 51;
	memcpy(bytes + 40, "\x11\x01\0\0\0\0\0\x07\0\0\0\0", 12);
	memcpy(bytes + 52, quoted6 + 40, 8);
	error_begin(&e, 6, 3, quoted6 + 8);
	error_quote(&e, bytes, 60);
	tap(quotes(&e) && has_ports(&e, 17, 1000, 53), "a quote with an authentication header");
}

/* Of a long quote no more than a chain of headers is asked for. */
static void test_long_quote(void)
{
	struct error_packet e;
	struct nfg_meta m;

	error_begin(&e, 4, 3, quoted4 + 12);
	error_quote(&e, quoted4, sizeof(quoted4));
	e.len = sizeof(e.bytes);
	tap(!parse_quote(&e, L4 + NFG_ICMP_LEN + NFG_EXT_CHAIN_MAX, &m) &&
	    m.flags & NFG_META_QUOTE, "the end of a long quote is not looked at");
}

int main(void)
{
	test_flags();
	test_walks();
	test_requests();
	test_errors();
	test_quotes4();
	test_quotes6();
	test_long_quote();
	return tap_done();
}
