/* SPDX-License-Identifier: GPL-2.0 */
/* What all targets need: bytes of the input, and what must hold. */
#ifndef NFG_FUZZ_H
#define NFG_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* libFuzzer catches abort() and keeps the input. */
#define must(good) \
	do { \
		if (!(good)) { \
			fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #good); \
			abort(); \
		} \
	} while (0)

/* What is left of the input; zeros behind its end. */
struct input {
	const uint8_t *data;
	size_t left;
};

static inline uint8_t take8(struct input *in)
{
	if (!in->left)
		return 0;
	in->left--;
	return *in->data++;
}

static inline uint16_t take16(struct input *in)
{
	uint16_t high = take8(in);

	return high << 8 | take8(in);
}

/* A copy in memory of exactly its size, so that the sanitizer sees a step beyond. */
static inline void *exact(const void *data, size_t len)
{
	void *copy = malloc(len ? len : 1);

	must(copy);
	return len ? memcpy(copy, data, len) : copy;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif /* NFG_FUZZ_H */
