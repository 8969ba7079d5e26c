// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * The command explain, all of it but netlink: the first byte of the input chooses
 * the form of the output and of the packets, a capture or digits; module/core
 * itself answers instead of the kernel.
 */
#include <jansson.h>

#include "capture.h"
#include "explain/explain.h"
#include "fuzz.h"
#include "out.h"
#include "packet.h"

#define WITH_JSON	0x01
#define WITH_PRETTY	0x02
#define WITH_HEX	0x04

int nl_open(struct nl *nl)
{
	(void)nl;
	return 0;
}

void nl_close(struct nl *nl)
{
	(void)nl;
}

/* Of flows; there are none. */
int nl_address(uint8_t *addr, const struct nlattr *attr)
{
	(void)addr;
	(void)attr;
	abort();
}

static void set_tuple(struct tuple *to, const struct nfg_tuple *from)
{
	to->family = from->version == 4 ? AF_INET : AF_INET6;
	memcpy(to->saddr, &from->saddr, sizeof(to->saddr));
	memcpy(to->daddr, &from->daddr, sizeof(to->daddr));
	to->proto = from->proto;
	to->sport = be16toh(from->sport);
	to->dport = be16toh(from->dport);
}

/* What the module would say that has one rule, which some packets do not match. */
static void set_rules(struct answer *answer, const struct nfg_meta *m)
{
	answer->direction = m->cookie & 1;
	answer->reply = m->cookie & 2;
	strcpy(answer->policy, "p");
	strcpy(answer->tried[0].rule, "r\x01");
	answer->tried[0].cond = m->cookie & 4 ? -1 : 0;
	answer->tried[0].field = m->tuple.sport % NFG_FIELD_MAX;
	answer->n_tried = 1;
	answer->verdict = m->cookie % 3;
	answer->fate = NFG_FATE_BOUNCE;
}

int answer_get(struct nl *nl, const uint8_t *packet, uint32_t len, struct answer *answer)
{
	struct nfg_buf b = { .data = packet, .linear = len, .total = len };
	struct nfg_meta m;
	int reason;

	(void)nl;
	must(len <= EXPLAIN_PACKET_MAX);
	memset(answer, 0, sizeof(*answer));
	answer->direction = -1;
	answer->verdict = -1;
	reason = nfg_parse(&b, &m);
	must(reason != NFG_MORE);
	answer->fate = NFG_FATE_DROP;
	if (reason)
		snprintf(answer->reason, sizeof(answer->reason), "%s", nfg_reason_name(reason));
	answer->has_endpoint = m.flags & NFG_META_PROFILE;
	answer->endpoint = m.endpoint;
	answer->cookie = m.cookie;
	if (reason)
		return 0;
	answer->geneve = m.geneve;
	answer->inner = m.inner;
	answer->l4 = m.l4;
	answer->inner_length = m.inner_len;
	answer->has_tuple = true;
	answer->fragment = m.flags & NFG_META_FRAGMENT;
	answer->related = m.flags & NFG_META_QUOTE;
	set_tuple(&answer->tuple, &m.tuple);
	set_rules(answer, &m);
	return 0;
}

static int run(uint8_t how, const uint8_t *data, size_t size)
{
	static struct memory file;
	char *digits, *argv[] = { file.path, NULL, NULL };
	int status;

	if (!(how & WITH_HEX)) {
		memory_write(&file, data, size);
		return explain(1, argv);
	}
	digits = calloc(1, size + 1);
	must(digits);
	memcpy(digits, data, size);
	argv[0] = "--hex";
	argv[1] = digits;
	status = explain(2, argv);
	free(digits);
	return status;
}

/* JSON is JSON whatever the packets are, and text is printable. */
static void check_output(const char *text, bool json)
{
	json_error_t error;
	json_t *all;

	if (json) {
		all = json_loads(text, 0, &error);
		must(json_is_array(all));
		json_decref(all);
		return;
	}
	for (; *text; text++)
		must(*text == '\n' || (*text >= ' ' && *text <= '~'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	uint8_t how = take8(&in);
	struct capture capture;
	int status;

	options.json = how & (WITH_JSON | WITH_PRETTY);
	options.pretty = how & WITH_PRETTY;
	capture_begin(&capture);
	status = run(how, in.data, in.left);
	capture_end(&capture);
	must(status == 0 || status == STATUS_USAGE);
	if (!status)
		check_output(capture.out, options.json);
	must(status ? is_line(capture.err) : !*capture.err);
	capture_free(&capture);
	return 0;
}
