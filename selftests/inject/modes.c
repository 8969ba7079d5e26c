// SPDX-License-Identifier: GPL-2.0
/* What nfg-inject can do with a list of vectors. */
#include <err.h>
#include <stdio.h>
#include <string.h>

#include "inject.h"

/* Each may take seconds to wait for; these many tell enough. */
#define BAD_MAX	10

static int reason_by_name(const char *name)
{
	int reason;

	for (reason = 1; reason < NFG_REASON_MAX; reason++)
		if (!strcmp(nfg_reason_name(reason), name))
			return reason;
	errx(2, "%s: no such reason", name);
}

static struct expectation expect(const struct vector *v)
{
	struct expectation want = { .fate = FATE_BOUNCE };

	if (v->verdict == VERDICT_PASS)
		want.fate = FATE_PASS;
	if (v->verdict != VERDICT_DROP)
		return want;
	want.reason = reason_by_name(v->reason);
	if (options.trust && want.reason == NFG_REASON_UDP_CHECKSUM)
		return (struct expectation){ .fate = FATE_BOUNCE };
	want.fate = options.monitor && nfg_reason_returnable(want.reason) ? FATE_BACK : FATE_DROP;
	return want;
}

/* The network stack finishes such a checksum: it must be one, and right. */
static bool can_be_forged(const struct vector *v)
{
	return !options.forging || options.forge.sum != NFG_FORGE_PARTIAL ||
	       (v->verdict == VERDICT_BOUNCE && (v->data[26] || v->data[27]));
}

int mode_vectors(const struct vectors *list, const char *prefix)
{
	int good = 0, bad = 0;
	size_t i;

	for (i = 0; i < list->count && bad < BAD_MAX; i++) {
		const struct vector *v = &list->v[i];

		if (strncmp(v->name, prefix, strlen(prefix)) || !can_be_forged(v))
			continue;
		if (judge(v->name, v->data, v->len, expect(v)))
			good++;
		else
			bad++;
	}
	printf("# %d of %d packets as expected\n", good, good + bad);
	return bad || !good;
}

/* With all lengths and sums made right for @n bytes: only the inside is short. */
static bool cut_inside(const struct vector *v, size_t n, uint8_t *ip)
{
	struct expectation want = { .fate = FATE_DROP };
	char name[128];

	memcpy(ip, v->data, v->len);
	fix_lengths(ip, n);
	snprintf(name, sizeof(name), "%s cut to %zu", v->name, n);
	if (n < 28)		/* no port that could be ours */
		want.fate = FATE_PASS;
	else if (n >= inner_end(v->data))
		want.fate = FATE_BOUNCE;
	if (options.monitor && want.fate == FATE_DROP && n >= 36)
		want.fate = FATE_BACK;
	return judge(name, ip, n, want);
}

/* As if the wire had ended: no IPv4 host takes such a packet, we must not either. */
static bool cut_outside(const struct vector *v, const struct vectors *list)
{
	struct snapshot before, after;
	bool ok = true;
	size_t n;

	counters_read(&before);
	for (n = 0; n < v->len; n++)
		ok = wire_send(v->data, n) && ok;
	ok = judge_sentinel(list) && ok;
	counters_read(&after);
	if (after.counter[RX] != before.counter[RX] + 1) {
		printf("# %s: a cut packet was taken for one\n", v->name);
		ok = false;
	}
	return ok;
}

int mode_truncate(const struct vectors *list, const char *prefix)
{
	static uint8_t ip[FRAME_MAX];
	int good = 0, bad = 0;
	size_t i, n;

	for (i = 0; i < list->count && bad < BAD_MAX; i++) {
		const struct vector *v = &list->v[i];

		if (strncmp(v->name, prefix, strlen(prefix)) || v->verdict != VERDICT_BOUNCE ||
		    v->len > 400 || v->data[0] != 0x45)
			continue;
		for (n = 20; n < v->len && bad < BAD_MAX; n++) {
			if (cut_inside(v, n, ip))
				good++;
			else
				bad++;
		}
		bad += !cut_outside(v, list);
	}
	printf("# %d of %d cut packets as expected\n", good, good + bad);
	return bad || !good;
}

/* Cuts a packet in two: a header for the second part, MF and offset. */
static size_t split(uint8_t *ip, size_t len, uint16_t ident, uint8_t *second)
{
	const size_t first = 20 + 8 * 8, rest = len - first;

	ip[4] = ident >> 8;
	ip[5] = ident;
	memcpy(second, ip, 20);
	memcpy(second + 20, ip + first, rest);
	ip[6] = 0x20;
	second[7] = (first - 20) / 8;
	fix_header(ip, first);
	fix_header(second, 20 + rest);
	return first;
}

static bool fragments_right(const char *name, const struct snapshot *before)
{
	uint8_t stray[FRAME_MAX];
	struct snapshot after;
	const unsigned int wanted = options.defrag ? 1 : 2;
	bool ok;

	if (!counters_wait(before, wanted)) {
		printf("# %s: fragments were not counted\n", name);
		return false;
	}
	counters_read(&after);
	ok = after.counter[RX] - before->counter[RX] == wanted &&
	     after.counter[DROP] - before->counter[DROP] == 1 &&
	     after.counter[PASSED] - before->counter[PASSED] == wanted - 1 &&
	     after.drops[NFG_REASON_OUTER_FRAGMENT] -
	     before->drops[NFG_REASON_OUTER_FRAGMENT] == 1;
	if (!ok)
		printf("# %s: fragments were not counted as such\n", name);
	if (wire_receive(stray, 0)) {
		printf("# %s: something came back\n", name);
		ok = false;
	}
	return ok;
}

/* No GWLB sends fragments: neither they nor what was put together comes back. */
int mode_fragments(const struct vectors *list, const char *prefix)
{
	static uint8_t first[FRAME_MAX], second[FRAME_MAX];
	struct snapshot before;
	int good = 0, bad = 0;
	size_t i, n;

	for (i = 0; i < list->count && bad < BAD_MAX; i++) {
		const struct vector *v = &list->v[i];

		if (strncmp(v->name, prefix, strlen(prefix)) || v->verdict != VERDICT_BOUNCE)
			continue;
		memcpy(first, v->data, v->len);
		n = split(first, v->len, 0x4000 + i, second);
		counters_read(&before);
		if (wire_send(first, n) && wire_send(second, 20 + v->len - n) &&
		    fragments_right(v->name, &before))
			good++;
		else
			bad++;
	}
	printf("# %d of %d fragmented packets as expected\n", good, good + bad);
	return bad || !good;
}
