// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * What geneve-proxy makes of its file.  Values that it would never compare equal
 * to a protocol or port are kept, so that the ruleset can tell of them; what it
 * cannot start or work with is refused.
 */
#include <string.h>

#include "document.h"
#include "proxy.h"
#include "scalar.h"

const char *const proxy_sections[] = {
	[PROXY_OUTBOUND] = "outbound",
	[PROXY_INBOUND] = "inbound",
};

const char *const proxy_lists[] = {
	[PROXY_ALLOWED_PROTOCOLS] = "allowed_transport_protocols",
	[PROXY_BLOCKED_PROTOCOLS] = "blocked_transport_protocols",
	[PROXY_ALLOWED_PORTS] = "allowed_application_ports",
	[PROXY_BLOCKED_PORTS] = "blocked_application_ports",
};

#define DROP_ALL	"drop_all_traffic"

struct reader {
	struct arena *arena;
	struct document doc;
};

static const char *text_of(const yaml_node_t *node)
{
	return (const char *)node->data.scalar.value;
}

static struct scalar resolve(const yaml_node_t *node)
{
	return scalar_resolve(text_of(node), node_is_plain(node));
}

static const char *keep_text(struct reader *r, const yaml_node_t *node)
{
	return arena_text(r->arena, text_of(node), strlen(text_of(node)));
}

/* Nothing: no value at all. */
static bool is_null(const yaml_node_t *node)
{
	return node->type == YAML_SCALAR_NODE && resolve(node).kind == SCALAR_NULL;
}

static void add_unknown(struct reader *r, struct proxy_unknown **list, const yaml_node_t *key)
{
	struct proxy_unknown *unknown = arena_alloc(r->arena, sizeof(*unknown));

	unknown->key = keep_text(r, key);
	unknown->line = key->start_mark.line + 1;
	unknown->next = *list;
	*list = unknown;
}

static bool is_ports(enum proxy_list_kind kind)
{
	return kind == PROXY_ALLOWED_PORTS || kind == PROXY_BLOCKED_PORTS;
}

static void read_value(struct reader *r, enum proxy_list_kind kind, const yaml_node_t *node,
		       struct proxy_value *value)
{
	struct scalar scalar;

	value->number = -1;
	value->line = node->start_mark.line + 1;
	if (node->type != YAML_SCALAR_NODE) {
		value->text = node->type == YAML_SEQUENCE_NODE ? "[...]" : "{...}";
		value->ignored = "a list in a list equals no number";
		return;
	}
	value->text = keep_text(r, node);
	scalar = resolve(node);
	if (scalar.kind == SCALAR_TEXT)
		value->ignored = node_is_plain(node) ? "a text equals no number" :
						  "in quotes it is a text, which equals no number";
	else if (scalar.kind == SCALAR_NULL)
		value->ignored = "nothing equals no number";
	else if (scalar.number < 0 || scalar.number > (is_ports(kind) ? UINT16_MAX : UINT8_MAX))
		value->ignored = is_ports(kind) ? "there is no such port" :
						  "there is no such protocol";
	else
		value->number = scalar.number;
}

static bool read_list(struct reader *r, enum proxy_list_kind kind, const yaml_node_t *node,
		      struct proxy_list *list)
{
	bool allowed = kind == PROXY_ALLOWED_PROTOCOLS || kind == PROXY_ALLOWED_PORTS;
	const yaml_node_item_t *item;
	struct scalar scalar;

	memset(list, 0, sizeof(*list));
	if (is_null(node))
		return true;
	if (node->type == YAML_SCALAR_NODE) {
		scalar = resolve(node);
		list->any = allowed && scalar.kind == SCALAR_BOOL && scalar.number;
		if (list->any)
			return true;
	}
	if (node->type != YAML_SEQUENCE_NODE)
		return document_refuse(&r->doc, node,
				       "%s is no list: expected one like [6, 17], or nothing",
				       proxy_lists[kind]);
	list->given = true;
	list->values = arena_alloc(r->arena, sizeof(*list->values) *
				   (node->data.sequence.items.top -
				    node->data.sequence.items.start + 1));
	for (item = node->data.sequence.items.start; item < node->data.sequence.items.top; item++)
		read_value(r, kind, yaml_document_get_node(&r->doc.tree, *item),
			   &list->values[list->n++]);
	return true;
}

