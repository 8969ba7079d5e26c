/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Frames of captures: where the outer IPv4 packet lies in them. */
#ifndef GENEVECTL_EXPLAIN_FRAME_H
#define GENEVECTL_EXPLAIN_FRAME_H

#include <stdbool.h>
#include <stdint.h>

#include "text.h"

/**
 * frame_is_known() - can frames of this link type be read?
 * @link: DLT_* of libpcap
 *
 * Return: true if frame_ipv4() knows it.
 */
bool frame_is_known(int link);

/**
 * frame_ipv4() - find the IPv4 packet of a frame
 * @why: gets why there is none
 * @link: DLT_* of libpcap
 * @frame: gets the packet's first byte
 * @len: bytes of the frame, gets those of the packet: padding behind it is cut off
 *
 * Return: false if there is none.
 */
bool frame_ipv4(struct why *why, int link, const uint8_t **frame, uint32_t *len);

#endif /* GENEVECTL_EXPLAIN_FRAME_H */
