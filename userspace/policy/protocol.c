// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <string.h>

#include "protocol.h"

static const struct {
	const char *name;
	uint8_t proto;
} protocols[] = {
	{ "icmp", 1 }, { "igmp", 2 }, { "ipip", 4 }, { "tcp", 6 }, { "udp", 17 }, { "gre", 47 },
	{ "esp", 50 }, { "ah", 51 }, { "icmpv6", 58 }, { "sctp", 132 },
};

#define N_PROTOCOLS	(sizeof(protocols) / sizeof(protocols[0]))

int protocol_find(const char *name)
{
	size_t i;

	for (i = 0; i < N_PROTOCOLS; i++)
		if (!strcmp(protocols[i].name, name))
			return protocols[i].proto;
	return -1;
}

const char *protocol_name(uint8_t proto)
{
	size_t i;

	for (i = 0; i < N_PROTOCOLS; i++)
		if (protocols[i].proto == proto)
			return protocols[i].name;
	return NULL;
}

bool protocol_unknown(struct why *why, const char *s)
{
	return refuse(why, "'%.64s' is no protocol: expected tcp, udp, icmp, icmpv6, sctp, esp, ah, gre, ipip, igmp or a number from 0 to 255",
		      s);
}
