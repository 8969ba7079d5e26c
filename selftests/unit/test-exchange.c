// SPDX-License-Identifier: GPL-2.0
/* What goes back: the addresses the other way round, TTL less one, a right sum. */
#include "exchange.h"
#include "rfc1071.h"
#include "tap.h"

static const u8 header[NFG_IPV4_LEN] = {
	0x45, 0xb8, 0x00, 0x84, 0x00, 0x00, 0x40, 0x00, 0xfe, 0x11, 0x00, 0x00,
	192, 168, 101, 247, 192, 168, 101, 235,
};

static void set_sum(u8 *ip)
{
	store16(ip + NFG_IPV4_CHECK, 0);
	store16(ip + NFG_IPV4_CHECK, 0xffff - sum16(ip, NFG_IPV4_LEN, 0));
}

/* @wrong: added to the sum: a wrong one is as wrong as before */
static bool goes_back(u32 id, u8 ttl, u32 wrong)
{
	u8 ip[NFG_IPV4_LEN], want[NFG_IPV4_LEN];

	memcpy(ip, header, sizeof(ip));
	store16(ip + NFG_IPV4_ID, id);
	ip[NFG_IPV4_TTL] = ttl;
	set_sum(ip);
	memcpy(want, ip, sizeof(want));
	want[NFG_IPV4_TTL]--;
	memcpy(want + NFG_IPV4_SADDR, ip + NFG_IPV4_DADDR, 4);
	memcpy(want + NFG_IPV4_DADDR, ip + NFG_IPV4_SADDR, 4);
	set_sum(want);
	ip[NFG_IPV4_CHECK + 1] ^= wrong;
	nfg_exchange(ip);
	if (wrong)
		return sum16(ip, NFG_IPV4_LEN, 0) != 0xffff;
	return !memcmp(ip, want, sizeof(ip));
}

int main(void)
{
	bool right = true, wrong = true;
	u32 id, ttl;

	for (id = 0; id < 65536; id++) {
		right = right && goes_back(id, 254, 0);
		wrong = wrong && goes_back(id, 254, 1);
	}
	tap(right, "with every sum that a header can have");
	tap(wrong, "a wrong sum does not become right");
	for (ttl = 1, right = true; ttl < 256; ttl++)
		right = right && goes_back(7, ttl, 0);
	tap(right, "with every TTL");
	return tap_done();
}
