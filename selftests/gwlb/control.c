// SPDX-License-Identifier: GPL-2.0
/*
 * The control socket: one command per connection, one line in, text out.  An
 * answer that starts with "error:" makes the client's exit status 1.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "gwlb.h"

#define ANSWER_PATIENCE_S	5
#define WORDS_MAX		8

static void reply_error(FILE *out, const char *subject, const char *error)
{
	if (error)
		fprintf(out, "error: %s %s\n", subject, error);
}

static void reply_json(FILE *out, json_t *json)
{
	json_dumpf(json, out, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
	fputc('\n', out);
	json_decref(json);
}

static void cmd_register(struct gwlb *g, char **words, FILE *out)
{
	unsigned int zone = 0;
	struct in_addr addr;

	if (!words[1] || inet_pton(AF_INET, words[1], &addr) != 1) {
		reply_error(out, "register", "wants an IPv4 address");
		return;
	}
	while (words[2] && zone < g->zones_len && strcmp(g->zones[zone].name, words[2]))
		zone++;
	if (zone == g->zones_len)
		reply_error(out, words[2], "is no zone");
	else
		reply_error(out, words[1], target_register(g, addr, zone));
}

static void cmd_deregister(struct gwlb *g, char **words, FILE *out)
{
	struct in_addr addr;

	if (!words[1] || inet_pton(AF_INET, words[1], &addr) != 1)
		reply_error(out, "deregister", "wants an IPv4 address");
	else
		reply_error(out, words[1], target_deregister(g, addr));
}

static bool set_switch(bool *value, const char *word, const char *off, const char *on)
{
	if (!strcmp(word, on))
		*value = true;
	else if (!strcmp(word, off))
		*value = false;
	else
		return false;
	return true;
}

static void cmd_set(struct gwlb *g, char **words, FILE *out)
{
	const char *key = words[1] ? words[1] : "";
	const char *value = words[1] && words[2] ? words[2] : "";

	if (!strcmp(key, "failover") &&
	    set_switch(&g->rebalance, value, "no_rebalance", "rebalance"))
		return;
	if (!strcmp(key, "cross-zone") && set_switch(&g->cross_zone, value, "off", "on"))
		return;
	reply_error(out, "set", "wants failover no_rebalance|rebalance or cross-zone on|off");
}

static void cmd_stats(struct gwlb *g, char **words, FILE *out)
{
	(void)words;
	reply_json(out, report_stats(g));
}

static void cmd_targets(struct gwlb *g, char **words, FILE *out)
{
	(void)words;
	reply_json(out, report_targets(g));
}

static void cmd_flows(struct gwlb *g, char **words, FILE *out)
{
	(void)words;
	reply_json(out, report_flows(g));
}

static json_t *value_at(json_t *value, char *path)
{
	char *save, *step = strtok_r(path, "/", &save);

	for (; step; step = strtok_r(NULL, "/", &save))
		value = json_object_get(value, step);
	return value;
}

static void reply_value(FILE *out, const json_t *value)
{
	if (json_is_string(value))
		fprintf(out, "%s\n", json_string_value(value));
	else
		fprintf(out, "%lld\n", (long long)json_integer_value(value));
}

/* Values of the statistics, for shells: get targets/10.0.0.1/state good ... */
static void cmd_get(struct gwlb *g, char **words, FILE *out)
{
	json_t *stats = report_stats(g), *values[WORDS_MAX];
	unsigned int len;

	for (len = 0; words[len + 1]; len++) {
		values[len] = value_at(stats, words[len + 1]);
		if (json_is_string(values[len]) || json_is_integer(values[len]))
			continue;
		reply_error(out, "get", "wants paths of values in the statistics");
		len = 0;
		break;
	}
	for (unsigned int i = 0; i < len; i++)
		reply_value(out, values[i]);
	json_decref(stats);
}

static void cmd_quit(struct gwlb *g, char **words, FILE *out)
{
	(void)words;
	(void)out;
	g->stop = true;
}

static const struct command {
	const char *name;
	void (*run)(struct gwlb *g, char **words, FILE *out);
} commands[] = {
	{ "register", cmd_register },
	{ "deregister", cmd_deregister },
	{ "targets", cmd_targets },
	{ "stats", cmd_stats },
	{ "get", cmd_get },
	{ "flows", cmd_flows },
	{ "set", cmd_set },
	{ "quit", cmd_quit },
};

