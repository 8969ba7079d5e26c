// SPDX-License-Identifier: GPL-2.0
/* The command line. */
#include <arpa/inet.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gwlb.h"

static const char usage[] =
"usage: gwlb --zone NAME=ADDR... --endpoint ID,tun=DEV[,netns=NS][,zone=NAME]... [OPTION...]\n"
"       gwlb ctl SOCKET COMMAND...\n"
"\n"
"  --zone NAME=ADDR      address of the load balancer in a zone; repeats\n"
"  --endpoint ID,...     endpoint id as vpce-... or hex and its TUN device; repeats\n"
"  --target ADDR[,ZONE]  registers a target; repeats\n"
"  --control PATH        control socket (/run/gwlb.sock)\n"
"  --health SPEC         none, tcp:PORT or http:PORT/PATH (tcp:80)\n"
"  --codes LIST          HTTP success codes (200-399)\n"
"  --interval SECONDS    between health checks (10)\n"
"  --timeout SECONDS     of a health check (5)\n"
"  --healthy COUNT       good checks in a row that make a target healthy (5)\n"
"  --unhealthy COUNT     bad ones that make it unhealthy (2)\n"
"  --stickiness 5|3|2    parts of the tuple that make a flow (5)\n"
"  --failover MODE       no_rebalance or rebalance (no_rebalance)\n"
"  --cross-zone on|off   may flows leave their zone? (off)\n"
"  --drain SECONDS       deregistration delay (300)\n"
"  --idle-tcp SECONDS    TCP idle timeout (350)\n"
"  --idle-other SECONDS  idle timeout of all others (120)\n"
"  --port PORT           UDP port of the tunnel (6081)\n"
"  --mtu BYTES           of the TUN devices (8500)\n"
"  --seed NUMBER         of the cookies (1)\n"
"\n"
"SECONDS may have a fraction.  Ends with its counters as JSON on stdout, and\n"
"exit status 1 when an answer violated a rule.\n";

enum {
	OPT_ZONE = 1, OPT_ENDPOINT, OPT_TARGET, OPT_CONTROL, OPT_HEALTH, OPT_CODES, OPT_INTERVAL,
	OPT_TIMEOUT, OPT_HEALTHY, OPT_UNHEALTHY, OPT_STICKINESS, OPT_FAILOVER, OPT_CROSS_ZONE,
	OPT_DRAIN, OPT_IDLE_TCP, OPT_IDLE_OTHER, OPT_PORT, OPT_MTU, OPT_SEED, OPT_HELP,
};

static const struct option options[] = {
	{ "zone", required_argument, NULL, OPT_ZONE },
	{ "endpoint", required_argument, NULL, OPT_ENDPOINT },
	{ "target", required_argument, NULL, OPT_TARGET },
	{ "control", required_argument, NULL, OPT_CONTROL },
	{ "health", required_argument, NULL, OPT_HEALTH },
	{ "codes", required_argument, NULL, OPT_CODES },
	{ "interval", required_argument, NULL, OPT_INTERVAL },
	{ "timeout", required_argument, NULL, OPT_TIMEOUT },
	{ "healthy", required_argument, NULL, OPT_HEALTHY },
	{ "unhealthy", required_argument, NULL, OPT_UNHEALTHY },
	{ "stickiness", required_argument, NULL, OPT_STICKINESS },
	{ "failover", required_argument, NULL, OPT_FAILOVER },
	{ "cross-zone", required_argument, NULL, OPT_CROSS_ZONE },
	{ "drain", required_argument, NULL, OPT_DRAIN },
	{ "idle-tcp", required_argument, NULL, OPT_IDLE_TCP },
	{ "idle-other", required_argument, NULL, OPT_IDLE_OTHER },
	{ "port", required_argument, NULL, OPT_PORT },
	{ "mtu", required_argument, NULL, OPT_MTU },
	{ "seed", required_argument, NULL, OPT_SEED },
	{ "help", no_argument, NULL, OPT_HELP },
	{ }
};

static int parse_seconds(const char *text, int64_t *ms)
{
	double seconds;
	char *end;

	seconds = strtod(text, &end);
	if (end == text || *end || !(seconds >= 0 && seconds <= 1e6))
		return -1;
	*ms = (int64_t)(seconds * 1000);
	return 0;
}

static int parse_number(const char *text, uint64_t min, uint64_t max, uint64_t *value)
{
	char *end;

	*value = strtoull(text, &end, 0);
	return end != text && !*end && *value >= min && *value <= max ? 0 : -1;
}

static int parse_count(const char *text, unsigned int min, unsigned int max, unsigned int *value)
{
	uint64_t number;

	if (parse_number(text, min, max, &number) < 0)
		return -1;
	*value = (unsigned int)number;
	return 0;
}

static int parse_port(const char *text, uint16_t *port)
{
	unsigned int number;

	if (parse_count(text, 1, 65535, &number) < 0)
		return -1;
	*port = (uint16_t)number;
	return 0;
}

