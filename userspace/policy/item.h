/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Values as text: addresses, ports, protocols, endpoints, and ranges of them. */
#ifndef GENEVECTL_POLICY_ITEM_H
#define GENEVECTL_POLICY_ITEM_H

#include <linux/nf_geneve.h>
#include <stddef.h>

#include "text.h"

/* Room for two IPv6 addresses. */
#define ITEM_TEXT	96

/**
 * item_parse() - read a value or a range
 * @why: gets why it is none
 * @type: enum nfg_set_type
 * @s: text
 * @e: gets it, without a timeout
 *
 * Return: false if it is none.
 */
bool item_parse(struct why *why, uint8_t type, const char *s, struct nfg_element *e);

/**
 * item_text() - write a value or a range
 * @buf: gets the text, ITEM_TEXT bytes
 * @type: enum nfg_set_type
 * @e: value
 *
 * Return: @buf.
 */
const char *item_text(char *buf, uint8_t type, const struct nfg_element *e);

/**
 * item_numbers() - read a number or a range of numbers
 * @s: "7" or "7-9"
 * @max: largest number allowed
 * @from: gets the first
 * @to: gets the last
 *
 * Return: false if it is none; a range may be the wrong way round.
 */
bool item_numbers(const char *s, uint16_t max, uint16_t *from, uint16_t *to);

#endif /* GENEVECTL_POLICY_ITEM_H */
