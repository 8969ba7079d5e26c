// SPDX-License-Identifier: GPL-2.0 OR MIT
/* Unit tests of the tool's parsers; run under the sanitizers by `make check`. */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "config_key.h"
#include "duration.h"
#include "text.h"
#include "value.h"
#include "word.h"

static int count, failed;

static void ok(bool good, const char *what, const char *input)
{
	char clean[TEXT_ESCAPED(80)];

	count++;
	failed += !good;
	printf("%sok %d - %s '%s'\n", good ? "" : "not ", count, what,
	       text_escape(clean, sizeof(clean), input));
}

static void test_number(void)
{
	static const struct {
		const char *s;
		unsigned long max, number;
	} good[] = {
		{ "0", 0, 0 }, { "7", 7, 7 }, { "65535", 65535, 65535 }, { "007", 9, 7 },
		{ "18446744073709551615", -1ul, -1ul },
	}, bad[] = {
		{ "", 9, 0 }, { "8", 7, 0 }, { "65536", 65535, 0 }, { "-1", 9, 0 }, { "+1", 9, 0 },
		{ " 1", 9, 0 }, { "1 ", 9, 0 }, { "0x1", 99, 0 }, { "1", 0, 0 },
		{ "18446744073709551616", -1ul, 0 }, { "99999999999999999999", -1ul, 0 },
	};
	unsigned long n;
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		n = ~good[i].number;
		ok(value_number(good[i].s, good[i].max, &n) && n == good[i].number,
		   "number", good[i].s);
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		n = 42;
		ok(!value_number(bad[i].s, bad[i].max, &n) && n == 42, "no number", bad[i].s);
	}
}

static void test_prefix(void)
{
	static const struct {
		const char *s, *text;
	} good[] = {
		{ "0.0.0.0/0", "0.0.0.0/0" }, { "10.0.0.0/8", "10.0.0.0/8" },
		{ "128.0.0.0/1", "128.0.0.0/1" }, { "192.0.2.1", "192.0.2.1/32" },
		{ "255.255.255.254/31", "255.255.255.254/31" }, { "10.0.0.0/08", "10.0.0.0/8" },
		{ "::/0", "::/0" }, { "fd00::/8", "fd00::/8" },
		{ "2001:DB8::1", "2001:db8::1/128" },
		{ "fe80::/10", "fe80::/10" }, { "::ffff:1.2.3.4", "::ffff:1.2.3.4/128" },
		{ "2001:db8:ffff:ffff:ffff:ffff:ffff:fffe/127",
		  "2001:db8:ffff:ffff:ffff:ffff:ffff:fffe/127" },
	};
	static const char *const bad[] = {
		"", "/", "/8", "10/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8",
		"10.0.0.1/31", "0.0.0.1/0", "255.255.255.2555", "255.255.255.2555/32",
		"a.b.c.d/8", "10.0.0.0/8 ", " 10.0.0.0/8", "10.0.0.0\n/8",
		":", "::/129", "::/-1", "fd00::1/64", "::1/0", "fd00::/8/8", "fd00::%lo/64", "1::2::3",
		"1234567890123456789012345678901234567890123456789012345678901234567890/8",
	};
	struct prefix prefix;
	char text[PREFIX_TEXT];
	struct why why;
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		ok(value_prefix(&why, good[i].s, &prefix) &&
		   !strcmp(prefix_text(text, &prefix), good[i].text), "prefix", good[i].s);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(!value_prefix(&why, bad[i], &prefix), "no prefix", bad[i]);
}

static void test_seconds(void)
{
	static const struct {
		const char *s;
		int ms;
	} good[] = {
		{ "1", 1000 }, { "0.1", 100 }, { ".5", 500 }, { "2.", 2000 }, { "86400", 86400000 },
	};
	static const char *const bad[] = {
		"", ".", "0", "0.09", "86401", "1e3", "nan", "inf", "-1", "1s", "0x1", "1.2.3",
	};
	size_t i;
	int ms;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		ok(value_seconds(good[i].s, &ms) && ms == good[i].ms, "seconds", good[i].s);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(!value_seconds(bad[i], &ms), "no seconds", bad[i]);
}

static void test_duration(void)
{
	static const struct {
		const char *s;
		uint32_t seconds;
	} good[] = {
		{ "1", 1 }, { "90", 90 }, { "90s", 90 }, { "5m", 300 }, { "1h30m", 5400 },
		{ "1d", 86400 }, { "1d2h3m4s", 93784 }, { "0h1s", 1 }, { "100000", 100000 },
	};
	static const char *const bad[] = {
		"", "0", "0s", "s", "-1", "+1", "1x", "1m30", "1s1m", "1m1m", "1.5s", " 1", "1 ",
		"100001", "2d", "99999999999999999999d", "1ms",
	};
	uint32_t seconds;
	struct why why;
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		ok(duration_parse(&why, good[i].s, 100000, &seconds) &&
		   seconds == good[i].seconds, "duration", good[i].s);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(!duration_parse(&why, bad[i], 100000, &seconds), "no duration", bad[i]);
}

