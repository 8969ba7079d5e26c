// SPDX-License-Identifier: GPL-2.0
/* What a condition means, told by hand; the index has to agree. */
#include <arpa/inet.h>
#include <err.h>

#include "index.h"
#include "rules.h"
#include "tap.h"

static void addr(union nfg_addr *a, const char *text)
{
	memset(a, 0, sizeof(*a));
	if (inet_pton(strchr(text, ':') ? AF_INET6 : AF_INET, text, a) != 1)
		errx(2, "%s", text);
}

static struct nfg_query query(const char *saddr, const char *daddr)
{
	struct nfg_tuple t = {
		.sport = cpu_to_be16(0x1234), .dport = cpu_to_be16(443), .proto = 6,
		.version = strchr(saddr, ':') ? 6 : 4,
	};
	struct nfg_query q;

	addr(&t.saddr, saddr);
	addr(&t.daddr, daddr);
	memset(&q, 0xa5, sizeof(q));
	nfg_query_init(&q, &t, NFG_DIRECTION_INBOUND, 0x74a11ad96ec49886);
	return q;
}

static bool key_is(const struct nfg_query *q, u8 field, u64 hi, u64 lo)
{
	return (q->key[field].hi == hi && q->key[field].lo == lo) ||
	       tap_note("field %u is %llx %llx", field, (unsigned long long)q->key[field].hi,
			(unsigned long long)q->key[field].lo);
}

static void test_query(void)
{
	struct nfg_query q = query("10.1.2.3", "198.51.100.7");

	tap(!q.v6 && key_is(&q, NFG_FIELD_SADDR, 0, 0x0a010203) &&
	    key_is(&q, NFG_FIELD_DADDR, 0, 0xc6336407) && key_is(&q, NFG_FIELD_FAMILY, 0, 4),
	    "query of an IPv4 packet");
	tap(key_is(&q, NFG_FIELD_SPORT, 0, 0x1234) && key_is(&q, NFG_FIELD_DPORT, 0, 443) &&
	    key_is(&q, NFG_FIELD_PROTO, 0, 6) && key_is(&q, NFG_FIELD_DIRECTION, 0, 1) &&
	    key_is(&q, NFG_FIELD_ENDPOINT, 0, 0x74a11ad96ec49886), "other fields of it");
	q = query("2001:db8:1:2:3:4:5:6", "fd00::1");
	tap(q.v6 && key_is(&q, NFG_FIELD_SADDR, 0x20010db800010002, 0x0003000400050006) &&
	    key_is(&q, NFG_FIELD_DADDR, 0xfd00000000000000, 1) &&
	    key_is(&q, NFG_FIELD_FAMILY, 0, 6), "query of an IPv6 packet");
}

static void test_max(void)
{
	static const struct {
		u8 field;
		bool v6;
		struct nfg_key max;
	} cases[] = {
		{ NFG_FIELD_DIRECTION, false, { 0, 0xff } },
		{ NFG_FIELD_FAMILY, true, { 0, 0xff } },
		{ NFG_FIELD_PROTO, true, { 0, 0xff } },
		{ NFG_FIELD_SADDR, false, { 0, 0xffffffff } },
		{ NFG_FIELD_DADDR, false, { 0, 0xffffffff } },
		{ NFG_FIELD_SADDR, true, { ~0ULL, ~0ULL } },
		{ NFG_FIELD_DADDR, true, { ~0ULL, ~0ULL } },
		{ NFG_FIELD_SPORT, true, { 0, 0xffff } },
		{ NFG_FIELD_DPORT, false, { 0, 0xffff } },
		{ NFG_FIELD_ENDPOINT, true, { 0, ~0ULL } },
	};
	bool ok = true;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct nfg_key max = nfg_field_max(cases[i].field, cases[i].v6);

		if (nfg_key_cmp(&max, &cases[i].max))
			ok = tap_note("field %u", cases[i].field);
	}
	tap(ok, "largest values of fields");
}

