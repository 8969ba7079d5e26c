// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Speaks netlink with the module as genevectl never would: requests in any order,
 * wrong ones, several transactions at a time.
 *
 * usage: transact <REQUESTS
 *
 * A line is a request; an answer is printed for each: "ok", or the error and what
 * the kernel says about it. A number as the first word is that of the socket (0).
 *
 *	begin [copy]
 *	commit [keep] [requests N] [port N] [name NAME]
 *	abort
 *	close					the socket, without asking
 *	set NAME TYPE [timeout MS]		TYPE: addr, port, proto, endpoint
 *	add SET ELEMENT[,ELEMENT...]		ELEMENT: FROM[-TO][/MS]
 *	del SET ELEMENT[,ELEMENT...]
 *	policy NAME [BODY]
 *	rule POLICY NAME [BODY]
 *	rmrule POLICY NAME
 *	bind ID [policy NAME] [name NAME]
 *	rules [POLICY] | sets [NAME] | policies | bindings | endpoints | ruleset
 *	fill RULES ELEMENTS [BASE]		a transaction of many requests
 *	nth N					the N-th allocation of what follows fails, with
 *						fault/nth.so; the answer is what became of
 *						the last one: hit or over
 *
 * BODY: verdict N, reject N, log, group N, limit COUNT SECONDS [burst N], before NAME,
 * cond FIELD [not] @SET|ELEMENT,... - FIELD is a number of enum nfg_field or its
 * name in small letters. An empty name is written ''.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <inttypes.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <linux/nf_geneve.h>

#define SOCKETS		8
#define REQUEST_SIZE	(1 << 17)
#define ELEMENTS	1600

static struct mnl_socket *sockets[SOCKETS];
static int family;
static char buf[REQUEST_SIZE];
static struct nlmsghdr *nlh;
static struct nfg_element elements[ELEMENTS];

static const char *const fields[] = {
	"direction", "family", "proto", "saddr", "daddr", "sport", "dport", "endpoint",
};

static const char *const types[] = { "addr", "port", "proto", "endpoint" };

static void die(const char *what)
{
	fprintf(stderr, "transact: %s\n", what);
	exit(2);
}

static int number_of(const char *const *names, int n, const char *name)
{
	for (int i = 0; i < n; i++)
		if (!strcmp(names[i], name))
			return i;
	return strtol(name, NULL, 0);
}

static struct mnl_socket *socket_open(void)
{
	struct mnl_socket *s = mnl_socket_open(NETLINK_GENERIC);
	int one = 1;

	if (!s || mnl_socket_bind(s, 0, MNL_SOCKET_AUTOPID))
		die("no netlink");
	mnl_socket_setsockopt(s, NETLINK_EXT_ACK, &one, sizeof(one));
	mnl_socket_setsockopt(s, NETLINK_CAP_ACK, &one, sizeof(one));
	return s;
}

static void request(void *at, int type, int cmd, int flags)
{
	struct genlmsghdr *genl;

	nlh = mnl_nlmsg_put_header(at);
	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = cmd;
	genl->version = 1;
}

static void print_error(const struct nlmsghdr *answer, int error)
{
	const struct nlattr *attr;
	const char *message = "";
	unsigned int offset = 0;
	size_t header = answer->nlmsg_type == NLMSG_DONE ? sizeof(int) : sizeof(struct nlmsgerr);

	if (answer->nlmsg_flags & NLM_F_ACK_TLVS) {
		mnl_attr_for_each(attr, answer, header) {
			if (mnl_attr_get_type(attr) == NLMSGERR_ATTR_MSG)
				message = mnl_attr_get_str(attr);
			if (mnl_attr_get_type(attr) == NLMSGERR_ATTR_OFFS)
				offset = mnl_attr_get_u32(attr);
		}
	}
	printf("%s: %s", strerrorname_np(-error), message);
	attr = (struct nlattr *)((char *)nlh + offset);
	if (offset && offset < nlh->nlmsg_len)
		printf(" (attribute %u)", mnl_attr_get_type(attr));
	printf("\n");
}

static void print_element(const struct nfg_element *e, int field)
{
	char text[2][INET6_ADDRSTRLEN];
	const __u8 *bytes[2] = { e->from, e->to };
	uint64_t low;

	(void)field;
	for (int i = 0; i < 2; i++) {
		memcpy(&low, bytes[i] + 8, sizeof(low));
		if (e->family == 6)
			inet_ntop(AF_INET6, bytes[i], text[i], sizeof(text[i]));
		else if (e->family == 4)
			inet_ntop(AF_INET, bytes[i] + 12, text[i], sizeof(text[i]));
		else
			snprintf(text[i], sizeof(text[i]), "%" PRIu64, be64toh(low));
	}
	printf("%s", text[0]);
	if (strcmp(text[0], text[1]))
		printf("-%s", text[1]);
	if (e->timeout)
		printf("/%u", e->timeout);
}

