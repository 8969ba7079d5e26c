// SPDX-License-Identifier: GPL-2.0
#include <linux/atomic.h>
#include <linux/kobject.h>
#include <linux/kobject_ns.h>
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <linux/sysfs.h>
#include <linux/wait_bit.h>
#include <net/net_namespace.h>

#include "compat.h"
#include "core/vpce.h"
#include "net.h"
#include "sysfs.h"

/**
 * struct nfg_sysfs - the files of a namespace
 * @kobj: directory "net"
 * @endpoints: directory "endpoints" below it
 * @nn: namespace; valid as long as a file can be read
 */
struct nfg_sysfs {
	struct kobject kobj;
	struct kobject *endpoints;
	struct nfg_net *nn;
};

/* The files of an endpoint. */
struct nfg_sysfs_endpoint {
	struct kobject kobj;
	struct nfg_endpoint *ep;
};

static struct kobject *nfg_root;

/* Objects whose release function, in this module, is still to be called. */
static atomic_t nfg_kobjects = ATOMIC_INIT(0);

static void nfg_kobject_released(void)
{
	if (atomic_dec_and_test(&nfg_kobjects))
		wake_up_var(&nfg_kobjects);
}

static int nfg_kobject_add(struct kobject *kobj, struct kobj_type *type, struct kobject *parent,
			   const char *name)
{
	int err;

	atomic_inc(&nfg_kobjects);
	err = kobject_init_and_add(kobj, type, parent, "%s", name);
	if (err)
		kobject_put(kobj);
	return err;
}

/* stats/ and drops/ */

struct nfg_count_file {
	struct kobj_attribute attr;
	u32 counter;
	bool bytes;
};

static ssize_t nfg_count_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	const struct nfg_count_file *file = container_of(attr, struct nfg_count_file, attr);
	struct nfg_net *nn = container_of(kobj, struct nfg_sysfs, kobj)->nn;
	u64 packets, bytes;

	nfg_count_sum(&nn->stats->count[file->counter], &packets, &bytes);
	return sysfs_emit(buf, "%llu\n", file->bytes ? bytes : packets);
}

#define COUNT_FILE(_name, _counter, _bytes) {				\
	.attr = __ATTR(_name, 0444, nfg_count_show, NULL),		\
	.counter = _counter,						\
	.bytes = _bytes,						\
}

/* X(file, counter, bytes) */
#define STATS_FILES(X)			\
	X(rx_packets, RX, false)	\
	X(rx_bytes, RX, true)		\
	X(tx_packets, TX, false)	\
	X(tx_bytes, TX, true)		\
	X(drop_packets, DROP, false)	\
	X(drop_bytes, DROP, true)	\
	X(passed_packets, PASSED, false) \
	X(passed_bytes, PASSED, true)	\
	X(monitor_packets, MONITOR, false) \
	X(monitor_bytes, MONITOR, true)

enum {
#define X(_name, _counter, _bytes) STATS_FILE_##_name,
	STATS_FILES(X)
#undef X
};

static struct nfg_count_file nfg_stats_files[] = {
#define X(_name, _counter, _bytes) COUNT_FILE(_name, NFG_COUNT_##_counter, _bytes),
	STATS_FILES(X)
#undef X
};

static struct attribute *nfg_stats_attrs[] = {
#define X(_name, _counter, _bytes) &nfg_stats_files[STATS_FILE_##_name].attr.attr,
	STATS_FILES(X)
#undef X
	NULL
};

static struct nfg_count_file nfg_drops_files[] = {
#define X(symbol, name, returnable, text) \
	[NFG_REASON_##symbol] = COUNT_FILE(name, NFG_COUNT_REASON + NFG_REASON_##symbol, false),
	NFG_REASONS(X)
#undef X
};

static struct attribute *nfg_drops_attrs[] = {
#define X(symbol, name, returnable, text) &nfg_drops_files[NFG_REASON_##symbol].attr.attr,
	NFG_REASONS(X)
#undef X
	NULL
};

/* flows/ */

struct nfg_flow_file {
	struct kobj_attribute attr;
	size_t offset;
	size_t size;
};

static ssize_t nfg_flows_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	const struct nfg_flow_file *file = container_of(attr, struct nfg_flow_file, attr);
	const struct nfg_flows *flows = &container_of(kobj, struct nfg_sysfs, kobj)->nn->flows;
	const void *at = (const void *)flows + file->offset;
	u64 value;

