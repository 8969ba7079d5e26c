// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <stdio.h>
#include <time.h>

#include "config.h"
#include "endpoint.h"
#include "monitor.h"
#include "out.h"
#include "stop.h"
#include "text.h"

/* Room for "2026-01-31T12:34:56.789+0100" */
#define TIME_TEXT	32

static const char *time_text(char *buf)
{
	struct timespec now;
	struct tm tm;
	size_t used;

	clock_gettime(CLOCK_REALTIME, &now);
	localtime_r(&now.tv_sec, &tm);
	used = strftime(buf, TIME_TEXT, "%Y-%m-%dT%H:%M:%S", &tm);
	used += snprintf(buf + used, TIME_TEXT - used, ".%03ld", now.tv_nsec / 1000000);
	strftime(buf + used, TIME_TEXT - used, "%z", &tm);
	return buf;
}

/* @object: what it is about, NULL for nothing; consumed */
static void json_event(const char *event, json_t *object)
{
	char now[TIME_TEXT];
	json_t *line = json_pack("{s:s, s:s}", "time", time_text(now), "event", event);

	if (object)
		json_object_set_new(line, event, object);
	out_json_line(line);
}

static void config_event(const struct nlmsghdr *nlh)
{
	struct config cfg;
	char now[TIME_TEXT];

	config_read(nlh, &cfg);
	if (options.json) {
		json_event("config", config_json(&cfg));
		return;
	}
	printf("%s config ", time_text(now));
	config_print(&cfg, " ");
	putchar('\n');
}

static void endpoint_event(const struct nlmsghdr *nlh)
{
	char now[TIME_TEXT], name[OUT_TEXT];
	struct endpoint ep;

	endpoint_read(nlh, &ep);
	if (options.json)
		json_event("endpoint", endpoint_json(&ep));
	else
		printf("%s endpoint %s name %s\n", time_text(now), ep.id,
		       out_text(name, ep.name[0] ? ep.name : NULL));
}

static void event(const struct nlmsghdr *nlh, void *data)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);

	(void)data;
	switch (genl->cmd) {
	case NFG_CMD_CONFIG_NTF:
		config_event(nlh);
		break;
	case NFG_CMD_ENDPOINT_NTF:
		endpoint_event(nlh);
		break;
	}
	fflush(stdout);
}

static void lost_event(void)
{
	char now[TIME_TEXT];

	if (options.json)
		json_event("lost", NULL);
	else
		printf("%s lost: changes came faster than they were read, some are missing\n",
		       time_text(now));
	fflush(stdout);
}

static int run(struct nl *nl)
{
	enum nl_event what;

	while (!ferror(stdout) && stop_wait(mnl_socket_get_fd(nl->sock), -1) == STOP_READABLE) {
		if (nl_receive(nl, event, NULL, &what))
			return nl_fail(nl, "monitor", NULL, 0);
		if (what == NL_EVENT_LOST)
			lost_event();
		else if (what == NL_EVENT_GONE)
			return fail(STATUS_KERNEL, "monitor: nf_geneve was unloaded");
	}
	return 0;
}

int monitor(int argc, char **argv)
{
	struct nl nl;
	int err;

	if (argc)
		return fail(STATUS_USAGE, "monitor: unexpected word '%.64s': expected nothing",
			    argv[0]);
	err = nl_open(&nl);
	if (err)
		return err;
	stop_init();
	if (nl_subscribe(&nl))
		err = nl_fail(&nl, "monitor", NULL, 0);
	else
		err = run(&nl);
	nl_close(&nl);
	return err;
}
