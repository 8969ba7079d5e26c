/* SPDX-License-Identifier: GPL-2.0 */
/* Differences between kernels; probe.mk tells which there are. */
#ifndef NFG_COMPAT_H
#define NFG_COMPAT_H

#include <linux/netdevice.h>
#ifdef NFG_HAVE_NET_GSO_H
#include <net/gso.h>
#endif

#endif /* NFG_COMPAT_H */
