// SPDX-License-Identifier: GPL-2.0
/*
 * What kernels differ in, for probe.sh: an "else" is a regular expression for the
 * first error that a compiler reports where the kernel has not got it.
 */
#include <linux/build_bug.h>
#include <linux/kobject.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/sysfs.h>
#include <net/genetlink.h>
#include <net/net_namespace.h>

#define SAME_TYPE(a, b)	static_assert(__builtin_types_compatible_p(a, b), "other type")

#ifdef NFG_HAVE_NET_GSO_H		/* else: net/gso\.h */
#include <net/gso.h>
#endif

#ifdef NFG_HAVE_LINUX_HEX_H		/* else: linux/hex\.h */
#include <linux/hex.h>
#endif

#ifdef NFG_HAVE_GENL_INFO_DUMP		/* else: genl_info_dump */
const void *nfg_probe(struct netlink_callback *cb);
const void *nfg_probe(struct netlink_callback *cb)
{
	return genl_info_dump(cb)->attrs;
}
#endif

#ifdef NFG_HAVE_MCGRP_FLAGS		/* else: flags */
int nfg_probe[offsetof(struct genl_multicast_group, flags)];
#endif

#ifdef NFG_HAVE_SKB_CLEAR_TSTAMP	/* else: skb_clear_tstamp */
void nfg_probe(struct sk_buff *skb);
void nfg_probe(struct sk_buff *skb)
{
	skb_clear_tstamp(skb);
}
#endif

#ifdef NFG_HAVE_GSO_FIXEDID_INNER	/* else: SKB_GSO_TCP_FIXEDID_INNER */
unsigned int nfg_probe = SKB_GSO_TCP_FIXEDID_INNER;
#endif

#ifdef NFG_HAVE_NAMESPACE_CONST		/* else: other type */
SAME_TYPE(typeof(((struct kobj_type *)0)->namespace),
	  typeof(((struct kobj_type *)0)->namespace(NULL)) (*)(const struct kobject *));
#endif

#ifdef NFG_HAVE_CHILD_NS_TYPE_CONST	/* else: other type */
SAME_TYPE(typeof(((struct kobj_type *)0)->child_ns_type),
	  const struct kobj_ns_type_operations *(*)(const struct kobject *));
#endif

#ifdef NFG_HAVE_NS_COMMON_TAG		/* else: other type */
SAME_TYPE(typeof(((struct kobj_type *)0)->namespace(NULL)), const struct ns_common *);
#endif
