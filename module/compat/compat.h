/* SPDX-License-Identifier: GPL-2.0 */
/* Differences between kernels; probe.c tells which there are. */
#ifndef NFG_COMPAT_H
#define NFG_COMPAT_H

#include <linux/netdevice.h>
#include <linux/sched.h>
#include <net/genetlink.h>
#ifdef NFG_HAVE_LINUX_HEX_H
#include <linux/hex.h>
#endif
#ifdef NFG_HAVE_NET_GSO_H
#include <net/gso.h>
#endif

/* A local variable that CONFIG_INIT_STACK_ALL_* need not fill. */
#if __has_attribute(__uninitialized__)
#define __nfg_uninitialized	__attribute__((__uninitialized__))
#else
#define __nfg_uninitialized
#endif

/*
 * Listening to a multicast group wants CAP_NET_ADMIN. Kernels that were given the
 * flags by a stable update take those of operations; others cannot ask for it.
 */
#ifdef GENL_MCAST_CAP_NET_ADMIN
#define NFG_MCGRP_ADMIN	.flags = GENL_MCAST_CAP_NET_ADMIN
#elif defined(NFG_HAVE_MCGRP_FLAGS)
#define NFG_MCGRP_ADMIN	.flags = GENL_UNS_ADMIN_PERM
#else
#define NFG_MCGRP_ADMIN
#endif

/* The attributes of a dump's request. */
static inline struct nlattr **nfg_dump_attrs(struct netlink_callback *cb)
{
#ifdef NFG_HAVE_GENL_INFO_DUMP
	return genl_info_dump(cb)->attrs;
#else
	return genl_dumpit_info(cb)->attrs;
#endif
}

/*
 * set_active_memcg() of a task: @memcg is charged for what is allocated with __GFP_ACCOUNT,
 * until the one that this returns is set again.  5.10 does not export what the kernel's own
 * needs for interrupts.
 */
static inline struct mem_cgroup *nfg_set_active_memcg(struct mem_cgroup *memcg)
{
#ifdef CONFIG_MEMCG
	swap(current->active_memcg, memcg);
#endif
	return memcg;
}

#ifndef NFG_HAVE_SKB_CLEAR_TSTAMP
static inline void skb_clear_tstamp(struct sk_buff *skb)
{
	skb->tstamp = 0;
}
#endif

/*
 * Which IPv4 headers of a merged tunnel packet keep their ids, of its gso_type. Where
 * there is one flag, it is about the inner one: the outer one's ids always count.
 */
#ifdef NFG_HAVE_GSO_FIXEDID_INNER
#define NFG_GSO_FIXEDID_OUTER	SKB_GSO_TCP_FIXEDID
#define NFG_GSO_FIXEDID_INNER	SKB_GSO_TCP_FIXEDID_INNER
#else
#define NFG_GSO_FIXEDID_OUTER	0
#define NFG_GSO_FIXEDID_INNER	SKB_GSO_TCP_FIXEDID
#endif

/* What the callbacks of struct kobj_type take, and what a namespace is in sysfs. */
#ifdef NFG_HAVE_NAMESPACE_CONST
#define NFG_NAMESPACE_KOBJECT	const struct kobject
#else
#define NFG_NAMESPACE_KOBJECT	struct kobject
#endif

#ifdef NFG_HAVE_CHILD_NS_TYPE_CONST
#define NFG_CHILD_NS_TYPE_KOBJECT	const struct kobject
#else
#define NFG_CHILD_NS_TYPE_KOBJECT	struct kobject
#endif

#ifdef NFG_HAVE_NS_COMMON_TAG
#define NFG_NS_TAG	const struct ns_common
#define nfg_ns_tag(net)	(&(net)->ns)
#else
#define NFG_NS_TAG	const void
#define nfg_ns_tag(net)	(net)
#endif

#endif /* NFG_COMPAT_H */
