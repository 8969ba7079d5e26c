/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_ERROR_H
#define NFG_ERROR_H

#include <linux/netlink.h>

/**
 * nfg_error() - say why a netlink request is refused
 * @extack: where to say it; NULL: nowhere
 * @attr: the attribute to blame, or NULL
 * @fmt: as for printf()
 *
 * Unlike NL_SET_ERR_MSG_FMT() it is there in all kernels, and has room for
 * several names.
 *
 * Context: process; also under a lock that softirqs take.
 */
__printf(3, 4)
void nfg_error(struct netlink_ext_ack *extack, const struct nlattr *attr, const char *fmt, ...);

#endif /* NFG_ERROR_H */
