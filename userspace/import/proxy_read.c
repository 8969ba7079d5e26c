// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * What geneve-proxy makes of its file.  Values that it would never compare equal
 * to a protocol or port are kept, so that the ruleset can tell of them; what it
 * cannot start or work with is refused.
 */
#include <string.h>
#include <yaml.h>

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
	const struct source *src;
	yaml_document_t doc;
	struct complaint *bad;
};

/* Where line and column are; libyaml counts characters, from 0. */
static struct place place_at(const struct source *src, size_t line, size_t column)
{
	struct place place = { .src = src };
	uint32_t i = 0;

	while (line && i < src->len)
		line -= src->text[i++] == '\n';
	while (column && i < src->len && src->text[i] != '\n') {
		i++;
		/* the rest of a character of UTF-8 */
		while (i < src->len && (src->text[i] & 0xc0) == 0x80)
			i++;
		column--;
	}
	place.at = i;
	return place;
}

static bool refuse_at(struct reader *r, const yaml_node_t *node)
{
	r->bad->place = place_at(r->src, node->start_mark.line, node->start_mark.column);
	return false;
}

static const char *text_of(const yaml_node_t *node)
{
	return (const char *)node->data.scalar.value;
}

static bool is_plain(const yaml_node_t *node)
{
	return node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

static const char *keep_text(struct reader *r, const yaml_node_t *node)
{
	return arena_text(r->arena, text_of(node), strlen(text_of(node)));
}

/* Is this the scalar @word? */
static bool is_key(const yaml_node_t *node, const char *word)
{
	return node->type == YAML_SCALAR_NODE && !strcmp(text_of(node), word);
}

/* Nothing: no value at all. */
static bool is_null(const yaml_node_t *node)
{
	return node->type == YAML_SCALAR_NODE &&
	       scalar_resolve(text_of(node), is_plain(node)).kind == SCALAR_NULL;
}

static void add_unknown(struct reader *r, struct proxy_unknown **list, const yaml_node_t *key)
{
	struct proxy_unknown *unknown = arena_alloc(r->arena, sizeof(*unknown));

	unknown->key = key->type == YAML_SCALAR_NODE ? keep_text(r, key) : "?";
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
	scalar = scalar_resolve(text_of(node), is_plain(node));
	if (scalar.kind == SCALAR_TEXT)
		value->ignored = is_plain(node) ? "a text equals no number" :
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
		scalar = scalar_resolve(text_of(node), is_plain(node));
		list->any = allowed && scalar.kind == SCALAR_BOOL && scalar.number;
		if (list->any)
			return true;
	}
	if (node->type != YAML_SEQUENCE_NODE) {
		refuse(&r->bad->why, "%s is no list: expected one like [6, 17], or nothing",
		       proxy_lists[kind]);
		return refuse_at(r, node);
	}
	list->given = true;
	list->values = arena_alloc(r->arena, sizeof(*list->values) *
				   (node->data.sequence.items.top -
				    node->data.sequence.items.start + 1));
	for (item = node->data.sequence.items.start; item < node->data.sequence.items.top; item++)
		read_value(r, kind, yaml_document_get_node(&r->doc, *item),
			   &list->values[list->n++]);
	return true;
}

static void read_drop_all(struct reader *r, const yaml_node_t *node,
			  struct proxy_section *section)
{
	struct scalar scalar;

	if (node->type == YAML_SCALAR_NODE) {
		scalar = scalar_resolve(text_of(node), is_plain(node));
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
		if (is_key(key, proxy_lists[kind]))
			return read_list(r, kind, value, &section->lists[kind]);
	if (is_key(key, "<<")) {
		refuse(&r->bad->why, "merge keys are not supported: expected the keys themselves");
		return refuse_at(r, key);
	}
	if (is_key(key, DROP_ALL))
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
	if (node->type != YAML_MAPPING_NODE) {
		refuse(&r->bad->why, "a section is no mapping: expected keys like %s", DROP_ALL);
		return refuse_at(r, node);
	}
	for (pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++)
		if (!read_pair(r, yaml_document_get_node(&r->doc, pair->key),
			       yaml_document_get_node(&r->doc, pair->value), section))
			return false;
	return true;
}

static bool read_document(struct reader *r, struct proxy_config *config)
{
	const yaml_node_t *root = yaml_document_get_root_node(&r->doc), *key, *value;
	const yaml_node_pair_t *pair;

	if (!root || root->type != YAML_MAPPING_NODE) {
		r->bad->place = place_at(r->src, 0, 0);
		return refuse(&r->bad->why,
			      "no configuration of geneve-proxy: expected the sections outbound and inbound");
	}
	for (pair = root->data.mapping.pairs.start; pair < root->data.mapping.pairs.top; pair++) {
		key = yaml_document_get_node(&r->doc, pair->key);
		value = yaml_document_get_node(&r->doc, pair->value);
		if (is_key(key, proxy_sections[PROXY_OUTBOUND])) {
			if (!read_section(r, value, &config->sections[PROXY_OUTBOUND]))
				return false;
		} else if (is_key(key, proxy_sections[PROXY_INBOUND])) {
			if (!read_section(r, value, &config->sections[PROXY_INBOUND]))
				return false;
		} else {
			add_unknown(r, &config->unknown, key);
		}
	}
	return true;
}

static bool refuse_syntax(struct reader *r, const yaml_parser_t *parser)
{
	r->bad->place = place_at(r->src, parser->problem_mark.line, parser->problem_mark.column);
	return refuse(&r->bad->why, "%s: expected YAML",
		      parser->problem ? parser->problem : "no memory");
}

/* The proxy takes a file of one document only. */
static bool is_last(struct reader *r, yaml_parser_t *parser)
{
	yaml_document_t next;
	const yaml_node_t *root;

	if (!yaml_parser_load(parser, &next))
		return refuse_syntax(r, parser);
	root = yaml_document_get_root_node(&next);
	if (root) {
		refuse(&r->bad->why, "a second document: expected one");
		refuse_at(r, root);
	}
	yaml_document_delete(&next);
	return !root;
}

bool proxy_read(struct arena *arena, const struct source *src, struct proxy_config *config,
		struct complaint *bad)
{
	struct reader r = { .arena = arena, .src = src, .bad = bad };
	yaml_parser_t parser;
	bool good;

	memset(config, 0, sizeof(*config));
	config->sections[PROXY_OUTBOUND].missing = true;
	config->sections[PROXY_INBOUND].missing = true;
	if (!yaml_parser_initialize(&parser))
		return refuse(&bad->why, "no memory");
	yaml_parser_set_input_string(&parser, (const unsigned char *)src->text, src->len);
	good = yaml_parser_load(&parser, &r.doc);
	if (good) {
		good = read_document(&r, config) && is_last(&r, &parser);
		yaml_document_delete(&r.doc);
	} else {
		refuse_syntax(&r, &parser);
	}
	yaml_parser_delete(&parser);
	return good;
}
