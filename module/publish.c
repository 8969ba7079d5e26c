// SPDX-License-Identifier: GPL-2.0
#include <linux/memcontrol.h>
#include <linux/slab.h>

#include "build.h"
#include "compat.h"
#include "net.h"
#include "netlink.h"
#include "publish.h"
#include "ruleset.h"

/* Milliseconds between two rulesets that lack nothing but elements; or so many times as
 * long as it took to make the last one, if that is more.
 */
#define EXPIRY_INTERVAL		100
#define EXPIRY_REST		4
/* Longer waits are cut into pieces, so that they fit into jiffies. */
#define EXPIRY_WAIT_MAX		(3600 * MSEC_PER_SEC)

static void nfg_publish_schedule(struct nfg_drafts *drafts, const struct nfg_ruleset *rs)
{
	u64 now = nfg_set_now(), at = max(rs->expires, drafts->rest);

	if (rs->expires == NFG_NEVER)
		return;
	at = at > now ? min_t(u64, at - now, EXPIRY_WAIT_MAX) : 0;
	mod_delayed_work(nfg_ruleset_wq, &drafts->expiry, msecs_to_jiffies(at));
}

static int nfg_publish_expire(struct nfg_draft *draft)
{
	u64 now = nfg_set_now();
	struct nfg_named_set *named;
	int err;

	list_for_each_entry(named, &draft->sets.list, name.list) {
		if (named->set->sealed && named->set->expires > now)
			continue;
		err = nfg_draft_edit_set(named);
		if (err)
			return err;
		nfg_set_expire(named->set, now);
	}
	return 0;
}

/* A change that leaves flows alone; the oldest are forgotten if there were many. */
static void nfg_kept_add(struct nfg_kept *kept, u32 old, u32 now)
{
	if (kept->n && kept->run[kept->n - 1].last == old) {
		kept->run[kept->n - 1].last = now;
		return;
	}
	if (kept->n == NFG_KEPT_RUNS)
		memmove(&kept->run[0], &kept->run[1], --kept->n * sizeof(kept->run[0]));
	kept->run[kept->n].first = now;
	kept->run[kept->n++].last = now;
}

/* Which verdicts outlive that @rs takes the place of @old. */
static void nfg_publish_keep(struct nfg_ruleset *rs, const struct nfg_ruleset *old,
			     bool keep_flows, bool edit)
{
	if (edit && !keep_flows) {
		rs->kept.since = rs->generation;
		return;
	}
	rs->kept = old->kept;
	if (keep_flows)
		nfg_kept_add(&rs->kept, old->generation, rs->generation);
}

/* The ruleset of @draft takes the place of that in @cfg, and @cfg that of the settings. */
static int nfg_publish_ruleset(struct nfg_net *nn, struct nfg_draft *draft,
			       struct nfg_config *cfg, bool keep_flows, bool edit,
			       struct netlink_ext_ack *extack)
{
	struct nfg_ruleset *rs, *old = cfg->rules;
	int err;

	err = nfg_publish_expire(draft);
	if (err)
		return err;
	rs = nfg_ruleset_build(draft, old, extack);
	if (IS_ERR(rs))
		return PTR_ERR(rs);
	rs->generation = nfg_generation_next(old->generation);
	rs->edition = edit ? nfg_generation_next(old->edition) : old->edition;
	nfg_publish_keep(rs, old, keep_flows, edit);
	cfg->rules = rs;
	err = nfg_net_configure(nn, cfg, extack);
	if (err) {
		nfg_ruleset_free(rs);
		return err;
	}
	nfg_ruleset_free_rcu(old);
	nfg_publish_schedule(&nn->drafts, rs);
	nfg_nl_ruleset_notify(nn->net, rs);
	return 0;
}

int nfg_publish(struct nfg_net *nn, struct nfg_draft *draft, struct nfg_config *cfg,
		bool keep_flows, struct netlink_ext_ack *extack)
{
	int err = nfg_publish_ruleset(nn, draft, cfg, keep_flows, true, extack);

	if (!err) {
		mem_cgroup_put(nn->drafts.memcg);
		nn->drafts.memcg = get_mem_cgroup_from_mm(current->mm);
	}
	return err;
}

/*
 * The same ruleset without elements whose time is over; without memory it stays. Who
 * committed it is charged, and not the worker, whom nobody limits.
 */
static void nfg_publish_expired(struct nfg_net *nn, const struct nfg_config *old)
{
	struct mem_cgroup *memcg = nfg_set_active_memcg(nn->drafts.memcg);
	struct nfg_draft *draft = nfg_draft_new(old->rules);
	struct nfg_config *cfg = nfg_config_copy(old);
	int err = -ENOMEM;

	if (draft && cfg)
		err = nfg_publish_ruleset(nn, draft, cfg, false, false, NULL);
	if (err)
		kfree(cfg);
	nfg_draft_put(draft);
	nfg_set_active_memcg(memcg);
}

void nfg_publish_expiry(struct work_struct *work)
{
	struct nfg_drafts *drafts = container_of(to_delayed_work(work), struct nfg_drafts, expiry);
	struct nfg_net *nn = container_of(drafts, struct nfg_net, drafts);
	const struct nfg_config *old;
	u64 begin;

	mutex_lock(&nn->lock);
	begin = nfg_set_now();
	old = rcu_dereference_protected(nn->config, lockdep_is_held(&nn->lock));
	if (old->rules->expires <= begin) {
		nfg_publish_expired(nn, old);
		drafts->rest = nfg_set_now() + max_t(u64, EXPIRY_INTERVAL,
						     EXPIRY_REST * (nfg_set_now() - begin));
	}
	nfg_publish_schedule(drafts, rcu_dereference_protected(nn->config,
							       lockdep_is_held(&nn->lock))->rules);
	mutex_unlock(&nn->lock);
}
