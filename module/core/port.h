/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The only header core includes from outside: types, byte order, unaligned loads,
 * bits and memory, the same in the kernel and in user space.
 */
#ifndef NFG_CORE_PORT_H
#define NFG_CORE_PORT_H

#ifdef __KERNEL__
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/types.h>
#include <asm/byteorder.h>
#else
#include <ctype.h>
#include <errno.h>
#include <endian.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/types.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

#ifndef __force
#define __force
#endif
#define be16_to_cpu(x)	be16toh(x)
#define be32_to_cpu(x)	be32toh(x)
#define be64_to_cpu(x)	be64toh(x)
#define cpu_to_be16(x)	htobe16(x)
#define cpu_to_be32(x)	htobe32(x)
#define cpu_to_be64(x)	htobe64(x)
#ifndef __always_inline
#define __always_inline	inline __attribute__((always_inline))
#endif
#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)
#ifndef ARRAY_SIZE
#define ARRAY_SIZE(x)	(sizeof(x) / sizeof((x)[0]))
#endif

/* 32-bit kernels have no operator for these. */
static inline u64 div_u64(u64 dividend, u32 divisor)
{
	return dividend / divisor;
}

static inline u64 div64_u64(u64 dividend, u64 divisor)
{
	return dividend / divisor;
}
#endif

/* Loads from any address, as they lie there: network byte order. */
static inline __be16 nfg_load16(const u8 *p)
{
	__be16 v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static inline __be32 nfg_load32(const u8 *p)
{
	__be32 v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static inline __be64 nfg_load64(const u8 *p)
{
	__be64 v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/* Number of the lowest bit set in @v, which is not 0. */
static inline u32 nfg_first_bit(u64 v)
{
#ifdef __KERNEL__
	return __ffs64(v);
#else
	return __builtin_ctzll(v);
#endif
}

static inline u32 nfg_count_bits(u64 v)
{
#ifdef __KERNEL__
	return hweight64(v);
#else
	return __builtin_popcountll(v);
#endif
}

/*
 * Memory, on behalf of whoever asked for a ruleset: only what builds the index of
 * one allocates; it may be large, and it may fail.
 */
static inline void *nfg_alloc_raw(size_t size)
{
#ifdef __KERNEL__
	return size <= INT_MAX ? kvmalloc(size, GFP_KERNEL_ACCOUNT | __GFP_NOWARN) : NULL;
#else
	return malloc(size ? size : 1);
#endif
}

/* The same, zeroed. */
static inline void *nfg_alloc(size_t size)
{
#ifdef __KERNEL__
	return size <= INT_MAX ? kvzalloc(size, GFP_KERNEL_ACCOUNT | __GFP_NOWARN) : NULL;
#else
	return calloc(1, size ? size : 1);
#endif
}

static inline void nfg_free(const void *p)
{
#ifdef __KERNEL__
	kvfree(p);
#else
	free((void *)p);
#endif
}

/* Lets others run: for every turn @i of a long loop. */
static inline void nfg_breathe(u32 i)
{
#ifdef __KERNEL__
	if (!(i % 1024))
		cond_resched();
#else
	(void)i;
#endif
}

/* Is whoever waits for this being killed? */
static inline bool nfg_interrupted(void)
{
#ifdef __KERNEL__
	return fatal_signal_pending(current);
#else
	return false;
#endif
}

#endif /* NFG_CORE_PORT_H */
