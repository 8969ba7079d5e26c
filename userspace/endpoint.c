// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <inttypes.h>
#include <string.h>

#include "endpoint.h"
#include "out.h"

const char *const endpoint_words[] = {
	[NFG_A_ENDPOINT_ID] = "id",
	[NFG_A_ENDPOINT_NAME] = "name",
	[NFG_A_ENDPOINT_POLICY] = "policy",
};

void endpoint_read(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr;
	struct endpoint *ep = data;

	memset(ep, 0, sizeof(*ep));
	nl_for_each(attr, nlh) {
		switch (mnl_attr_get_type(attr)) {
		case NFG_A_ENDPOINT_ID:
			ep->number = nl_uint(attr);
			nfg_vpce_format(ep->id, sizeof(ep->id), ep->number);
			break;
		case NFG_A_ENDPOINT_NAME:
			nl_text(ep->name, sizeof(ep->name), attr);
			break;
		case NFG_A_ENDPOINT_POLICY:
			nl_text(ep->policy, sizeof(ep->policy), attr);
			break;
		case NFG_A_ENDPOINT_RX_PACKETS:
			ep->rx.packets = nl_uint(attr);
			break;
		case NFG_A_ENDPOINT_RX_BYTES:
			ep->rx.bytes = nl_uint(attr);
			break;
		case NFG_A_ENDPOINT_TX_PACKETS:
			ep->tx.packets = nl_uint(attr);
			break;
		case NFG_A_ENDPOINT_TX_BYTES:
			ep->tx.bytes = nl_uint(attr);
			break;
		case NFG_A_ENDPOINT_DROP_PACKETS:
			ep->drop.packets = nl_uint(attr);
			break;
		case NFG_A_ENDPOINT_DROP_BYTES:
			ep->drop.bytes = nl_uint(attr);
			break;
		case NFG_A_ENDPOINT_IDLE_MS:
			ep->ever = true;
			ep->idle_ms = nl_uint(attr);
			break;
		}
	}
}

json_t *endpoint_json(const struct endpoint *ep)
{
	return json_pack("{s:s, s:o, s:o, s:I, s:I, s:I, s:I, s:I, s:I, s:o}",
			 "id", ep->id,
			 "name", out_json_text(ep->name[0] ? ep->name : NULL),
			 "policy", out_json_text(ep->policy[0] ? ep->policy : NULL),
			 "rx_packets", (json_int_t)ep->rx.packets,
			 "rx_bytes", (json_int_t)ep->rx.bytes,
			 "tx_packets", (json_int_t)ep->tx.packets,
			 "tx_bytes", (json_int_t)ep->tx.bytes,
			 "drop_packets", (json_int_t)ep->drop.packets,
			 "drop_bytes", (json_int_t)ep->drop.bytes,
			 "idle_ms", ep->ever ? json_integer(ep->idle_ms) : json_null());
}
