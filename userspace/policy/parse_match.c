// SPDX-License-Identifier: GPL-2.0 OR MIT
/* What a rule demands of packets. */
#include <string.h>

#include "icmp.h"
#include "item.h"
#include "parser.h"

#define PROTO_ICMP	1
#define PROTO_TCP	6
#define PROTO_UDP	17
#define PROTO_ICMPV6	58
#define PROTO_SCTP	132

static struct cond *add_cond(struct parser *p, void *object, uint8_t field)
{
	struct body *body = object;
	struct cond *cond = rule_add_cond(p->rs, body->rule, field);

	cond->place = p->keyword;
	return cond;
}

static bool add_value(struct parser *p, void *object, uint8_t field, uint8_t value)
{
	cond_add(p->rs, add_cond(p, object, field), value);
	return true;
}

bool parse_inbound(struct parser *p, void *object)
{
	return add_value(p, object, NFG_FIELD_DIRECTION, NFG_DIRECTION_INBOUND);
}

bool parse_outbound(struct parser *p, void *object)
{
	return add_value(p, object, NFG_FIELD_DIRECTION, NFG_DIRECTION_OUTBOUND);
}

bool parse_ip(struct parser *p, void *object)
{
	return add_value(p, object, NFG_FIELD_FAMILY, 4);
}

bool parse_ip6(struct parser *p, void *object)
{
	return add_value(p, object, NFG_FIELD_FAMILY, 6);
}

bool parse_tcp(struct parser *p, void *object)
{
	return add_value(p, object, NFG_FIELD_PROTO, PROTO_TCP);
}

bool parse_udp(struct parser *p, void *object)
{
	return add_value(p, object, NFG_FIELD_PROTO, PROTO_UDP);
}

bool parse_sctp(struct parser *p, void *object)
{
	return add_value(p, object, NFG_FIELD_PROTO, PROTO_SCTP);
}

static bool parse_value_item(struct parser *p, void *object)
{
	struct cond *cond = object;

	return parser_item(p, field_type(cond->field), &cond->values);
}

/* "@NAME" */
static bool parse_set_name(struct parser *p, struct cond *cond)
{
	struct place place = parser_place(p);
	char word[WORD_MAX + 1];

	if (!parser_word(p, word, "a set"))
		return false;
	if (!word[1] || strlen(word + 1) > NFG_NAME_LEN_MAX)
		return parser_fail(p, &place, "'%.64s' names no set: expected '@' and a name",
				   word);
	cond->set = arena_text(&p->rs->arena, word + 1, strlen(word + 1));
	return true;
}

static bool at_set(const struct parser *p)
{
	return parser_at(p, TOKEN_WORD) && p->lex.src->text[p->lex.at] == '@';
}

/* "{ ITEM, ... }" or ITEM */
static bool parse_values(struct parser *p, bool (*item)(struct parser *p, void *object),
			 void *object, const struct elements *list)
{
	struct place place = parser_place(p);

	if (!parser_at(p, TOKEN_OPEN))
		return item(p, object);
	if (!parser_list(p, item, object))
		return false;
	return list->n || parser_fail(p, &place, "the list is empty: expected a value");
}

static bool parse_field(struct parser *p, void *object, uint8_t field)
{
	struct cond *cond = add_cond(p, object, field);

	cond->negate = parser_take(p, TOKEN_NOT);
	cond->place = parser_place(p);
	if (at_set(p))
		return parse_set_name(p, cond);
	return parse_values(p, parse_value_item, cond, &cond->values);
}

bool parse_proto(struct parser *p, void *object)
{
	return parse_field(p, object, NFG_FIELD_PROTO);
}

bool parse_saddr(struct parser *p, void *object)
{
	return parse_field(p, object, NFG_FIELD_SADDR);
}

bool parse_daddr(struct parser *p, void *object)
{
	return parse_field(p, object, NFG_FIELD_DADDR);
}

