/* SPDX-License-Identifier: GPL-2.0 */
/* Reads the packets of geneve.txt. */
#ifndef NFG_VECTORS_H
#define NFG_VECTORS_H

#include <stddef.h>
#include <stdint.h>

enum verdict { VERDICT_BOUNCE, VERDICT_PASS, VERDICT_DROP };

struct vector {
	char name[64];
	enum verdict verdict;
	char reason[32];	/* of VERDICT_DROP, else empty */
	size_t len;
	uint8_t *data;		/* from the outer IPv4 header on */
};

struct vectors {
	size_t count;
	struct vector *v;
};

/* Reads a file; a malformed line ends the program with a message. */
struct vectors vectors_read(const char *path);
void vectors_free(struct vectors *list);

#endif /* NFG_VECTORS_H */
