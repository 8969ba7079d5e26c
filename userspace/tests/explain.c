// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * What explain and flow read: frames of all link types, hexadecimal digits, headers,
 * tuples; and mutants of them, under the sanitizers.
 */
#include <pcap/dlt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain/frame.h"
#include "explain/headers.h"
#include "explain/hex.h"
#include "tuple.h"

#define MUTANTS	200000

static int count, failed;
static uint64_t seed = 1;

static void ok(bool good, const char *what, const char *input)
{
	char clean[TEXT_ESCAPED(80)];

	count++;
	failed += !good;
	printf("%sok %d - %s '%s'\n", good ? "" : "not ", count, what,
	       text_escape(clean, sizeof(clean), input));
}

static uint32_t dice(uint32_t sides)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (seed >> 33) % sides;
}

/* One word of digits. */
static uint32_t bytes(uint8_t *buf, size_t size, const char *digits)
{
	char *word = (char *)digits;
	struct why why;
	uint32_t len;

	return hex_read(&why, 1, &word, buf, size, &len) ? len : 0;
}

static void test_hex(void)
{
	static const struct {
		const char *digits, *bytes;	/* NULL: refused */
	} cases[] = {
		{ "45", "\x45" }, { "4500", "\x45\x00" }, { "45 00", "\x45\x00" },
		{ "0x0000:  4500 0A\n0x0010: ff", "\x45\x00\x0a\xff" }, { "45:0a", "\x45\x0a" },
		{ "4 5", "\x45" }, { "", NULL }, { " ", NULL }, { "4", NULL }, { "450", NULL },
		{ "4g", NULL }, { "0x45", NULL }, { "x", NULL }, { "010203040506", NULL },
	};
	uint8_t buf[5];
	uint32_t len;
	size_t i;
	bool good;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		len = bytes(buf, sizeof(buf), cases[i].digits);
		if (cases[i].bytes)
			good = len && !memcmp(buf, cases[i].bytes, len);
		else
			good = !len;
		ok(good, "digits", cases[i].digits);
	}
}

/* An IPv4 header of 20 bytes that says a length of 24, and what is behind it. */
#define IP	"45000018000100004011000a0a0000010a000002"
#define MACS	"020000000002020000000001"

static void test_frames(void)
{
	static const struct {
		int link;
		const char *frame;
		int len;		/* of the packet, -1: there is none */
		const char *why;
	} cases[] = {
		{ DLT_EN10MB, MACS "0800" IP "01020304", 24, NULL },
		{ DLT_EN10MB, MACS "0800" IP "010203040000000000", 24, NULL },
		{ DLT_EN10MB, MACS "0800" IP "0102", 22, NULL },
		{ DLT_EN10MB, MACS "81000064 0800" IP "01020304", 24, NULL },
		{ DLT_EN10MB, MACS "88a80064 81000065 0800" IP "01020304", 24, NULL },
		{ DLT_EN10MB, MACS "86dd 60", -1, "not IPv4: IPv6, EtherType 0x86dd" },
		{ DLT_EN10MB, MACS "0806 00", -1, "not IPv4: ARP, EtherType 0x0806" },
		{ DLT_EN10MB, MACS "1234", -1, "not IPv4: another protocol, EtherType 0x1234" },
		{ DLT_EN10MB, MACS "08", -1, "cut short" },
		{ DLT_EN10MB, MACS "8100 00", -1, "cut short" },
		{ DLT_EN10MB, MACS "0800", -1, "cut short" },
		{ DLT_EN10MB, MACS "0800 60", -1, "not IPv4: IP version 6" },
		{ DLT_EN10MB, MACS "0800 4500", 2, NULL },
		{ DLT_LINUX_SLL, "00000001000602000000000100000800" IP "01020304", 24, NULL },
		{ DLT_LINUX_SLL, "000000010006020000000001 0000 0806", -1, "ARP" },
		{ DLT_LINUX_SLL2, "0800 0000 00000002 0001 00 06 0200000000010000"
		  IP "01020304", 24, NULL },
		{ DLT_LINUX_SLL2, "0800 0000", -1, "cut short" },
		{ DLT_RAW, IP "01020304", 24, NULL }, { DLT_RAW, "60", -1, "IP version 6" },
		{ DLT_IPV4, IP "01020304", 24, NULL },
		{ DLT_NULL, "02000000" IP "01020304", 24, NULL },
		{ DLT_NULL, "00000002" IP "01020304", 24, NULL },
		{ DLT_LOOP, "00000002" IP "01020304", 24, NULL },
		{ DLT_NULL, "1e000000 60", -1, "not IPv4: address family 30" },
		{ DLT_NULL, "0200", -1, "cut short" },
	};
	const uint8_t *frame;
	struct why why;
	uint8_t buf[80];
	uint32_t len;
	size_t i;
	bool good;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		len = bytes(buf, sizeof(buf), cases[i].frame);
		frame = buf;
		good = frame_ipv4(&why, cases[i].link, &frame, &len);
		if (cases[i].why)
			ok(!good && strstr(why.text, cases[i].why), cases[i].why, cases[i].frame);
		else
			ok(good && len == (uint32_t)cases[i].len && *frame == 0x45, "frame",
			   cases[i].frame);
	}
	ok(!frame_is_known(DLT_NFLOG), "a link type that is not known", "");
	ok(frame_is_known(DLT_LINUX_SLL2), "a link type that is known", "");
}

