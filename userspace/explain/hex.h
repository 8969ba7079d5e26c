/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Packets as hexadecimal digits. */
#ifndef GENEVECTL_EXPLAIN_HEX_H
#define GENEVECTL_EXPLAIN_HEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text.h"

/**
 * hex_read() - read the bytes of a packet
 * @why: gets why it is none
 * @argc: words of
 * @argv: pairs of digits, with blanks or colons between or not; offsets like
 *	"0x0010:", as tcpdump -x prints them, are skipped
 * @buf: gets the bytes
 * @size: room in @buf
 * @len: gets how many
 *
 * Return: false after refuse().
 */
bool hex_read(struct why *why, int argc, char **argv, uint8_t *buf, size_t size, uint32_t *len);

#endif /* GENEVECTL_EXPLAIN_HEX_H */
