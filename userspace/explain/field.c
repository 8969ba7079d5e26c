// SPDX-License-Identifier: GPL-2.0 OR MIT
/* What rules are compared with. */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "explain.h"
#include "label.h"
#include "vpce.h"

/* The originator's packets: those of the flow, or of the side that began by this one. */
static void judged_tuple(struct tuple *judged, const struct answer *answer)
{
	const struct tuple *tuple = &answer->tuple;

	*judged = answer->has_flow ? answer->flow.tuple : *tuple;
	if (answer->has_flow || !answer->reply)
		return;
	memcpy(judged->saddr, tuple->daddr, sizeof(judged->saddr));
	memcpy(judged->daddr, tuple->saddr, sizeof(judged->daddr));
	judged->sport = tuple->dport;
	judged->dport = tuple->sport;
}

const char *explain_field(char *buf, uint8_t field, const struct answer *answer)
{
	char proto[TUPLE_PROTO], id[NFG_VPCE_LEN];
	struct tuple tuple;

	judged_tuple(&tuple, answer);
	buf[0] = '\0';
	switch (field) {
	case NFG_FIELD_DIRECTION:
		snprintf(buf, FIELD_TEXT, "%s", LABEL(label_directions, answer->direction));
		break;
	case NFG_FIELD_FAMILY:
		snprintf(buf, FIELD_TEXT, "%s", tuple.family == AF_INET ? "ip" : "ip6");
		break;
	case NFG_FIELD_PROTO:
		snprintf(buf, FIELD_TEXT, "%s", tuple_proto(proto, tuple.proto));
		break;
	case NFG_FIELD_SADDR:
		inet_ntop(tuple.family, tuple.saddr, buf, FIELD_TEXT);
		break;
	case NFG_FIELD_DADDR:
		inet_ntop(tuple.family, tuple.daddr, buf, FIELD_TEXT);
		break;
	case NFG_FIELD_SPORT:
		snprintf(buf, FIELD_TEXT, "%u", tuple.sport);
		break;
	case NFG_FIELD_DPORT:
		if (tuple_is_icmp(tuple.proto))
			snprintf(buf, FIELD_TEXT, "type %u code %u", tuple.dport >> 8,
				 tuple.dport & 0xff);
		else
			snprintf(buf, FIELD_TEXT, "%u", tuple.dport);
		break;
	case NFG_FIELD_ENDPOINT:
		nfg_vpce_format(id, sizeof(id), answer->endpoint);
		snprintf(buf, FIELD_TEXT, "%s", id);
		break;
	}
	return buf;
}
