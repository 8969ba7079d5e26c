// SPDX-License-Identifier: GPL-2.0
#include <linux/in6.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "core/vpce.h"
#include "error.h"
#include "nl_rules.h"

#define VALUE_LEN	40

static void nfg_value_format(char *buf, const struct nfg_key *key, u8 field, bool v6)
{
	__be64 addr6[2] = { cpu_to_be64(key->hi), cpu_to_be64(key->lo) };
	__be32 addr4 = cpu_to_be32(key->lo);

	if (field == NFG_FIELD_ENDPOINT)
		nfg_vpce_format(buf, VALUE_LEN, key->lo);
	else if (!nfg_field_is_addr(field))
		snprintf(buf, VALUE_LEN, "%llu", key->lo);
	else if (v6)
		snprintf(buf, VALUE_LEN, "%pI6c", addr6);
	else
		snprintf(buf, VALUE_LEN, "%pI4", &addr4);
}

const char *nfg_range_format(char *buf, const struct nfg_range *range, u8 field, bool v6)
{
	char from[VALUE_LEN], to[VALUE_LEN];

	nfg_value_format(from, &range->from, field, v6);
	nfg_value_format(to, &range->to, field, v6);
	if (nfg_key_cmp(&range->from, &range->to))
		snprintf(buf, NFG_RANGE_LEN, "%s-%s", from, to);
	else
		strscpy(buf, from, NFG_RANGE_LEN);
	return buf;
}

static struct nfg_key nfg_nl_get_key(const __u8 *bytes)
{
	struct nfg_key key = {
		.hi = be64_to_cpu(nfg_load64(bytes)),
		.lo = be64_to_cpu(nfg_load64(bytes + 8)),
	};

	return key;
}

static void nfg_nl_put_key(__u8 *bytes, const struct nfg_key *key)
{
	__be64 words[2] = { cpu_to_be64(key->hi), cpu_to_be64(key->lo) };

	memcpy(bytes, words, sizeof(words));
}

void nfg_nl_put_range(struct nfg_element *e, const struct nfg_range *range, u8 field, bool v6)
{
	nfg_nl_put_key(e->from, &range->from);
	nfg_nl_put_key(e->to, &range->to);
	e->family = nfg_field_is_addr(field) ? (v6 ? 6 : 4) : 0;
	e->timeout = 0;
}

/* Returns what is wrong with an element, or NULL. */
static const char *nfg_nl_check_element(const struct nfg_element *e, const struct nfg_range *range,
					u8 field, const struct nfg_set *set)
{
	struct nfg_key max = nfg_field_max(field, e->family == 6);

	if (nfg_field_is_addr(field) ? e->family != 4 && e->family != 6 : e->family)
		return "the family must be 4 or 6 for addresses, 0 for others";
	if (nfg_key_cmp(&range->to, &max) > 0)
		return "there are no such values";
	if (nfg_key_cmp(&range->from, &range->to) > 0)
		return "it ends before it begins";
	if (e->timeout && !set)
		return "only elements of sets have timeouts";
	return NULL;
}

static int nfg_nl_get_element(struct nfg_elem *elem, const struct nfg_element *e, u8 field,
			      const struct nfg_set *set, u64 now, const char **wrong)
{
	u32 timeout = e->timeout;

	elem->range.from = nfg_nl_get_key(e->from);
	elem->range.to = nfg_nl_get_key(e->to);
	*wrong = nfg_nl_check_element(e, &elem->range, field, set);
	if (*wrong)
		return -EINVAL;
	if (!timeout && set)
		timeout = set->timeout;
	elem->expires = timeout ? now + timeout : NFG_NEVER;
	return 0;
}

int nfg_nl_get_elements(struct nfg_batch *batch, const struct nlattr *attr, u8 field,
			const struct nfg_set *set, struct netlink_ext_ack *extack)
{
	const struct nfg_element *e = nla_data(attr);
	u32 i, n = nla_len(attr) / sizeof(*e), n_v6 = 0, next[2];
	u64 now = set ? nfg_set_now() : 0;
	const char *wrong;
	int err;

	if (!n || nla_len(attr) % sizeof(*e)) {
		nfg_error(extack, attr, "elements are an array of struct nfg_element");
		return -EINVAL;
	}
	for (i = 0; i < n; i++)
		n_v6 += e[i].family == 6;
	batch->elem = kvmalloc_array(n, sizeof(*batch->elem), GFP_KERNEL);
	if (!batch->elem)
		return -ENOMEM;
	batch->n[0] = n - n_v6;
	batch->n[1] = n_v6;
	next[0] = 0;
	next[1] = n - n_v6;
	for (i = 0; i < n; i++) {
		err = nfg_nl_get_element(&batch->elem[next[e[i].family == 6]++], &e[i], field,
					 set, now, &wrong);
		if (err) {
			nfg_error(extack, attr, "element %u: %s", i + 1, wrong);
			kvfree(batch->elem);
			return err;
		}
	}
	return 0;
}
