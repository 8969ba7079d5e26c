// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * The import of geneve-proxy's configuration: what is read and refused; that the
 * ruleset decides as that proxy does, on random configurations; that whatever is
 * accepted becomes a ruleset that can be applied, on mutated files. Fixed seeds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/proxy.h"
#include "import/scalar.h"
#include "policy/check.h"
#include "policy/parse.h"

#define RANDOM_CONFIGS	3000
#define MUTANTS		20000

static int count, failed;
static uint64_t seed = 1;

static void ok(bool good, const char *what, const char *input)
{
	char clean[TEXT_ESCAPED(100)], clean_input[TEXT_ESCAPED(60)];

	count++;
	failed += !good;
	printf("%sok %d - %s '%s'\n", good ? "" : "not ", count,
	       text_escape(clean, sizeof(clean), what),
	       text_escape(clean_input, sizeof(clean_input), input));
}

static uint32_t dice(uint32_t sides)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (seed >> 33) % sides;
}

/* What the import makes of a text: the ruleset, the caller frees it; NULL if refused. */
static char *import(const char *text, size_t len, struct complaint *bad)
{
	struct arena arena = { 0 };
	struct proxy_config config;
	char *out = NULL;
	size_t out_len;
	FILE *to;

	memset(bad, 0, sizeof(*bad));
	if (proxy_read(&arena, source_of(&arena, "config.yaml", text, len), &config, bad)) {
		to = open_memstream(&out, &out_len);
		proxy_write(to, &config, "config.yaml");
		fclose(to);
	}
	arena_free(&arena);
	return out;
}

static void test_scalars(void)
{
	static const struct {
		const char *text;
		enum scalar_kind kind;
		long number;
	} cases[] = {
		{ "6", SCALAR_NUMBER, 6 }, { "0x0006", SCALAR_NUMBER, 6 },
		{ "0x1F", SCALAR_NUMBER, 31 }, { "0b110", SCALAR_NUMBER, 6 },
		{ "021", SCALAR_NUMBER, 17 }, { "1_0", SCALAR_NUMBER, 10 },
		{ "+6", SCALAR_NUMBER, 6 }, { "-6", SCALAR_NUMBER, -6 },
		{ "1:30", SCALAR_NUMBER, 90 }, { "443.0", SCALAR_NUMBER, 443 },
		{ "0", SCALAR_NUMBER, 0 }, { "99999999999999999999", SCALAR_NUMBER,
		  SCALAR_NUMBER_MAX }, { "0o17", SCALAR_TEXT, 0 }, { "08", SCALAR_TEXT, 0 },
		{ "443.5", SCALAR_TEXT, 0 }, { "tcp", SCALAR_TEXT, 0 }, { "6 ", SCALAR_TEXT, 0 },
		{ "1:60", SCALAR_TEXT, 0 }, { "0x", SCALAR_TEXT, 0 }, { "-", SCALAR_TEXT, 0 },
		{ "True", SCALAR_BOOL, 1 }, { "yes", SCALAR_BOOL, 1 }, { "off", SCALAR_BOOL, 0 },
		{ "tRUE", SCALAR_TEXT, 0 }, { "y", SCALAR_TEXT, 0 }, { "~", SCALAR_NULL, 0 },
		{ "8.0e+1", SCALAR_NUMBER, 80 }, { "8e1", SCALAR_TEXT, 0 },
		{ "8.0e1", SCALAR_TEXT, 0 }, { "8.05e+1", SCALAR_TEXT, 0 },
		{ "080.0", SCALAR_NUMBER, 80 }, { "01:20.0", SCALAR_NUMBER, 80 },
		{ "1:60.0", SCALAR_TEXT, 0 }, { "01:20", SCALAR_TEXT, 0 },
		{ ".0", SCALAR_NUMBER, 0 }, { ".", SCALAR_TEXT, 0 }, { "0_", SCALAR_NUMBER, 0 },
		{ "1.0e+400", SCALAR_NUMBER, SCALAR_NUMBER_MAX },
		{ "800_.0e-1", SCALAR_NUMBER, 80 },
		{ "", SCALAR_NULL, 0 }, { "null", SCALAR_NULL, 0 }, { "none", SCALAR_TEXT, 0 },
	};
	struct scalar scalar;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		scalar = scalar_resolve(cases[i].text, true);
		ok(scalar.kind == cases[i].kind && scalar.number == cases[i].number, "scalar",
		   cases[i].text);
		ok(scalar_resolve(cases[i].text, false).kind == SCALAR_TEXT, "quoted",
		   cases[i].text);
	}
}

