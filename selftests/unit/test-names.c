// SPDX-License-Identifier: GPL-2.0
/* Names people see: endpoint ids as AWS writes them, drop reasons. */
#include "packet.h"
#include "tap.h"
#include "vpce.h"

static void test_format(void)
{
	static const struct {
		u64 id;
		const char *text;
	} cases[] = {
		{ 0x74a11ad96ec49886, "vpce-074a11ad96ec49886" },
		{ 0x0123456789abcdef, "vpce-00123456789abcdef" },
		{ 0xffffffffffffffff, "vpce-0ffffffffffffffff" },
		{ 0x0000000100000000, "vpce-00000000100000000" },
		{ 0x00000000ffffffff, "vpce-ffffffff" },
		{ 0x1a2b3c4d, "vpce-1a2b3c4d" },
		{ 0, "vpce-00000000" },
	};
	char text[NFG_VPCE_LEN];
	bool ok = true, back = true;
	size_t i;
	u64 id;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		nfg_vpce_format(text, sizeof(text), cases[i].id);
		if (strcmp(text, cases[i].text))
			ok = tap_note("%s, want %s", text, cases[i].text);
		if (nfg_vpce_parse(text, &id) || id != cases[i].id)
			back = tap_note("%s is not read back", text);
	}
	tap(ok, "endpoint ids are written as AWS writes them");
	tap(back, "what is written is read back");
}

static void test_accepted(void)
{
	static const struct {
		const char *text;
		u64 id;
	} cases[] = {
		{ "vpce-074A11AD96EC49886", 0x74a11ad96ec49886 },
		{ "VPCE-074a11ad96ec49886", 0x74a11ad96ec49886 },
		{ "74a11ad96ec49886", 0x74a11ad96ec49886 },
		{ "0x74A11AD96EC49886", 0x74a11ad96ec49886 },
		{ "0X1", 1 }, { "0", 0 }, { "f", 15 },
		{ "vpce-00000000000000001", 1 }, { "vpce-ABCDEF01", 0xabcdef01 },
	};
	bool ok = true;
	size_t i;
	u64 id;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		id = ~cases[i].id;
		if (nfg_vpce_parse(cases[i].text, &id) || id != cases[i].id)
			ok = tap_note("%s", cases[i].text);
	}
	tap(ok, "endpoint ids are read in any case and as plain hex");
}

static void test_refused(void)
{
	static const char *const cases[] = {
		"", "vpce-", "vpce-0", "vpce", "vpc-074a11ad96ec49886", "0x", "0x0x1",
		"vpce-174a11ad96ec49886", "vpce-74a11ad96ec49886", "vpce-074a11ad96ec4988",
		"vpce-074a11ad96ec498866", "vpce-1234567", "vpce-123456789", "vpce-1234567g",
		"12345678901234567", "0x12345678901234567", "g", "-1", "+1", " 1", "1 ", "1\n",
		"vpce-0x4a11ad96ec49886", "vpce-\xff", "\xff\xfe", "vpce-vpce-12345678",
	};
	const u64 untouched = 0x5a5a5a5a5a5a5a5a;
	bool ok = true;
	size_t i;
	u64 id;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		id = untouched;
		if (!nfg_vpce_parse(cases[i], &id) || id != untouched)
			ok = tap_note("\"%s\" is accepted", cases[i]);
	}
	tap(ok, "anything else is refused and changes nothing");
}

/* Names are ABI; this list is written by hand for that reason. */
static void test_reasons(void)
{
	static const struct {
		const char *name;
		bool returnable;
	} cases[] = {
		{ "outer_header", false }, { "outer_fragment", false }, { "outer_source", false },
		{ "origin", true }, { "ttl_expired", false }, { "udp_length", false },
		{ "udp_checksum", true }, { "geneve_truncated", false },
		{ "geneve_version", true }, { "geneve_control", true },
		{ "geneve_options", true }, { "geneve_critical", true },
		{ "geneve_protocol", true }, { "profile_missing", true },
		{ "profile_duplicate", true }, { "profile_length", true },
		{ "inner_truncated", true }, { "inner_version", true }, { "inner_header", true },
		{ "inner_checksum", true }, { "inner_extension", true }, { "inner_l4", true },
		{ "inner_fragment", true }, { "no_memory", false }, { "xmit", false },
		{ "gso", false },
	};
	bool ok = true, texts = true;
	size_t i;
	int r, found;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		for (r = 1, found = 0; r < NFG_REASON_MAX; r++)
			if (!strcmp(nfg_reason_name(r), cases[i].name))
				found += nfg_reason_returnable(r) == cases[i].returnable;
		if (found != 1)
			ok = tap_note("%s", cases[i].name);
	}
	for (r = 0; r < NFG_REASON_MAX; r++)
		if (!nfg_reason_text(r) || !*nfg_reason_text(r))
			texts = tap_note("reason %d has no text", r);
	tap(ok, "drop reasons keep their names; those of mode monitor come back");
	tap(texts, "every reason has a text");
}

int main(void)
{
	test_format();
	test_accepted();
	test_refused();
	test_reasons();
	return tap_done();
}
