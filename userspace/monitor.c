// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <stdio.h>
#include <time.h>

#include "config.h"
#include "endpoint.h"
#include "event.h"
#include "monitor.h"
#include "out.h"
#include "stop.h"
#include "summary.h"
#include "text.h"
#include "word.h"

static const char *now_text(char *buf)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return out_date(buf, &now);
}

/* @object: what it is about, NULL for nothing; consumed */
static void json_event(const char *time, const char *event, json_t *object)
{
	json_t *line = json_pack("{s:s, s:s}", "time", time, "event", event);

	if (object)
		json_object_set_new(line, event, object);
	out_json_line(line);
}

static void config_event(const struct nlmsghdr *nlh)
{
	struct config cfg;
	char now[OUT_DATE];

	config_read(nlh, &cfg);
	if (options.json) {
		json_event(now_text(now), "config", config_json(&cfg));
		return;
	}
	printf("%s config ", now_text(now));
	config_print(&cfg, " ");
	putchar('\n');
}

static void endpoint_event(const struct nlmsghdr *nlh)
{
	char now[OUT_DATE], name[OUT_TEXT];
	struct endpoint ep;

	endpoint_read(nlh, &ep);
	if (options.json)
		json_event(now_text(now), "endpoint", endpoint_json(&ep));
	else
		printf("%s endpoint %s name %s\n", now_text(now), ep.id,
		       out_text(name, ep.name[0] ? ep.name : NULL));
}

static void ruleset_event(const struct nlmsghdr *nlh)
{
	struct summary summary;
	char now[OUT_DATE];

	summary_read(nlh, &summary);
	if (options.json) {
		json_event(now_text(now), "ruleset", summary_json(&summary));
		return;
	}
	printf("%s ruleset ", now_text(now));
	summary_print(&summary);
}

static void log_event(const struct nlmsghdr *nlh)
{
	struct event event;
	char when[OUT_DATE];

	event_read(nlh, &event);
	out_date(when, &event.time);
	if (options.json) {
		json_event(when, "log", event_json(&event));
		return;
	}
	printf("%s log ", when);
	event_print(&event);
}

static void any_event(const struct nlmsghdr *nlh, void *data)
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
	case NFG_CMD_RULESET_NTF:
		ruleset_event(nlh);
		break;
	case NFG_CMD_LOG_NTF:
		log_event(nlh);
		break;
	}
	fflush(stdout);
}

static void lost_event(void)
{
	char now[OUT_DATE];

	if (options.json)
		json_event(now_text(now), "lost", NULL);
	else
		printf("%s lost: changes came faster than they were read, some are missing\n",
		       now_text(now));
	fflush(stdout);
}

static int run(struct nl *nl)
{
	enum nl_event what;

	while (!ferror(stdout) && stop_wait(mnl_socket_get_fd(nl->sock), -1) == STOP_READABLE) {
		if (nl_receive(nl, any_event, NULL, &what))
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
	static const char *const words[] = { "events", "changes" };
	unsigned int groups = NL_GROUP_CONFIG | NL_GROUP_EVENTS;
	struct nl nl;
	int word, err;

	if (argc > 1)
		return fail(STATUS_USAGE, "monitor: unexpected word '%.64s': expected nothing",
			    argv[1]);
	if (argc) {
		word = word_find("monitor", argv[0], words, 2);
		if (word < 0)
			return STATUS_USAGE;
		groups = word ? NL_GROUP_CONFIG : NL_GROUP_EVENTS;
	}
	err = nl_open(&nl);
	if (err)
		return err;
	stop_init();
	if (nl_subscribe(&nl, groups))
		err = nl_fail(&nl, "monitor", NULL, 0);
	else
		err = run(&nl);
	nl_close(&nl);
	return err;
}
