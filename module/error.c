// SPDX-License-Identifier: GPL-2.0
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#include "error.h"

/* Names of two things and some words */
#define MESSAGE_SIZE	256
#define MESSAGES	64
/* By then the answer has been written. */
#define MESSAGE_LIFE	(10 * HZ)

/*
 * An extack keeps a pointer, which is read after the request was handled, by the same
 * task. So a message is a task's own until it has another one, or for a while.
 */
static struct nfg_message {
	const struct task_struct *task;
	unsigned long until;
	char text[MESSAGE_SIZE];
} nfg_messages[MESSAGES];

static DEFINE_SPINLOCK(nfg_messages_lock);

static struct nfg_message *nfg_message_find(unsigned long now)
{
	struct nfg_message *free = NULL;
	int i;

	for (i = 0; i < MESSAGES; i++) {
		struct nfg_message *message = &nfg_messages[i];

		if (message->task == current)
			return message;
		if (!message->task || time_after(now, message->until))
			free = message;
	}
	return free;
}

/* NULL when more tasks than there are messages were refused just now. */
static struct nfg_message *nfg_message_get(void)
{
	struct nfg_message *message;

	spin_lock_bh(&nfg_messages_lock);
	message = nfg_message_find(jiffies);
	if (message) {
		message->task = current;
		message->until = jiffies + MESSAGE_LIFE;
	}
	spin_unlock_bh(&nfg_messages_lock);
	return message;
}

void nfg_error(struct netlink_ext_ack *extack, const struct nlattr *attr, const char *fmt, ...)
{
	struct nfg_message *message;
	va_list args;

	if (!extack)
		return;
	message = nfg_message_get();
	if (message) {
		va_start(args, fmt);
		vscnprintf(message->text, MESSAGE_SIZE, fmt, args);
		va_end(args);
	}
	extack->_msg = message ? message->text : "too many requests fail to say why: try again";
	if (attr)
		extack->bad_attr = attr;
}
