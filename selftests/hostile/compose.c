// SPDX-License-Identifier: GPL-2.0
/*
 * Sessions of messages as genevectl sends them, in which none, one or many are
 * spoiled: single requests, and transactions that get as far as a new ruleset.
 */
#include <linux/genetlink.h>
#include <linux/netlink.h>

#include <linux/nf_geneve.h>

#include "messages.h"
#include "packets.h"
#include "random.h"

/* One session in so many has nothing wrong in it. */
#define CLEAN_IN	4

static struct {
	u64 seed, number;
	u16 family;
	u32 step;
	bool transaction;	/* its messages make one */
	bool copy;		/* that began with what is in force */
	u32 spoil_in;		/* one message in so many is spoiled; 0: none */
	u32 rules;
} session;

static const char *const sets[] = { "s0", "s1", "s2", "s3" };
static const char *const policies[] = { "default", "p1", "p2" };
static const u8 fields[] = { NFG_FIELD_SADDR, NFG_FIELD_DPORT, NFG_FIELD_PROTO,
			     NFG_FIELD_ENDPOINT };

static const char *set_of(u32 type)
{
	return sets[type];
}

static const char *some_policy(void)
{
	return policies[random_below(ARRAY_SIZE(policies))];
}

static u64 some_endpoint(void)
{
	return random_once_in(8) ? random64() : 0x1111111111111111ULL * (1 + random_below(4));
}

/* Value number @i of a type, or range: they do not overlap. */
static void element_set(struct nfg_element *e, u32 type, u32 i)
{
	bool v6 = type == NFG_SET_ADDR && i % 3 == 0;
	u64 value = type == NFG_SET_PROTO ? i % 256 : i * 16;
	__be64 be;

	memset(e, 0, sizeof(*e));
	if (type == NFG_SET_ADDR)
		e->family = v6 ? 6 : 4;
	if (v6)
		e->from[0] = 0xfd;
	else if (type == NFG_SET_ADDR)
		value += 0x0a000000;
	be = htobe64(value);
	memcpy(e->from + 8, &be, 8);
	memcpy(e->to, e->from, 16);
	if (type != NFG_SET_PROTO && i % 2)
		e->to[15] += 15;
}

/* @set: of a set: many, with timeouts, instead of some of a condition */
static void put_elements(struct node **list, u16 type, u32 of, bool set)
{
	static struct nfg_element e[1300];
	u32 n = set && random_once_in(20) && of != NFG_SET_PROTO ? ARRAY_SIZE(e) :
								   1 + random_below(6);
	u32 first = random_below(of == NFG_SET_PROTO ? 200 : 1000);

	for (u32 i = 0; i < n; i++) {
		element_set(&e[i], of, first + i);
		if (set && random_once_in(4))
			e[i].timeout = 1 + random_below(5000);
	}
	tree_put(list, type, e, n * sizeof(*e));
}

static void put_prefixes(struct node **list, u16 type, bool v6)
{
	struct node *all = tree_nest(list, type), *item;
	static const u8 addr[16] = { 10 }, addr6[16] = { 0xfd };
	u32 n = 1 + random_below(random_once_in(10) ? 256 : 4);

	while (n--) {
		item = tree_nest(&all->child, NFG_A_PREFIXES_ITEM);
		if (v6 && random_once_in(2))
			tree_put(&item->child, NFG_A_PREFIX_ADDR, addr6, 16);
		else
			tree_put(&item->child, NFG_A_PREFIX_ADDR, addr, 4);
		tree_u8(&item->child, NFG_A_PREFIX_LEN, 8 + random_below(20));
	}
}

/* A number that is right. */
static void put_number(struct node **list, u16 type, const struct attr *attr)
{
	u32 most = attr->usual ? attr->usual : attr->max ? attr->max : 65535;
	u32 v = 1 + random_below(most);

	if (attr->max && attr->max < 3)
		v = random_below(attr->max + 1);
	if (attr->kind == KIND_U8)
		tree_u8(list, type, v);
	else if (attr->kind == KIND_U16)
		tree_u16(list, type, v);
	else
		tree_u32(list, type, v);
}

