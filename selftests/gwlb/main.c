// SPDX-License-Identifier: GPL-2.0
/* GWLB emulator: start and end.  README.md tells how the parts fit together. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "gwlb.h"

static int start(struct gwlb *g)
{
	for (unsigned int i = 0; i < g->endpoints_len; i++) {
		struct endpoint *e = &g->endpoints[i];

		if (endpoint_open(g, e) < 0) {
			fprintf(stderr, "gwlb: TUN device %s: %m\n", e->tun);
			return -1;
		}
	}
	if (wire_open(g) < 0) {
		fprintf(stderr, "gwlb: sockets: %m\n");
		return -1;
	}
	/* Last: whoever sees the control socket may send packets. */
	if (control_open(g) < 0) {
		fprintf(stderr, "gwlb: %s: %m\n", g->control_path);
		return -1;
	}
	return 0;
}

static void print_stats(struct gwlb *g)
{
	json_t *stats = report_stats(g);

	json_dumpf(stats, stdout, JSON_INDENT(2));
	putchar('\n');
	fflush(stdout);
	json_decref(stats);
}

int main(int argc, char **argv)
{
	struct gwlb *g;
	int err;

	if (argc > 1 && !strcmp(argv[1], "ctl"))
		return ctl_main(argc - 2, argv + 2);

	g = calloc(1, sizeof(*g));
	if (!g) {
		perror("gwlb");
		return 2;
	}
	g->started = now_ms();
	g->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (g->epoll_fd < 0 || options_parse(g, argc, argv) < 0 || start(g) < 0) {
		free(g);
		return 2;
	}
	err = loop_run(g);
	control_close(g);
	print_stats(g);
	err = err ? 2 : violations_total(g) != 0;
	free(g);
	return err;
}
