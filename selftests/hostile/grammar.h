/* SPDX-License-Identifier: GPL-2.0 */
/* What messages of nf_geneve's netlink family consist of, by uapi/linux/nf_geneve.h. */
#ifndef NFG_HOSTILE_GRAMMAR_H
#define NFG_HOSTILE_GRAMMAR_H

#include "port.h"

enum kind {
	KIND_NONE,	/* no such attribute */
	KIND_PAD,
	KIND_FLAG,
	KIND_U8,
	KIND_U16,
	KIND_U32,
	KIND_U64,
	KIND_NAME,	/* string of the operator */
	KIND_TEXT,	/* string of the module */
	KIND_ADDR,	/* 4 or 16 bytes */
	KIND_ELEMENTS,	/* struct nfg_element[] */
	KIND_PACKET,
	KIND_NEST,
};

struct table;

/**
 * struct attr - an attribute
 * @kind: of its value
 * @max: numbers: the largest that is right; 0: any
 * @usual: the largest that is sent for a right one, if that is less
 * @nest: KIND_NEST: what it holds
 * @repeats: there may be several
 */
struct attr {
	enum kind kind;
	u32 max;
	u32 usual;
	const struct table *nest;
	bool repeats;
};

#define TABLE_MAX	40

/* Attributes by their types; those up to @request are of requests. */
struct table {
	u16 max;
	u16 request;
	struct attr attr[TABLE_MAX];
};

/**
 * struct command - a request of the family
 * @cmd: its number
 * @table: its attributes, and those of the answer; NULL: none
 * @do_it: there is one without NLM_F_DUMP
 * @dump: there is one with it
 * @anybody: needs no CAP_NET_ADMIN
 */
struct command {
	u8 cmd;
	const struct table *table;
	bool do_it;
	bool dump;
	bool anybody;
};

extern const struct command commands[];
extern const u32 commands_n;

const struct command *command_find(u8 cmd);

#endif /* NFG_HOSTILE_GRAMMAR_H */