static void print_elements(const struct nlattr *attr)
{
	const struct nfg_element *e = mnl_attr_get_payload(attr);
	size_t n = mnl_attr_get_payload_len(attr) / sizeof(*e);

	for (size_t i = 0; i < n; i++) {
		printf(i ? "," : " ");
		print_element(&e[i], 0);
	}
}

static void print_cond(const struct nlattr *nest)
{
	const struct nlattr *attr;

	printf(" cond");
	mnl_attr_for_each_nested(attr, nest) {
		switch (mnl_attr_get_type(attr)) {
		case NFG_A_COND_FIELD:
			printf(" %s", fields[mnl_attr_get_u8(attr)]);
			break;
		case NFG_A_COND_NEGATE:
			printf(" not");
			break;
		case NFG_A_COND_SET:
			printf(" @%s", mnl_attr_get_str(attr));
			break;
		case NFG_A_COND_ELEMENTS:
			print_elements(attr);
			break;
		}
	}
}

static void print_rule_attr(const struct nlattr *attr)
{
	switch (mnl_attr_get_type(attr)) {
	case NFG_A_RULE_POLICY:
		printf("rule %s", mnl_attr_get_str(attr));
		break;
	case NFG_A_RULE_NAME:
		printf(" %s", mnl_attr_get_str(attr));
		break;
	case NFG_A_RULE_DEFAULT:
		printf(" (default)");
		break;
	case NFG_A_RULE_COND:
		print_cond(attr);
		break;
	case NFG_A_RULE_VERDICT:
		printf(" verdict %u", mnl_attr_get_u8(attr));
		break;
	case NFG_A_RULE_REJECT:
		printf(" reject %u", mnl_attr_get_u8(attr));
		break;
	case NFG_A_RULE_LOG:
		printf(" log");
		break;
	case NFG_A_RULE_LOG_GROUP:
		printf(" group %u", mnl_attr_get_u16(attr));
		break;
	case NFG_A_RULE_LIMIT_COUNT:
		printf(" limit %u", mnl_attr_get_u32(attr));
		break;
	case NFG_A_RULE_LIMIT_SECONDS:
		printf(" %u", mnl_attr_get_u32(attr));
		break;
	case NFG_A_RULE_LIMIT_BURST:
		printf(" burst %u", mnl_attr_get_u32(attr));
		break;
	}
}

static void print_set_attr(const struct nlattr *attr)
{
	switch (mnl_attr_get_type(attr)) {
	case NFG_A_SET_NAME:
		printf("set %s", mnl_attr_get_str(attr));
		break;
	case NFG_A_SET_TYPE:
		printf(" %s", types[mnl_attr_get_u8(attr)]);
		break;
	case NFG_A_SET_TIMEOUT:
		printf(" timeout %u", mnl_attr_get_u32(attr));
		break;
	case NFG_A_SET_ELEMENTS:
		print_elements(attr);
		break;
	}
}

static void print_policy_attr(const struct nlattr *attr)
{
	const struct nlattr *inner;

	switch (mnl_attr_get_type(attr)) {
	case NFG_A_POLICY_NAME:
		printf("policy %s", mnl_attr_get_str(attr));
		break;
	case NFG_A_POLICY_RULES:
		printf(" rules %u", mnl_attr_get_u32(attr));
		break;
	case NFG_A_POLICY_DEFAULT:
		mnl_attr_for_each_nested(inner, attr)
			print_rule_attr(inner);
		break;
	}
}

static void print_bind_attr(const struct nlattr *attr)
{
	switch (mnl_attr_get_type(attr)) {
	case NFG_A_ENDPOINT_ID:
		printf("bind %" PRIx64, mnl_attr_get_u64(attr));
		break;
	case NFG_A_ENDPOINT_POLICY:
		printf(" %s", mnl_attr_get_str(attr));
		break;
	}
}

static void print_endpoint_attr(const struct nlattr *attr)
{
	switch (mnl_attr_get_type(attr)) {
	case NFG_A_ENDPOINT_ID:
		printf("endpoint %" PRIx64, mnl_attr_get_u64(attr));
		break;
	case NFG_A_ENDPOINT_NAME:
		printf(" %s", mnl_attr_get_str(attr));
		break;
	}
}

