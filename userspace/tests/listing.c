// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Lists that end half-way, and names that are no text: what is printed is JSON all the
 * same, and nothing that a terminal obeys. Of the module there are only answers.
 */
#include <errno.h>
#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain/explain.h"
#include "flow.h"
#include "out.h"
#include "policy/print.h"
#include "ruleset_json.h"
#include "tap.h"

#define HOSTILE	"\x1b[2J\xff\n\xc2\x9b"

const char *const flow_words[FLOW_WORDS];

/* How many flows or packets are answered, and the error behind them. */
static unsigned int answers;
static int error;

int nl_open(struct nl *nl)
{
	memset(nl, 0, sizeof(*nl));
	return 0;
}

void nl_close(struct nl *nl)
{
	(void)nl;
}

void nl_request(union nl_request *req, uint8_t cmd, bool dump)
{
	(void)cmd;
	(void)dump;
	mnl_nlmsg_put_header(req);
}

int nl_send(struct nl *nl, union nl_request *req, nl_cb cb, void *data)
{
	union nl_request answer;
	struct nlmsghdr *nlh;
	unsigned int i;

	(void)req;
	for (i = 0; i < answers; i++) {
		nlh = mnl_nlmsg_put_header(&answer);
		mnl_nlmsg_put_extra_header(nlh, sizeof(struct genlmsghdr));
		mnl_attr_put_u64(nlh, NFG_A_FLOW_ENDPOINT, i);
		mnl_attr_put_strz(nlh, NFG_A_FLOW_POLICY, HOSTILE);
		mnl_attr_put_strz(nlh, NFG_A_FLOW_RULE, HOSTILE);
		cb(nlh, data);
	}
	return nl->error = error;
}

int nl_fail(const struct nl *nl, const char *what, const char *const *words, size_t n_words)
{
	(void)nl;
	(void)what;
	(void)words;
	(void)n_words;
	return STATUS_KERNEL;
}

uint64_t nl_uint(const struct nlattr *attr)
{
	uint64_t u64 = 0;

	memcpy(&u64, mnl_attr_get_payload(attr), mnl_attr_get_payload_len(attr));
	return u64;
}

const char *nl_text(char *buf, size_t size, const struct nlattr *attr)
{
	snprintf(buf, size, "%s", mnl_attr_get_str(attr));
	return buf;
}

int nl_address(uint8_t *addr, const struct nlattr *attr)
{
	(void)attr;
	memset(addr, 0, 16);
	return 0;
}

int flow_filter(struct nl *nl, const char *what, int argc, char **argv, struct nlmsghdr *nlh)
{
	(void)nl;
	(void)what;
	(void)argc;
	(void)argv;
	(void)nlh;
	return 0;
}

int answer_get(struct nl *nl, const uint8_t *packet, uint32_t len, struct answer *answer)
{
	(void)nl;
	(void)packet;
	(void)len;
	memset(answer, 0, sizeof(*answer));
	strcpy(answer->policy, HOSTILE);
	strcpy(answer->rule, HOSTILE);
	return answers-- ? 0 : STATUS_KERNEL;
}

void rules_get(struct nl *nl, struct rules *rules, const char *policy)
{
	(void)nl;
	(void)rules;
	(void)policy;
}

void rules_free(struct rules *rules)
{
	(void)rules;
}

const char *rules_text(char *buf, const struct rules *rules, const char *name)
{
	(void)rules;
	(void)name;
	buf[0] = '\0';
	return buf;
}

/* What @run prints; the caller frees it. */
static char *output_of(int (*run)(void), int *status)
{
	int saved = dup(STDOUT_FILENO);
	FILE *to = tmpfile();
	char *text = calloc(1, 1 << 22);
	size_t len;

	if (!to || !text || saved < 0)
		abort();
	fflush(stdout);
	dup2(fileno(to), STDOUT_FILENO);
	*status = run();
	fflush(stdout);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	rewind(to);
	len = fread(text, 1, (1 << 22) - 1, to);
	fclose(to);
	text[len] = '\0';
	return text;
}

