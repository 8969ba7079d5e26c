// SPDX-License-Identifier: GPL-2.0
/*
 * Mutations: the fast way through the options and the walk must agree on
 * whatever arrives, and no byte may lead the parser out of the packet.
 */
#include <err.h>
#include <stdlib.h>

#include "parse.h"
#include "profile.h"
#include "tap.h"

#define OPTIONS		(20 + 8 + 8)
/* Fixed, so that a failure can be repeated. */
#define SEED		0x6081
#define ROUNDS		200000

/* xorshift32 */
static u32 random32(void)
{
	static u32 state = SEED;

	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state;
}

/* What the fast way takes, the walk takes too, and finds the same. */
static bool options_agree(const u8 *options, u32 len)
{
	struct nfg_meta fast = { 0 }, walk = { 0 };
	enum nfg_reason demand = NFG_REASON_NONE;
	u8 *copy = malloc(len);
	bool ok = true;
	int ret;

	if (!copy)
		err(2, "malloc");
	memcpy(copy, options, len);
	ret = nfg_profile_walk(copy, len, &walk, &demand);
	if (len == NFG_AWS_SIZE && nfg_profile_fast(copy, &fast))
		ok = !ret && !demand && fast.endpoint == walk.endpoint &&
		     fast.cookie == walk.cookie;
	free(copy);
	return ok;
}

/* Flipping a byte: does the verdict not depend on the window? */
static bool window_agrees(const u8 *data, u32 len)
{
	struct nfg_meta whole, part;
	int ret = parse_whole(data, len, &whole);

	if (ret < 0 || ret >= NFG_REASON_MAX)
		return false;
	if (!ret && whole.inner + whole.inner_len > len)
		return false;
	return parse_window(data, len, random32() % (len + 1), &part) == ret &&
	       meta_equal(ret, &whole, &part);
}

static void test_single_bytes(const struct vectors *list)
{
	bool ok = true, agree = true;
	size_t i;

	for (i = 0; i < list->count; i++) {
		struct vector *v = &list->v[i];
		u32 at, value, step;

		if (v->verdict == VERDICT_PASS || v->len < OPTIONS + NFG_AWS_SIZE || v->len > 400)
			continue;
		for (at = 0; at < v->len && at < 160; at++) {
			u8 saved = v->data[at];

			/* all values in the real packets, some in the many others */
			step = i < 12 ? 1 : 23;
			for (value = 0; value < 256; value += step) {
				v->data[at] = saved ^ value;
				ok = ok && window_agrees(v->data, v->len);
				agree = agree && options_agree(v->data + OPTIONS, NFG_AWS_SIZE);
			}
			v->data[at] = saved;
		}
	}
	tap(ok, "one byte changed: a reason or a sound result, in every window");
	tap(agree, "one byte changed: fast way and walk agree");
}

static void test_random(const struct vectors *list)
{
	bool ok = true, agree = true;
	u8 copy[400];
	u32 round, n;

	for (round = 0; round < ROUNDS; round++) {
		const struct vector *v = &list->v[random32() % list->count];
		u32 len = v->len;

		if (len > sizeof(copy) || len < OPTIONS + NFG_AWS_SIZE)
			continue;
		memcpy(copy, v->data, len);
		for (n = random32() % 8; n; n--)
			copy[random32() % len] = random32();
		if (round & 1) {
			len -= random32() % 40;
			set_lengths(copy, len);
		}
		ok = ok && window_agrees(copy, len);
		agree = agree && options_agree(copy + OPTIONS, NFG_AWS_SIZE);
	}
	tap(ok, "random bytes changed: a reason or a sound result, in every window");
	tap(agree, "random bytes changed: fast way and walk agree");
}

/* Options of random types and lengths, most of them the profile's. */
static void test_random_options(void)
{
	bool agree = true;
	u32 round;

	for (round = 0; round < ROUNDS; round++) {
		u32 len = random32() % 64 * 4, at;
		u8 options[256];

		for (at = 0; at < len; at++)
			options[at] = random32();
		for (at = 0; at + 4 <= len; at += 4 + (options[at + 3] & 31) * 4) {
			options[at] = 0x01;
			options[at + 1] = random32() % 16 ? 0x08 : 0x09;
			options[at + 2] = random32() % 5;
			options[at + 3] = random32() % 4;
		}
		agree = agree && options_agree(options, len);
	}
	tap(agree, "random options: fast way and walk agree");
}

/* The fast way is one: it takes what GWLB sends, whatever the values are. */
static void test_fast_taken(void)
{
	u8 options[NFG_AWS_SIZE] = {
		1, 8, 1, 2, 1, 2, 3, 4, 5, 6, 7, 8,
		1, 8, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0,
		1, 8, 3, 1, 9, 10, 11, 12,
	};
	struct nfg_meta m;
	bool ok = true;
	u32 at, value;

	for (at = 0; at < sizeof(options); at++) {
		u32 in_header = at < 4 || (at >= 12 && at < 16) || (at >= 24 && at < 28);
		/* the reserved bits are no part of the length */
		u8 free_bits = !in_header ? 0xff : at % 4 == 3 ? 0xe0 : 0;

		for (value = 0; value < 256; value++) {
			options[at] ^= value;
			if (nfg_profile_fast(options, &m) != !(value & ~free_bits))
				ok = tap_note("byte %u changed by %02x", at, value);
			options[at] ^= value;
		}
	}
	ok = ok && nfg_profile_fast(options, &m) &&
	     m.endpoint == 0x0102030405060708 && m.cookie == 0x090a0b0c;
	tap(ok, "the fast way takes the options of a GWLB and nothing else");
}

int main(int argc, char **argv)
{
	struct vectors list;

	if (argc != 2)
		errx(2, "usage: test-geneve VECTORS");
	list = vectors_read(argv[1]);
	test_fast_taken();
	test_single_bytes(&list);
	test_random(&list);
	test_random_options();
	vectors_free(&list);
	return tap_done();
}
