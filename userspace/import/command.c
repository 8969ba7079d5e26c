// SPDX-License-Identifier: GPL-2.0 OR MIT
/* import geneve-proxy FILE [-o FILE] */
#include <stdlib.h>
#include <string.h>

#include "proxy.h"
#include "save.h"

/* Standard output is finished by main(). */
static int write_out(const char *path, const char *text, size_t len)
{
	struct why why;

	if (!path)
		fwrite(text, 1, len, stdout);
	else if (!save_text(&why, path, text, len))
		return fail(STATUS_KERNEL, "import: %s", why.text);
	return 0;
}

/* Such a file opens what its author may have meant to close. */
static void warn_missing(const struct proxy_config *config, const char *name)
{
	enum proxy_direction direction;

	for (direction = 0; direction < PROXY_DIRECTIONS; direction++)
		if (config->sections[direction].missing)
			fail(0, "import: warning: '%.200s' has no section %s, without which the proxy would not start: nothing %s is dropped",
			     name, proxy_sections[direction], proxy_sections[direction]);
}

static int convert(struct arena *arena, const char *from, const char *to)
{
	struct proxy_config config;
	struct complaint bad = { 0 };
	struct source *src;
	char *text = NULL;
	size_t len;
	FILE *mem;
	int err;

	src = source_read(arena, from, &bad.why);
	if (!src)
		return fail(STATUS_USAGE, "import: %s", bad.why.text);
	if (!proxy_read(arena, src, &config, &bad)) {
		complaint_print(stderr, &bad);
		return STATUS_USAGE;
	}
	mem = open_memstream(&text, &len);
	if (!mem)
		return fail(STATUS_KERNEL, "import: no memory");
	proxy_write(mem, &config, src->name);
	err = fclose(mem) ? fail(STATUS_KERNEL, "import: no memory") :
			    write_out(to, text, len);
	free(text);
	if (!err)
		warn_missing(&config, src->name);
	return err;
}

int import_geneve_proxy(int argc, char **argv)
{
	const char *from = NULL, *to = NULL;
	struct arena arena = { 0 };
	bool files = false;
	int i, err;

	for (i = 0; i < argc; i++) {
		if (!files && !strcmp(argv[i], "--"))
			files = true;
		else if (!files && !strcmp(argv[i], "-o") && i + 1 < argc && !to)
			to = argv[++i];
		else if (!files && !strcmp(argv[i], "-o"))
			return fail(STATUS_USAGE, "import geneve-proxy: -o: expected one file to write");
		else if (from)
			return fail(STATUS_USAGE, "import geneve-proxy: unexpected word '%.64s': expected one file",
				    argv[i]);
		else
			from = argv[i];
	}
	if (!from)
		return fail(STATUS_USAGE, "import geneve-proxy: a file is missing: expected the proxy's config.yaml");
	err = convert(&arena, from, to);
	arena_free(&arena);
	return err;
}
