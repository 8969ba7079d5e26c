// SPDX-License-Identifier: GPL-2.0 OR MIT
/* Can a rule match anything, and does it say all that it implies? */
#include <string.h>

#include "checker.h"
#include "protocol.h"

#define FAMILY_4	1
#define FAMILY_6	2

#define PROTO_TCP	6

static const uint8_t port_protocols[] = { PROTO_TCP, 17, 132 };

#define N_PORT_PROTOCOLS	(sizeof(port_protocols) / sizeof(port_protocols[0]))

bool cond_is(const struct cond *cond, uint8_t field, uint16_t value)
{
	const struct element *e = cond->values.e;

	return cond->field == field && !cond->negate && !cond->set && cond->values.n == 1 &&
	       element_from(e) == value && element_to(e) == value;
}

static bool is_about_ports(const struct cond *cond)
{
	return (cond->field == NFG_FIELD_SPORT || cond->field == NFG_FIELD_DPORT) && !cond->icmp;
}

/* Does it name the protocols a packet may have? */
static bool is_list_of_protocols(const struct cond *cond)
{
	return cond->field == NFG_FIELD_PROTO && !cond->negate && !cond->set;
}

/* Protocols: one bit each. */
struct protocols {
	uint64_t bits[4];
};

static bool has_protocol(const struct protocols *set, uint8_t proto)
{
	return set->bits[proto / 64] >> proto % 64 & 1;
}

/* Takes away those that a list does not name. */
static void keep_listed(struct protocols *set, const struct cond *cond)
{
	struct protocols listed = { { 0 } };
	unsigned int proto;
	uint32_t i;

	for (i = 0; i < cond->values.n; i++)
		for (proto = element_from(&cond->values.e[i]);
		     proto <= element_to(&cond->values.e[i]); proto++)
			listed.bits[proto / 64] |= 1ull << proto % 64;
	for (i = 0; i < 4; i++)
		set->bits[i] &= listed.bits[i];
}

/* The protocols that all lists of @rule before @end have. */
static struct protocols listed_protocols(const struct rule *rule, const struct cond *end)
{
	struct protocols set = { { -1, -1, -1, -1 } };
	const struct cond *cond;

	for (cond = rule->conds; cond != end; cond = cond->next)
		if (is_list_of_protocols(cond))
			keep_listed(&set, cond);
	return set;
}

/* The first of them from @proto on; 256 for none. */
static unsigned int next_protocol(const struct protocols *set, unsigned int proto)
{
	while (proto < 256 && !has_protocol(set, proto))
		proto++;
	return proto;
}

static bool check_set_name(struct checker *c, const struct cond *cond)
{
	const struct set *set = names_find(&c->rs->sets_by_name, cond->set);
	uint8_t wanted = field_type(cond->field);

	/* The kernel knows what a rule alone refers to. */
	if (c->outside)
		return true;
	if (!set)
		return check_unknown(c, &cond->place, "set", cond->set,
				     names_near(&c->rs->sets_by_name, cond->set));
	if (set->type != wanted)
		return check_fail(c, &cond->place, "the set '%s' is of type %s: expected one of type %s",
				  cond->set, set_types[set->type], set_types[wanted]);
	return true;
}

static bool check_values(struct checker *c, struct rule *rule)
{
	struct cond *cond;

	for (cond = rule->conds; cond; cond = cond->next) {
		if (cond->set ? !check_set_name(c, cond) :
		    !check_elements(c, field_type(cond->field), &cond->values))
			return false;
		if (!cond->set)
			elements_merge(&cond->values);
	}
	return true;
}

static bool cond_equal(const struct cond *a, const struct cond *b)
{
	if (a->field != b->field || a->negate != b->negate || !a->set != !b->set)
		return false;
	return a->set ? !strcmp(a->set, b->set) : elements_equal(&a->values, &b->values);
}

/* Saying something twice is no error. */
static void drop_repeated(struct rule *rule)
{
	struct cond *cond, **later;

	for (cond = rule->conds; cond; cond = cond->next)
		for (later = &cond->next; *later;)
			if (cond_equal(cond, *later))
				*later = (*later)->next;
			else
				later = &(*later)->next;
}

/* The families a condition leaves. */
static unsigned int families(const struct cond *cond)
{
	bool addr = field_type(cond->field) == NFG_SET_ADDR;
	unsigned int mask = 0;
	uint32_t i, family;

	if (cond->set || cond->negate || (!addr && cond->field != NFG_FIELD_FAMILY))
		return FAMILY_4 | FAMILY_6;
	for (i = 0; i < cond->values.n; i++) {
		family = addr ? cond->values.e[i].v.family : element_from(&cond->values.e[i]);
		mask |= family == 4 ? FAMILY_4 : FAMILY_6;
	}
	return mask;
}

static bool check_families(struct checker *c, const struct rule *rule)
{
	unsigned int left = FAMILY_4 | FAMILY_6, these;
	const struct cond *cond;

	for (cond = rule->conds; cond; cond = cond->next) {
		these = families(cond);
		if (!(left & these))
			return check_fail(c, &cond->place, "this is %s, but the rule is about %s: expected one of them",
					  these == FAMILY_4 ? "IPv4" : "IPv6",
					  left == FAMILY_4 ? "IPv4" : "IPv6");
		left &= these;
	}
	return true;
}

