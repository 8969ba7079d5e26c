/* SPDX-License-Identifier: GPL-2.0 */
/* Differences between kernels that a header's presence tells. */
#ifndef NFG_COMPAT_H
#define NFG_COMPAT_H

#include <linux/netdevice.h>
#if __has_include(<net/gso.h>)
#include <net/gso.h>
#endif

#endif /* NFG_COMPAT_H */