	if (file->size == sizeof(u32))
		value = READ_ONCE(*(const u32 *)at);
	else
		value = READ_ONCE(*(const u64 *)at);
	return sysfs_emit(buf, "%llu\n", value);
}

#define FLOW_FILE(_name, _member)					\
	static struct nfg_flow_file nfg_flows_##_name = {		\
		.attr = __ATTR(_name, 0444, nfg_flows_show, NULL),	\
		.offset = offsetof(struct nfg_flows, _member),		\
		.size = sizeof_field(struct nfg_flows, _member),	\
	}

FLOW_FILE(active, count);
FLOW_FILE(created, created);
FLOW_FILE(expired, expired);
FLOW_FILE(evicted, evicted);
FLOW_FILE(flushed, flushed);

static ssize_t max_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	struct nfg_net *nn = container_of(kobj, struct nfg_sysfs, kobj)->nn;
	u32 max;

	rcu_read_lock();
	max = rcu_dereference(nn->config)->flow_max;
	rcu_read_unlock();
	return sysfs_emit(buf, "%u\n", max);
}

static struct kobj_attribute nfg_flows_max = __ATTR_RO(max);

static struct attribute *nfg_flows_attrs[] = {
	&nfg_flows_active.attr.attr,
	&nfg_flows_max.attr,
	&nfg_flows_created.attr.attr,
	&nfg_flows_expired.attr.attr,
	&nfg_flows_evicted.attr.attr,
	&nfg_flows_flushed.attr.attr,
	NULL
};

static ssize_t enabled_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	struct nfg_net *nn = container_of(kobj, struct nfg_sysfs, kobj)->nn;
	bool enabled;

	rcu_read_lock();
	enabled = rcu_dereference(nn->config)->enabled;
	rcu_read_unlock();
	return sysfs_emit(buf, "%d\n", enabled);
}

static struct kobj_attribute nfg_enabled_attr = __ATTR_RO(enabled);

static struct attribute *nfg_net_attrs[] = {
	&nfg_enabled_attr.attr,
	NULL
};

static const struct attribute_group nfg_net_group = { .attrs = nfg_net_attrs };
static const struct attribute_group nfg_stats_group = { .name = "stats", .attrs = nfg_stats_attrs };
static const struct attribute_group nfg_drops_group = { .name = "drops", .attrs = nfg_drops_attrs };

static const struct attribute_group nfg_flows_group = { .name = "flows", .attrs = nfg_flows_attrs };

static const struct attribute_group *nfg_net_groups[] = {
	&nfg_net_group,
	&nfg_flows_group,
	&nfg_stats_group,
	&nfg_drops_group,
	NULL
};

static void nfg_net_release(struct kobject *kobj)
{
	kfree(container_of(kobj, struct nfg_sysfs, kobj));
	nfg_kobject_released();
}

static NFG_NS_TAG *nfg_net_namespace(NFG_NAMESPACE_KOBJECT *kobj)
{
	return nfg_ns_tag(container_of(kobj, struct nfg_sysfs, kobj)->nn->net);
}

static struct kobj_type nfg_net_type = {
	.release = nfg_net_release,
	.sysfs_ops = &kobj_sysfs_ops,
	.namespace = nfg_net_namespace,
	.default_groups = nfg_net_groups,
};

/* endpoints/ID/ */

struct nfg_endpoint_file {
	struct kobj_attribute attr;
	size_t offset;
	bool bytes;
};

static ssize_t nfg_endpoint_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	const struct nfg_endpoint_file *file = container_of(attr, struct nfg_endpoint_file, attr);
	struct nfg_endpoint *ep = container_of(kobj, struct nfg_sysfs_endpoint, kobj)->ep;
	u64 packets, bytes;

	nfg_count_sum((void __percpu *)ep->stats + file->offset, &packets, &bytes);
	return sysfs_emit(buf, "%llu\n", file->bytes ? bytes : packets);
}

#define ENDPOINT_FILE(_name, _count, _bytes)					\
	static struct nfg_endpoint_file nfg_endpoint_##_name = {		\
		.attr = __ATTR(_name, 0444, nfg_endpoint_show, NULL),		\
		.offset = offsetof(struct nfg_endpoint_stats, _count),		\
		.bytes = _bytes,						\
	}

ENDPOINT_FILE(rx_packets, rx, false);
ENDPOINT_FILE(rx_bytes, rx, true);
ENDPOINT_FILE(tx_packets, tx, false);
ENDPOINT_FILE(tx_bytes, tx, true);
ENDPOINT_FILE(drop_packets, drop, false);

