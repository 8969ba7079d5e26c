// SPDX-License-Identifier: GPL-2.0 OR MIT
/* Unit tests of the tool's parsers; run under the sanitizers by `make check`. */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

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
	};
	static const char *const bad[] = {
		"", "/", "/8", "10/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8",
		"10.0.0.1/31", "0.0.0.1/0", "::/0", "255.255.255.2555", "255.255.255.2555/32",
		"a.b.c.d/8", "10.0.0.0/8 ", " 10.0.0.0/8", "10.0.0.0\n/8",
		"1234567890123456789012345678901234567890123456789012345678901234567890/8",
	};
	struct prefix prefix;
	char text[PREFIX_TEXT];
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		ok(!value_prefix("test", good[i].s, &prefix) &&
		   !strcmp(prefix_text(text, &prefix), good[i].text), "prefix", good[i].s);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(value_prefix("test", bad[i], &prefix) == STATUS_USAGE, "no prefix", bad[i]);
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
	test_words();
	test_escape();
	printf("1..%d\n", count);
	return failed != 0;
}
