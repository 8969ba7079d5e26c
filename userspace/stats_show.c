// SPDX-License-Identifier: GPL-2.0 OR MIT
/* stats: the counters as a table, once or again and again. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "out.h"
#include "stats.h"
#include "stop.h"
#include "text.h"
#include "value.h"
#include "word.h"

/* What to show. */
struct view {
	bool all;		/* also reasons that did not occur */
	int every_ms;		/* 0: once */
	const struct stats *before;	/* NULL: no rates */
	double seconds;		/* since @before */
};

/* Counters begin again at 0 when the module is loaded again. */
static double rate(uint64_t now, uint64_t before, double seconds)
{
	return (now < before ? now : now - before) / seconds;
}

static void print_head(const struct view *view, const char *what)
{
	printf("%-18s%14s%18s", what, "packets", "bytes");
	if (view->every_ms)
		printf("%14s%16s", "packets/s", "bit/s");
	printf("  meaning\n");
}

static void print_row(const struct view *view, const char *name, const struct count *now,
		      const struct count *before, const char *text)
{
	char bits[OUT_QUANTITY];

	printf("%-18s%14" PRIu64 "%18" PRIu64, name, now->packets, now->bytes);
	if (view->before)
		printf("%14.0f%16s", rate(now->packets, before->packets, view->seconds),
		       out_quantity(bits, 8 * rate(now->bytes, before->bytes, view->seconds), ""));
	else if (view->every_ms)
		printf("%14s%16s", "-", "-");
	printf("  %s\n", text);
}

static void print_numbers(const uint64_t *number)
{
	printf("%" PRIu64 " endpoints", number[NUMBER_ENDPOINTS]);
	if (number[NUMBER_ENDPOINTS_UNLISTED])
		printf(", %" PRIu64 " packets of endpoints beyond the first %d",
		       number[NUMBER_ENDPOINTS_UNLISTED], NFG_ENDPOINTS_MAX);
	printf("\n%" PRIu64 " flows, %" PRIu64 " created, %" PRIu64 " expired, %" PRIu64
	       " evicted, %" PRIu64 " flushed\n", number[NUMBER_FLOWS],
	       number[NUMBER_FLOWS_CREATED], number[NUMBER_FLOWS_EXPIRED],
	       number[NUMBER_FLOWS_EVICTED], number[NUMBER_FLOWS_FLUSHED]);
	printf("%" PRIu64 " answers of reject rules, %" PRIu64 " suppressed\n",
	       number[NUMBER_ANSWERS], number[NUMBER_ANSWERS_SUPPRESSED]);
	printf("%" PRIu64 " events of rules with log, %" PRIu64 " suppressed\n",
	       number[NUMBER_EVENTS], number[NUMBER_EVENTS_SUPPRESSED]);
}

static void print_stats(const struct view *view, const struct stats *now)
{
	const struct stats *before = view->before ? view->before : now;
	bool any = false;
	unsigned int i;

	print_head(view, "counter");
	for (i = 0; i < TOTALS; i++)
		print_row(view, stats_totals[i].name, &now->total[i], &before->total[i],
			  stats_totals[i].text);
	putchar('\n');

	for (i = 0; i < now->n_drops; i++) {
		const struct drop *drop = &now->drops[i];

		if (!view->all && !drop->count.packets)
			continue;
		if (!any)
			print_head(view, "drop reason");
		any = true;
		print_row(view, drop->reason, &drop->count, &before->drops[i].count,
			  stats_reason_text(drop->reason));
	}
	if (any)
		putchar('\n');
	print_numbers(now->number);
}

static int watch(struct nl *nl, struct view *view)
{
	const char *clear = isatty(STDOUT_FILENO) ? "\033[H\033[J" : "";
	struct timespec now, last = { 0 };
	struct stats stats[2];
	unsigned int turn = 0;
	int err;

	stop_init();
	do {
		err = stats_get(nl, &stats[turn]);
		if (err)
			return err;
		clock_gettime(CLOCK_MONOTONIC, &now);
		view->seconds = now.tv_sec - last.tv_sec + (now.tv_nsec - last.tv_nsec) / 1e9;
		last = now;
		if (options.json) {
			out_json_line(stats_json(&stats[turn]));
		} else {
			fputs(clear, stdout);
			print_stats(view, &stats[turn]);
			if (!*clear)
				putchar('\n');
			fflush(stdout);
		}
		view->before = &stats[turn];
		turn = !turn;
	} while (!ferror(stdout) && stop_wait(-1, view->every_ms) != STOP_SIGNAL);
	return 0;
}

static int read_options(struct view *view, int argc, char **argv)
{
	static const char *const words[] = { "--all", "--watch" };
	int i, word;

	view->every_ms = 0;
	for (i = 0; i < argc; i++) {
		if (!strcmp(argv[i], "--"))
			return i + 1 == argc ? 0 :
			       fail(STATUS_USAGE, "stats: unexpected word '%.64s': expected nothing",
				    argv[i + 1]);
		word = word_find("stats", argv[i], words, 2);
		if (word < 0)
			return STATUS_USAGE;
		if (word == 0) {
			view->all = true;
			continue;
		}
		view->every_ms = 1000;
		if (i + 1 < argc && argv[i + 1][0] != '-' &&
		    !value_seconds(argv[++i], &view->every_ms))
			return fail(STATUS_USAGE,
				    "stats: --watch: '%.64s': expected seconds from 0.1 to 86400",
				    argv[i]);
	}
	return 0;
}

int stats_show(int argc, char **argv)
{
	struct view view = { 0 };
	struct stats stats = { 0 };
	struct nl nl;
	int err;

	err = read_options(&view, argc, argv);
	if (err)
		return err;
	err = nl_open(&nl);
	if (err)
		return err;
	if (view.every_ms) {
		err = watch(&nl, &view);
	} else {
		err = stats_get(&nl, &stats);
		if (!err && options.json)
			out_json(stats_json(&stats));
		else if (!err)
			print_stats(&view, &stats);
	}
	nl_close(&nl);
	return err;
}
