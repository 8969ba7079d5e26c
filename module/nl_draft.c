// SPDX-License-Identifier: GPL-2.0
#include <linux/ctype.h>

#include "error.h"
#include "net.h"
#include "nl_rules.h"
#include "ruleset.h"

int nfg_nl_refuse_spoiled(struct genl_info *info)
{
	nfg_error(info->extack, NULL, "an earlier request of this transaction failed");
	return -ECANCELED;
}

int nfg_nl_in_draft(struct genl_info *info,
		    int (*handle)(struct nfg_draft *draft, struct genl_info *info))
{
	struct nfg_net *nn = nfg_pernet(genl_info_net(info));
	struct nfg_draft *draft = nfg_drafts_get(&nn->drafts, info->snd_portid);
	int err;

	if (!draft) {
		nfg_error(info->extack, NULL, "this socket has no transaction");
		return -ENOENT;
	}
	/* nothing grows that can only be thrown away */
	err = draft->spoiled ? nfg_nl_refuse_spoiled(info) : handle(draft, info);
	if (err)
		draft->spoiled = true;
	else
		draft->requests++;
	nfg_draft_put(draft);
	return err;
}

bool nfg_nl_check_name(const struct nlattr *attr, const char *what,
		       struct netlink_ext_ack *extack)
{
	const char *c = nla_data(attr);

	while (isascii(*c) && (isalnum(*c) || *c == '_' || *c == '.' || *c == '-'))
		c++;
	if (!*c && c != nla_data(attr))
		return true;
	nfg_error(extack, attr, "the name of a %s consists of A-Z, a-z, 0-9, \"_\", \".\" and \"-\"",
		  what);
	return false;
}

const char *nfg_nl_get_name(struct genl_info *info, int type, const char *what)
{
	struct nlattr *attr = info->attrs[type];

	if (!attr) {
		nfg_error(info->extack, NULL, "the name of the %s is missing", what);
		return NULL;
	}
	return nfg_nl_check_name(attr, what, info->extack) ? nla_data(attr) : NULL;
}

const struct nfg_ruleset *nfg_nl_lock_rules(struct nfg_net *nn)
{
	mutex_lock(&nn->lock);
	return rcu_dereference_protected(nn->config, lockdep_is_held(&nn->lock))->rules;
}