bool parse_sport(struct parser *p, void *object)
{
	return parse_field(p, object, NFG_FIELD_SPORT);
}

bool parse_dport(struct parser *p, void *object)
{
	return parse_field(p, object, NFG_FIELD_DPORT);
}

bool parse_endpoint_match(struct parser *p, void *object)
{
	return parse_field(p, object, NFG_FIELD_ENDPOINT);
}

/* Types or codes while they are read. */
struct icmp_reading {
	bool v6;
	bool codes;
	struct elements list;
	struct icmp_bits bits;
};

static bool parse_icmp_item(struct parser *p, void *object)
{
	struct icmp_reading *reading = object;
	struct place place = parser_place(p);
	char word[WORD_MAX + 1];
	uint16_t from, to, i;
	struct why why;

	if (!parser_word(p, word, reading->codes ? "a code" : "a type"))
		return false;
	if (!reading->codes && !icmp_parse(&why, reading->v6, word, &from, &to))
		return parser_fail(p, &place, "%s", why.text);
	if (reading->codes && !item_numbers(word, UINT8_MAX, &from, &to))
		return parser_fail(p, &place, "'%.64s' is no code: expected a number from 0 to 255",
				   word);
	if (from > to)
		return parser_fail(p, &place, "'%.64s' ends before it begins: expected the smaller one first",
				   word);
	elements_add(&reading->list, &p->rs->arena);
	for (i = from; i <= to; i++)
		reading->bits.has[i] = true;
	return true;
}

/* Behind "type" or "code"; the bits say which are meant, @negate that they are not. */
static bool parse_icmp_bits(struct parser *p, struct icmp_reading *reading, bool *negate)
{
	struct place place;

	*negate = parser_take(p, TOKEN_NOT);
	place = parser_place(p);
	if (at_set(p))
		return parser_fail(p, &place, "sets hold no ICMP types or codes: expected a value or a list");
	return parse_values(p, parse_icmp_item, reading, &reading->list);
}

static void invert(struct icmp_bits *bits)
{
	size_t i;

	for (i = 0; i < 256; i++)
		bits->has[i] = !bits->has[i];
}

static bool parse_icmp_type(struct parser *p, void *object, bool v6)
{
	struct cond *cond = add_cond(p, object, NFG_FIELD_DPORT);
	struct icmp_reading types = { .v6 = v6 }, codes = { .codes = true };
	bool not_types, not_codes = true;

	cond->icmp = true;
	if (!parse_icmp_bits(p, &types, &not_types))
		return false;
	if (parser_take_word(p, "code") && !parse_icmp_bits(p, &codes, &not_codes))
		return false;
	/* Without codes: none is excluded. */
	if (not_codes)
		invert(&codes.bits);
	/* Pairs of a code and a type that is not meant cannot be told by one negation. */
	if (not_types && codes.list.n)
		invert(&types.bits);
	else
		cond->negate = not_types;
	icmp_join(&cond->values, &p->rs->arena, &cond->place, &types.bits, &codes.bits);
	return cond->values.n || parser_fail(p, &cond->place, "nothing is left: expected a type and a code");
}

static bool parse_icmp_version(struct parser *p, void *object, bool v6)
{
	add_value(p, object, NFG_FIELD_FAMILY, v6 ? 6 : 4);
	add_value(p, object, NFG_FIELD_PROTO, v6 ? PROTO_ICMPV6 : PROTO_ICMP);
	return !parser_take_word(p, "type") || parse_icmp_type(p, object, v6);
}

bool parse_icmp(struct parser *p, void *object)
{
	return parse_icmp_version(p, object, false);
}

bool parse_icmpv6(struct parser *p, void *object)
{
	return parse_icmp_version(p, object, true);
}

bool parse_stray_type(struct parser *p, void *object)
{
	(void)object;
	return parser_fail(p, &p->keyword, "a type or code of no protocol: expected 'icmp type ...' or 'icmpv6 type ... code ...'");
}
