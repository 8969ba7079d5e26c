// SPDX-License-Identifier: GPL-2.0 OR MIT
/* Sample files: read, printed, sent to a kernel that is none, and asked back. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fake_kernel.h"
#include "language.h"
#include "ruleset_get.h"
#include "ruleset_put.h"
#include "tap.h"

static char *read_file(const char *path, struct ruleset *rs)
{
	struct arena arena = { 0 };
	struct source *src;
	struct why why;
	char *bad;

	src = source_read(&arena, path, &why);
	if (!src) {
		ruleset_init(rs);
		return strdup(why.text);
	}
	/* Errors are not looked at here: places may go with the text. */
	bad = understand(rs, path, src->text, src->len, source_read);
	arena_free(&arena);
	return bad;
}

static char *print_again(const char *text)
{
	struct ruleset rs;
	char *bad = understand(&rs, "printed", text, strlen(text), NULL);
	char *got = bad ? bad : printed(&rs);

	ruleset_free(&rs);
	return got;
}

static char *through_kernel(const struct ruleset *rs)
{
	struct put put = { 0 };
	struct ruleset back;
	uint32_t generation = 0;
	char *got = NULL;
	struct nl nl;

	nl_batch_init(&put.batch, &nl);
	put_ruleset(&put, rs);
	free(put.items);
	if (!ruleset_get(&nl, "test", GET_ALL, &back, &generation)) {
		got = printed(&back);
		ruleset_free(&back);
	}
	fake_reset();
	return got;
}

/* Bindings come back in the order of their ids, settings in another request. */
static bool same_but_order(char *a, char *b)
{
	char *sorted[2] = { a, b }, *line, *save;
	unsigned long sum[2] = { 0 };
	size_t n[2] = { 0 };
	int i;

	for (i = 0; i < 2; i++) {
		for (line = strtok_r(sorted[i], "\n", &save); line;
		     line = strtok_r(NULL, "\n", &save)) {
			unsigned long hash = 5381;

			for (; *line; line++)
				hash = hash * 33 + (unsigned char)*line;
			sum[i] += hash;
			n[i]++;
		}
	}
	return n[0] == n[1] && sum[0] == sum[1];
}

static void test_file(const char *dir, const char *name)
{
	char path[512], *bad, *text, *again, *back;
	struct ruleset rs;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	bad = read_file(path, &rs);
	same("good file", name, "", bad ? bad : "");
	if (bad) {
		free(bad);
		ruleset_free(&rs);
		return;
	}
	text = printed(&rs);
	again = print_again(text);
	same("printed and read again", name, text, again);
	rs.settings = NULL;
	free(text);
	text = printed(&rs);
	back = through_kernel(&rs);
	ok(back && same_but_order(text, back), "sent and asked back", name);
	free(back);
	free(again);
	free(text);
	ruleset_free(&rs);
}

/* Files that tests make. */
static char temp[32];

static void make_file(const char *name, const char *text)
{
	char path[512];
	FILE *to;

	snprintf(path, sizeof(path), "%s/%s", temp, name);
	to = fopen(path, "w");
	if (!to)
		abort();
	fputs(text, to);
	fclose(to);
}

static void remove_file(const char *name)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", temp, name);
	remove(path);
}

/* What is wrong with a file, as it is printed; empty for nothing. */
static char *complaint_about(const char *path)
{
	struct complaint bad = { 0 };
	struct ruleset rs;
	char *text = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&text, &size);
	struct source *src;

	ruleset_init(&rs);
	src = source_read(&rs.arena, path, &bad.why);
	if (!src || !parse_ruleset(&rs, src, source_read, &bad) || !check_ruleset(&rs, &bad))
		complaint_print(to, &bad);
	fclose(to);
	ruleset_free(&rs);
	return text;
}

/* @file, in @temp, is refused with a first line that ends so. */
static void test_refused(const char *file, const char *ending)
{
	char path[512], *bad;
	size_t len;

	snprintf(path, sizeof(path), "%s/%s", temp, file);
	bad = complaint_about(path);
	len = strchrnul(bad, '\n') - bad;
	bad[len] = '\0';
	same("refused", file, ending, len < strlen(ending) ? bad : bad + len - strlen(ending));
	free(bad);
}

static void test_includes(void)
{
	int i;

	strcpy(temp, "/tmp/genevectl-test-XXXXXX");
	if (!mkdtemp(temp))
		abort();
	make_file("self", "include \"self\"\n");
	test_refused("self", "/self:1:9: 'self' includes itself: expected another file");
	make_file("a", "# a\ninclude \"./b\"\n");
	make_file("b", "policy b {}; include \"c\"\n");
	make_file("c", "set c { type addr; elements file \"a\" }\n");
	test_refused("a", "/c:1:34: 'a' includes itself: expected another file");
	make_file("c", "policy b {}\n");
	test_refused("a", "/./b: expected another name");
	make_file("c", "set c { type port; elements file \"list\" }\n");
	make_file("list", "1\n2 3\n");
	test_refused("a", "/list:2:3: unexpected '3': expected 'timeout' or the end of the line");
	make_file("list", "1\n\n80\n1-5\n");
	test_refused("a", "/list:4:1: '1-5' overlaps '1' in line 1: expected elements apart from each other");
	make_file("list", "1\n70000 # too much\n");
	test_refused("a", "/list:2:1: '70000' is no port: expected a number from 0 to 65535 or a range like 8000-8099");
	make_file("c", "include \".\"\n");
	test_refused("a", "Is a directory: expected a file that can be read");
	for (i = 0; i < 20; i++) {
		char name[8], text[32];

		snprintf(name, sizeof(name), "d%d", i);
		snprintf(text, sizeof(text), "include \"d%d\"\n", i + 1);
		make_file(name, text);
	}
	test_refused("d0", "/d16:1:1: too many files include each other: expected at most 16");
	for (i = 0; i < 20; i++) {
		char name[8];

		snprintf(name, sizeof(name), "d%d", i);
		remove_file(name);
	}
	remove_file("self");
	remove_file("a");
	remove_file("b");
	remove_file("c");
	remove_file("list");
	rmdir(temp);
}

void test_files(const char *dir)
{
	test_file(dir, "design.nfg");
	test_file(dir, "all.nfg");
	test_file(dir, "include.nfg");
	test_includes();
}
