// SPDX-License-Identifier: GPL-2.0
/* Counters, targets and flows as JSON. */
#include <arpa/inet.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "gwlb.h"

#define FLOWS_SHOWN_MAX	1000

static void set_count(json_t *object, const char *name, uint64_t value)
{
	json_object_set_new(object, name, json_integer((json_int_t)value));
}

static json_t *json_addr(const struct in_addr *addr)
{
	char text[INET_ADDRSTRLEN];

	return json_string(inet_ntop(AF_INET, addr, text, sizeof(text)));
}

static json_t *json_inner_addr(const struct flow_key *key, const struct in6_addr *addr)
{
	char text[INET6_ADDRSTRLEN];

	if (key->version == 4)
		inet_ntop(AF_INET, &addr->s6_addr[12], text, sizeof(text));
	else
		inet_ntop(AF_INET6, addr, text, sizeof(text));
	return json_string(text);
}

static json_t *json_cookie(uint32_t cookie)
{
	char text[9];

	snprintf(text, sizeof(text), "%08x", cookie);
	return json_string(text);
}

static json_t *report_target(struct gwlb *g, const struct target *t)
{
	json_t *o = json_object();

	json_object_set_new(o, "zone", json_string(g->zones[t->zone].name));
	json_object_set_new(o, "state", json_string(target_state_name(t->state)));
	set_count(o, "state_ms", (uint64_t)(now_ms() - t->since));
	set_count(o, "flows", t->flows);
	set_count(o, "sent", t->sent);
	set_count(o, "answered", t->answered);
	set_count(o, "checks", t->health.checks);
	set_count(o, "checks_failed", t->health.failures);
	if (t->health.why)
		json_object_set_new(o, "last_failure", json_string(t->health.why));
	return o;
}

json_t *report_targets(struct gwlb *g)
{
	json_t *o = json_object();

	for (unsigned int i = 0; i < TARGETS_MAX; i++) {
		const struct target *t = &g->targets[i];
		char addr[INET_ADDRSTRLEN];

		if (t->state == TARGET_UNUSED)
			continue;
		inet_ntop(AF_INET, &t->addr, addr, sizeof(addr));
		json_object_set_new(o, addr, report_target(g, t));
	}
	return o;
}

static json_t *report_endpoints(struct gwlb *g)
{
	json_t *o = json_object();

	for (unsigned int i = 0; i < g->endpoints_len; i++) {
		const struct endpoint *e = &g->endpoints[i];
		json_t *one = json_object();

		json_object_set_new(one, "zone", json_string(g->zones[e->zone].name));
		set_count(one, "sent", e->sent);
		set_count(one, "delivered", e->delivered);
		set_count(one, "lost", e->lost);
		json_object_set_new(o, e->name, one);
	}
	return o;
}

static json_t *report_flow(struct gwlb *g, const struct flow *f)
{
	json_t *o = json_object();

	json_object_set_new(o, "endpoint", json_string(g->endpoints[f->key.endpoint].name));
	json_object_set_new(o, "target", json_addr(&f->target->addr));
	json_object_set_new(o, "cookie", json_cookie(f->cookie));
	set_count(o, "port", f->port);
	set_count(o, "proto", f->key.proto);
	json_object_set_new(o, "low", json_inner_addr(&f->key, &f->key.low));
	set_count(o, "low_port", f->key.low_port);
	json_object_set_new(o, "high", json_inner_addr(&f->key, &f->key.high));
	set_count(o, "high_port", f->key.high_port);
	set_count(o, "packets", f->packets);
	set_count(o, "expires_ms", (uint64_t)(f->expires - now_ms()));
	return o;
}

json_t *report_flows(struct gwlb *g)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < g->flows.used && json_array_size(list) < FLOWS_SHOWN_MAX; i++) {
		if (g->flows.slot[i].target)
			json_array_append_new(list, report_flow(g, &g->flows.slot[i]));
	}
	return list;
}

static json_t *report_traffic(uint64_t packets, uint64_t bytes)
{
	json_t *o = json_object();

	set_count(o, "packets", packets);
	set_count(o, "bytes", bytes);
	return o;
}

static json_t *report_flow_counters(const struct flows *t)
{
	json_t *o = json_object();

	set_count(o, "active", t->active);
	set_count(o, "created", t->created);
	set_count(o, "expired", t->expired);
	set_count(o, "moved", t->moved);
	return o;
}

static json_t *report_drops(const struct gwlb *g)
{
	json_t *o = json_object();

	set_count(o, "not_unicast", g->drop_not_unicast);
	set_count(o, "no_target", g->drop_no_target);
	set_count(o, "table_full", g->drop_table_full);
	set_count(o, "send", g->drop_send);
	set_count(o, "receive", g->drop_receive);
	return o;
}

static json_t *report_violations(const struct gwlb *g)
{
	json_t *o = json_object();

	for (int i = 0; i < VIOLATION_COUNT; i++)
		set_count(o, violation_names[i], g->violations[i]);
	return o;
}

json_t *report_stats(struct gwlb *g)
{
	json_t *o = json_object();

	json_object_set_new(o, "sent", report_traffic(g->sent_packets, g->sent_bytes));
	json_object_set_new(o, "answers", report_traffic(g->answer_packets, g->answer_bytes));
	set_count(o, "good", g->good);
	set_count(o, "generated", g->generated);
	set_count(o, "late", g->late);
	set_count(o, "udp_zero", g->udp_zero);
	set_count(o, "violations_total", violations_total(g));
	json_object_set_new(o, "violations", report_violations(g));
	json_object_set_new(o, "drops", report_drops(g));
	json_object_set_new(o, "flows", report_flow_counters(&g->flows));
	json_object_set_new(o, "endpoints", report_endpoints(g));
	json_object_set_new(o, "targets", report_targets(g));
	return o;
}
