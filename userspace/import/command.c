// SPDX-License-Identifier: GPL-2.0 OR MIT
/* import geneve-proxy FILE [-o FILE] */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "proxy.h"

/* Writes the ruleset, all of it or, if it does not fit, a sentence. */
static int write_file(const char *path, const char *text, size_t len)
{
	FILE *to = path ? fopen(path, "w") : stdout;
	bool good;

	if (!to)
		return fail(STATUS_KERNEL, "import: cannot write '%.200s': %s", path,
			    strerror(errno));
	good = fwrite(text, 1, len, to) == len;
	/* standard output is finished by main() */
	if (path)
		good = !fclose(to) && good;
	if (!good && path)
		return fail(STATUS_KERNEL, "import: cannot write '%.200s': %s", path,
			    strerror(errno));
	return 0;
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
			    write_file(to, text, len);
	free(text);
	return err;
}

int import_geneve_proxy(int argc, char **argv)
{
	const char *from = NULL, *to = NULL;
	struct arena arena = { 0 };
	int i, err;

	for (i = 0; i < argc; i++) {
		if (!strcmp(argv[i], "-o") && i + 1 < argc && !to)
			to = argv[++i];
		else if (!strcmp(argv[i], "-o"))
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
