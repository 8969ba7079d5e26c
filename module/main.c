// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <net/net_namespace.h>

#include "addr.h"
#include "flow.h"
#include "net.h"
#include "netlink.h"
#include "ruleset.h"
#include "sysfs.h"

static bool enable;
module_param(enable, bool, 0400);
MODULE_PARM_DESC(enable, "enable in the initial network namespace at load (default: no)");

static int __init nfg_init(void)
{
	int err;

	err = nfg_sysfs_init();
	if (err)
		return err;
	err = nfg_flow_init();
	if (err)
		goto sysfs_exit;
	err = nfg_ruleset_init();
	if (err)
		goto flow_exit;
	err = nfg_net_init();
	if (err)
		goto ruleset_exit;
	err = nfg_addr_init();
	if (err)
		goto net_exit;
	err = nfg_netlink_init();
	if (err)
		goto addr_exit;
	if (enable) {
		err = nfg_net_enable(nfg_pernet(&init_net));
		if (err)
			goto netlink_exit;
	}
	return 0;

netlink_exit:
	nfg_netlink_exit();
addr_exit:
	nfg_addr_exit();
net_exit:
	nfg_net_exit();
ruleset_exit:
	nfg_ruleset_exit();
flow_exit:
	nfg_flow_exit();
sysfs_exit:
	nfg_sysfs_exit();
	return err;
}

static void __exit nfg_exit(void)
{
	nfg_netlink_exit();
	nfg_addr_exit();
	nfg_net_exit();
	nfg_ruleset_exit();
	nfg_flow_exit();
	nfg_sysfs_exit();
}

module_init(nfg_init);
module_exit(nfg_exit);

MODULE_DESCRIPTION("GENEVE appliance for AWS Gateway Load Balancer, as a netfilter hook");
MODULE_LICENSE("GPL");
MODULE_VERSION(NFG_VERSION);
