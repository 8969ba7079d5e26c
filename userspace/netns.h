/* SPDX-License-Identifier: GPL-2.0 OR MIT */
#ifndef GENEVECTL_NETNS_H
#define GENEVECTL_NETNS_H

#include <stddef.h>

/**
 * netns_enter() - go on in another network namespace
 * @name: name below /run/netns, path of a namespace file, or a process id
 *
 * Return: 0, or an exit status after a sentence.
 */
int netns_enter(const char *name);

/**
 * netns_name() - what to call the current network namespace
 * @buf: gets its name below /run/netns, "net:[NUMBER]" if it has none
 * @size: room in @buf
 *
 * Return: @buf.
 */
const char *netns_name(char *buf, size_t size);

#endif /* GENEVECTL_NETNS_H */
