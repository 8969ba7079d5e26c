/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_INJECT_H
#define NFG_INJECT_H

#include <net/ethernet.h>
#include <stdbool.h>
#include <stdint.h>

#include "counters.h"
#include "forge.h"
#include "vectors.h"

/* The largest IPv4 packet behind an Ethernet header */
#define FRAME_MAX	(ETH_HLEN + 65535)

struct options {
	const char *dev;	/* ours, the GWLB's */
	const char *appliance;	/* name of the appliance's network namespace */
	bool monitor;		/* it runs in mode monitor */
	bool route;		/* it runs with reinject route */
	bool trust;		/* UDP checksums are not looked at */
	bool defrag;		/* it puts fragments together before the hook */
	bool forging;		/* packets are made by nfg_forge */
	struct nfg_forge forge;
};

/* nfg-inject.c */
extern struct options options;

/* modes.c: what to do with the vectors whose names start so; 0 if all went well */
int mode_vectors(const struct vectors *list, const char *prefix);
int mode_truncate(const struct vectors *list, const char *prefix);
int mode_fragments(const struct vectors *list, const char *prefix);

/* wire.c: the device and the appliance's stack */
void wire_open(const struct options *o);
/* Sends a packet from its IPv4 header on. */
bool wire_send(const uint8_t *ip, size_t len);
/*
 * The next IPv4 UDP frame that came by the device, or that the appliance's own
 * stack got (from the IPv4 header on); 0: none within @ms.
 */
size_t wire_receive(uint8_t *frame, int ms);
size_t wire_delivered(uint8_t *ip, int ms);
/* Fills in the Ethernet header the answer must have. */
void wire_answer_header(uint8_t *frame);

/* judge.c: one packet, and what must become of it */
enum fate { FATE_BOUNCE, FATE_DROP, FATE_PASS, FATE_BACK /* mode monitor */ };

struct expectation {
	enum fate fate;
	int reason;	/* of FATE_DROP and FATE_BACK; 0: any */
};

/* Sends it and compares everything; prints what is wrong. */
bool judge(const char *name, const uint8_t *ip, size_t len, struct expectation want);
/* A last packet that comes back proves that nothing else was on its way. */
bool judge_sentinel(const struct vectors *list);

/* packet.c: making packets valid after a change */
void fix_header(uint8_t *ip, size_t len);
void fix_lengths(uint8_t *ip, size_t len);
void make_answer(uint8_t *answer, const uint8_t *ip, size_t len);
size_t inner_end(const uint8_t *ip);

#endif /* NFG_INJECT_H */
