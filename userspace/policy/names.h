/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* What has a name: a hash table. */
#ifndef GENEVECTL_POLICY_NAMES_H
#define GENEVECTL_POLICY_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "arena.h"

struct names {
	struct name {
		const char *name;	/* NULL: a free slot */
		void *object;
	} *slots;
	uint32_t n;
	uint32_t size;			/* 0 or a power of two */
};

/* The object of that name, or NULL. */
void *names_find(const struct names *names, const char *name);

/* Adds an object whose name is not there yet; @name has to live as long. */
void names_add(struct names *names, struct arena *arena, const char *name, void *object);

/* A name that @given may be a slip of, NULL for none. */
const char *names_near(const struct names *names, const char *given);

/* Likewise, of a list of words. */
const char *words_near(const char *given, const char *const *words, size_t n);

#endif /* GENEVECTL_POLICY_NAMES_H */
