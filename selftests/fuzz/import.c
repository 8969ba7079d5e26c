// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * The command import geneve-proxy: what it takes becomes a ruleset that is good,
 * what it does not take gets one sentence. The files are in memory.
 */
#include "capture.h"
#include "fuzz.h"
#include "import/proxy.h"
#include "language.h"

static void check_written(int fd)
{
	size_t len;
	char *text = memory_read(fd, &len), *bad;
	struct ruleset rs;

	bad = understand(&rs, "written", text, len, NULL);
	if (bad)
		fputs(bad, stderr);
	must(!bad && is_fixed(&rs));
	ruleset_free(&rs);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct memory from, to;
	char option[] = "-o";
	char *argv[3] = { from.path, option, to.path };
	struct capture capture;
	int status;

	memory_write(&from, data, size);
	memory_write(&to, "", 0);
	capture_begin(&capture);
	status = import_geneve_proxy(3, argv);
	capture_end(&capture);
	must(!*capture.out && (status == 0 || status == STATUS_USAGE));
	if (status)
		must(is_sentence(capture.err) || is_line(capture.err));
	else
		must(!*capture.err);
	if (!status)
		check_written(to.fd);
	capture_free(&capture);
	return 0;
}
