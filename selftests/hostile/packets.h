/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_HOSTILE_PACKETS_H
#define NFG_HOSTILE_PACKETS_H

#include "forge.h"
#include "packet.h"

#define ETH_LEN		14
/* The devices' MTU */
#define PACKET_MAX	9001
#define FRAME_MAX	(ETH_LEN + PACKET_MAX)

/* What the rulesets say about these endpoints, whichever is in force: all others
 * are judged one way by one and another way by the next.
 */
#define ENDPOINT_OPEN	0x1111111111111111ULL	/* everything is accepted */
#define ENDPOINT_CLOSED	0x2222222222222222ULL	/* everything is dropped */

/**
 * struct packet - what is sent
 * @number: of the packet: it and the seed make the whole of it
 * @len: bytes behind the Ethernet header
 * @frame: from there on
 * @forge: the layout it gets, if it is handed over by nfg_forge
 */
struct packet {
	u64 number;
	u32 len;
	u8 frame[FRAME_MAX + 128];	/* whoever cuts to FRAME_MAX has looked further */
	struct nfg_forge forge;
};

static inline u8 *packet_ip(struct packet *p)
{
	return p->frame + ETH_LEN;
}

/* make.c: packet @number of @seed; @id: the outer IPv4 id, it is told by that */
void packet_make(struct packet *p, u64 seed, u64 number, u16 id);

/* sum.c: RFC 1071 */
u16 sum_ipv4(const u8 *ip, u32 header);
u16 sum_udp(const u8 *ip, u32 header, u32 len);

/* oracle.c: what module/core says */
enum fate {
	FATE_LOST,	/* the kernel drops it before the hook sees it */
	FATE_PASS,	/* not ours */
	FATE_DROP,	/* for the reason given */
	FATE_OPEN,	/* valid: flows and rules decide */
};

enum must { MUST_NOTHING, MUST_COME_BACK, MUST_NOT_COME_BACK };

struct verdict {
	enum fate fate;
	enum nfg_reason reason;
	enum must must;
	u32 len;		/* of what the hook sees */
	struct nfg_meta m;
};

void oracle(const struct packet *p, bool forged, bool monitor, struct verdict *v);
/* Is it what comes back of @p: from the IPv4 header on */
bool oracle_is_bounce(const struct packet *p, const struct verdict *v, const u8 *ip, u32 len);
/* or what it is answered with where it is rejected? */
bool oracle_is_answer(const struct packet *p, const struct verdict *v, const u8 *ip, u32 len);
/* May flows and rules have dropped a valid packet for that reason? */
bool oracle_may_decide(enum nfg_reason reason);

/* link.c: the way to the appliance and back */
void link_open(const char *dev, const char *appliance, bool forging);
void link_send(struct packet *p, u32 n);
/* A nfg_forge's complaint, or NULL. */
const char *link_forge(const struct packet *p);
/* The next UDP frame that came; 0 when there is none within @ms. */
u32 link_receive(u8 *frame, int ms);

#endif /* NFG_HOSTILE_PACKETS_H */