static void read_drop_all(struct reader *r, const yaml_node_t *node,
			  struct proxy_section *section)
{
	struct scalar scalar;

	if (node->type == YAML_SCALAR_NODE) {
		scalar = resolve(node);
		section->drop_all = scalar_is_true(&scalar, text_of(node));
		section->drop_all_text = keep_text(r, node);
	} else if (node->type == YAML_SEQUENCE_NODE) {
		section->drop_all = node->data.sequence.items.top > node->data.sequence.items.start;
		section->drop_all_text = "a list";
	} else {
		section->drop_all = node->data.mapping.pairs.top > node->data.mapping.pairs.start;
		section->drop_all_text = "a mapping";
	}
}

static bool read_pair(struct reader *r, const yaml_node_t *key, const yaml_node_t *value,
		      struct proxy_section *section)
{
	enum proxy_list_kind kind;

	for (kind = 0; kind < PROXY_LISTS; kind++)
		if (node_is(key, proxy_lists[kind]))
			return read_list(r, kind, value, &section->lists[kind]);
	if (node_is(key, DROP_ALL))
		read_drop_all(r, value, section);
	else
		add_unknown(r, &section->unknown, key);
	return true;
}

/* The last one of equal keys counts, as in the proxy. */
static bool read_section(struct reader *r, const yaml_node_t *node,
			 struct proxy_section *section)
{
	const yaml_node_pair_t *pair;

	memset(section, 0, sizeof(*section));
	if (is_null(node)) {
		section->missing = true;
		return true;
	}
	if (node->type != YAML_MAPPING_NODE)
		return document_refuse(&r->doc, node,
				       "a section is no mapping: expected keys like %s", DROP_ALL);
	for (pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++)
		if (!read_pair(r, yaml_document_get_node(&r->doc.tree, pair->key),
			       yaml_document_get_node(&r->doc.tree, pair->value), section))
			return false;
	return true;
}

static bool read_document(struct reader *r, struct proxy_config *config)
{
	const yaml_node_t *root = yaml_document_get_root_node(&r->doc.tree), *key, *value;
	const yaml_node_pair_t *pair;

	if (!root || root->type != YAML_MAPPING_NODE) {
		r->doc.bad->place = (struct place){ r->doc.src, 0 };
		return refuse(&r->doc.bad->why,
			      "no configuration of geneve-proxy: expected the sections outbound and inbound");
	}
	for (pair = root->data.mapping.pairs.start; pair < root->data.mapping.pairs.top; pair++) {
		key = yaml_document_get_node(&r->doc.tree, pair->key);
		value = yaml_document_get_node(&r->doc.tree, pair->value);
		if (node_is(key, proxy_sections[PROXY_OUTBOUND])) {
			if (!read_section(r, value, &config->sections[PROXY_OUTBOUND]))
				return false;
		} else if (node_is(key, proxy_sections[PROXY_INBOUND])) {
			if (!read_section(r, value, &config->sections[PROXY_INBOUND]))
				return false;
		} else {
			add_unknown(r, &config->unknown, key);
		}
	}
	return true;
}

bool proxy_read(struct arena *arena, const struct source *src, struct proxy_config *config,
		struct complaint *bad)
{
	struct reader r = { .arena = arena, .doc = { .src = src, .bad = bad } };
	bool good;

	memset(config, 0, sizeof(*config));
	config->sections[PROXY_OUTBOUND].missing = true;
	config->sections[PROXY_INBOUND].missing = true;
	if (!document_load(&r.doc))
		return false;
	good = read_document(&r, config);
	document_free(&r.doc);
	return good;
}
