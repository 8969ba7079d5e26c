// SPDX-License-Identifier: GPL-2.0
#include "tcp.h"

bool nfg_tcp_flags_ok(u8 flags)
{
	switch (flags & NFG_TCP_DECIDING) {
	case NFG_TCP_SYN:
	case NFG_TCP_SYN | NFG_TCP_URG:
	case NFG_TCP_SYN | NFG_TCP_ACK:
	case NFG_TCP_RST:
	case NFG_TCP_RST | NFG_TCP_ACK:
	case NFG_TCP_ACK:
	case NFG_TCP_ACK | NFG_TCP_URG:
	case NFG_TCP_FIN | NFG_TCP_ACK:
	case NFG_TCP_FIN | NFG_TCP_ACK | NFG_TCP_URG:
		return true;
	default:
		return false;
	}
}

/* A segment of a connection of which a handshake is still to be seen. */
static struct nfg_tcp_step nfg_tcp_open(struct nfg_tcp_step now, u8 flags, bool reply, bool pickup)
{
	if (flags & NFG_TCP_SYN) {
		if (reply && flags & NFG_TCP_ACK)
			now.state = NFG_FLOW_SYN_ACK;
		return now;
	}
	/* an answer to a SYN without one of its own tells of an old connection */
	if (reply)
		return now;
	if (now.state == NFG_FLOW_SYN_ACK) {
		now.state = NFG_FLOW_ESTABLISHED;
	} else if (pickup) {
		now.state = NFG_FLOW_NEW;
		now.sides = NFG_TCP_ORIGINATOR;
	} else {
		now.bad = true;
	}
	return now;
}

/* A segment of a connection that was picked up, and of which one side is known. */
static struct nfg_tcp_step nfg_tcp_meet(struct nfg_tcp_step now, bool reply)
{
	now.sides |= nfg_tcp_side(reply);
	if (now.sides == NFG_TCP_BOTH)
		now.state = NFG_FLOW_ESTABLISHED;
	return now;
}

struct nfg_tcp_step nfg_tcp_step(struct nfg_tcp_step now, u8 flags, bool reply, bool pickup)
{
	now.bad = false;
	if (now.state == NFG_FLOW_TIME_WAIT)
		return now;
	if (flags & NFG_TCP_RST) {
		now.state = NFG_FLOW_TIME_WAIT;
		return now;
	}
	if (now.state == NFG_FLOW_SYN || now.state == NFG_FLOW_SYN_ACK)
		now = nfg_tcp_open(now, flags, reply, pickup);
	else if (nfg_tcp_is_syn(flags) && reply)
		now.bad = true;
	else if (now.state == NFG_FLOW_NEW)
		now = nfg_tcp_meet(now, reply);
	if (now.bad)
		return now;
	if (flags & NFG_TCP_FIN && now.state != NFG_FLOW_SYN)
		now.fins |= nfg_tcp_side(reply);
	if (now.fins == NFG_TCP_BOTH)
		now.state = NFG_FLOW_TIME_WAIT;
	else if (now.fins && now.state == NFG_FLOW_ESTABLISHED)
		now.state = NFG_FLOW_CLOSING;
	return now;
}