static void test_refused(void)
{
	static const struct {
		const char *text, *why;
		uint32_t at;
	} cases[] = {
		{ "", "no configuration", 0 }, { "- 1", "no configuration", 0 },
		{ "outbound: 5", "a section is no mapping", 10 },
		{ "outbound: [1]", "a section is no mapping", 10 },
		{ "outbound:\n  allowed_transport_protocols: 6", "is no list", 41 },
		{ "outbound:\n  allowed_transport_protocols: False", "is no list", 41 },
		{ "outbound:\n  blocked_transport_protocols: True", "is no list", 41 },
		{ "inbound:\n  blocked_application_ports: {80: http}", "is no list", 38 },
		{ "inbound: {<<: {drop_all_traffic: True}}", "merge keys", 10 },
		{ "outbound: {\n", "expected YAML", 12 },
		{ "outbound: &a\n  x: *b\n", "expected YAML", 18 },
		{ "a: 1\n---\nb: 2\n", "a second document", 9 },
		{ "outbound: \"\xff\"", "expected YAML", 11 },
		{ "outbound:\n  x: \"\001\"", "control characters are not allowed: expected YAML",
		  16 },
		{ "base: &b {drop_all_traffic: True}\noutbound: {}\n<<: {inbound: *b}",
		  "merge keys", 47 },
		{ "x: &b {drop_all_traffic: True}\ninbound:\n  <<: *b", "merge keys", 42 },
		{ "x: {y: [{<<: {a: b}}]}", "merge keys", 9 },
		{ "inbound: {blocked_application_ports: [!!int '80']}",
		  "the tag 'tag:yaml.org,2002:int' is not supported", 38 },
		{ "inbound: {blocked_application_ports: !!set {80, 81}}", "is not supported", 37 },
		{ "inbound: !!python/object:os.system {}", "is not supported", 9 },
		{ "!!binary aW5ib3VuZA==: {}", "is not supported", 0 },
		{ "inbound: {drop_all_traffic: ! 6}", "the tag '!' is not supported", 28 },
		{ "inbound: {drop_all_traffic: \"\\0\"}", "a zero byte", 28 },
		{ "\"inbound\\0x\": {drop_all_traffic: True}", "a zero byte", 0 },
		{ "[inbound]: {drop_all_traffic: True}", "a key that is a list", 0 },
	};
	struct complaint bad;
	char *out;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		out = import(cases[i].text, strlen(cases[i].text), &bad);
		ok(!out && strstr(bad.why.text, cases[i].why) && bad.place.at == cases[i].at,
		   "refused", cases[i].text);
		free(out);
	}
}

/* Comments and rules that belong to a configuration. */
static void test_written(void)
{
	static const struct {
		const char *text, *has;
	} cases[] = {
		{ "a: 1", "# No effect: 'a' (line 1) is no key of that proxy." },
		{ "outbound:", "# Not in the file" }, { "inbound: {}", "# Not in the file" },
		{ "outbound:\n  colour: red", "# No effect: 'colour' (line 2)" },
		{ "outbound:\n  drop_all_traffic: 'False'",
		  "rule outbound_drop_all outbound drop" },
		{ "inbound:\n  drop_all_traffic: on", "rule inbound_drop_all inbound drop" },
		{ "inbound:\n  allowed_transport_protocols: []",
		  "rule inbound_allowed_protocols inbound drop" },
		{ "inbound:\n  allowed_transport_protocols: [tcp]",
		  "# No effect: 'tcp' (line 2): a text equals no number." },
		{ "inbound:\n  allowed_transport_protocols: ['6']", "in quotes it is a text" },
		{ "inbound:\n  allowed_transport_protocols: [[6]]", "a list in a list" },
		{ "inbound:\n  allowed_transport_protocols: [256]", "there is no such protocol" },
		{ "inbound:\n  blocked_application_ports: [70000]", "there is no such port" },
		{ "inbound:\n  allowed_transport_protocols: True",
		  "# allowed_transport_protocols: True is no list; taken as all being allowed." },
		{ "inbound:\n  allowed_transport_protocols:",
		  "# allowed_transport_protocols: not set" },
		{ "inbound: {allowed_transport_protocols: [6], blocked_transport_protocols: [1]}",
		  "# blocked_transport_protocols: not among the allowed ones anyway." },
		{ "inbound:\n  blocked_application_ports: [6]\n  blocked_application_ports: [0x11]",
		  "elements {\n        17\n    }" },
		{ "x: &l [1, 6]\ninbound:\n  blocked_transport_protocols: *l",
		  "rule inbound_blocked_protocols inbound proto { icmp, tcp } drop" },
		{ "'<<': {x: y}", "# No effect: '<<' (line 1) is no key of that proxy." },
		{ "inbound: &i {drop_all_traffic: True}\noutbound: *i",
		  "rule outbound_drop_all outbound drop" },
		{ "inbound:\n  allowed_application_ports: [443, 80, 443]",
		  "elements {\n        443,\n        80\n    }" },
		{ "inbound:\n  allowed_application_ports: []",
		  "rule inbound_allowed_ports inbound proto { tcp, udp } drop" },
	};
	struct complaint bad;
	char *out;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		out = import(cases[i].text, strlen(cases[i].text), &bad);
		ok(out && strstr(out, cases[i].has), cases[i].has, cases[i].text);
		free(out);
	}
}

