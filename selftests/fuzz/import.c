// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * The command import geneve-proxy: what it takes becomes a ruleset that is good,
 * what it does not take gets one sentence. The files are in memory.
 */
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
		must(!*capture.err);
		check_written(&capture);
	}
	capture_free(&capture);
	return 0;
}
