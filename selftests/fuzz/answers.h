/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_FUZZ_ANSWERS_H
#define NFG_FUZZ_ANSWERS_H

#include "packet.h"

/* Checks whatever a valid packet may be answered with when a rule rejects it. */
void check_answers(const u8 *packet, u32 len, const struct nfg_meta *m);

#endif /* NFG_FUZZ_ANSWERS_H */
