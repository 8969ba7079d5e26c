// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <inttypes.h>

#include "check.h"
#include "icmp.h"
#include "item.h"
#include "print.h"

#define PROTO_ICMP	1
#define PROTO_ICMPV6	58

static const struct {
	uint8_t field;
	uint8_t value;
	const char *word;
} words[] = {
	{ NFG_FIELD_DIRECTION, NFG_DIRECTION_OUTBOUND, "outbound" },
	{ NFG_FIELD_DIRECTION, NFG_DIRECTION_INBOUND, "inbound" },
	{ NFG_FIELD_FAMILY, 4, "ip" },
	{ NFG_FIELD_FAMILY, 6, "ip6" },
	{ NFG_FIELD_PROTO, 6, "tcp" },
	{ NFG_FIELD_PROTO, 17, "udp" },
	{ NFG_FIELD_PROTO, 132, "sctp" },
};

#define N_WORDS	(sizeof(words) / sizeof(words[0]))

static bool has_cond(const struct rule *rule, uint8_t field, uint16_t value)
{
	const struct cond *cond;

	for (cond = rule->conds; cond; cond = cond->next)
		if (cond_is(cond, field, value))
			return true;
	return false;
}

/* "icmp" and "icmpv6" tell family and protocol. */
static bool is_icmp(const struct rule *rule, bool v6)
{
	return has_cond(rule, NFG_FIELD_FAMILY, v6 ? 6 : 4) &&
	       has_cond(rule, NFG_FIELD_PROTO, v6 ? PROTO_ICMPV6 : PROTO_ICMP);
}

static bool is_told_by_icmp(const struct rule *rule, const struct cond *cond)
{
	if (is_icmp(rule, false))
		return cond->icmp || cond_is(cond, NFG_FIELD_FAMILY, 4) ||
		       cond_is(cond, NFG_FIELD_PROTO, PROTO_ICMP);
	if (is_icmp(rule, true))
		return cond->icmp || cond_is(cond, NFG_FIELD_FAMILY, 6) ||
		       cond_is(cond, NFG_FIELD_PROTO, PROTO_ICMPV6);
	return false;
}

static void print_icmp_range(FILE *to, unsigned int first, unsigned int last, bool types, bool v6)
{
	char text[ICMP_TEXT];

	if (first != last)
		fprintf(to, "%u-%u", first, last);
	else if (types)
		fputs(icmp_text(text, v6, first), to);
	else
		fprintf(to, "%u", first);
}

static void print_icmp_bits(FILE *to, const struct icmp_bits *bits, bool types, bool v6)
{
	unsigned int first, last, n = 0, i = 0;

	for (first = 0; icmp_range(bits, &first, &last); first = last + 1)
		n++;
	fputs(n == 1 ? " " : " { ", to);
	for (first = 0; icmp_range(bits, &first, &last); first = last + 1) {
		fputs(i++ ? ", " : "", to);
		print_icmp_range(to, first, last, types, v6);
	}
	fputs(n == 1 ? "" : " }", to);
}

static bool is_full(const struct icmp_bits *bits)
{
	unsigned int first = 0, last;

	return icmp_range(bits, &first, &last) && !first && last == 255;
}

static void print_icmp_type(FILE *to, const struct cond *cond, bool v6)
{
	struct icmp_bits types, codes;

	icmp_split(&cond->values, &types, &codes);
	fprintf(to, " %s type%s", v6 ? "icmpv6" : "icmp", cond->negate ? " !=" : "");
	print_icmp_bits(to, &types, true, v6);
	if (!is_full(&codes)) {
		fputs(" code", to);
		print_icmp_bits(to, &codes, false, v6);
	}
}

static void print_icmp(FILE *to, const struct rule *rule)
{
	const struct cond *cond;
	bool v6 = is_icmp(rule, true), any = false;

	for (cond = rule->conds; cond; cond = cond->next) {
		if (cond->icmp) {
			print_icmp_type(to, cond, v6);
			any = true;
		}
	}
	if (!any)
		fputs(v6 ? " icmpv6" : " icmp", to);
}

static void print_values(FILE *to, uint8_t type, const struct elements *list)
{
	char text[ITEM_TEXT];
	uint32_t i;

	if (list->n == 1) {
		fprintf(to, " %s", item_text(text, type, &list->e[0].v));
		return;
	}
	fputs(" { ", to);
	for (i = 0; i < list->n; i++)
		fprintf(to, "%s%s", i ? ", " : "", item_text(text, type, &list->e[i].v));
	fputs(" }", to);
}

static void print_cond(FILE *to, const struct cond *cond)
{
	char name[TEXT_ESCAPED(NFG_NAME_LEN_MAX)];
	size_t i;

	for (i = 0; i < N_WORDS; i++) {
		if (cond_is(cond, words[i].field, words[i].value)) {
			fprintf(to, " %s", words[i].word);
			return;
		}
	}
	fprintf(to, " %s%s", fields[cond->field], cond->negate ? " !=" : "");
	if (cond->set)
		fprintf(to, " @%s", text_escape(name, sizeof(name), cond->set));
	else
		print_values(to, field_type(cond->field), &cond->values);
}

static void print_conds(FILE *to, const struct rule *rule)
{
	bool icmp = is_icmp(rule, false) || is_icmp(rule, true);
	const struct cond *cond;

	for (cond = rule->conds; cond; cond = cond->next) {
		/* Where the protocol stands in other rules. */
		if (icmp && cond->field == NFG_FIELD_PROTO) {
			print_icmp(to, rule);
			icmp = false;
		}
		if (!is_told_by_icmp(rule, cond) && !check_is_implied(rule, cond))
			print_cond(to, cond);
	}
}

void print_rule_body(FILE *to, const struct rule *rule)
{
	const struct limit_unit *unit = limit_unit_of(rule->limit_seconds);

	print_conds(to, rule);
	if (rule->log)
		fputs(" log", to);
	if (rule->log_group >= 0)
		fprintf(to, " group %d", rule->log_group);
	if (rule->limit && unit)
		fprintf(to, " limit %" PRIu32 "/%s", rule->limit, unit->name);
	if (rule->limit && rule->burst && rule->burst != rule->limit)
		fprintf(to, " burst %" PRIu32, rule->burst);
	fprintf(to, " %s", verdicts[rule->verdict]);
	if (rule->reject != NFG_REJECT_AUTO)
		fprintf(to, " with %s", rejects[rule->reject]);
}
