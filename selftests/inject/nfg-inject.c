// SPDX-License-Identifier: GPL-2.0
/*
 * Sends packets to an appliance that runs nf_geneve and compares what becomes
 * of them with what must: counters, every byte of the answer, the local stack.
 * Runs in the network namespace that plays the GWLB.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "inject.h"

#define USAGE \
	"usage: nfg-inject [OPTION...] vectors|truncate|fragments FILE [PREFIX]\n" \
	"  -d  our device (va)              -a  the appliance's namespace (app)\n" \
	"  -m  it is in mode monitor        -r  it answers by route\n" \
	"  -t  it trusts UDP checksums      -D  it puts fragments together before the hook\n" \
	"  -f  packets come from nfg_forge:\n" \
	"      dev=NAME,linear=N,split=N,sum=none|unnecessary|complete|wrong|partial,list,clone,stale\n"

struct options options = {
	.dev = "va",
	.appliance = "app",
	.forge = { .dev = "vb", .linear = FRAME_MAX },
};

static void layout(char *text)
{
	enum { DEV, LINEAR, SPLIT, SUM, LIST, CLONE, STALE };
	static char *const words[] = { "dev", "linear", "split", "sum", "list", "clone", "stale",
				       NULL };
	static const char *const sums[] = {
		[NFG_FORGE_NONE] = "none",
		[NFG_FORGE_UNNECESSARY] = "unnecessary",
		[NFG_FORGE_COMPLETE] = "complete",
		[NFG_FORGE_COMPLETE_WRONG] = "wrong",
		[NFG_FORGE_PARTIAL] = "partial",
	};
	struct nfg_forge *f = &options.forge;
	char *value;

	options.forging = true;
	while (*text) {
		int word = getsubopt(&text, words, &value);

		if (word < 0 || (word <= SUM && !value))
			errx(2, "bad layout\n" USAGE);
		switch (word) {
		case DEV:
			snprintf(f->dev, sizeof(f->dev), "%s", value);
			break;
		case LINEAR:
			f->linear = atoi(value);
			break;
		case SPLIT:
			f->split = atoi(value);
			break;
		case SUM:
			for (f->sum = 0; strcmp(sums[f->sum], value); f->sum++)
				if (f->sum == NFG_FORGE_PARTIAL)
					errx(2, "%s: no such sum", value);
			break;
		case LIST:
			f->flags |= NFG_FORGE_FRAG_LIST;
			break;
		case CLONE:
			f->flags |= NFG_FORGE_CLONE;
			break;
		case STALE:
			f->flags |= NFG_FORGE_STALE;
			break;
		}
	}
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(const struct vectors *list, const char *prefix);
	} *mode, modes[] = {
		{ "vectors", mode_vectors },
		{ "truncate", mode_truncate },
		{ "fragments", mode_fragments },
		{ NULL, NULL },
	};
	struct vectors list;
	const char *prefix;
	int c, failed;

	setlinebuf(stdout);
	while ((c = getopt(argc, argv, "d:a:mrtDf:")) != -1) {
		switch (c) {
		case 'd':
			options.dev = optarg;
			break;
		case 'a':
			options.appliance = optarg;
			break;
		case 'm':
			options.monitor = true;
			break;
		case 'r':
			options.route = true;
			break;
		case 't':
			options.trust = true;
			break;
		case 'D':
			options.defrag = true;
			break;
		case 'f':
			layout(optarg);
			break;
		default:
			fputs(USAGE, stderr);
			return 2;
		}
	}
	if (argc - optind < 2) {
		fputs(USAGE, stderr);
		return 2;
	}
	prefix = argc - optind > 2 ? argv[optind + 2] : "";
	list = vectors_read(argv[optind + 1]);
	wire_open(&options);
	for (mode = modes; mode->name && strcmp(mode->name, argv[optind]); mode++)
		;
	if (!mode->name)
		errx(2, USAGE);
	failed = mode->run(&list, prefix);
	if (!judge_sentinel(&list))
		failed = 1;
	vectors_free(&list);
	return failed;
}