static void run_line(struct gwlb *g, char *line, FILE *out)
{
	char *words[WORDS_MAX + 1] = { NULL }, *save;
	char *word = strtok_r(line, " \t\r\n", &save);

	for (unsigned int i = 0; word && i < WORDS_MAX; i++) {
		words[i] = word;
		word = strtok_r(NULL, " \t\r\n", &save);
	}
	for (unsigned int i = 0; words[0] && i < ARRAY_SIZE(commands); i++) {
		if (!strcmp(commands[i].name, words[0])) {
			commands[i].run(g, words, out);
			return;
		}
	}
	fprintf(out, "error: commands:");
	for (unsigned int i = 0; i < ARRAY_SIZE(commands); i++)
		fprintf(out, " %s", commands[i].name);
	fprintf(out, "\n");
}

/*
 * The answer is written at once: the client sits on the same machine and
 * waits for it.  One that does not read is cut off by the send timeout.
 */
static void answer_line(struct gwlb *g, struct client *c)
{
	char *text = NULL;
	size_t len = 0, done = 0;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return;
	run_line(g, c->line, out);
	fclose(out);
	while (done < len) {
		ssize_t n = send(c->watch.fd, text + done, len - done, MSG_NOSIGNAL);

		if (n <= 0)
			break;
		done += (size_t)n;
	}
	free(text);
}

static void client_ready(struct gwlb *g, struct watch *w, uint32_t events)
{
	struct client *c = (struct client *)((char *)w - offsetof(struct client, watch));
	ssize_t n = recv(w->fd, c->line + c->got, sizeof(c->line) - 1 - c->got, MSG_DONTWAIT);

	(void)events;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n > 0) {
		c->got += (size_t)n;
		c->line[c->got] = '\0';
		if (!strchr(c->line, '\n') && c->got < sizeof(c->line) - 1)
			return;
		answer_line(g, c);
	}
	watch_close(g, w);
}

static void control_ready(struct gwlb *g, struct watch *w, uint32_t events)
{
	struct timeval patience = { .tv_sec = 1 };
	int fd = accept4(w->fd, NULL, NULL, SOCK_CLOEXEC);

	(void)events;
	if (fd < 0)
		return;
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	for (unsigned int i = 0; i < CLIENTS_MAX; i++) {
		struct client *c = &g->clients[i];

		if (c->watch.fd >= 0)
			continue;
		c->watch.fd = fd;
		c->watch.ready = client_ready;
		c->got = 0;
		if (watch_add(g, &c->watch, EPOLLIN) < 0)
			watch_close(g, &c->watch);
		return;
	}
	close(fd);
}

static int unix_address(struct sockaddr_un *addr, const char *path)
{
	memset(addr, 0, sizeof(*addr));
	addr->sun_family = AF_UNIX;
	if (strlen(path) >= sizeof(addr->sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	strcpy(addr->sun_path, path);
	return 0;
}

/* Return: 0, or -1 with errno set */
int control_open(struct gwlb *g)
{
	struct sockaddr_un addr;
	int fd;

	for (unsigned int i = 0; i < CLIENTS_MAX; i++)
		g->clients[i].watch.fd = -1;
	if (unix_address(&addr, g->control_path) < 0)
		return -1;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	g->control.fd = fd;
	g->control.ready = control_ready;
	if (fd < 0)
		return -1;
	unlink(g->control_path);
	if (bind(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0 || listen(fd, CLIENTS_MAX) < 0)
		return -1;
	return watch_add(g, &g->control, EPOLLIN);
}

void control_close(struct gwlb *g)
{
	watch_close(g, &g->control);
	unlink(g->control_path);
}

static int ctl_copy(int fd)
{
	bool first = true, failed = false;
	char buf[4096];
	ssize_t n;

	while ((n = recv(fd, buf, sizeof(buf), 0)) > 0) {
		if (first)
			failed = n >= 6 && !strncmp(buf, "error:", 6);
		first = false;
		fwrite(buf, 1, (size_t)n, failed ? stderr : stdout);
	}
	if (n < 0) {
		perror("gwlb ctl");
		return 1;
	}
	return failed;
}

/* gwlb ctl SOCKET COMMAND... */
int ctl_main(int argc, char **argv)
{
	struct timeval patience = { .tv_sec = ANSWER_PATIENCE_S };
	struct sockaddr_un addr;
	char line[256] = "";
	size_t len = 0;
	int fd;

	if (argc < 2 || unix_address(&addr, argv[0]) < 0) {
		fprintf(stderr, "usage: gwlb ctl SOCKET COMMAND...\n");
		return 2;
	}
	for (int i = 1; i < argc; i++) {
		len += (size_t)snprintf(line + len, sizeof(line) - len, "%s%s", argv[i],
					i + 1 < argc ? " " : "\n");
		if (len >= sizeof(line)) {
			fprintf(stderr, "gwlb ctl: the command is too long\n");
			return 2;
		}
	}
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) < 0 ||
	    connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0 ||
	    send(fd, line, len, MSG_NOSIGNAL) != (ssize_t)len) {
		perror("gwlb ctl");
		return 1;
	}
	return ctl_copy(fd);
}
