// SPDX-License-Identifier: GPL-2.0 OR MIT
/* The policy language: grammar, checks, printer, requests; KTAP. */
#include "language.h"
#include "tap.h"

int main(int argc, char **argv)
{
	const char *dir = argc > 1 ? argv[1] : "tests/rulesets";

	test_errors();
	test_printer();
	test_compiler();
	test_files(dir);
	test_mutants(dir);
	return done();
}
