// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <inttypes.h>

#include "check.h"
#include "config_key.h"
#include "duration.h"
#include "item.h"
#include "parse.h"
#include "print.h"
#include "vpce.h"

#define INDENT	"    "

/* The kernel has no names with other than printable characters. */
static void print_quoted(FILE *to, const char *s)
{
	putc('"', to);
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			putc('\\', to);
		putc(*s >= ' ' && *s <= '~' ? *s : '?', to);
	}
	putc('"', to);
}

void print_name(FILE *to, const char *name)
{
	if (parse_is_name(name))
		fputs(name, to);
	else
		print_quoted(to, name);
}

void print_rule_name(FILE *to, const char *name)
{
	if (parse_is_keyword(name))
		print_quoted(to, name);
	else
		print_name(to, name);
}

/* Timeouts are told in whole seconds; one that is not over yet is not 0. */
static const char *timeout_text(char *buf, uint32_t ms)
{
	return duration_text(buf, ms / 1000 + !!(ms % 1000));
}

void print_element(FILE *to, uint8_t type, const struct nfg_element *e)
{
	char text[ITEM_TEXT], timeout[DURATION_TEXT];

	fputs(item_text(text, type, e), to);
	if (e->timeout)
		fprintf(to, " timeout %s", timeout_text(timeout, e->timeout));
}

static void print_set(FILE *to, const struct set *set)
{
	char timeout[DURATION_TEXT];
	uint32_t i;

	fputs("set ", to);
	print_name(to, set->name);
	fprintf(to, " {\n" INDENT "type %s\n", set_types[set->type]);
	if (set->timeout)
		fprintf(to, INDENT "timeout %s\n", timeout_text(timeout, set->timeout));
	if (set->elements.n) {
		fputs(INDENT "elements {\n", to);
		for (i = 0; i < set->elements.n; i++) {
			fputs(INDENT INDENT, to);
			print_element(to, set->type, &set->elements.e[i].v);
			fputs(i + 1 < set->elements.n ? ",\n" : "\n", to);
		}
		fputs(INDENT "}\n", to);
	}
	fputs("}\n", to);
}

static void print_policy(FILE *to, const struct policy *policy)
{
	const struct rule *rule;

	fputs("policy ", to);
	print_name(to, policy->name);
	fputs(" {\n", to);
	for (rule = policy->rules; rule; rule = rule->next) {
		fputs(INDENT "rule ", to);
		print_rule_name(to, rule->name);
		print_rule_body(to, rule);
		putc('\n', to);
	}
	if (policy->fallback) {
		fputs(INDENT "default", to);
		print_rule_body(to, policy->fallback);
		putc('\n', to);
	}
	fputs("}\n", to);
}

static void print_binding(FILE *to, const struct binding *binding)
{
	char id[NFG_VPCE_LEN];

	nfg_vpce_format(id, sizeof(id), binding->id);
	fprintf(to, "endpoint %s {", id);
	if (binding->name) {
		fputs(" name ", to);
		print_name(to, binding->name);
		if (binding->policy)
			putc(';', to);
	}
	if (binding->policy) {
		fputs(" policy ", to);
		print_name(to, binding->policy);
	}
	fputs(" }\n", to);
}

void print_ruleset(FILE *to, const struct ruleset *rs)
{
	const struct set *set;
	const struct policy *policy;
	const struct binding *binding;

	for (set = rs->sets; set; set = set->next)
		print_set(to, set);
	for (policy = rs->policies; policy; policy = policy->next)
		print_policy(to, policy);
	for (binding = rs->bindings; binding; binding = binding->next)
		print_binding(to, binding);
}

void print_settings(FILE *to, const struct ruleset *rs)
{
	const struct setting *setting;

	if (!rs->settings)
		return;
	fputs("config {\n", to);
	for (setting = rs->settings; setting; setting = setting->next)
		fprintf(to, INDENT "%s %s\n", config_words[setting->key->attr], setting->value);
	fputs("}\n", to);
}
