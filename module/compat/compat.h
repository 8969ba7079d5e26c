/* SPDX-License-Identifier: GPL-2.0 */
/* Differences between kernels; probe.mk tells which there are. */
#ifndef NFG_COMPAT_H
#define NFG_COMPAT_H

#include <linux/netdevice.h>
#ifdef NFG_HAVE_NET_GSO_H
#include <net/gso.h>
#endif

/* A local variable that CONFIG_INIT_STACK_ALL_* need not fill. */
#if __has_attribute(__uninitialized__)
#define __nfg_uninitialized	__attribute__((__uninitialized__))
#else
#define __nfg_uninitialized
#endif

#endif /* NFG_COMPAT_H */