/* A packet of a live system: three options around an ACK. */
#define OUTER	"45000084 00000000 fe110000 c0a865f7 c0a865eb ea6117c1 00700000"
#define GENEVE	"08000800 00000000 01080102 74a11ad9 6ec49886 01080202 00000000 00000000 01080301 39f7f1a7"
#define INNER	"45000028 71ea4000 3f060000 0a02652f 345ed4c5 bce201bb 00000954 00001694 50100164 00000000"

static const char *const live = OUTER GENEVE INNER;

static void test_headers(void)
{
	uint8_t buf[256];
	uint32_t len = bytes(buf, sizeof(buf), live);
	char text[OPTION_TEXT];
	struct geneve geneve;
	struct outer outer;

	headers_outer(&outer, buf, len);
	ok(outer.has_udp && outer.sport == 60001 && outer.dport == 6081 && outer.geneve == 28,
	   "outer ports", "");
	ok(outer.ttl == 0xfe && outer.length == 0x84 && outer.saddr[3] == 0xf7, "outer header", "");
	headers_geneve(&geneve, buf, len, outer.geneve);
	ok(geneve.present && !geneve.cut && geneve.n == 3, "options", "");
	ok(!strcmp(option_text(text, &geneve.options[0]), "endpoint vpce-074a11ad96ec49886"),
	   "endpoint", text);
	ok(!strcmp(option_text(text, &geneve.options[1]), "attachment 0x0000000000000000"),
	   "attachment", text);
	option_text(text, &geneve.options[2]);
	ok(!strcmp(text, "flow cookie 0x39f7f1a7"), "cookie", text);
	headers_geneve(&geneve, buf, 28 + 8 + 20, 28);
	ok(geneve.cut && geneve.n == 2 && geneve.options[1].len == 4, "options that are cut short",
	   "");
	headers_geneve(&geneve, buf, 28 + 7, 28);
	ok(!geneve.present, "no room for the base header", "");
	headers_geneve(&geneve, buf, 4, 28);
	ok(!geneve.present, "an offset behind the end", "");
}