static bool check_direction(struct checker *c, const struct rule *rule)
{
	const struct cond *cond;
	bool any = false;

	for (cond = rule->conds; cond; cond = cond->next) {
		if (cond->field == NFG_FIELD_DIRECTION && any)
			return check_fail(c, &cond->place, "no flow is both inbound and outbound: expected one of them");
		any |= cond->field == NFG_FIELD_DIRECTION;
	}
	return true;
}

static bool check_protocols(struct checker *c, const struct rule *rule)
{
	const struct cond *cond;
	struct protocols left;

	for (cond = rule->conds; cond; cond = cond->next) {
		left = listed_protocols(rule, cond->next);
		if (next_protocol(&left, 0) == 256)
			return check_fail(c, &cond->place, "another protocol is demanded already: expected one, or a list like 'proto { tcp, udp }'");
	}
	return true;
}

static bool names_protocols(const struct rule *rule, const struct cond *except)
{
	const struct cond *cond;

	for (cond = rule->conds; cond; cond = cond->next)
		if (cond != except && is_list_of_protocols(cond))
			return true;
	return false;
}

static bool no_ports(struct checker *c, const struct cond *cond, uint8_t proto)
{
	const char *name = protocol_name(proto);

	if (name)
		return check_fail(c, &cond->place, "%s has no ports: expected tcp, udp or sctp",
				  name);
	return check_fail(c, &cond->place, "protocol %u has no ports: expected tcp, udp or sctp",
			  proto);
}

/* Packets of protocols without ports have no port to compare. */
static bool check_ports(struct checker *c, struct rule *rule)
{
	struct protocols left = listed_protocols(rule, NULL);
	const struct cond *ports;
	struct cond *implied;
	unsigned int proto;
	size_t i;

	for (ports = rule->conds; ports && !is_about_ports(ports);)
		ports = ports->next;
	if (!ports)
		return true;
	if (!names_protocols(rule, NULL)) {
		implied = rule_add_cond(c->rs, rule, NFG_FIELD_PROTO);
		implied->place = rule->place;
		for (i = 0; i < N_PORT_PROTOCOLS; i++)
			cond_add(c->rs, implied, port_protocols[i]);
		return true;
	}
	for (i = 0; i < N_PORT_PROTOCOLS; i++)
		left.bits[port_protocols[i] / 64] &= ~(1ull << port_protocols[i] % 64);
	proto = next_protocol(&left, 0);
	return proto == 256 || no_ports(c, ports, proto);
}

bool check_is_implied(const struct rule *rule, const struct cond *implied)
{
	const struct cond *cond;
	size_t i;

	if (!is_list_of_protocols(implied) || implied->values.n != N_PORT_PROTOCOLS ||
	    names_protocols(rule, implied))
		return false;
	for (i = 0; i < N_PORT_PROTOCOLS; i++)
		if (element_from(&implied->values.e[i]) != port_protocols[i] ||
		    element_to(&implied->values.e[i]) != port_protocols[i])
			return false;
	for (cond = rule->conds; cond; cond = cond->next)
		if (is_about_ports(cond))
			return true;
	return false;
}

static bool check_answer(struct checker *c, const struct rule *rule)
{
	struct protocols left = listed_protocols(rule, NULL);

	if (rule->reject != NFG_REJECT_TCP_RESET)
		return true;
	if (next_protocol(&left, 0) == PROTO_TCP && next_protocol(&left, PROTO_TCP + 1) == 256)
		return true;
	return check_fail(c, &rule->reject_place, "tcp-reset answers TCP only: expected %s",
			  rule->name ? "'tcp' in the rule" : "a rule for tcp, or 'reject' alone");
}

/* Conditions in one order, whatever the order they were written in. */
static void sort_conds(struct rule *rule)
{
	static const uint8_t rank[NFG_FIELD_MAX] = {
		[NFG_FIELD_DIRECTION] = 0, [NFG_FIELD_ENDPOINT] = 1, [NFG_FIELD_FAMILY] = 2,
		[NFG_FIELD_PROTO] = 3, [NFG_FIELD_SADDR] = 4, [NFG_FIELD_SPORT] = 5,
		[NFG_FIELD_DADDR] = 6, [NFG_FIELD_DPORT] = 7,
	};
	struct cond *left = rule->conds, *cond, **at;

	rule->conds = NULL;
	while ((cond = left)) {
		left = cond->next;
		for (at = &rule->conds; *at && rank[(*at)->field] <= rank[cond->field];)
			at = &(*at)->next;
		cond->next = *at;
		*at = cond;
	}
}

static bool check_counts(struct checker *c, const struct rule *rule)
{
	unsigned int conds = 0, values = 0;
	const struct cond *cond;

	for (cond = rule->conds; cond; cond = cond->next) {
		conds++;
		values += cond->values.n;
	}
	if (conds > NFG_CONDS_MAX)
		return check_fail(c, &rule->place, "the rule has too many matches: expected at most %d",
				  NFG_CONDS_MAX);
	if (values > NFG_VALUES_MAX)
		return check_fail(c, &rule->place, "the rule lists too many values: expected at most %d, or a set",
				  NFG_VALUES_MAX);
	return true;
}

bool check_rule(struct ruleset *rs, struct rule *rule, const struct outside *outside,
		struct complaint *bad)
{
	struct checker c = { rs, outside, bad };

	if (!check_values(&c, rule))
		return false;
	drop_repeated(rule);
	if (!check_direction(&c, rule) || !check_families(&c, rule) ||
	    !check_protocols(&c, rule) || !check_ports(&c, rule) || !check_answer(&c, rule))
		return false;
	sort_conds(rule);
	return check_counts(&c, rule);
}
