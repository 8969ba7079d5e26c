// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * The policy language. A text is a file, behind "=" a rule and behind "+" elements
 * of a set, as the command line has them. What is good is printed in a form that is
 * read as the same, and comes back from the kernel as what was sent; what is not
 * gets one sentence.
 */
#include "fake_kernel.h"
#include "fuzz.h"
#include "language.h"
#include "ruleset_get.h"
#include "ruleset_put.h"

/* What a rule or an element may refer to. */
static const char around[] =
	"set addrs { type addr }\nset ports { type port }\nset protos { type proto }\n"
	"set ids { type endpoint }\npolicy p { default drop }\n";

/* Two files: one of elements, one with something of each kind. */
static struct source *fake_file(struct arena *arena, const char *path, struct why *why)
{
	static const char elements[] = "192.0.2.77\n2001:db8::77 timeout 5m # comment\n";
	static const char file[] =
		"set a { type port; elements { 1-5 } }\npolicy q { rule x drop }\n";
	const char *text = strstr(path, "nfg") ? file : elements;
	struct source *src;

	if (strchr(path, '?')) {
		refuse(why, "cannot read '%.64s'", path);
		return NULL;
	}
	src = source_of(arena, path, text, strlen(text));
	src->ino = strlen(path);
	return src;
}

/* The number of lines and the sum of their hashes: the kernel sorts endpoints. */
static uint64_t sum_of_lines(const char *text)
{
	uint64_t sum = 0, hash = 5381;

	for (; *text; text++) {
		hash = hash * 33 + (unsigned char)*text;
		if (*text == '\n') {
			sum += hash * hash | 1;
			hash = 5381;
		}
	}
	return sum;
}

static void check_kernel(struct ruleset *rs)
{
	struct put put = { 0 };
	struct ruleset back;
	uint32_t generation = 0;
	char *text, *again;
	struct nl nl;

	rs->settings = NULL;
	text = printed(rs);
	nl_batch_init(&put.batch, &nl);
	must(!put_ruleset(&put, rs));
	free(put.items);
	must(!ruleset_get(&nl, "test", GET_ALL, &back, &generation));
	again = printed(&back);
	must(sum_of_lines(text) == sum_of_lines(again));
	ruleset_free(&back);
	fake_reset();
	free(again);
	free(text);
}

static void check_complaint(const struct complaint *bad)
{
	char *text = NULL;
	size_t size;
	FILE *to = open_memstream(&text, &size);

	complaint_print(to, bad);
	fclose(to);
	must(is_sentence(text));
	free(text);
}

static void check_file(const char *text, size_t len)
{
	struct ruleset rs;
	char *bad = understand(&rs, "t", text, len, fake_file);

	must(!bad || is_sentence(bad));
	if (!bad) {
		must(is_fixed(&rs));
		check_kernel(&rs);
	}
	free(bad);
	ruleset_free(&rs);
}

static bool outside_endpoint(void *data, const char *name, uint64_t *id)
{
	(void)data;
	*id = strlen(name);
	return *id > 2;
}

static const struct outside outside = { .endpoint = outside_endpoint };

/* A rule as it is printed, which the caller frees; NULL after a complaint. */
static char *rule_again(const char *text, size_t len, struct complaint *bad, struct ruleset *rs)
{
	char *out = NULL;
	struct rule *rule;
	size_t size;
	FILE *to;

	must(!understand(rs, "around", around, strlen(around), NULL));
	rule = parse_rule_text(rs, rs->policies, source_of(&rs->arena, "t", text, len), bad);
	if (!rule || !check_rule(rs, rule, &outside, bad))
		return NULL;
	to = open_memstream(&out, &size);
	print_rule_name(to, rule->name);
	print_rule_body(to, rule);
	fclose(to);
	return out;
}

static void check_rule_text(const char *text, size_t len)
{
	struct complaint bad = { 0 };
	struct ruleset rs, rs_again;
	char *once = rule_again(text, len, &bad, &rs), *twice;

	if (!once) {
		check_complaint(&bad);
		ruleset_free(&rs);
		return;
	}
	twice = rule_again(once, strlen(once), &bad, &rs_again);
	must(twice && !strcmp(once, twice));
	ruleset_free(&rs_again);
	ruleset_free(&rs);
	free(twice);
	free(once);
}

/* @skip: sets of another type before the one that gets them */
static void check_elements_text(const char *text, size_t len, unsigned int skip)
{
	struct complaint bad = { 0 };
	struct ruleset rs;
	struct set *set;

	must(!understand(&rs, "around", around, strlen(around), NULL));
	for (set = rs.sets; skip; skip--)
		set = set->next;
	if (parse_elements_text(&rs, set, source_of(&rs.arena, "t", text, len), true, &bad) &&
	    check_set(&rs, set, &outside, &bad))
		must(is_fixed(&rs));
	else
		check_complaint(&bad);
	ruleset_free(&rs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char kind = size ? *data : 0, *text;
	unsigned int i;
	size_t skip = kind == '=' || kind == '+';

	size -= skip;
	text = exact(data + skip, size);
	if (kind == '=')
		check_rule_text(text, size);
	else if (kind != '+')
		check_file(text, size);
	for (i = 0; kind == '+' && i < 4; i++)
		check_elements_text(text, size, i);
	free(text);
	return 0;
}