static const struct config_key *key_of(const char *word)
{
	size_t i = 0;

	while (strcmp(config_words[config_keys[i].attr], word))
		i++;
	return &config_keys[i];
}

/* What a value of a setting becomes, as the bytes of its attribute. */
static void test_config(void)
{
	static const struct {
		const char *key, *value, *bytes;	/* NULL: refused */
	} cases[] = {
		{ "enabled", "true", "01" }, { "enabled", "off", "00" }, { "enabled", "2", NULL },
		{ "port", "6081", "c117" }, { "port", "0", NULL }, { "port", "65536", NULL },
		{ "mode", "mon", "01" }, { "flow-full", "forward", "01" },
		{ "fragments", "x", NULL },
		{ "flow-max", "16777216", "00000001" }, { "flow-max", "16777217", NULL },
		{ "flow-max", "0", NULL }, { "tcp-pickup", "no", "00" },
		{ "log-rate", "0", "00000000" },
		{ "reject-rate", "4294967295", "ffffffff" }, { "reject-rate", "4294967296", NULL },
		{ "timeout-other", "2m", "78000000" }, { "timeout-closing", "0", NULL },
		{ "timeout-denied", "1d", "80510100" }, { "timeout-half-open", "1d1s", NULL },
		{ "origins", "none", "" }, { "origins", "::/0", NULL },
		{ "local", "fd00::/8,10.0.0.0/8,", NULL },
		{ "local", "10.0.0.0/8", "14000180080001000a0000000500020008000000" },
	};
	char buf[256], hex[256];
	const struct nlattr *attr;
	struct nlmsghdr *nlh;
	struct why why;
	size_t i, j;
	bool good;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		nlh = mnl_nlmsg_put_header(buf);
		good = config_put(&why, key_of(cases[i].key), cases[i].value, nlh);
		if (!cases[i].bytes) {
			ok(!good, cases[i].key, cases[i].value);
			continue;
		}
		attr = mnl_nlmsg_get_payload(nlh);
		hex[0] = '\0';
		for (j = 0; good && j < mnl_attr_get_payload_len(attr); j++)
			sprintf(hex + 2 * j, "%02x",
				((const uint8_t *)mnl_attr_get_payload(attr))[j]);
		ok(good && !strcmp(config_words[mnl_attr_get_type(attr)], cases[i].key) &&
		   !strcmp(hex, cases[i].bytes), cases[i].key, cases[i].value);
	}
}

static void test_words(void)
{
	static const char *const words[] = { "show", "set", "sets", "stats" };
	static const struct {
		const char *s;
		int index;
	} cases[] = {
		{ "show", 0 }, { "sh", 0 }, { "set", 1 }, { "sets", 2 }, { "st", 3 },
		{ "s", -1 }, { "se", -1 }, { "", -1 }, { "x", -1 }, { "showx", -1 },
	};
	char text[WORDS_TEXT], small[8];
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ok(word_find("test", cases[i].s, words, 4) == cases[i].index, "word", cases[i].s);
	ok(word_find("test", NULL, words, 4) < 0, "no word", "");
	word_list(text, sizeof(text), words, 4);
	ok(!strcmp(text, "show, set, sets or stats"), "list", text);
	word_list(small, sizeof(small), words, 4);
	ok(!strcmp(small, "show, s"), "list in a small buffer", small);
}

static void test_escape(void)
{
	char buf[12];

	ok(!strcmp(text_escape(buf, sizeof(buf), "a ~"), "a ~"), "escape", "a ~");
	ok(!strcmp(text_escape(buf, sizeof(buf), "\033x"), "\\x1bx"), "escape", "\033x");
	ok(!strcmp(text_escape(buf, sizeof(buf), "\xff"), "\\xff"), "escape", "\xff");
	ok(strlen(text_escape(buf, sizeof(buf), "\n\n\n\n")) < sizeof(buf), "escape", "\n\n\n\n");
	ok(!*text_escape(buf, 1, "abc"), "escape without room", "abc");
}

int main(void)
{
	/* The sentences about errors are not what is tested here. */
	if (!freopen("/dev/null", "w", stderr))
		return 1;
	printf("TAP version 13\n");
	test_number();
	test_prefix();
	test_seconds();
	test_duration();
	test_config();
	test_words();
	test_escape();
	printf("1..%d\n", count);
	return failed != 0;
}