/* Does a rule of @n conditions match @q? The index has to say the same. */
static bool matches(const struct nfg_cond *cond, u32 n, const struct nfg_query *q)
{
	struct nfg_match m = { n, cond };
	bool plain = nfg_match_test(&m, q) < 0;
	struct nfg_index *index;

	if (nfg_index_build(&index, &m, 1, SIZE_MAX, ANY_EFFORT))
		errx(2, "no index");
	if (nfg_index_lookup(index, q) != !plain)
		tap(false, "the index agrees");
	nfg_index_free(index);
	return plain;
}

static const struct nfg_range ten[] = { { { 0, 0x0a000000 }, { 0, 0x0affffff } } };
static const struct nfg_range local6[] = {
	{ { 0xfd00000000000000, 0 }, { 0xfdffffffffffffff, ~0ULL } },
};

static void test_families(void)
{
	struct nfg_values both = { { nfg_ranges_new(ten, 1), nfg_ranges_new(local6, 1) } };
	struct nfg_values v4 = { { both.family[0], NULL } }, v6 = { { NULL, both.family[1] } };
	struct nfg_values none = { { nfg_ranges_new(NULL, 0), NULL } };
	struct nfg_query q4 = query("10.0.0.1", "198.51.100.7");
	struct nfg_query q6 = query("fd00::1", "2001:db8::1");
	struct nfg_query far4 = query("192.0.2.1", "10.0.0.1");
	struct nfg_query far6 = query("2001:db8::1", "fd00::1");
	const struct nfg_query *q[] = { &q4, &far4, &q6, &far6 };
	const struct {
		const struct nfg_values *values;
		bool match[4];
	} cases[] = {
		{ &both, { true, false, true, false } }, { &v4, { true, false, false, false } },
		{ &v6, { false, false, true, false } }, { &none, { false, false, false, false } },
	};
	bool ok = true, negated = true;
	u32 i;

	for (i = 0; i < 4 * ARRAY_SIZE(cases); i++) {
		struct nfg_cond c = { NFG_FIELD_SADDR, false, cases[i / 4].values };

		ok = ok && matches(&c, 1, q[i % 4]) == cases[i / 4].match[i % 4];
		c.negate = true;
		negated = negated && matches(&c, 1, q[i % 4]) != cases[i / 4].match[i % 4];
	}
	tap(ok, "addresses of a family without values never match");
	tap(negated, "and always, if negated");
	nfg_free(both.family[0]);
	nfg_free(both.family[1]);
	nfg_free(none.family[0]);
}

/* Other fields have one list of values, for packets of both families. */
static void test_conditions(void)
{
	static const struct nfg_range web[] = {
		{ { 0, 80 }, { 0, 80 } }, { { 0, 443 }, { 0, 443 } },
	};
	static const struct nfg_range low[] = { { { 0, 0 }, { 0, 1023 } } };
	struct nfg_values ports = { { nfg_ranges_new(web, 2), NULL } };
	struct nfg_values privileged = { { nfg_ranges_new(low, 1), NULL } };
	struct nfg_query q4 = query("10.0.0.1", "198.51.100.7");
	struct nfg_query q6 = query("fd00::1", "2001:db8::1");
	struct nfg_cond c[] = {
		{ NFG_FIELD_DPORT, false, &ports }, { NFG_FIELD_DPORT, false, &privileged },
		{ NFG_FIELD_SPORT, true, &privileged }, { NFG_FIELD_DPORT, true, &ports },
	};
	struct nfg_match m = { 4, c };

	tap(matches(c, 0, &q4), "a rule without conditions matches");
	tap(matches(c, 3, &q4) && matches(c, 3, &q6), "several conditions, two on a field");
	tap(!matches(c, 4, &q4) && !matches(c, 4, &q6), "three on a field that contradict");
	tap(nfg_match_test(&m, &q4) == 3, "the condition that fails is told");
	c[1].negate = true;
	tap(nfg_match_test(&m, &q4) == 1, "the first one of them");
	nfg_free(ports.family[0]);
	nfg_free(privileged.family[0]);
}

int main(void)
{
	test_query();
	test_max();
	test_families();
	test_conditions();
	return tap_done();
}
