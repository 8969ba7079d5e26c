/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Names of IP protocols. */
#ifndef GENEVECTL_POLICY_PROTOCOL_H
#define GENEVECTL_POLICY_PROTOCOL_H

#include <stdint.h>

#include "text.h"

/* The protocol of that name, -1 for none. */
int protocol_find(const char *name);

/* The name of a protocol, NULL for none. */
const char *protocol_name(uint8_t proto);

/* Says that @s is no protocol. */
bool protocol_unknown(struct why *why, const char *s);

#endif /* GENEVECTL_POLICY_PROTOCOL_H */
