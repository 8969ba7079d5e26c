// SPDX-License-Identifier: GPL-2.0
/*
 * The fast path of the whole packet: what it takes, the parser takes too and
 * finds the same; and it does take what a GWLB sends.
 */
#include <err.h>
#include <stdlib.h>

#include "fast.h"
#include "parse.h"
#include "tap.h"

/* The longest headers the fast path reads: 68 + 40 + 20 bytes. */
#define HEADERS	128

/* The first @linear bytes of the packet, in a block that ends there. */
static bool fast_window(const u8 *data, u32 len, u32 linear, struct nfg_meta *m)
{
	u8 *window = malloc(linear);
	bool taken;

	if (!window)
		err(2, "malloc");
	memcpy(window, data, linear);
	memset(m, 0xa5, sizeof(*m));
	taken = nfg_parse_fast(window, linear, len, m);
	free(window);
	return taken;
}

/* A window of every size: taken only if the parser agrees in everything. */
static bool windows_agree(const u8 *data, u32 len, u32 step)
{
	u32 linear = len > HEADERS ? HEADERS : len;
	struct nfg_meta whole, fast;
	int ret = parse_whole(data, len, &whole);

	for (; linear; linear -= step < linear ? step : linear)
		if (fast_window(data, len, linear, &fast) &&
		    (ret || !meta_equal(ret, &whole, &fast)))
			return false;
	return true;
}

static void test_taken(const struct vectors *list)
{
	static const char *const frequent[] = {
		"live-tcp-ack", "tcp-syn", "udp-dns", "reverse-direction-same-cookie",
		"ipv6-tcp-syn", "udp-checksum-zero", "reserved-bits-set", "inner-trailing-bytes",
	};
	struct nfg_meta m;
	bool ok = true;
	size_t i, n;

	for (n = 0; n < ARRAY_SIZE(frequent); n++) {
		bool taken = false;

		for (i = 0; i < list->count; i++)
			if (!strcmp(list->v[i].name, frequent[n]))
				taken = fast_window(list->v[i].data, list->v[i].len,
						    list->v[i].len, &m);
		if (!taken)
			ok = tap_note("%s is not taken", frequent[n]);
	}
	tap(ok, "the fast path takes what a GWLB sends");
}

static void test_vectors(const struct vectors *list)
{
	bool ok = true;
	size_t i;

	for (i = 0; i < list->count; i++)
		if (!windows_agree(list->v[i].data, list->v[i].len, 1))
			ok = tap_note("%s: fast path and parser differ", list->v[i].name);
	tap(ok, "every packet, every window: fast path and parser agree");
}

/* 16 bits of length cannot tell of a packet beyond 64 KiB. */
static void test_long(const struct vectors *list)
{
	const u32 total = 65540;
	struct nfg_meta m;
	bool ok = true;
	size_t i;

	for (i = 0; i < list->count; i++) {
		struct vector *v = &list->v[i];

		if (!fast_window(v->data, v->len, v->len, &m))
			continue;
		set_lengths(v->data, total);
		ok = ok && !nfg_parse_fast(v->data, v->len, total, &m);
		set_lengths(v->data, v->len);
	}
	tap(ok, "a packet longer than its length field can tell is not taken");
}

/* Each byte of the headers in all its values, lengths and sums thus wrong, too. */
static void test_single_bytes(const struct vectors *list)
{
	struct nfg_meta m;
	bool ok = true;
	u32 at, value;
	size_t i;

	for (i = 0; i < list->count; i++) {
		struct vector *v = &list->v[i];

		if (!fast_window(v->data, v->len, v->len, &m))
			continue;
		for (at = 0; at < v->len && at < HEADERS; at++) {
			u8 saved = v->data[at];

			for (value = 1; value < 256; value++) {
				v->data[at] = saved ^ value;
				if (!windows_agree(v->data, v->len, HEADERS))
					ok = tap_note("%s: byte %u as %02x", v->name, at,
						      v->data[at]);
			}
			v->data[at] = saved;
		}
	}
	tap(ok, "one byte changed: fast path and parser agree");
}

int main(int argc, char **argv)
{
	struct vectors list;

	if (argc != 2)
		errx(2, "usage: test-fast VECTORS");
	list = vectors_read(argv[1]);
	test_taken(&list);
	test_vectors(&list);
	test_long(&list);
	test_single_bytes(&list);
	vectors_free(&list);
	return tap_done();
}
