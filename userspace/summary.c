// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "out.h"
#include "summary.h"

void summary_read(const struct nlmsghdr *nlh, void *data)
{
	struct summary *summary = data;
	const struct nlattr *attr;

	memset(summary, 0, sizeof(*summary));
	nl_for_each(attr, nlh) {
		switch (mnl_attr_get_type(attr)) {
		case NFG_A_RULESET_GENERATION:
			summary->generation = nl_uint(attr);
			break;
		case NFG_A_RULESET_POLICIES:
			summary->policies = nl_uint(attr);
			break;
		case NFG_A_RULESET_RULES:
			summary->rules = nl_uint(attr);
			break;
		case NFG_A_RULESET_SETS:
			summary->sets = nl_uint(attr);
			break;
		case NFG_A_RULESET_ELEMENTS:
			summary->elements = nl_uint(attr);
			break;
		case NFG_A_RULESET_BINDINGS:
			summary->bindings = nl_uint(attr);
			break;
		case NFG_A_RULESET_MEMORY:
			summary->memory = nl_uint(attr);
			break;
		}
	}
}

int summary_get(struct nl *nl, struct summary *summary)
{
	union nl_request req;

	nl_request(&req, NFG_CMD_RULESET_GET, false);
	if (nl_send(nl, &req, summary_read, summary))
		return nl_fail(nl, "ruleset", NULL, 0);
	return 0;
}

json_t *summary_json(const struct summary *summary)
{
	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I}",
			 "generation", (json_int_t)summary->generation,
			 "policies", (json_int_t)summary->policies,
			 "rules", (json_int_t)summary->rules,
			 "sets", (json_int_t)summary->sets,
			 "elements", (json_int_t)summary->elements,
			 "bindings", (json_int_t)summary->bindings,
			 "memory", (json_int_t)summary->memory);
}

void summary_print(const struct summary *summary)
{
	char memory[OUT_QUANTITY];

	printf("generation %" PRIu32 " policies %" PRIu32 " rules %" PRIu32 " sets %" PRIu32
	       " elements %" PRIu32 " bindings %" PRIu32 " memory %s\n",
	       summary->generation, summary->policies, summary->rules, summary->sets,
	       summary->elements, summary->bindings,
	       out_quantity(memory, summary->memory, "B"));
}