static void put_config(struct node **list)
{
	const struct table *t = command_find(NFG_CMD_CONFIG_SET)->table;
	u32 n = 1 + random_below(4);
	u16 type;

	while (n--) {
		type = NFG_A_CONFIG_ENABLED + random_below(t->max);
		if (type == NFG_A_CONFIG_ORIGINS || type == NFG_A_CONFIG_LOCAL)
			put_prefixes(list, type, type == NFG_A_CONFIG_LOCAL);
		else if (type <= t->max)
			put_number(list, type, &t->attr[type]);
	}
}

static void put_filter(struct node **list)
{
	const struct table *t = command_find(NFG_CMD_FLOW_GET)->table;
	struct node *nest = tree_nest(list, NFG_A_FLOW_FILTER);
	static const u8 addr[16] = { 10, 1 };
	u16 type = 1 + random_below(NFG_A_FILTER_MAX);

	t = t->attr[NFG_A_FLOW_FILTER].nest;
	if (type == NFG_A_FILTER_ENDPOINT)
		tree_u64(&nest->child, type, some_endpoint());
	else if (type == NFG_A_FILTER_ADDR || type == NFG_A_FILTER_ADDR_LEN)
		tree_put(&nest->child, NFG_A_FILTER_ADDR, addr, random_once_in(2) ? 4 : 16);
	else
		put_number(&nest->child, type, &t->attr[type]);
	if (type == NFG_A_FILTER_ADDR_LEN)
		tree_u8(&nest->child, type, 16);
}

static void put_flow(struct node **list)
{
	static const u8 saddr[4] = { 10, 1, 0, 10 }, daddr[4] = { 10, 9, 0, 10 };

	tree_u64(list, NFG_A_FLOW_ENDPOINT, some_endpoint());
	tree_u8(list, NFG_A_FLOW_PROTO, random_once_in(2) ? 6 : 17);
	tree_put(list, NFG_A_FLOW_SADDR, saddr, 4);
	tree_put(list, NFG_A_FLOW_DADDR, daddr, 4);
	tree_u16(list, NFG_A_FLOW_SPORT, 1000);
	tree_u16(list, NFG_A_FLOW_DPORT, 80);
}

static void put_verdict(struct node **list)
{
	u8 verdict = random_below(3);

	tree_u8(list, NFG_A_RULE_VERDICT, verdict);
	if (verdict == NFG_VERDICT_REJECT)
		tree_u8(list, NFG_A_RULE_REJECT, NFG_REJECT_AUTO);
	if (random_once_in(3))
		tree_put(list, NFG_A_RULE_LOG, "", 0);
	if (random_once_in(3)) {
		tree_u32(list, NFG_A_RULE_LIMIT_COUNT, 1 + random_below(1000));
		tree_u32(list, NFG_A_RULE_LIMIT_SECONDS, random_once_in(2) ? 1 : 60);
	}
}

static void put_cond(struct node **list)
{
	struct node *nest = tree_nest(list, NFG_A_RULE_COND);
	u32 type = random_below(ARRAY_SIZE(fields));

	tree_u8(&nest->child, NFG_A_COND_FIELD, fields[type]);
	if (random_once_in(3))
		tree_put(&nest->child, NFG_A_COND_NEGATE, "", 0);
	if (random_once_in(2))
		tree_string(&nest->child, NFG_A_COND_SET, set_of(type));
	else
		put_elements(&nest->child, NFG_A_COND_ELEMENTS, type, false);
}

static void put_rule(struct node **list)
{
	u32 n = random_once_in(10) ? NFG_CONDS_MAX : random_below(4);
	char name[NFG_NAME_LEN_MAX + 1];

	snprintf(name, sizeof(name), "r%llx-%u", (unsigned long long)session.number,
		 session.rules++);
	tree_string(list, NFG_A_RULE_POLICY, some_policy());
	tree_string(list, NFG_A_RULE_NAME, name);
	while (n--)
		put_cond(list);
	put_verdict(list);
}

static void put_packet(struct node **list)
{
	static struct packet packet;
	u64 saved = random_state;

	packet_make(&packet, session.seed, session.number * SESSION + session.step, 1);
	random_state = saved;
	tree_put(list, NFG_A_EXPLAIN_PACKET, packet_ip(&packet), packet.len);
}