/* Reads what the import wrote as `ruleset apply` does. */
static bool parse(struct ruleset *rs, const char *text, struct complaint *bad)
{
	ruleset_init(rs);
	return parse_ruleset(rs, source_of(&rs->arena, "out", text, strlen(text)), NULL, bad) &&
	       check_ruleset(rs, bad);
}

struct packet {
	bool inbound;
	bool v6;
	uint8_t proto;
	uint16_t dport;
};

static bool holds(const struct ruleset *rs, const struct cond *cond, const struct packet *packet)
{
	const struct elements *values = &cond->values;
	const struct set *set;
	uint16_t value = 0;
	uint32_t i;

	switch (cond->field) {
	case NFG_FIELD_DIRECTION:
		value = packet->inbound ? NFG_DIRECTION_INBOUND : NFG_DIRECTION_OUTBOUND;
		break;
	case NFG_FIELD_FAMILY:
		value = packet->v6 ? 6 : 4;
		break;
	case NFG_FIELD_PROTO:
		value = packet->proto;
		break;
	case NFG_FIELD_DPORT:
		value = packet->dport;
		break;
	}
	if (cond->set) {
		set = names_find(&rs->sets_by_name, cond->set);
		values = &set->elements;
	}
	for (i = 0; i < values->n; i++)
		if (value >= element_from(&values->e[i]) && value <= element_to(&values->e[i]))
			return !cond->negate;
	return cond->negate;
}

static bool accepts(const struct ruleset *rs, const struct packet *packet)
{
	const struct policy *policy = names_find(&rs->policies_by_name, NFG_POLICY_DEFAULT);
	const struct rule *rule;
	const struct cond *cond;

	for (rule = policy->rules; rule; rule = rule->next) {
		for (cond = rule->conds; cond && holds(rs, cond, packet); cond = cond->next)
			;
		if (!cond)
			return rule->verdict == NFG_VERDICT_ACCEPT;
	}
	return !policy->fallback || policy->fallback->verdict == NFG_VERDICT_ACCEPT;
}

/* A random configuration, and what the proxy makes of it. */
struct model {
	bool drop_all[2];
	struct model_list {
		bool given;
		int n;
		long number[6];
	} lists[2][PROXY_LISTS];
};

static void model_number(FILE *to, struct model_list *list, enum proxy_list_kind kind)
{
	static const long protos[] = { 1, 6, 17, 47, 132 };
	static const long ports[] = { 22, 53, 80, 443, 8080 };
	static const char *const texts[] = { "'6'", "\"80\"", "tcp", "~", "-6", "70000", "4.5" };
	static const char *const formats[] = { "%ld", "0x%04lx", "0%lo", "%ld.0", "+%ld" };
	long number = kind < PROXY_ALLOWED_PORTS ? protos[dice(5)] : ports[dice(5)];

	if (!dice(5)) {
		fputs(texts[dice(7)], to);
		return;
	}
	list->number[list->n++] = number;
	fprintf(to, formats[dice(5)], number);
}

static void model_list(FILE *to, struct model_list *list, enum proxy_list_kind kind)
{
	uint32_t i, n = dice(6);

	switch (dice(4)) {
	case 0:
		return;
	case 1:
		fprintf(to, "  %s: %s\n", proxy_lists[kind], dice(2) ? "~" : "");
		return;
	}
	list->given = true;
	fprintf(to, "  %s: [", proxy_lists[kind]);
	for (i = 0; i < n; i++) {
		if (i)
			fputs(", ", to);
		model_number(to, list, kind);
	}
	fputs("]\n", to);
}

static void model_write(FILE *to, struct model *model)
{
	static const char *const yes[] = { "True", "yes", "1", "'False'", "[0]" };
	static const char *const no[] = { "False", "off", "0", "''", "[]" };
	enum proxy_list_kind kind;
	uint32_t direction;

	memset(model, 0, sizeof(*model));
	for (direction = 0; direction < PROXY_DIRECTIONS; direction++) {
		fprintf(to, "%s:\n  x: 1\n", proxy_sections[direction]);
		model->drop_all[direction] = !dice(6);
		if (model->drop_all[direction] || dice(2))
			fprintf(to, "  drop_all_traffic: %s\n",
				(model->drop_all[direction] ? yes : no)[dice(5)]);
		for (kind = 0; kind < PROXY_LISTS; kind++)
			model_list(to, &model->lists[direction][kind], kind);
	}
}

static bool model_has(const struct model_list *list, long number)
{
	int i;

	for (i = 0; i < list->n; i++)
		if (list->number[i] == number)
			return true;
	return false;
}