static void print_ruleset_attr(const struct nlattr *attr)
{
	static const char *const names[] = {
		[NFG_A_RULESET_GENERATION] = "generation", [NFG_A_RULESET_POLICIES] = "policies",
		[NFG_A_RULESET_RULES] = "rules", [NFG_A_RULESET_SETS] = "sets",
		[NFG_A_RULESET_ELEMENTS] = "elements", [NFG_A_RULESET_BINDINGS] = "bindings",
		[NFG_A_RULESET_MEMORY] = "memory",
	};
	int type = mnl_attr_get_type(attr);

	if (type == NFG_A_RULESET_MEMORY)
		printf("memory %" PRIu64, mnl_attr_get_u64(attr));
	else if (type != NFG_A_RULESET_PAD)
		printf("%s %u ", names[type], mnl_attr_get_u32(attr));
}

static void print_answer(const struct nlmsghdr *answer)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(answer);
	const struct nlattr *attr;

	if (answer->nlmsg_flags & NLM_F_DUMP_INTR)
		printf("(interrupted) ");
	mnl_attr_for_each(attr, answer, sizeof(*genl)) {
		switch (genl->cmd) {
		case NFG_CMD_RULE_GET:
			print_rule_attr(attr);
			break;
		case NFG_CMD_SET_GET:
			print_set_attr(attr);
			break;
		case NFG_CMD_POLICY_GET:
			print_policy_attr(attr);
			break;
		case NFG_CMD_BIND_GET:
			print_bind_attr(attr);
			break;
		case NFG_CMD_ENDPOINT_GET:
			print_endpoint_attr(attr);
			break;
		case NFG_CMD_RULESET_GET:
			print_ruleset_attr(attr);
			break;
		}
	}
	printf("\n");
}

/* Prints what comes until the request is answered; the family's id is kept. */
static void receive(struct mnl_socket *s)
{
	static char answers[1 << 16];

	for (;;) {
		int len = mnl_socket_recvfrom(s, answers, sizeof(answers));
		const struct nlmsghdr *answer = (struct nlmsghdr *)answers;

		if (len < 0) {
			printf("%s: no answer\n", strerrorname_np(errno));
			return;
		}
		for (; mnl_nlmsg_ok(answer, len); answer = mnl_nlmsg_next(answer, &len)) {
			int error = 0;

			if (answer->nlmsg_type == NLMSG_ERROR || answer->nlmsg_type == NLMSG_DONE) {
				memcpy(&error, mnl_nlmsg_get_payload(answer), sizeof(error));
				if (error)
					print_error(answer, error);
				else
					printf("ok\n");
				return;
			}
			print_answer(answer);
		}
	}
}

static void find_family(struct mnl_socket *s)
{
	const struct nlattr *attr;

	request(buf, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 0);
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, NFG_GENL_NAME);
	if (mnl_socket_sendto(s, nlh, nlh->nlmsg_len) < 0 ||
	    mnl_socket_recvfrom(s, buf, sizeof(buf)) < 0)
		die("no answer");
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			family = mnl_attr_get_u16(attr);
	if (!family)
		die("no module");
}

static void element_key(const char *text, __u8 *key, __u32 *family_of)
{
	uint64_t value;

	memset(key, 0, 16);
	if (inet_pton(AF_INET6, text, key) == 1) {
		*family_of = 6;
	} else if (strchr(text, '.') && inet_pton(AF_INET, text, key + 12) == 1) {
		*family_of = 4;
	} else {
		value = htobe64(strtoull(text, NULL, 0));
		memcpy(key + 8, &value, sizeof(value));
	}
}

static size_t parse_elements(char *text)
{
	char *save, *word;
	size_t n = 0;

	for (word = strtok_r(text, ",", &save); word; word = strtok_r(NULL, ",", &save)) {
		struct nfg_element *e = &elements[n++];
		char *timeout = strchr(word, '/'), *to;

		memset(e, 0, sizeof(*e));
		if (timeout) {
			*timeout++ = '\0';
			e->timeout = strtoul(timeout, NULL, 10);
		}
		to = strchr(word, '-');
		if (to)
			*to++ = '\0';
		element_key(word, e->from, &e->family);
		element_key(to ? to : word, e->to, &e->family);
	}
	return n;
}

static void put_elements(int type, char *text)
{
	mnl_attr_put(nlh, type, parse_elements(text) * sizeof(*elements), elements);
}

