// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inject.h"

#define WAIT_MS		2000
#define SENTINEL_ID	0xbeef

static bool wrong(const char *name, const char *what)
{
	printf("# %s: %s\n", name, what);
	return false;
}

static bool counters_right(const char *name, const struct snapshot *before,
			   const struct snapshot *after, struct expectation want)
{
	uint64_t rise[COUNTERS], drops, total = 0;
	bool ok, named = false;
	int i;

	for (i = 0; i < COUNTERS; i++)
		rise[i] = after->counter[i] - before->counter[i];
	for (i = 1; i < NFG_REASON_MAX; i++) {
		drops = after->drops[i] - before->drops[i];
		total += drops;
		named |= drops == 1 && (i == want.reason || !want.reason);
		if (drops && i != want.reason && (want.reason || want.fate == FATE_BOUNCE))
			printf("# %s: drops/%s rose\n", name, nfg_reason_name(i));
	}
	ok = rise[RX] == 1 && rise[TX] == (want.fate == FATE_BOUNCE || want.fate == FATE_BACK) &&
	     rise[DROP] == (want.fate == FATE_DROP) && rise[PASSED] == (want.fate == FATE_PASS) &&
	     rise[MONITOR] == (want.fate == FATE_BACK);
	if (want.fate == FATE_DROP || want.fate == FATE_BACK)
		ok = ok && total == 1 && named;
	else
		ok = ok && !total;
	if (!ok)
		printf("# %s: counters rose by rx %" PRIu64 " tx %" PRIu64 " drop %" PRIu64
		       " passed %" PRIu64 " monitor %" PRIu64 ", reasons %" PRIu64 " (wanted %s)\n",
		       name, rise[RX], rise[TX], rise[DROP], rise[PASSED], rise[MONITOR], total,
		       want.reason ? nfg_reason_name(want.reason) : "none");
	return ok;
}

static bool answer_right(const char *name, const uint8_t *ip, size_t len)
{
	static uint8_t frame[FRAME_MAX], want[FRAME_MAX];
	size_t n = wire_receive(frame, WAIT_MS), i;

	if (!n)
		return wrong(name, "did not come back");
	wire_answer_header(want);
	make_answer(want + ETH_HLEN, ip, len);
	/* devices may pad a short frame */
	if (n < ETH_HLEN + len || (n > ETH_HLEN + len && n > ETH_ZLEN))
		return wrong(name, "came back with another length");
	for (i = 0; i < ETH_HLEN + len; i++) {
		if (frame[i] == want[i])
			continue;
		printf("# %s: byte %zu of the frame came back as %02x, want %02x\n", name, i,
		       frame[i], want[i]);
		return false;
	}
	return true;
}

/* Does the appliance's own stack get it? It is UDP, whole and for one of its
 * addresses, broadcast and multicast ones included.
 */
static bool for_stack(const uint8_t *ip)
{
	static const uint8_t own[][4] = {
		{ 10, 30, 1, 50 }, { 192, 168, 101, 235 }, { 10, 30, 1, 255 },
		{ 255, 255, 255, 255 }, { 224, 0, 0, 1 },
	};
	size_t i;

	for (i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (!memcmp(ip + 16, own[i], 4))
			return ip[9] == 17 && !(ip[6] & 0x3f) && !ip[7];
	return false;
}

static bool delivery_right(const char *name, const uint8_t *ip, size_t len, enum fate fate)
{
	static uint8_t got[FRAME_MAX];
	bool want = fate == FATE_PASS && for_stack(ip);
	size_t n = wire_delivered(got, want ? WAIT_MS : 0);

	if (!want)
		return !n || wrong(name, "reached the appliance's own stack");
	if (n != len || memcmp(got, ip, len))
		return wrong(name, n ? "was changed on its way to the stack" :
				       "did not reach the appliance's stack");
	return true;
}

bool judge(const char *name, const uint8_t *ip, size_t len, struct expectation want)
{
	static uint8_t stray[FRAME_MAX];
	struct snapshot before, after;
	bool ok;

	counters_read(&before);
	ok = wire_send(ip, len);
	if (!counters_wait(&before, 1))
		ok = wrong(name, "was not counted");
	counters_read(&after);
	if (ok)
		ok = counters_right(name, &before, &after, want);
	if (want.fate == FATE_BOUNCE || want.fate == FATE_BACK)
		ok = answer_right(name, ip, len) && ok;
	if (wire_receive(stray, 0))
		ok = wrong(name, "something came back that should not");
	return delivery_right(name, ip, len, want.fate) && ok;
}

bool judge_sentinel(const struct vectors *list)
{
	uint8_t *ip;
	bool ok;
	size_t i;

	for (i = 0; i < list->count && list->v[i].verdict != VERDICT_BOUNCE; i++)
		;
	if (i == list->count)
		errx(2, "no vector bounces");
	ip = malloc(list->v[i].len);
	if (!ip)
		err(2, "malloc");
	memcpy(ip, list->v[i].data, list->v[i].len);
	ip[4] = SENTINEL_ID >> 8;
	ip[5] = SENTINEL_ID & 0xff;
	fix_lengths(ip, list->v[i].len);
	ok = judge("sentinel", ip, list->v[i].len, (struct expectation){ .fate = FATE_BOUNCE });
	free(ip);
	return ok;
}
