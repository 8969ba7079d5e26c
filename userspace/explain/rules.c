// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy/print.h"
#include "ruleset_get.h"
#include "rules.h"

/* Whatever goes wrong, names are enough. */
void rules_get(struct nl *nl, struct rules *rules, const char *policy)
{
	if (!policy[0] || (rules->known && !strcmp(rules->policy, policy)))
		return;
	rules_free(rules);
	ruleset_init(&rules->rs);
	rules->known = true;
	snprintf(rules->policy, sizeof(rules->policy), "%s", policy);
	ruleset_get_policy(nl, policy, &rules->rs);
}

void rules_free(struct rules *rules)
{
	if (rules->known)
		ruleset_free(&rules->rs);
	rules->known = false;
}

static const struct rule *find(const struct rules *rules, const char *name)
{
	const struct policy *policy;

	if (!rules->known)
		return NULL;
	policy = names_find(&rules->rs.policies_by_name, rules->policy);
	return policy ? names_find(&policy->by_name, name) : NULL;
}

const char *rules_text(char *buf, const struct rules *rules, const char *name)
{
	const struct rule *rule = find(rules, name);
	char *text = NULL;
	size_t len;
	FILE *to;

	buf[0] = '\0';
	to = rule ? open_memstream(&text, &len) : NULL;
	if (!to)
		return buf;
	print_rule_body(to, rule);
	fclose(to);
	snprintf(buf, RULE_TEXT, "%s", text + strspn(text, " "));
	if (len >= RULE_TEXT)
		memcpy(buf + RULE_TEXT - 4, "...", 4);
	free(text);
	return buf;
}