/* The next word of the line; '' is the empty one. */
static char *word_next(char **save)
{
	char *word = strtok_r(NULL, "\n ", save);

	return word && !strcmp(word, "''") ? "" : word;
}

static void put_name(int type, char **save)
{
	const char *name = word_next(save);

	if (name)
		mnl_attr_put_strz(nlh, type, name);
}

static void put_cond(char **save)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, NFG_A_RULE_COND);
	char *word = word_next(save);

	if (word)
		mnl_attr_put_u8(nlh, NFG_A_COND_FIELD, number_of(fields, NFG_FIELD_MAX, word));
	word = word_next(save);
	if (word && !strcmp(word, "not")) {
		mnl_attr_put(nlh, NFG_A_COND_NEGATE, 0, NULL);
		word = word_next(save);
	}
	if (word && *word == '@')
		mnl_attr_put_strz(nlh, NFG_A_COND_SET, word + 1);
	else if (word)
		put_elements(NFG_A_COND_ELEMENTS, word);
	mnl_attr_nest_end(nlh, nest);
}

static unsigned long number(char **save)
{
	const char *word = word_next(save);

	return word ? strtoul(word, NULL, 0) : 0;
}

static void put_body(char **save)
{
	char *word;

	while ((word = word_next(save))) {
		if (!strcmp(word, "verdict")) {
			mnl_attr_put_u8(nlh, NFG_A_RULE_VERDICT, number(save));
		} else if (!strcmp(word, "reject")) {
			mnl_attr_put_u8(nlh, NFG_A_RULE_REJECT, number(save));
		} else if (!strcmp(word, "log")) {
			mnl_attr_put(nlh, NFG_A_RULE_LOG, 0, NULL);
		} else if (!strcmp(word, "group")) {
			mnl_attr_put_u16(nlh, NFG_A_RULE_LOG_GROUP, number(save));
		} else if (!strcmp(word, "limit")) {
			mnl_attr_put_u32(nlh, NFG_A_RULE_LIMIT_COUNT, number(save));
			mnl_attr_put_u32(nlh, NFG_A_RULE_LIMIT_SECONDS, number(save));
		} else if (!strcmp(word, "burst")) {
			mnl_attr_put_u32(nlh, NFG_A_RULE_LIMIT_BURST, number(save));
		} else if (!strcmp(word, "before")) {
			put_name(NFG_A_RULE_BEFORE, save);
		} else if (!strcmp(word, "cond")) {
			put_cond(save);
		} else {
			die(word);
		}
	}
}

static void put_commit(char **save)
{
	struct nlattr *nest;
	char *word;

	while ((word = word_next(save))) {
		if (!strcmp(word, "keep")) {
			mnl_attr_put(nlh, NFG_A_RULESET_KEEP_FLOWS, 0, NULL);
		} else if (!strcmp(word, "requests")) {
			mnl_attr_put_u32(nlh, NFG_A_RULESET_REQUESTS, number(save));
		} else {
			nest = mnl_attr_nest_start(nlh, NFG_A_RULESET_CONFIG);
			mnl_attr_put_u16(nlh, NFG_A_CONFIG_PORT, number(save));
			mnl_attr_nest_end(nlh, nest);
		}
	}
}

static void put_set(char **save)
{
	char *type;

	put_name(NFG_A_SET_NAME, save);
	type = word_next(save);
	if (type)
		mnl_attr_put_u8(nlh, NFG_A_SET_TYPE, number_of(types, 4, type));
	if (word_next(save))
		mnl_attr_put_u32(nlh, NFG_A_SET_TIMEOUT, number(save));
}

static void put_policy(char **save)
{
	struct nlattr *nest;

	put_name(NFG_A_POLICY_NAME, save);
	if (**save && **save != '\n') {
		nest = mnl_attr_nest_start(nlh, NFG_A_POLICY_DEFAULT);
		put_body(save);
		mnl_attr_nest_end(nlh, nest);
	}
}

static void put_elements_of(char **save)
{
	char *word;

	put_name(NFG_A_SET_NAME, save);
	word = word_next(save);
	if (word)
		put_elements(NFG_A_SET_ELEMENTS, word);
}

static void put_rule(char **save)
{
	put_name(NFG_A_RULE_POLICY, save);
	put_name(NFG_A_RULE_NAME, save);
	put_body(save);
}