static void put_endpoint(struct node **list, bool policy)
{
	char name[16];

	snprintf(name, sizeof(name), "name%u", random_below(100));
	tree_u64(list, NFG_A_ENDPOINT_ID, some_endpoint());
	if (!policy || random_once_in(2))
		tree_string(list, NFG_A_ENDPOINT_NAME, name);
	if (policy)
		tree_string(list, NFG_A_ENDPOINT_POLICY, some_policy());
}

static void put_set(struct node **list, u8 cmd)
{
	u32 type = cmd == NFG_CMD_SET_NEW ? session.step % 4 : random_below(4);

	tree_string(list, NFG_A_SET_NAME, set_of(type));
	if (cmd == NFG_CMD_SET_NEW) {
		tree_u8(list, NFG_A_SET_TYPE, type);
		if (random_once_in(4))
			tree_u32(list, NFG_A_SET_TIMEOUT, 1 + random_below(5000));
	} else if (cmd != NFG_CMD_SET_GET) {
		put_elements(list, NFG_A_SET_ELEMENTS, type, true);
	}
}

static void put_commit(struct node **list)
{
	struct node *nest;

	if (random_once_in(2))
		tree_put(list, NFG_A_RULESET_KEEP_FLOWS, "", 0);
	if (random_once_in(4)) {
		nest = tree_nest(list, NFG_A_RULESET_CONFIG);
		put_config(&nest->child);
	}
}

/* The attributes of a request that could be genevectl's. */
static void put_request(struct node **list, u8 cmd, bool dump)
{
	struct node *nest;

	switch (cmd) {
	case NFG_CMD_CONFIG_SET:
		put_config(list);
		break;
	case NFG_CMD_ENDPOINT_GET:
		if (!dump)
			tree_u64(list, NFG_A_ENDPOINT_ID, some_endpoint());
		break;
	case NFG_CMD_ENDPOINT_SET:
		put_endpoint(list, false);
		break;
	case NFG_CMD_FLOW_GET:
		if (!dump) {
			put_flow(list);
			break;
		}
		__attribute__((fallthrough));
	case NFG_CMD_FLOW_COUNT:
	case NFG_CMD_FLOW_FLUSH:
		if (random_once_in(2))
			put_filter(list);
		break;
	case NFG_CMD_RULESET_BEGIN:
		if (session.copy)
			tree_put(list, NFG_A_RULESET_COPY, "", 0);
		break;
	case NFG_CMD_RULESET_COMMIT:
		put_commit(list);
		break;
	case NFG_CMD_SET_GET:
		if (random_once_in(2))
			break;
		__attribute__((fallthrough));
	case NFG_CMD_SET_NEW:
	case NFG_CMD_SET_ADD:
	case NFG_CMD_SET_DELETE:
		put_set(list, cmd);
		break;
	case NFG_CMD_POLICY_NEW:
		tree_string(list, NFG_A_POLICY_NAME, policies[session.step % 3]);
		nest = tree_nest(list, NFG_A_POLICY_DEFAULT);
		put_verdict(&nest->child);
		break;
	case NFG_CMD_RULE_GET:
		if (random_once_in(2))
			tree_string(list, NFG_A_RULE_POLICY, some_policy());
		break;
	case NFG_CMD_RULE_ADD:
		put_rule(list);
		break;
	case NFG_CMD_RULE_DELETE:
		tree_string(list, NFG_A_RULE_POLICY, some_policy());
		tree_string(list, NFG_A_RULE_NAME, "r0");
		break;
	case NFG_CMD_BIND:
		put_endpoint(list, true);
		break;
	case NFG_CMD_EXPLAIN:
		put_packet(list);
		break;
	}
}

