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

/* Sections that are missing are warned of, a line for each. */
static bool has_warnings_only(const char *text)
{
	static const char begin[] = "genevectl: import: warning: ";

	while (!strncmp(text, begin, sizeof(begin) - 1) && strchr(text, '\n'))
		text = strchr(text, '\n') + 1;
	return !*text;
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
		must(has_warnings_only(capture.err));
		check_written(&capture);
	}
	capture_free(&capture);
	return 0;
}