static void put_bind(char **save)
{
	char *word = word_next(save);

	if (word)
		mnl_attr_put_u64(nlh, NFG_A_ENDPOINT_ID, strtoull(word, NULL, 16));
	while ((word = word_next(save)))
		put_name(!strcmp(word, "name") ? NFG_A_ENDPOINT_NAME : NFG_A_ENDPOINT_POLICY, save);
}

static void put_begin(char **save)
{
	if (word_next(save))
		mnl_attr_put(nlh, NFG_A_RULESET_COPY, 0, NULL);
}

static void put_policy_name(char **save)
{
	put_name(NFG_A_RULE_POLICY, save);
}

static void put_set_name(char **save)
{
	put_name(NFG_A_SET_NAME, save);
}

static void put_nothing(char **save)
{
	(void)save;
}

static const struct {
	const char *word;
	int cmd;
	void (*put)(char **save);
	bool dump;
} commands[] = {
	{ "begin", NFG_CMD_RULESET_BEGIN, put_begin },
	{ "commit", NFG_CMD_RULESET_COMMIT, put_commit },
	{ "abort", NFG_CMD_RULESET_ABORT, put_nothing },
	{ "set", NFG_CMD_SET_NEW, put_set },
	{ "add", NFG_CMD_SET_ADD, put_elements_of },
	{ "del", NFG_CMD_SET_DELETE, put_elements_of },
	{ "policy", NFG_CMD_POLICY_NEW, put_policy },
	{ "rule", NFG_CMD_RULE_ADD, put_rule },
	{ "rmrule", NFG_CMD_RULE_DELETE, put_rule },
	{ "bind", NFG_CMD_BIND, put_bind },
	{ "ruleset", NFG_CMD_RULESET_GET, put_nothing },
	{ "rules", NFG_CMD_RULE_GET, put_policy_name, true },
	{ "sets", NFG_CMD_SET_GET, put_set_name, true },
	{ "policies", NFG_CMD_POLICY_GET, put_nothing, true },
	{ "bindings", NFG_CMD_BIND_GET, put_nothing, true },
	{ "endpoints", NFG_CMD_ENDPOINT_GET, put_nothing, true },
};

/* Requests that are sent together, without an answer of success. */
struct batch {
	struct mnl_socket *socket;
	char *at;
	unsigned int sent;
};

static void batch_flush(struct batch *b)
{
	if (b->at == buf)
		return;
	if (mnl_socket_sendto(b->socket, buf, b->at - buf) < 0)
		die("cannot send");
	b->at = buf;
}

static void batch_begin(struct batch *b, int cmd)
{
	if (b->at - buf > REQUEST_SIZE - (1 << 16) - 1024)
		batch_flush(b);
	request(b->at, family, cmd, 0);
}

static void batch_end(struct batch *b)
{
	b->at += NLMSG_ALIGN(nlh->nlmsg_len);
	b->sent++;
}

static void fill_elements(struct batch *b, unsigned int n, unsigned int base)
{
	unsigned int at, i;

	batch_begin(b, NFG_CMD_SET_NEW);
	mnl_attr_put_strz(nlh, NFG_A_SET_NAME, "many");
	mnl_attr_put_u8(nlh, NFG_A_SET_TYPE, NFG_SET_ADDR);
	batch_end(b);
	for (at = 0; at < n; at += i) {
		for (i = 0; i < ELEMENTS && at + i < n; i++) {
			struct nfg_element *e = &elements[i];
			uint32_t addr = htonl(0x0b000000 + base + (at + i) * 16);

			memset(e, 0, sizeof(*e));
			e->family = 4;
			memcpy(e->from + 12, &addr, sizeof(addr));
			addr = htonl(ntohl(addr) + 7);
			memcpy(e->to + 12, &addr, sizeof(addr));
		}
		batch_begin(b, NFG_CMD_SET_ADD);
		mnl_attr_put_strz(nlh, NFG_A_SET_NAME, "many");
		mnl_attr_put(nlh, NFG_A_SET_ELEMENTS, i * sizeof(*elements), elements);
		batch_end(b);
	}
}

static void fill_cond(int field, uint32_t from, uint32_t to)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, NFG_A_RULE_COND);
	struct nfg_element e = { 0 };

	from = htonl(from);
	to = htonl(to);
	memcpy(e.from + 12, &from, sizeof(from));
	memcpy(e.to + 12, &to, sizeof(to));
	e.family = field == NFG_FIELD_DADDR || field == NFG_FIELD_SADDR ? 4 : 0;
	mnl_attr_put_u8(nlh, NFG_A_COND_FIELD, field);
	mnl_attr_put(nlh, NFG_A_COND_ELEMENTS, sizeof(e), &e);
	mnl_attr_nest_end(nlh, nest);
}

