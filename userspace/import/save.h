/* SPDX-License-Identifier: GPL-2.0 OR MIT */
#ifndef GENEVECTL_IMPORT_SAVE_H
#define GENEVECTL_IMPORT_SAVE_H

#include <stddef.h>

#include "text.h"

/**
 * save_text() - write a file, all of it or nothing
 * @why: gets why it cannot be written
 * @path: file; one that is there keeps its owner and permissions
 * @text: contents
 * @len: bytes of it
 *
 * What is no regular file is written to.
 *
 * Return: false if it is as it was before.
 */
bool save_text(struct why *why, const char *path, const char *text, size_t len);

#endif /* GENEVECTL_IMPORT_SAVE_H */
