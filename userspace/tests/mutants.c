// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Sample files with random changes: each is either good, and what it is printed as
 * is read as the same, or it gets one sentence with a place.
 */
#include <stdlib.h>
#include <string.h>

#include "language.h"
#include "tap.h"

#define MUTANTS	40000

/* The same numbers in every run. */
static uint32_t state = 2463534242u;

static uint32_t random_below(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % n;
}

static const char *const words[] = {
	"{", "}", ",", ";", "\n", "#", "\"", "!=", "!", "@", "@a", "-", "/", " ", "0", "1-", "\\",
	"set", "policy", "rule", "default", "endpoint", "config", "include \"x\"", "elements file \"x\"",
	"elements {", "timeout", "5m", "type", "addr", "port", "proto", "name", "tcp", "icmp",
	"icmpv6", "type != 3", "code { 0, 5-9 }", "saddr", "daddr", "dport", "sport", "ip", "ip6",
	"inbound", "outbound", "log", "group", "limit", "3/day", "burst", "accept", "drop", "reject",
	"with", "tcp-reset", "10.0.0.0/8", "::/0", "2001:db8::1-2001:db8::9", "65535", "80-90",
	"255.255.255.255", "vpce-00000001", "shop", "\x01", "\xff", "\r", "\t", "99999999999999",
};

struct text {
	char bytes[16384];
	size_t len;
};

/* Replaces @old bytes at @at. */
static void splice(struct text *text, size_t at, size_t old, const char *s, size_t len)
{
	if (text->len - old + len > sizeof(text->bytes))
		return;
	memmove(text->bytes + at + len, text->bytes + at + old, text->len - at - old);
	memcpy(text->bytes + at, s, len);
	text->len += len - old;
}

static void mutate(struct text *text)
{
	size_t at = random_below(text->len + 1), len = random_below(20);
	const char *word = words[random_below(sizeof(words) / sizeof(words[0]))];
	char part[20], byte = random_below(256);

	len = len < text->len - at ? len : text->len - at;
	switch (random_below(6)) {
	case 0:		/* a byte */
		splice(text, at, at < text->len, &byte, 1);
		break;
	case 1:		/* something is missing */
		splice(text, at, len, "", 0);
		break;
	case 2:		/* something is there twice, elsewhere */
		memcpy(part, text->bytes + at, len);
		splice(text, random_below(text->len + 1), 0, part, len);
		break;
	case 3:		/* the end is missing */
		if (!random_below(20))
			text->len = at;
		break;
	default:	/* another word */
		splice(text, at, random_below(2) ? len : 0, word, strlen(word));
	}
}

/* Any file that is included has two elements, which suit some sets. */
static struct source *fake_file(struct arena *arena, const char *path, struct why *why)
{
	static const char text[] = "192.0.2.77\n2001:db8::77 timeout 5m # comment\n";
	struct source *src;

	if (!random_below(4)) {
		refuse(why, "cannot read '%.64s'", path);
		return NULL;
	}
	src = source_of(arena, path, text, sizeof(text) - 1);
	src->ino = random_below(3);
	return src;
}

static bool try(const struct text *text, unsigned int *good)
{
	/* Exactly as long, so that the sanitizer sees a step beyond. */
	char *bytes = malloc(text->len ? text->len : 1), *bad;
	struct ruleset rs;
	bool fine;

	memcpy(bytes, text->bytes, text->len);
	bad = understand(&rs, "t", bytes, text->len, fake_file);
	if (bad) {
		fine = is_sentence(bad);
		if (!fine)
			printf("# %s", bad);
	} else {
		++*good;
		fine = is_fixed(&rs);
	}
	ruleset_free(&rs);
	free(bad);
	free(bytes);
	return fine;
}

static bool load(const char *dir, const char *name, struct text *text)
{
	char path[512];
	FILE *from;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	from = fopen(path, "r");
	if (!from)
		return false;
	text->len = fread(text->bytes, 1, sizeof(text->bytes), from);
	fclose(from);
	return true;
}

void test_mutants(const char *dir)
{
	static const char *const names[] = { "design.nfg", "all.nfg", "include.nfg" };
	static struct text samples[3], mutant;
	unsigned int i, n, good = 0, wrong = 0;
	char summary[64];

	for (i = 0; i < 3; i++)
		ok(load(dir, names[i], &samples[i]), "sample", names[i]);
	for (i = 0; i < MUTANTS; i++) {
		mutant = samples[i % 3];
		for (n = random_below(4); n < 4; n++)
			mutate(&mutant);
		if (!try(&mutant, &good))
			wrong++;
	}
	snprintf(summary, sizeof(summary), "%u, %u of them good", MUTANTS, good);
	ok(!wrong && good > MUTANTS / 50, "mutants", summary);
}
