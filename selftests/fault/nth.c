// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Lets something happen at the n-th occasion in a program that knows nothing of it,
 * by LD_PRELOAD. What happens is said by the environment:
 *
 *	NTH_FAIL=N	the N-th allocation that the kernel makes in those system calls
 *			of the program that reach the module fails (/proc/self/fail-nth)
 *	NTH_KILL=N	the program is killed (SIGKILL) at the N-th end or beginning of
 *			such a call
 *	NTH_REPORT=FILE	gets "hit" or "over" at the program's end: there was an N-th one or
 *			not
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static int fd = -1;
static long fail_left, kill_left;

/* The library's own function behind one of ours. */
#define REAL(name) ((typeof(name) *)dlsym(RTLD_NEXT, #name))

static const char *became(void)
{
	return fail_left > 0 || kill_left > 0 ? "over" : "hit";
}

static long env_number(const char *name)
{
	const char *value = getenv(name);

	return value ? atol(value) : 0;
}

/* For programs that do know of it: the N-th allocation from now on; 0 for none. Returns
 * what became of the last one.
 */
const char *nth_fail(long n)
{
	const char *last = became();

	if (fd < 0)
		fd = open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC);
	if (fd < 0)
		_exit(99);
	fail_left = n;
	return last;
}

__attribute__((constructor)) static void begin(void)
{
	kill_left = env_number("NTH_KILL");
	if (getenv("NTH_FAIL"))
		nth_fail(env_number("NTH_FAIL"));
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("NTH_REPORT");
	FILE *report = path ? fopen(path, "w") : NULL;

	if (!report)
		return;
	fprintf(report, "%s\n", became());
	fclose(report);
}

static void set_nth(long n)
{
	char text[24];
	int len = snprintf(text, sizeof(text), "%ld", n);

	if (pwrite(fd, text, len, 0) != len)
		_exit(99);
}

static void occasion(void)
{
	if (kill_left && !--kill_left)
		kill(getpid(), SIGKILL);
}

static void before(void)
{
	occasion();
	if (fail_left > 0)
		set_nth(fail_left);
}

static void after(void)
{
	int saved = errno;
	char text[24] = "";

	if (fail_left > 0) {
		if (pread(fd, text, sizeof(text) - 1, 0) <= 0)
			_exit(99);
		fail_left = atol(text);
		set_nth(0);
	}
	occasion();
	errno = saved;
}

#define CALL(type, name, ...) ({		\
	typeof(name) *real = REAL(name);	\
	type ret;				\
						\
	before();				\
	ret = real(__VA_ARGS__);		\
	after();				\
	ret; })

int socket(int domain, int type, int protocol)
{
	return CALL(int, socket, domain, type, protocol);
}

int bind(int s, const struct sockaddr *addr, socklen_t len)
{
	return CALL(int, bind, s, addr, len);
}

int setsockopt(int s, int level, int name, const void *value, socklen_t len)
{
	return CALL(int, setsockopt, s, level, name, value, len);
}

ssize_t sendto(int s, const void *buf, size_t len, int flags, const struct sockaddr *addr,
	       socklen_t addr_len)
{
	return CALL(ssize_t, sendto, s, buf, len, flags, addr, addr_len);
}

ssize_t recvmsg(int s, struct msghdr *msg, int flags)
{
	return CALL(ssize_t, recvmsg, s, msg, flags);
}

int unshare(int flags)
{
	return CALL(int, unshare, flags);
}

/* insmod's finit_module() */
long syscall(long number, ...)
{
	long a[6];
	va_list args;

	va_start(args, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(args, long);
	va_end(args);
	return CALL(long, syscall, number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
