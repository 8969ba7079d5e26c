/* SPDX-License-Identifier: GPL-2.0 */
/* Memory that runs out when a test wants it to. */
#ifndef NFG_UNIT_FAULT_H
#define NFG_UNIT_FAULT_H

/* Allocations that succeed before one fails; negative: none does. */
extern long fault_countdown;

#endif /* NFG_UNIT_FAULT_H */
