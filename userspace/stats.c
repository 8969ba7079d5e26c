// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <stdio.h>
#include <string.h>

#include "reason.h"
#include "stats.h"

const struct stats_total stats_totals[TOTALS] = {
	[TOTAL_RX] = { "rx", "IPv4 packets seen: sent back, dropped or passed",
		       NFG_A_STATS_RX_PACKETS, NFG_A_STATS_RX_BYTES },
	[TOTAL_TX] = { "tx", "sent back",
		       NFG_A_STATS_TX_PACKETS, NFG_A_STATS_TX_BYTES },
	[TOTAL_DROP] = { "drop", "dropped",
			 NFG_A_STATS_DROP_PACKETS, NFG_A_STATS_DROP_BYTES },
	[TOTAL_PASSED] = { "passed", "not for us, left untouched",
			   NFG_A_STATS_PASSED_PACKETS, NFG_A_STATS_PASSED_BYTES },
	[TOTAL_MONITOR] = { "monitor", "sent back, mode enforce would have dropped them",
			    NFG_A_STATS_MONITOR_PACKETS, NFG_A_STATS_MONITOR_BYTES },
};

static const struct {
	const char *name;
	uint16_t attr;
} numbers[NUMBERS] = {
	[NUMBER_ENDPOINTS] = { "endpoints", NFG_A_STATS_ENDPOINTS },
	[NUMBER_ENDPOINTS_UNLISTED] = { "endpoints_unlisted", NFG_A_STATS_ENDPOINTS_UNLISTED },
	[NUMBER_FLOWS] = { "flows", NFG_A_STATS_FLOWS },
	[NUMBER_FLOWS_CREATED] = { "flows_created", NFG_A_STATS_FLOWS_CREATED },
	[NUMBER_FLOWS_EXPIRED] = { "flows_expired", NFG_A_STATS_FLOWS_EXPIRED },
	[NUMBER_FLOWS_EVICTED] = { "flows_evicted", NFG_A_STATS_FLOWS_EVICTED },
	[NUMBER_FLOWS_FLUSHED] = { "flows_flushed", NFG_A_STATS_FLOWS_FLUSHED },
	[NUMBER_ANSWERS] = { "answers", NFG_A_STATS_ANSWERS },
	[NUMBER_ANSWERS_SUPPRESSED] = { "answers_suppressed", NFG_A_STATS_ANSWERS_SUPPRESSED },
	[NUMBER_EVENTS] = { "events", NFG_A_STATS_EVENTS },
	[NUMBER_EVENTS_SUPPRESSED] = { "events_suppressed", NFG_A_STATS_EVENTS_SUPPRESSED },
};

const char *stats_reason_text(const char *reason)
{
	unsigned int i;

	for (i = NFG_REASON_NONE + 1; i < NFG_REASON_MAX; i++)
		if (!strcmp(nfg_reason_name(i), reason))
			return nfg_reason_text(i);
	return "";
}

static void read_drop(const struct nlattr *item, struct stats *stats)
{
	struct drop *drop = &stats->drops[stats->n_drops];
	const struct nlattr *attr;

	if (stats->n_drops == STATS_DROPS_MAX)
		return;
	stats->n_drops++;
	mnl_attr_for_each_nested(attr, item) {
		switch (mnl_attr_get_type(attr)) {
		case NFG_A_DROP_REASON:
			nl_text(drop->reason, sizeof(drop->reason), attr);
			break;
		case NFG_A_DROP_PACKETS:
			drop->count.packets = nl_uint(attr);
			break;
		case NFG_A_DROP_BYTES:
			drop->count.bytes = nl_uint(attr);
			break;
		}
	}
}

static void read_count(const struct nlattr *attr, struct stats *stats)
{
	uint16_t type = mnl_attr_get_type(attr);
	unsigned int i;

	for (i = 0; i < TOTALS; i++) {
		if (type == stats_totals[i].packets)
			stats->total[i].packets = nl_uint(attr);
		else if (type == stats_totals[i].bytes)
			stats->total[i].bytes = nl_uint(attr);
	}
	for (i = 0; i < NUMBERS; i++)
		if (type == numbers[i].attr)
			stats->number[i] = nl_uint(attr);
}

static void stats_read(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr, *item;
	struct stats *stats = data;

	memset(stats, 0, sizeof(*stats));
	nl_for_each(attr, nlh) {
		switch (mnl_attr_get_type(attr)) {
		case NFG_A_STATS_DROPS:
			mnl_attr_for_each_nested(item, attr)
				read_drop(item, stats);
			break;
		default:
			read_count(attr, stats);
		}
	}
}

int stats_get(struct nl *nl, struct stats *stats)
{
	union nl_request req;

	nl_request(&req, NFG_CMD_STATS_GET, false);
	if (nl_send(nl, &req, stats_read, stats))
		return nl_fail(nl, "stats", NULL, 0);
	return 0;
}

static json_t *count_json(const struct count *count)
{
	return json_pack("{s:I, s:I}", "packets", (json_int_t)count->packets,
			 "bytes", (json_int_t)count->bytes);
}

json_t *stats_json(const struct stats *stats)
{
	json_t *json = json_object(), *drops = json_object();
	char key[32];
	unsigned int i;

	for (i = 0; i < TOTALS; i++) {
		snprintf(key, sizeof(key), "%s_packets", stats_totals[i].name);
		json_object_set_new(json, key, json_integer(stats->total[i].packets));
		snprintf(key, sizeof(key), "%s_bytes", stats_totals[i].name);
		json_object_set_new(json, key, json_integer(stats->total[i].bytes));
	}
	for (i = 0; i < NUMBERS; i++)
		json_object_set_new(json, numbers[i].name, json_integer(stats->number[i]));
	for (i = 0; i < stats->n_drops; i++)
		json_object_set_new(drops, stats->drops[i].reason,
				    count_json(&stats->drops[i].count));
	json_object_set_new(json, "drops", drops);
	return json;
}
