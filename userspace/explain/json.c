// SPDX-License-Identifier: GPL-2.0 OR MIT
/* explain for programs. */
#include <arpa/inet.h>
#include <stdio.h>

#include "explain.h"
#include "label.h"
#include "out.h"
#include "vpce.h"

static json_t *ipv4_json(const uint8_t *addr)
{
	char text[INET_ADDRSTRLEN];

	return json_string(inet_ntop(AF_INET, addr, text, sizeof(text)));
}

static json_t *outer_json(const struct outer *outer)
{
	json_t *json;

	if (!outer->has_ip)
		return json_null();
	json = json_pack("{s:o, s:o, s:i, s:i, s:i, s:i}",
			 "saddr", ipv4_json(outer->saddr),
			 "daddr", ipv4_json(outer->daddr),
			 "proto", outer->proto, "ttl", outer->ttl,
			 "id", outer->id, "length", outer->length);
	if (outer->has_udp) {
		json_object_set_new(json, "sport", json_integer(outer->sport));
		json_object_set_new(json, "dport", json_integer(outer->dport));
	}
	return json;
}

static json_t *option_json(const struct geneve_option *option)
{
	char hex[2 * 124 + 1] = "", text[OPTION_TEXT];
	unsigned int i;

	for (i = 0; i < option->len; i++)
		snprintf(hex + 2 * i, 3, "%02x", option->data[i]);
	option_text(text, option);
	return json_pack("{s:i, s:i, s:b, s:s, s:o}",
			 "class", option->class, "type", option->type,
			 "critical", option->critical, "data", hex,
			 "meaning", *text ? json_string(text) : json_null());
}

static json_t *geneve_json(const struct geneve *geneve)
{
	json_t *options = json_array();
	unsigned int i;

	if (!geneve->present) {
		json_decref(options);
		return json_null();
	}
	for (i = 0; i < geneve->n; i++)
		json_array_append_new(options, option_json(&geneve->options[i]));
	return json_pack("{s:i, s:b, s:b, s:i, s:i, s:i, s:o}",
			 "version", geneve->version,
			 "control", geneve->control, "critical", geneve->critical,
			 "vni", (int)geneve->vni, "protocol", geneve->proto,
			 "options_length", (int)geneve->options_len, "options", options);
}

static json_t *inner_json(const struct packet *packet)
{
	const struct answer *answer = &packet->answer;
	char flags[FLAGS_TEXT];
	json_t *json;

	if (!answer->has_tuple)
		return json_null();
	json = json_object();
	tuple_json(json, &answer->tuple);
	if (*explain_flags(flags, packet))
		json_object_set_new(json, "flags", json_string(flags));
	json_object_set_new(json, "length", json_integer(answer->inner_length));
	json_object_set_new(json, "fragment", json_boolean(answer->fragment));
	json_object_set_new(json, "related", json_boolean(answer->related));
	return json;
}

static json_t *tried_json(const struct packet *packet)
{
	const struct answer *answer = &packet->answer;
	json_t *json = json_array(), *one;
	char text[RULE_TEXT], value[FIELD_TEXT];
	const struct tried *tried;

	for (tried = answer->tried; tried < answer->tried + answer->n_tried; tried++) {
		rules_text(text, &packet->rules, tried->rule);
		one = json_pack("{s:o, s:o, s:b}", "rule", out_json_text(tried->rule),
				"text", *text ? json_string(text) : json_null(),
				"matches", tried->cond < 0);
		if (tried->cond >= 0) {
			json_object_set_new(one, "condition", json_integer(tried->cond));
			json_object_set_new(one, "field",
					    json_string(LABEL(fields, tried->field)));
			explain_field(value, tried->field, answer);
			json_object_set_new(one, "value", json_string(value));
		}
		json_array_append_new(json, one);
	}
	return json;
}

/* A word, null for -1. */
static json_t *word_json(const char *const *words, size_t n, int value)
{
	return value < 0 ? json_null() : json_string(label_word(words, n, value));
}

static json_t *endpoint_json_of(const struct answer *answer)
{
	char id[NFG_VPCE_LEN];

	if (!answer->has_endpoint)
		return json_null();
	nfg_vpce_format(id, sizeof(id), answer->endpoint);
	return json_string(id);
}

static void add_answer(json_t *json, const struct packet *packet)
{
	const struct answer *answer = &packet->answer;
	const char *reason = answer->reason[0] ? answer->reason : NULL;
	const char *passed = answer->passed[0] ? answer->passed : NULL;

	json_object_set_new(json, "endpoint", endpoint_json_of(answer));
	json_object_set_new(json, "reply", json_boolean(answer->reply));
	json_object_set_new(json, "flow",
			    answer->has_flow ? flow_json(&answer->flow) : json_null());
	json_object_set_new(json, "flow_verdict_used", json_boolean(answer->current));
	json_object_set_new(json, "direction",
			    word_json(label_directions, 2, answer->direction));
	json_object_set_new(json, "policy",
			    out_json_text(answer->policy[0] ? answer->policy : NULL));
	json_object_set_new(json, "rules_skipped", json_integer(answer->skipped));
	json_object_set_new(json, "rules_tried", tried_json(packet));
	json_object_set_new(json, "rule", out_json_text(answer->rule[0] ? answer->rule : NULL));
	json_object_set_new(json, "verdict", word_json(verdicts, 3, answer->verdict));
	json_object_set_new(json, "kept", json_boolean(answer_is_kept(answer)));
	json_object_set_new(json, "reason", out_json_text(reason));
	json_object_set_new(json, "passed", out_json_text(passed));
	json_object_set_new(json, "fate", json_string(LABEL(label_fates, answer->fate)));
}

json_t *explain_json(const struct packet *packet)
{
	char date[OUT_DATE];
	json_t *json = json_pack("{s:I, s:I}", "packet", (json_int_t)packet->number,
				 "length", (json_int_t)packet->frame_length);

	if (packet->time.tv_sec)
		json_object_set_new(json, "time", json_string(out_date(date, &packet->time)));
	json_object_set_new(json, "skipped", out_json_text(packet->not_asked));
	if (packet->not_asked)
		return json;
	json_object_set_new(json, "outer", outer_json(&packet->outer));
	json_object_set_new(json, "geneve", geneve_json(&packet->geneve));
	json_object_set_new(json, "inner", inner_json(packet));
	add_answer(json, packet);
	return json;
}
