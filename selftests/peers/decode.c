// SPDX-License-Identifier: GPL-2.0
/* What module/core finds in packets: a line for each of those in a file of vectors. */
#include <arpa/inet.h>
#include <err.h>
#include <inttypes.h>
#include <stdio.h>

#include "explain/headers.h"
#include "parse.h"
#include "profile.h"

/* The attachment id, which only genevectl looks at; "-" for none. */
static void print_attachment(const struct vector *v, const struct nfg_meta *m)
{
	const struct geneve_option *option;
	struct geneve geneve;
	int i;

	headers_geneve(&geneve, v->data, v->len, m->geneve);
	for (option = geneve.options; option < geneve.options + geneve.n; option++) {
		if (option->class != NFG_AWS_CLASS || option->type != NFG_AWS_ATTACHMENT)
			continue;
		putchar(' ');
		for (i = 0; i < option->len; i++)
			printf("%02x", option->data[i]);
		return;
	}
	printf(" -");
}

static void print_tuple(const struct nfg_tuple *t)
{
	char saddr[INET6_ADDRSTRLEN], daddr[INET6_ADDRSTRLEN];
	int family = t->version == 4 ? AF_INET : AF_INET6;

	inet_ntop(family, &t->saddr, saddr, sizeof(saddr));
	inet_ntop(family, &t->daddr, daddr, sizeof(daddr));
	printf(" %s %s %u %u %u", saddr, daddr, t->proto, ntohs(t->sport), ntohs(t->dport));
}

static void print_packet(const struct vector *v)
{
	char peer[INET_ADDRSTRLEN];
	struct nfg_meta m;
	int reason = parse_whole(v->data, v->len, &m);

	if (reason < 0)
		errx(1, "%s: no verdict", v->name);
	printf("%s %s", v->name, nfg_reason_name(reason));
	if (!reason) {
		inet_ntop(AF_INET, &m.peer, peer, sizeof(peer));
		printf(" %s %016" PRIx64 " %08x", peer, m.endpoint, m.cookie);
		print_attachment(v, &m);
		print_tuple(&m.tuple);
	}
	putchar('\n');
}

int main(int argc, char **argv)
{
	struct vectors list;
	size_t i;

	if (argc != 2)
		errx(2, "usage: decode VECTORS");
	list = vectors_read(argv[1]);
	for (i = 0; i < list.count; i++)
		print_packet(&list.v[i]);
	vectors_free(&list);
	return 0;
}
