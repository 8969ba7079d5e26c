// SPDX-License-Identifier: GPL-2.0
/* The linker puts these before malloc() and calloc(), see Makefile. */
#include <stdbool.h>
#include <stddef.h>

#include "fault.h"

long fault_countdown = -1;

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);

static bool fault_now(void)
{
	return fault_countdown >= 0 && !fault_countdown--;
}

void *__wrap_malloc(size_t size)
{
	return fault_now() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
	return fault_now() ? NULL : __real_calloc(n, size);
}
