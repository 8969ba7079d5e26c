/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_HOSTILE_MESSAGES_H
#define NFG_HOSTILE_MESSAGES_H

#include "grammar.h"
#include "tree.h"

/* Messages of a session, which has a socket of its own */
#define SESSION		24

/**
 * struct message - a request, or several in one piece
 * @spoiled: something in it is not as it should be
 * @framed: it can be told from its header where each request ends, so that an answer
 *	must come
 * @cmd: command of the first
 * @dump: NLM_F_DUMP is set in the first
 * @len: bytes
 * @bytes: from the netlink header on
 */
struct message {
	bool spoiled;
	bool framed;
	u8 cmd;
	bool dump;
	u32 len;
	u8 bytes[MESSAGE_MAX] __attribute__((aligned(8)));
};

/* compose.c: session @session of @seed; then its messages, one after the other. */
void compose_session(u64 seed, u64 session, u16 family);
void compose(struct message *m, u32 seq);

/* judge.c: what is wrong with an answer to a request of @cmd, or NULL. */
const char *judge_answer(const u8 *answer, u32 len, u8 cmd);
/* Attributes of an error: is there a sentence, is the offset within the request? */
const char *judge_error(const u8 *answer, u32 len, u32 request_len, bool *sentence);

#endif /* NFG_HOSTILE_MESSAGES_H */