static void test_tuples(void)
{
	static const struct {
		const char *proto, *source, *destination, *text;	/* NULL: refused */
	} cases[] = {
		{ "tcp", "10.0.0.1:1", "10.0.0.2:80", "tcp 10.0.0.1:1 > 10.0.0.2:80" },
		{ "17", "[fd00::1]:1", "[fd00::2]:53", "udp [fd00::1]:1 > [fd00::2]:53" },
		{ "icmp", "10.0.0.1:7", "10.0.0.2", "icmp 10.0.0.1 > 10.0.0.2 echo-request id 7" },
		{ "icmp", "10.0.0.1:0", "10.0.0.2:destination-unreachable.1",
		  "icmp 10.0.0.1 > 10.0.0.2 destination-unreachable.1" },
		{ "icmp", "10.0.0.1:7", "10.0.0.2:13",
		  "icmp 10.0.0.1 > 10.0.0.2 timestamp-request id 7" },
		{ "icmpv6", "[fd00::1]:9", "[fd00::2]:echo-request",
		  "icmpv6 fd00::1 > fd00::2 echo-request id 9" },
		{ "gre", "10.0.0.1", "10.0.0.2", "gre 10.0.0.1 > 10.0.0.2" },
		{ "253", "fd00::1", "[fd00::2]", "253 fd00::1 > fd00::2" },
		{ "tcp", "10.0.0.1", "10.0.0.2:80", NULL },
		{ "tcp", "10.0.0.1:1", "10.0.0.2", NULL },
		{ "tcp", "10.0.0.1:1", "[fd00::1]:2", NULL },
		{ "x", "10.0.0.1:1", "10.0.0.1:2", NULL },
		{ "tcp", "10.0.0.1:65536", "10.0.0.1:2", NULL },
		{ "tcp", ":1", "10.0.0.1:2", NULL },
		{ "tcp", "fd00::1:1", "fd00::2:2", NULL },
		{ "gre", "10.0.0.1:1", "10.0.0.2", NULL },
		{ "icmp", "10.0.0.1", "10.0.0.2", NULL },
		{ "icmp", "10.0.0.1:1", "10.0.0.2:0-8", NULL },
		{ "icmp", "10.0.0.1:1", "10.0.0.2:8.256", NULL },
		{ "tcp", "[]:1", "[]:2", NULL }, { "tcp", "[10.0.0.1]", "[", NULL },
		{ "tcp", "", "", NULL }, { "256", "1", "1", NULL },
	};
	char text[TUPLE_TEXT];
	struct tuple tuple;
	struct why why;
	size_t i;
	bool good;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		good = tuple_parse(&why, cases[i].proto, cases[i].source, cases[i].destination,
				   &tuple);
		if (cases[i].text)
			good = good && !strcmp(tuple_text(text, &tuple), cases[i].text);
		else
			good = !good;
		ok(good, cases[i].proto, cases[i].source);
	}
}

/* What the list prints can be read again. */
static void test_tuples_again(void)
{
	static const uint8_t protos[] = { 1, 6, 17, 58, 132, 47, 253 };
	char proto[TUPLE_PROTO], source[TUPLE_SIDE], destination[TUPLE_SIDE];
	struct tuple tuple, again;
	struct why why;
	int i, j, good = 0;

	for (i = 0; i < 10000; i++) {
		memset(&tuple, 0, sizeof(tuple));
		tuple.family = dice(2) ? AF_INET : AF_INET6;
		tuple.proto = protos[dice(7)];
		for (j = 0; j < (tuple.family == AF_INET ? 4 : 16); j++) {
			tuple.saddr[j] = dice(3) ? dice(256) : 0;
			tuple.daddr[j] = dice(3) ? dice(256) : 0;
		}
		if (tuple_has_ports(tuple.proto) || tuple_is_icmp(tuple.proto)) {
			tuple.sport = dice(65536);
			tuple.dport = dice(65536);
		}
		good += tuple_parse(&why, tuple_proto(proto, tuple.proto),
				    tuple_source(source, &tuple),
				    tuple_destination(destination, &tuple), &again) &&
			!memcmp(&tuple, &again, sizeof(tuple));
	}
	ok(good == 10000, "tuples read as they are written", "");
}

/* In memory of their own, so that nothing is read behind them. */
static void test_mutants(void)
{
	static const int links[] = {
		DLT_EN10MB, DLT_LINUX_SLL, DLT_LINUX_SLL2, DLT_RAW, DLT_NULL
	};
	uint8_t whole[256];
	uint32_t left, i, j, len = bytes(whole, sizeof(whole), live);
	char text[OPTION_TEXT];
	const uint8_t *frame;
	struct geneve geneve;
	struct outer outer;
	struct why why;
	uint8_t *copy;

	for (i = 0; i < MUTANTS; i++) {
		left = dice(len + 1);
		copy = malloc(left);
		memcpy(copy, whole, left);
		for (j = dice(4); left && j; j--)
			copy[dice(left)] = dice(256);
		frame = copy;
		if (frame_ipv4(&why, links[dice(5)], &frame, &left)) {
			headers_outer(&outer, frame, left);
			headers_geneve(&geneve, frame, left, dice(2) ? outer.geneve : dice(300));
			for (j = 0; j < geneve.n; j++)
				option_text(text, &geneve.options[j]);
		}
		free(copy);
	}
	ok(true, "mutants", "");
}

int main(void)
{
	printf("TAP version 13\n");
	test_hex();
	test_frames();
	test_headers();
	test_tuples();
	test_tuples_again();
	test_mutants();
	printf("1..%d\n", count);
	return failed != 0;
}
