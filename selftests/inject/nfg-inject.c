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
	"usage: nfg-inject [-d DEV] [-a NETNS] [-m] [-r] [-t] [-f LAYOUT] vectors|truncate FILE [PREFIX]\n" \
	"  -d  our device (va)              -a  the appliance's namespace (app)\n" \
	"  -m  it is in mode monitor        -r  it answers by route\n" \
	"  -t  it trusts UDP checksums      -f  packets come from nfg_forge:\n" \
	"      dev=NAME,linear=N,split=N,sum=none|unnecessary|complete|wrong|partial,list,clone,stale\n"

static struct options options = {
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

static int reason_by_name(const char *name)
{
	int reason;

	for (reason = 1; reason < NFG_REASON_MAX; reason++)
		if (!strcmp(nfg_reason_name(reason), name))
			return reason;
	errx(2, "%s: no such reason", name);
}

static struct expectation expect(const struct vector *v)
{
	struct expectation want = { .fate = FATE_BOUNCE };

	if (v->verdict == VERDICT_PASS)
		want.fate = FATE_PASS;
	if (v->verdict != VERDICT_DROP)
		return want;
	want.reason = reason_by_name(v->reason);
	if (options.trust && want.reason == NFG_REASON_UDP_CHECKSUM)
		return (struct expectation){ .fate = FATE_BOUNCE };
	want.fate = options.monitor && nfg_reason_returnable(want.reason) ? FATE_BACK : FATE_DROP;
	return want;
}

/* The network stack finishes such a checksum: it must be one, and right. */
static bool can_be_forged(const struct vector *v)
{
	return !options.forging || options.forge.sum != NFG_FORGE_PARTIAL ||
	       (v->verdict == VERDICT_BOUNCE && (v->data[26] || v->data[27]));
}

static int vectors(const struct vectors *list, const char *prefix)
{
	int good = 0, bad = 0;
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct vector *v = &list->v[i];

		if (strncmp(v->name, prefix, strlen(prefix)) || !can_be_forged(v))
			continue;
		if (judge(v->name, v->data, v->len, expect(v)))
			good++;
		else
			bad++;
	}
	printf("# %d of %d packets as expected\n", good, good + bad);
	return bad || !good;
}

/* With all lengths and sums made right for @n bytes: only the inside is short. */
static bool cut_inside(const struct vector *v, size_t n, uint8_t *ip)
{
	struct expectation want = { .fate = FATE_DROP };
	char name[128];

	memcpy(ip, v->data, v->len);
	fix_lengths(ip, n);
	snprintf(name, sizeof(name), "%s cut to %zu", v->name, n);
	if (n < 28)		/* no port that could be ours */
		want.fate = FATE_PASS;
	else if (n >= inner_end(v->data))
		want.fate = FATE_BOUNCE;
	if (options.monitor && want.fate == FATE_DROP && n >= 36)
		want.fate = FATE_BACK;
	return judge(name, ip, n, want);
}

/* As if the wire had ended: no IPv4 host takes such a packet, we must not either. */
static bool cut_outside(const struct vector *v, const struct vectors *list)
{
	struct snapshot before, after;
	bool ok = true;
	size_t n;

	counters_read(&before);
	for (n = 0; n < v->len; n++)
		ok = wire_send(v->data, n) && ok;
	ok = judge_sentinel(list) && ok;
	counters_read(&after);
	if (after.counter[RX] != before.counter[RX] + 1) {
		printf("# %s: a cut packet was taken for one\n", v->name);
		ok = false;
	}
	return ok;
}

static int truncate_all(const struct vectors *list, const char *prefix)
{
	static uint8_t ip[FRAME_MAX];
	int good = 0, bad = 0;
	size_t i, n;

	for (i = 0; i < list->count; i++) {
		const struct vector *v = &list->v[i];

		if (strncmp(v->name, prefix, strlen(prefix)) || v->verdict != VERDICT_BOUNCE ||
		    v->len > 400 || v->data[0] != 0x45)
			continue;
		for (n = 20; n < v->len; n++) {
			if (cut_inside(v, n, ip))
				good++;
			else
				bad++;
		}
		bad += !cut_outside(v, list);
	}
	printf("# %d of %d cut packets as expected\n", good, good + bad);
	return bad || !good;
}

int main(int argc, char **argv)
{
	struct vectors list;
	const char *prefix;
	int c, failed;

	setlinebuf(stdout);
	while ((c = getopt(argc, argv, "d:a:mrtf:")) != -1) {
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
	if (!strcmp(argv[optind], "vectors"))
		failed = vectors(&list, prefix);
	else if (!strcmp(argv[optind], "truncate"))
		failed = truncate_all(&list, prefix);
	else
		errx(2, USAGE);
	if (!judge_sentinel(&list))
		failed = 1;
	vectors_free(&list);
	return failed;
}
