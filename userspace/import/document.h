/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* A file of YAML as a tree. */
#ifndef GENEVECTL_IMPORT_DOCUMENT_H
#define GENEVECTL_IMPORT_DOCUMENT_H

#include <yaml.h>

#include "policy/source.h"

struct document {
	const struct source *src;
	struct complaint *bad;
	yaml_document_t tree;
};

/**
 * document_load() - read the only document of a file
 * @doc: gets the tree; its @src and @bad are set
 *
 * Refused is what gives nodes another meaning than that of their text: tags,
 * merge keys, and zero bytes.  Anchors and aliases are understood.
 *
 * Return: false if something is wrong.
 */
bool document_load(struct document *doc);

void document_free(struct document *doc);

/* Keeps what is wrong with a node. Return: false. */
bool document_refuse(struct document *doc, const yaml_node_t *node, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Is it the scalar @word? */
bool node_is(const yaml_node_t *node, const char *word);

/* Does it stand there without quotes? */
bool node_is_plain(const yaml_node_t *node);

#endif /* GENEVECTL_IMPORT_DOCUMENT_H */