/* In a transaction: what it begins with, ends with, and what may come in between. */
static u8 next_cmd(void)
{
	static const u8 edits[] = { NFG_CMD_SET_ADD, NFG_CMD_RULE_ADD, NFG_CMD_RULE_ADD,
				    NFG_CMD_BIND };
	static const u8 others[] = { NFG_CMD_CONFIG_SET, NFG_CMD_ENDPOINT_SET, NFG_CMD_FLOW_GET,
				     NFG_CMD_SET_GET, NFG_CMD_RULE_GET, NFG_CMD_EXPLAIN };

	if (!session.transaction)
		return commands[random_below(commands_n)].cmd;
	if (session.step == 0)
		return NFG_CMD_RULESET_BEGIN;
	if (session.step == SESSION - 1)
		return random_once_in(16) ? NFG_CMD_RULESET_ABORT : NFG_CMD_RULESET_COMMIT;
	if (!session.copy && session.step <= 4)
		return NFG_CMD_SET_NEW;
	if (!session.copy && session.step <= 7)
		return NFG_CMD_POLICY_NEW;
	if (random_once_in(8))
		return others[random_below(ARRAY_SIZE(others))];
	return edits[random_below(ARRAY_SIZE(edits))];
}

void compose_session(u64 seed, u64 number, u16 family)
{
	random_state = seed * 0x100000001ULL + number;
	session.seed = seed;
	session.number = number;
	session.family = family;
	session.step = 0;
	session.rules = 0;
	session.transaction = !random_once_in(3);
	session.copy = random_once_in(4);
	session.spoil_in = random_once_in(CLEAN_IN) ? 0 : 1 << random_below(6);
}

/* Flags, command and reserved bits, the length. */
static void spoil_header(struct message *m, struct nlmsghdr *nlh, struct genlmsghdr *genl)
{
	static const int lies[] = { -1, 1, -4, 4, 16, 1000, -20, 1 << 20 };

	switch (random_below(7)) {
	case 0:
		genl->cmd = random_once_in(2) ? random64() : random_below(NFG_CMD_MAX + 2);
		break;
	case 1:
		genl->version = random64();
		break;
	case 2:
		genl->reserved = random64();
		break;
	case 3:
		nlh->nlmsg_flags ^= 1 << random_below(16);
		break;
	case 4:
		nlh->nlmsg_flags |= NLM_F_DUMP;
		break;
	case 5:
		nlh->nlmsg_len += lies[random_below(ARRAY_SIZE(lies))];
		m->framed = false;
		break;
	case 6:
		if (m->len > NLMSG_HDRLEN + GENL_HDRLEN)
			m->len -= random_below(m->len - NLMSG_HDRLEN - GENL_HDRLEN);
		m->framed = false;
		break;
	}
}

static void spoil_bytes(struct message *m, u32 from)
{
	for (u32 n = 1 + random_below(4); n && m->len > from; n--)
		m->bytes[from + random_below(m->len - from)] ^= 1 << random_below(8);
}

void compose(struct message *m, u32 seq)
{
	const u32 header = NLMSG_HDRLEN + GENL_HDRLEN;
	u8 cmd = next_cmd();
	const struct command *command = command_find(cmd);
	bool dump = command->dump && (!command->do_it || random_once_in(2));
	struct nlmsghdr *nlh = (struct nlmsghdr *)m->bytes;
	struct genlmsghdr *genl = (struct genlmsghdr *)(nlh + 1);
	struct node *list = NULL;
	u32 n;

	tree_reset();
	put_request(&list, cmd, dump);
	m->spoiled = session.spoil_in && random_once_in(session.spoil_in);
	m->framed = true;
	if (m->spoiled)
		for (n = 1 + random_below(3); n; n--)
			tree_spoil(&list);
	m->len = header + tree_encode(list, m->bytes + header, MESSAGE_MAX - header);
	*nlh = (struct nlmsghdr){
		.nlmsg_len = m->len, .nlmsg_type = session.family, .nlmsg_seq = seq,
		.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | (dump ? NLM_F_DUMP : 0),
	};
	*genl = (struct genlmsghdr){ .cmd = cmd, .version = NFG_GENL_VERSION };
	if (m->spoiled && random_once_in(6))
		spoil_header(m, nlh, genl);
	if (m->spoiled && random_once_in(8))
		spoil_bytes(m, header);
	if (!(nlh->nlmsg_flags & NLM_F_REQUEST) || !(nlh->nlmsg_flags & NLM_F_ACK))
		m->framed = false;
	m->cmd = genl->cmd;
	m->dump = (nlh->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
	session.step++;
}
