// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "config.h"
#include "netns.h"
#include "out.h"
#include "show.h"
#include "stats.h"
#include "summary.h"
#include "text.h"

#define TOP_REASONS	3

struct state {
	char netns[NAME_MAX + 1];
	struct config cfg;
	struct stats stats;	/* drops: most frequent first */
	struct summary ruleset;
};

static int by_packets(const void *a, const void *b)
{
	uint64_t pa = ((const struct drop *)a)->count.packets;
	uint64_t pb = ((const struct drop *)b)->count.packets;

	return (pa < pb) - (pa > pb);
}

static int get_state(struct state *state)
{
	struct nl nl;
	int err;

	err = nl_open(&nl);
	if (err)
		return err;
	netns_name(state->netns, sizeof(state->netns));
	err = config_get(&nl, &state->cfg);
	if (!err)
		err = stats_get(&nl, &state->stats);
	if (!err)
		err = summary_get(&nl, &state->ruleset);
	nl_close(&nl);
	qsort(state->stats.drops, state->stats.n_drops, sizeof(struct drop), by_packets);
	return err;
}

static void hint(json_t *hints, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void hint(json_t *hints, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	json_array_append_new(hints, json_vsprintf(fmt, args));
	va_end(args);
}

/* Nothing comes back: sentences about why. */
static void hint_about_silence(json_t *hints, const struct state *state)
{
	const struct stats *stats = &state->stats;
	uint64_t dropped = stats->total[TOTAL_DROP].packets;

	if (!stats->total[TOTAL_RX].packets)
		hint(hints, "no IPv4 packet came by yet");
	else if (!dropped)
		hint(hints, "packets come by, but none is GENEVE for UDP port %u of a local address: check the port, the target group and the security groups",
		     state->cfg.value[NFG_A_CONFIG_PORT]);
	else if (stats->n_drops && stats->drops[0].count.packets == dropped)
		hint(hints, "all packets for us are dropped for one reason: %s",
		     stats_reason_text(stats->drops[0].reason));
	else
		hint(hints, "all packets for us are dropped");
}

/* Of what there was too much. */
static void hint_about_limits(json_t *hints, const uint64_t *number)
{
	if (number[NUMBER_ENDPOINTS_UNLISTED])
		hint(hints, "%" PRIu64 " packets came from endpoints beyond the first %d, which have counters of their own",
		     number[NUMBER_ENDPOINTS_UNLISTED], NFG_ENDPOINTS_MAX);
	if (number[NUMBER_FLOWS_EVICTED])
		hint(hints, "the flow table was full, %" PRIu64 " flows made room: a larger flow-max may help",
		     number[NUMBER_FLOWS_EVICTED]);
	if (number[NUMBER_ANSWERS_SUPPRESSED])
		hint(hints, "%" PRIu64 " answers of reject rules were more than reject-rate allows",
		     number[NUMBER_ANSWERS_SUPPRESSED]);
	if (number[NUMBER_EVENTS_SUPPRESSED])
		hint(hints, "%" PRIu64 " events of rules with log were more than log-rate allows",
		     number[NUMBER_EVENTS_SUPPRESSED]);
}

static json_t *hints_of(const struct state *state)
{
	const struct config *cfg = &state->cfg;
	const struct stats *stats = &state->stats;
	bool enabled = cfg->value[NFG_A_CONFIG_ENABLED];
	json_t *hints = json_array();

	if (!enabled)
		hint(hints, "disabled in this namespace: 'genevectl config set enabled yes' turns it on");
	else if (!stats->total[TOTAL_TX].packets)
		hint_about_silence(hints, state);
	if (enabled && !cfg->origins.n)
		hint(hints, "origins is none: nobody may send");
	if (enabled && !cfg->local.n && state->ruleset.rules)
		hint(hints, "local is none: every flow counts as inbound");
	if (stats->total[TOTAL_MONITOR].packets)
		hint(hints, "mode enforce would have dropped %" PRIu64 " of the packets sent back",
		     stats->total[TOTAL_MONITOR].packets);
	hint_about_limits(hints, stats->number);
	return hints;
}

static void print_totals(const struct stats *stats)
{
	char bytes[OUT_QUANTITY];
	unsigned int i;

	for (i = 0; i < TOTALS; i++) {
		if (i == TOTAL_MONITOR && !stats->total[i].packets)
			continue;
		printf("  %-9s%14" PRIu64 " packets%12s  %s\n", stats_totals[i].name,
		       stats->total[i].packets,
		       out_quantity(bytes, stats->total[i].bytes, "B"), stats_totals[i].text);
	}
}

static void print_ruleset(const struct summary *ruleset)
{
	printf("ruleset    ");
	if (ruleset->policies)
		summary_print(ruleset);
	else
		printf("none, everything valid is accepted\n");
}

static void print_state(const struct state *state, const json_t *hints)
{
	const struct stats *stats = &state->stats;
	char netns[TEXT_ESCAPED(NAME_MAX)];
	const json_t *line;
	unsigned int i;

	printf("nf_geneve %s in network namespace %s: %s\n", state->cfg.version,
	       text_escape(netns, sizeof(netns), state->netns),
	       state->cfg.value[NFG_A_CONFIG_ENABLED] ? "enabled" : "disabled");
	config_print_brief(&state->cfg, "  ");
	printf("\n\n");
	print_totals(stats);
	for (i = 0; i < stats->n_drops && i < TOP_REASONS && stats->drops[i].count.packets; i++)
		printf("%s  %-18s%14" PRIu64 "  %s\n", i ? "" : "\nmost frequent drop reasons\n",
		       stats->drops[i].reason, stats->drops[i].count.packets,
		       stats_reason_text(stats->drops[i].reason));
	printf("\nendpoints  %" PRIu64 "\n", stats->number[NUMBER_ENDPOINTS]);
	printf("flows      %" PRIu64 " of at most %" PRIu32 "\n", stats->number[NUMBER_FLOWS],
	       state->cfg.value[NFG_A_CONFIG_FLOW_MAX]);
	print_ruleset(&state->ruleset);
	json_array_foreach((json_t *)hints, i, line)
		printf("hint: %s\n", json_string_value(line));
}

static json_t *state_json(const struct state *state, json_t *hints)
{
	return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}",
			 "version", state->cfg.version,
			 "netns", out_json_text(state->netns),
			 "config", config_json(&state->cfg),
			 "stats", stats_json(&state->stats),
			 "ruleset", summary_json(&state->ruleset),
			 "hints", hints);
}

int show(int argc, char **argv)
{
	struct state state = { 0 };
	json_t *hints;
	int err;

	if (argc)
		return fail(STATUS_USAGE, "show: unexpected word '%.64s': expected nothing",
			    argv[0]);
	err = get_state(&state);
	if (err)
		return err;
	hints = hints_of(&state);
	if (options.json) {
		out_json(state_json(&state, hints));
	} else {
		print_state(&state, hints);
		json_decref(hints);
	}
	return 0;
}
