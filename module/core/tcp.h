/* SPDX-License-Identifier: GPL-2.0 */
/* TCP's flags and the state of a connection, as seen from the middle. */
#ifndef NFG_CORE_TCP_H
#define NFG_CORE_TCP_H

#include <linux/nf_geneve.h>

#include "ip.h"
#include "port.h"

/* The flags that decide; PSH, ECE and CWR may be anything. */
#define NFG_TCP_DECIDING \
	(NFG_TCP_FIN | NFG_TCP_SYN | NFG_TCP_RST | NFG_TCP_ACK | NFG_TCP_URG)

/* The sides of a connection: who began it, and the other one. */
#define NFG_TCP_ORIGINATOR	0x1
#define NFG_TCP_REPLIER		0x2
#define NFG_TCP_BOTH		0x3

/**
 * nfg_tcp_flags_ok() - can a segment have these flags?
 * @flags: byte 13 of the header
 *
 * RFC 9293 section 3.10: a segment opens (SYN, SYN-ACK), resets, or acknowledges,
 * the latter with or without FIN; a SYN may carry urgent data.
 *
 * Return: false for SYN with FIN or RST, FIN with RST or without ACK, and nothing.
 */
bool nfg_tcp_flags_ok(u8 flags);

/* Does a segment ask for a connection? */
static inline bool nfg_tcp_is_syn(u8 flags)
{
	return (flags & (NFG_TCP_SYN | NFG_TCP_ACK)) == NFG_TCP_SYN;
}

/* The side that a segment comes from. */
static inline u8 nfg_tcp_side(bool reply)
{
	return reply ? NFG_TCP_REPLIER : NFG_TCP_ORIGINATOR;
}

/* What a segment does to a connection. */
struct nfg_tcp_step {
	u8 state;	/* enum nfg_flow_state */
	u8 sides;	/* NFG_FLOW_NEW: those that sent anything */
	u8 fins;	/* those that sent a FIN */
	bool bad;	/* impossible now */
};

/**
 * nfg_tcp_step() - follow a connection by one segment
 * @now: where it is; @now->bad is ignored
 * @flags: byte 13 of the segment's header, possible ones
 * @reply: it comes from the side that did not begin
 * @pickup: what was missed may have happened elsewhere
 *
 * Sequence numbers are not followed: the hosts do that.  One side alone does not get
 * a connection beyond the states that make room for others.
 *
 * Return: where it is then.
 */
struct nfg_tcp_step nfg_tcp_step(struct nfg_tcp_step now, u8 flags, bool reply, bool pickup);

#endif /* NFG_CORE_TCP_H */
