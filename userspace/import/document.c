// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <stdarg.h>
#include <string.h>

#include "document.h"

/* Where line and column are; libyaml counts characters, from 0. */
static struct place place_of(const struct source *src, const yaml_mark_t *mark)
{
	size_t line = mark->line, column = mark->column;
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

bool document_refuse(struct document *doc, const yaml_node_t *node, const char *fmt, ...)
{
	va_list args;

	doc->bad->place = place_of(doc->src, &node->start_mark);
	va_start(args, fmt);
	vsnprintf(doc->bad->why.text, sizeof(doc->bad->why.text), fmt, args);
	va_end(args);
	return false;
}

bool node_is_plain(const yaml_node_t *node)
{
	return node->type == YAML_SCALAR_NODE &&
	       node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

bool node_is(const yaml_node_t *node, const char *word)
{
	return node->type == YAML_SCALAR_NODE &&
	       !strcmp((const char *)node->data.scalar.value, word);
}

static bool refuse_syntax(struct document *doc, const yaml_parser_t *parser)
{
	/* Bytes that are no text have an offset only. */
	if (parser->error == YAML_READER_ERROR)
		doc->bad->place = (struct place){ doc->src, parser->problem_offset };
	else
		doc->bad->place = place_of(doc->src, &parser->problem_mark);
	if (doc->bad->place.at > doc->src->len)
		doc->bad->place.at = doc->src->len;
	return refuse(&doc->bad->why, "%s: expected YAML",
		      parser->problem ? parser->problem : "no memory");
}

static bool start_parser(struct document *doc, yaml_parser_t *parser)
{
	if (!yaml_parser_initialize(parser))
		return refuse(&doc->bad->why, "no memory");
	yaml_parser_set_input_string(parser, (const unsigned char *)doc->src->text,
				     doc->src->len);
	return true;
}

static const yaml_char_t *tag_of(const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return event->data.scalar.tag;
	case YAML_SEQUENCE_START_EVENT:
		return event->data.sequence_start.tag;
	case YAML_MAPPING_START_EVENT:
		return event->data.mapping_start.tag;
	default:
		return NULL;
	}
}

/* The tree does not tell tags of the file from those that libyaml gives. */
static bool refuse_tags(struct document *doc)
{
	bool good = true, end = false;
	yaml_parser_t parser;
	yaml_event_t event;

	if (!start_parser(doc, &parser))
		return false;
	/* Loading tells about errors. */
	while (good && !end && yaml_parser_parse(&parser, &event)) {
		end = event.type == YAML_STREAM_END_EVENT;
		if (tag_of(&event)) {
			doc->bad->place = place_of(doc->src, &event.start_mark);
			good = refuse(&doc->bad->why,
				      "the tag '%.64s' is not supported: expected a value without one",
				      (const char *)tag_of(&event));
		}
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return good;
}

static bool check_key(struct document *doc, const yaml_node_t *key)
{
	if (key->type != YAML_SCALAR_NODE)
		return document_refuse(doc, key, "a key that is a list or a mapping: expected a word");
	if (node_is(key, "<<") && node_is_plain(key))
		return document_refuse(doc, key, "merge keys are not supported: expected the keys themselves");
	return true;
}

static bool check_mapping(struct document *doc, const yaml_node_t *node)
{
	const yaml_node_pair_t *pair;

	for (pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++)
		if (!check_key(doc, yaml_document_get_node(&doc->tree, pair->key)))
			return false;
	return true;
}

static bool check_node(struct document *doc, const yaml_node_t *node)
{
	if (node->type == YAML_MAPPING_NODE)
		return check_mapping(doc, node);
	if (node->type == YAML_SCALAR_NODE &&
	    memchr(node->data.scalar.value, '\0', node->data.scalar.length))
		return document_refuse(doc, node, "a text with a zero byte: expected one without");
	return true;
}

static bool check_nodes(struct document *doc)
{
	const yaml_node_t *node;

	for (node = doc->tree.nodes.start; node < doc->tree.nodes.top; node++)
		if (!check_node(doc, node))
			return false;
	return true;
}

/* The proxy takes a file of one document only. */
static bool check_last(struct document *doc, yaml_parser_t *parser)
{
	yaml_document_t next;
	const yaml_node_t *root;

	if (!yaml_parser_load(parser, &next))
		return refuse_syntax(doc, parser);
	root = yaml_document_get_root_node(&next);
	if (root)
		document_refuse(doc, root, "a second document: expected one");
	yaml_document_delete(&next);
	return !root;
}

bool document_load(struct document *doc)
{
	yaml_parser_t parser;
	bool good;

	if (!source_is_text(doc->src, doc->bad) || !refuse_tags(doc) || !start_parser(doc, &parser))
		return false;
	good = yaml_parser_load(&parser, &doc->tree);
	if (!good) {
		refuse_syntax(doc, &parser);
	} else {
		good = check_last(doc, &parser) && check_nodes(doc);
		if (!good)
			yaml_document_delete(&doc->tree);
	}
	yaml_parser_delete(&parser);
	return good;
}

void document_free(struct document *doc)
{
	yaml_document_delete(&doc->tree);
}