static int parse_word(const char *text, const char *off, const char *on, bool *value)
{
	*value = !strcmp(text, on);
	return *value || !strcmp(text, off) ? 0 : -1;
}

static int parse_zone(struct gwlb *g, const char *text)
{
	struct zone *z = &g->zones[g->zones_len];
	size_t name = strcspn(text, "=");

	if (g->zones_len == ZONES_MAX || !name || name >= sizeof(z->name) || !text[name])
		return -1;
	memcpy(z->name, text, name);
	if (inet_pton(AF_INET, text + name + 1, &z->addr) != 1)
		return -1;
	g->zones_len++;
	return 0;
}

static int parse_target(struct gwlb *g, char *text)
{
	char *zone = strchr(text, ',');
	struct in_addr addr;
	unsigned int i = 0;

	if (zone) {
		*zone++ = '\0';
		while (i < g->zones_len && strcmp(g->zones[i].name, zone))
			i++;
	}
	if (i >= g->zones_len || inet_pton(AF_INET, text, &addr) != 1)
		return -1;
	return target_register(g, addr, i) ? -1 : 0;
}

static int parse_stickiness(const char *text, unsigned int *value)
{
	return parse_count(text, 2, 5, value) || *value == 4 ? -1 : 0;
}

static int option_apply(struct gwlb *g, int option, char *text)
{
	switch (option) {
	case OPT_ZONE:
		return parse_zone(g, text);
	case OPT_ENDPOINT:
		return g->zones_len ? endpoint_parse(g, text) : -1;
	case OPT_CONTROL:
		g->control_path = text;
		return 0;
	case OPT_HEALTH:
		return health_parse(&g->health, text);
	case OPT_CODES:
		return health_parse_codes(&g->health, text);
	case OPT_INTERVAL:
		return parse_seconds(text, &g->health.interval);
	case OPT_TIMEOUT:
		return parse_seconds(text, &g->health.timeout);
	case OPT_HEALTHY:
		return parse_count(text, 1, 100, &g->health.healthy);
	case OPT_UNHEALTHY:
		return parse_count(text, 1, 100, &g->health.unhealthy);
	case OPT_STICKINESS:
		return parse_stickiness(text, &g->stickiness);
	case OPT_FAILOVER:
		return parse_word(text, "no_rebalance", "rebalance", &g->rebalance);
	case OPT_CROSS_ZONE:
		return parse_word(text, "off", "on", &g->cross_zone);
	case OPT_DRAIN:
		return parse_seconds(text, &g->drain);
	case OPT_IDLE_TCP:
		return parse_seconds(text, &g->idle_tcp);
	case OPT_IDLE_OTHER:
		return parse_seconds(text, &g->idle_other);
	case OPT_PORT:
		return parse_port(text, &g->port);
	case OPT_MTU:
		return parse_count(text, 576, PACKET_MAX - OVERHEAD - 1, &g->mtu);
	case OPT_SEED:
		return parse_number(text, 0, UINT64_MAX, &g->seed);
	}
	return -1;
}

static void options_default(struct gwlb *g)
{
	health_parse(&g->health, "tcp:80");
	health_parse_codes(&g->health, "200-399");
	g->health.interval = 10000;
	g->health.timeout = 5000;
	g->health.healthy = 5;
	g->health.unhealthy = 2;
	g->stickiness = 5;
	g->drain = 300000;
	g->idle_tcp = 350000;
	g->idle_other = 120000;
	g->port = 6081;
	g->mtu = 8500;
	g->seed = 1;
	g->control_path = "/run/gwlb.sock";
}

/* Targets are registered last: that starts checks as the other options say. */
static int targets_apply(struct gwlb *g, int argc, char **argv)
{
	int option;

	optind = 1;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == OPT_TARGET && parse_target(g, optarg) < 0) {
			fprintf(stderr, "gwlb: cannot use --target %s\n", optarg);
			return -1;
		}
	}
	return 0;
}

/* Return: 0, or -1 after it said why; exits for --help */
int options_parse(struct gwlb *g, int argc, char **argv)
{
	int option, index = 0;

	options_default(g);
	while ((option = getopt_long(argc, argv, "", options, &index)) != -1) {
		if (option == OPT_HELP) {
			fputs(usage, stdout);
			exit(0);
		}
		if (option == OPT_TARGET)
			continue;
		if (option == '?' || option_apply(g, option, optarg) < 0) {
			if (option != '?')
				fprintf(stderr, "gwlb: cannot use --%s %s\n", options[index].name,
					optarg);
			return -1;
		}
	}
	if (optind < argc || !g->zones_len || !g->endpoints_len) {
		fputs(usage, stderr);
		return -1;
	}
	if (g->health.timeout > g->health.interval || !g->health.timeout) {
		fprintf(stderr, "gwlb: the timeout must be shorter than the interval\n");
		return -1;
	}
	g->flows.random = hash_mix(g->seed);
	return targets_apply(g, argc, argv);
}