static void fill_rule(struct batch *b, unsigned int i)
{
	struct nlattr *nest;
	char name[32];

	snprintf(name, sizeof(name), "rule-%u", i);
	batch_begin(b, NFG_CMD_RULE_ADD);
	mnl_attr_put_strz(nlh, NFG_A_RULE_POLICY, "default");
	mnl_attr_put_strz(nlh, NFG_A_RULE_NAME, name);
	mnl_attr_put_u8(nlh, NFG_A_RULE_VERDICT, i % 3);
	fill_cond(NFG_FIELD_PROTO, 6, 6);
	fill_cond(NFG_FIELD_DPORT, i % 60000, i % 60000 + i % 5);
	if (i % 4) {
		fill_cond(NFG_FIELD_DADDR, 0xc0000000 + i * 256, 0xc0000000 + i * 256 + 255);
	} else {
		nest = mnl_attr_nest_start(nlh, NFG_A_RULE_COND);
		mnl_attr_put_u8(nlh, NFG_A_COND_FIELD, NFG_FIELD_SADDR);
		mnl_attr_put_strz(nlh, NFG_A_COND_SET, "many");
		mnl_attr_nest_end(nlh, nest);
	}
	batch_end(b);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

static void fill(struct mnl_socket *s, char **save)
{
	unsigned int n_rules = number(save), n_elements = number(save), base = number(save);
	struct batch b = { .socket = s, .at = buf };
	double t[4];

	t[0] = seconds();
	batch_begin(&b, NFG_CMD_RULESET_BEGIN);
	batch_end(&b);
	b.sent = 0;
	fill_elements(&b, n_elements, base);
	batch_flush(&b);
	t[1] = seconds();
	batch_begin(&b, NFG_CMD_POLICY_NEW);
	mnl_attr_put_strz(nlh, NFG_A_POLICY_NAME, "default");
	batch_end(&b);
	for (unsigned int i = 0; i < n_rules; i++)
		fill_rule(&b, i);
	batch_flush(&b);
	t[2] = seconds();
	request(buf, family, NFG_CMD_RULESET_COMMIT, NLM_F_ACK);
	mnl_attr_put_u32(nlh, NFG_A_RULESET_REQUESTS, b.sent);
	if (mnl_socket_sendto(s, nlh, nlh->nlmsg_len) < 0)
		die("cannot send");
	receive(s);
	t[3] = seconds();
	printf("elements %.0f rules %.0f commit %.0f us\n", (t[1] - t[0]) * 1e6,
	       (t[2] - t[1]) * 1e6, (t[3] - t[2]) * 1e6);
}

static void fail_nth(long n)
{
	const char *(*fail)(long n) = dlsym(RTLD_DEFAULT, "nth_fail");

	if (!fail)
		die("nth without fault/nth.so");
	printf("%s\n", fail(n));
}

static void run(char *line)
{
	char *save, *word = strtok_r(line, "\n ", &save);
	int number_of_socket = 0;

	if (!word || *word == '#')
		return;
	if (*word >= '0' && *word < '0' + SOCKETS) {
		number_of_socket = *word - '0';
		word = word_next(&save);
	}
	if (!sockets[number_of_socket])
		sockets[number_of_socket] = socket_open();
	if (!strcmp(word, "close")) {
		mnl_socket_close(sockets[number_of_socket]);
		sockets[number_of_socket] = NULL;
		return;
	}
	if (!strcmp(word, "nth")) {
		fail_nth(number(&save));
		return;
	}
	if (!strcmp(word, "fill")) {
		fill(sockets[number_of_socket], &save);
		return;
	}
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		if (strcmp(commands[i].word, word))
			continue;
		request(buf, family, commands[i].cmd, commands[i].dump ? NLM_F_DUMP : NLM_F_ACK);
		commands[i].put(&save);
		if (mnl_socket_sendto(sockets[number_of_socket], nlh, nlh->nlmsg_len) < 0)
			printf("%s: not sent\n", strerrorname_np(errno));
		else
			receive(sockets[number_of_socket]);
		return;
	}
	die(word);
}

int main(void)
{
	static char line[1 << 16];

	sockets[0] = socket_open();
	find_family(sockets[0]);
	setvbuf(stdout, NULL, _IOLBF, 0);
	while (fgets(line, sizeof(line), stdin))
		run(line);
	return 0;
}
