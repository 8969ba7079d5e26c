// SPDX-License-Identifier: GPL-2.0 OR MIT
/* endpoint set: a name, a policy, or both. */
#include <errno.h>
#include <string.h>

#include "endpoint.h"
#include "text.h"
#include "word.h"

/* Others may change the ruleset meanwhile. */
#define TRIES	10

enum key {
	KEY_NAME,
	KEY_POLICY,
	KEYS
};

static const char *const keys[KEYS] = {
	[KEY_NAME] = "name",
	[KEY_POLICY] = "policy",
};

static int put_value(const char **values, enum key key, const char *value)
{
	if (values[key])
		return fail(STATUS_USAGE, "endpoint set: %s: given twice: expected once",
			    keys[key]);
	if (strlen(value) > NFG_NAME_LEN_MAX)
		return fail(STATUS_USAGE, "endpoint set: %s: too long: expected at most %d characters",
			    keys[key], NFG_NAME_LEN_MAX);
	values[key] = value;
	return 0;
}

/* "NEWNAME", or "name NEWNAME" and "policy POLICY" in any order. */
static int read_values(const char **values, int argc, char **argv)
{
	struct why why;
	int key, err;

	if (!argc)
		return fail(STATUS_USAGE, "endpoint set: name: value is missing: expected a name, '' for none");
	if (argc == 1 && word_match(&why, argv[0], keys, KEYS) < 0)
		return put_value(values, KEY_NAME, argv[0]);
	for (; argc > 0; argc -= 2, argv += 2) {
		key = word_find("endpoint set", argv[0], keys, KEYS);
		if (key < 0)
			return STATUS_USAGE;
		if (argc < 2)
			return fail(STATUS_USAGE, "endpoint set: %s: value is missing: expected a name, '' for none",
				    keys[key]);
		err = put_value(values, key, argv[1]);
		if (err)
			return err;
	}
	return 0;
}

static int send_flag(struct nl *nl, uint8_t cmd, uint16_t flag)
{
	union nl_request req;

	nl_request(&req, cmd, false);
	if (flag)
		mnl_attr_put(&req.hdr, flag, 0, NULL);
	return nl_send(nl, &req, NULL, NULL);
}

static int send_values(struct nl *nl, uint8_t cmd, uint64_t id, const char *const *values)
{
	union nl_request req;

	nl_request(&req, cmd, false);
	mnl_attr_put_u64(&req.hdr, NFG_A_ENDPOINT_ID, id);
	if (values[KEY_NAME])
		mnl_attr_put_strz(&req.hdr, NFG_A_ENDPOINT_NAME, values[KEY_NAME]);
	if (values[KEY_POLICY])
		mnl_attr_put_strz(&req.hdr, NFG_A_ENDPOINT_POLICY, values[KEY_POLICY]);
	return nl_send(nl, &req, NULL, NULL);
}

/* Policies are bound in a transaction, which ends with COMMIT or with the socket. */
static int bind_policy(struct nl *nl, uint64_t id, const char *const *values)
{
	int tries, err = -EAGAIN;

	for (tries = 0; err == -EAGAIN && tries < TRIES; tries++) {
		err = send_flag(nl, NFG_CMD_RULESET_BEGIN, NFG_A_RULESET_COPY);
		if (!err)
			err = send_values(nl, NFG_CMD_BIND, id, values);
		if (!err)
			err = send_flag(nl, NFG_CMD_RULESET_COMMIT, 0);
	}
	return err;
}

int endpoint_set(int argc, char **argv)
{
	const char *values[KEYS] = { NULL };
	struct nl nl;
	uint64_t id;
	int err;

	if (!argc)
		return fail(STATUS_USAGE, "endpoint set: an endpoint is missing: expected its id or name");
	err = read_values(values, argc - 1, argv + 1);
	if (err)
		return err;
	err = nl_open(&nl);
	if (err)
		return err;
	err = endpoint_id(&nl, "endpoint set", argv[0], &id);
	if (err)
		goto close;
	if (values[KEY_POLICY] ? bind_policy(&nl, id, values) :
	    send_values(&nl, NFG_CMD_ENDPOINT_SET, id, values))
		err = nl_fail(&nl, "endpoint set", endpoint_words, ENDPOINT_WORDS);
close:
	nl_close(&nl);
	return err;
}