static bool is_clean(const char *text)
{
	for (; *text; text++)
		if (*text != '\n' && (*text < ' ' || *text > '~'))
			return false;
	return true;
}

/* @n: elements of the array; -1: nothing is printed */
static void test_output(const char *what, int (*run)(void), int status, int n)
{
	int got;
	char *text = output_of(run, &got);
	json_t *json = json_loads(text, 0, NULL);

	ok(got == status, what, "status");
	ok(n < 0 ? !*text : (json && json_is_array(json) && (int)json_array_size(json) == n),
	   what, "JSON");
	ok(is_clean(text), what, "nothing but text");
	json_decref(json);
	free(text);
}

static int list_flows(void)
{
	return flow_list(0, NULL);
}

static void test_flows(void)
{
	answers = 3;
	error = 0;
	test_output("flows", list_flows, 0, 3);
	answers = 0;
	test_output("no flows", list_flows, 0, 0);
	error = -EPERM;
	test_output("no permission", list_flows, STATUS_KERNEL, -1);
	answers = 3;
	test_output("an error in a short list", list_flows, STATUS_KERNEL, -1);
	answers = 5000;
	test_output("an error in a long list", list_flows, STATUS_KERNEL, 5000);
	error = -EAGAIN;
	test_output("a disturbed list", list_flows, STATUS_KERNEL, 5000);
}

static char capture[32];

static int explain_capture(void)
{
	char *path = capture;

	return explain(1, &path);
}

/* A capture of two packets and, if it is damaged, the head of a third. */
static void write_capture(bool damaged)
{
	static const uint8_t ip[28] = { 0x45, [3] = 28, [8] = 64, [9] = 17 };
	struct pcap_file_header head = {
		.magic = 0xa1b2c3d4, .version_major = 2, .version_minor = 4,
		.snaplen = 65535, .linktype = 101,
	};
	uint32_t packet[4] = { 1, 1, sizeof(ip), sizeof(ip) };
	FILE *to = fopen(capture, "w");
	int i;

	if (!to)
		abort();
	fwrite(&head, sizeof(head), 1, to);
	for (i = 0; i < 2; i++) {
		fwrite(packet, sizeof(packet), 1, to);
		fwrite(ip, sizeof(ip), 1, to);
	}
	if (damaged)
		fwrite(packet, sizeof(packet), 1, to);
	fclose(to);
}

static void test_explain(void)
{
	strcpy(capture, "/tmp/genevectl-test-XXXXXX");
	close(mkstemp(capture));
	write_capture(false);
	answers = 2;
	test_output("packets", explain_capture, 0, 2);
	answers = 1;
	test_output("an error at the second packet", explain_capture, STATUS_KERNEL, 1);
	answers = 0;
	test_output("an error at the first packet", explain_capture, STATUS_KERNEL, -1);
	write_capture(true);
	answers = 2;
	test_output("a damaged capture", explain_capture, STATUS_USAGE, 2);
	unlink(capture);
}

static struct ruleset names;

static int print_names(void)
{
	print_ruleset(stdout, &names);
	return 0;
}

static int print_rules(void)
{
	out_json(rules_json(&names));
	return 0;
}

/* A ruleset of a module that takes any names. */
static void test_names(void)
{
	struct policy *policy;
	struct cond *cond;
	struct rule *rule;
	char *text;
	int status;

	ruleset_init(&names);
	ruleset_add_set(&names, HOSTILE);
	policy = ruleset_add_policy(&names, HOSTILE);
	rule = policy_add_rule(&names, policy, HOSTILE);
	cond = rule_add_cond(&names, rule, NFG_FIELD_DPORT);
	cond->set = HOSTILE;
	ruleset_add_binding(&names)->policy = HOSTILE;
	text = output_of(print_names, &status);
	ok(is_clean(text), "names", "nothing but text");
	free(text);
	test_output("names", print_rules, 0, 1);
	ruleset_free(&names);
}

int main(void)
{
	if (!freopen("/dev/null", "w", stderr))
		return 1;
	options.json = true;
	test_flows();
	test_explain();
	test_names();
	return done();
}