static bool model_accepts(const struct model *model, const struct packet *packet)
{
	const struct model_list *lists = model->lists[packet->inbound];
	const struct model_list *allowed = &lists[PROXY_ALLOWED_PROTOCOLS];

	if (packet->v6 || model->drop_all[packet->inbound])
		return false;
	if (allowed->given && !model_has(allowed, packet->proto))
		return false;
	if (model_has(&lists[PROXY_BLOCKED_PROTOCOLS], packet->proto))
		return false;
	if (packet->proto == 1)
		return true;
	/* The proxy ends at such a packet. */
	if (packet->proto != 6 && packet->proto != 17)
		return false;
	allowed = &lists[PROXY_ALLOWED_PORTS];
	if (allowed->given && !model_has(allowed, packet->dport))
		return false;
	return !model_has(&lists[PROXY_BLOCKED_PORTS], packet->dport);
}

/* All packets that a model may tell apart. */
static bool agree(const struct ruleset *rs, const struct model *model)
{
	static const uint8_t protos[] = { 1, 6, 17, 47, 132, 0 };
	static const uint16_t ports[] = { 22, 53, 80, 443, 8080, 9 };
	struct packet packet;
	uint32_t i, j, k;

	for (i = 0; i < 4; i++) {
		for (j = 0; j < 6; j++) {
			for (k = 0; k < 6; k++) {
				packet = (struct packet){ i & 1, i & 2, protos[j], ports[k] };
				if (accepts(rs, &packet) != model_accepts(model, &packet))
					return false;
			}
		}
	}
	return true;
}

static void test_decisions(void)
{
	struct complaint bad;
	struct ruleset rs;
	struct model model;
	int i, good = 0;
	char *text, *out;
	size_t len;
	FILE *to;

	for (i = 0; i < RANDOM_CONFIGS; i++) {
		to = open_memstream(&text, &len);
		model_write(to, &model);
		fclose(to);
		out = import(text, len, &bad);
		if (out && parse(&rs, out, &bad) && agree(&rs, &model))
			good++;
		else
			printf("# %s\n# %s\n# %s\n", text, out ? out : "refused", bad.why.text);
		if (out)
			ruleset_free(&rs);
		free(out);
		free(text);
	}
	ok(good == RANDOM_CONFIGS, "random configurations decide as the proxy does", "");
}

static const char example[] =
	"outbound:\n"
	"  drop_all_traffic: False\n"
	"  allowed_transport_protocols:\n"
	"    - 0x0006 # TCP\n"
	"    - 0x0011 # UDP\n"
	"  blocked_transport_protocols: &icmp\n"
	"    - 0x0001 # ICMP\n"
	"  allowed_application_ports: [443, 80, \"22\"]\n"
	"  blocked_application_ports:\n"
	"    - 53\n"
	"inbound:\n"
	"  drop_all_traffic: no\n"
	"  blocked_transport_protocols: *icmp\n"
	"  allowed_application_ports: [~, 1:30, +8, {a: b}]\n";

static void mutate(char *text, size_t *len)
{
	static const char signs[] = "[]{}:,-&*#'\"\n ~0x\xc3\xff\t|>!%@`";
	uint32_t i, n = 1 + dice(6);

	for (i = 0; i < n; i++) {
		size_t at = dice(*len), part = 1 + dice(20);

		switch (dice(3)) {
		case 0:
			text[at] = signs[dice(sizeof(signs) - 1)];
			break;
		case 1:
			text[at] ^= 1 << dice(8);
			break;
		case 2:
			if (at + part < *len) {
				memmove(text + at, text + at + part, *len - at - part);
				*len -= part;
			}
			break;
		}
	}
}

static void test_mutants(void)
{
	int i, accepted = 0, good = 0;
	char text[sizeof(example)], *out;
	struct complaint bad;
	struct ruleset rs;
	size_t len;

	for (i = 0; i < MUTANTS; i++) {
		len = sizeof(example) - 1;
		memcpy(text, example, sizeof(example));
		mutate(text, &len);
		out = import(text, len, &bad);
		if (!out)
			continue;
		accepted++;
		if (parse(&rs, out, &bad))
			good++;
		else
			printf("# %s\n# %s\n", out, bad.why.text);
		ruleset_free(&rs);
		free(out);
	}
	printf("# %d of %d mutants are configurations\n", accepted, MUTANTS);
	ok(accepted > MUTANTS / 20 && accepted < MUTANTS, "some mutants are refused", "");
	ok(good == accepted, "every ruleset can be applied", "");
}

int main(void)
{
	printf("TAP version 13\n");
	test_scalars();
	test_refused();
	test_written();
	test_decisions();
	test_mutants();
	printf("1..%d\n", count);
	return failed != 0;
}