static struct attribute *nfg_endpoint_attrs[] = {
	&nfg_endpoint_rx_packets.attr.attr,
	&nfg_endpoint_rx_bytes.attr.attr,
	&nfg_endpoint_tx_packets.attr.attr,
	&nfg_endpoint_tx_bytes.attr.attr,
	&nfg_endpoint_drop_packets.attr.attr,
	NULL
};
ATTRIBUTE_GROUPS(nfg_endpoint);

static void nfg_endpoint_release(struct kobject *kobj)
{
	kfree(container_of(kobj, struct nfg_sysfs_endpoint, kobj));
	nfg_kobject_released();
}

static struct kobj_type nfg_endpoint_type = {
	.release = nfg_endpoint_release,
	.sysfs_ops = &kobj_sysfs_ops,
	.default_groups = nfg_endpoint_groups,
};

void nfg_sysfs_endpoint_init(struct nfg_sysfs *sysfs, struct nfg_endpoint *ep)
{
	struct nfg_sysfs_endpoint *files = kzalloc(sizeof(*files), GFP_KERNEL);
	char name[NFG_VPCE_LEN];

	if (!files)
		return;
	files->ep = ep;
	nfg_vpce_format(name, sizeof(name), ep->id);
	if (!nfg_kobject_add(&files->kobj, &nfg_endpoint_type, sysfs->endpoints, name))
		ep->kobj = &files->kobj;
}

void nfg_sysfs_endpoint_exit(struct nfg_endpoint *ep)
{
	if (!ep->kobj)
		return;
	kobject_del(ep->kobj);
	kobject_put(ep->kobj);
}

/* version and net/ */

static ssize_t version_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n", NFG_VERSION);
}

static struct kobj_attribute nfg_version_attr = __ATTR_RO(version);

int nfg_sysfs_net_init(struct nfg_net *nn)
{
	struct nfg_sysfs *s = kzalloc(sizeof(*s), GFP_KERNEL);
	int err;

	if (!s)
		return -ENOMEM;
	s->nn = nn;
	err = nfg_kobject_add(&s->kobj, &nfg_net_type, nfg_root, "net");
	if (err)
		return err;
	/* what lies beside a directory of a namespace must belong to one, too */
	err = sysfs_create_file_ns(nfg_root, &nfg_version_attr.attr, nfg_ns_tag(nn->net));
	if (err)
		goto del_net;
	s->endpoints = kobject_create_and_add("endpoints", &s->kobj);
	if (!s->endpoints) {
		err = -ENOMEM;
		goto remove_version;
	}
	nn->sysfs = s;
	return 0;

remove_version:
	sysfs_remove_file_ns(nfg_root, &nfg_version_attr.attr, nfg_ns_tag(nn->net));
del_net:
	kobject_del(&s->kobj);
	kobject_put(&s->kobj);
	return err;
}

void nfg_sysfs_net_exit(struct nfg_net *nn)
{
	struct nfg_sysfs *s = nn->sysfs;

	kobject_del(s->endpoints);
	kobject_put(s->endpoints);
	sysfs_remove_file_ns(nfg_root, &nfg_version_attr.attr, nfg_ns_tag(nn->net));
	kobject_del(&s->kobj);
	kobject_put(&s->kobj);
}

static void nfg_root_release(struct kobject *kobj)
{
	kfree(kobj);
	nfg_kobject_released();
}

static const struct kobj_ns_type_operations *nfg_root_child_ns_type(NFG_CHILD_NS_TYPE_KOBJECT *kobj)
{
	return &net_ns_type_operations;
}

static struct kobj_type nfg_root_type = {
	.release = nfg_root_release,
	.sysfs_ops = &kobj_sysfs_ops,
	.child_ns_type = nfg_root_child_ns_type,
};

int nfg_sysfs_init(void)
{
	nfg_root = kzalloc(sizeof(*nfg_root), GFP_KERNEL);
	if (!nfg_root)
		return -ENOMEM;
	return nfg_kobject_add(nfg_root, &nfg_root_type, kernel_kobj, "nf_geneve");
}

void nfg_sysfs_exit(void)
{
	kobject_del(nfg_root);
	kobject_put(nfg_root);
	wait_var_event(&nfg_kobjects, !atomic_read(&nfg_kobjects));
}
