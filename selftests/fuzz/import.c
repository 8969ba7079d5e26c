// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * The command import geneve-proxy: what it takes becomes a ruleset that is good,
 * what it does not take gets one sentence. The files are in memory.
 */
#include <string.h>

#include "capture.h"
#include "fuzz.h"
#include "import/proxy.h"
#include "language.h"

static void check_written(const struct capture *capture)
{
	struct ruleset rs;
	char *bad = understand(&rs, "written", capture->out, capture->out_len, NULL);

	if (bad)
		fputs(bad, stderr);
	must(!bad && is_fixed(&rs));
	ruleset_free(&rs);
}

/* How many lines begin so; all of them if it is "". */
static size_t count_lines(const char *text, const char *begin)
{
	size_t n = 0;

	for (; *text; text = strchr(text, '\n') + 1) {
		n += !strncmp(text, begin, strlen(begin));
		must(strchr(text, '\n'));
	}
	return n;
}

/* A section that is missing is told in the ruleset and warned of, and nothing else is said. */
static void check_warnings(const struct capture *capture)
{
	size_t n = count_lines(capture->err, "genevectl: import: warning: ");

	must(n == count_lines(capture->out, "    # Not in the file"));
	must(n == count_lines(capture->err, ""));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct memory from;
	char *argv[1] = { from.path };
	struct capture capture;
	int status;

	memory_write(&from, data, size);
	capture_begin(&capture);
	status = import_geneve_proxy(1, argv);
	capture_end(&capture);
	must(status == 0 || status == STATUS_USAGE);
	if (status) {
		must(!*capture.out);
		must(is_sentence(capture.err) || is_line(capture.err));
	} else {
		check_warnings(&capture);
		check_written(&capture);
	}
	capture_free(&capture);
	return 0;
}
