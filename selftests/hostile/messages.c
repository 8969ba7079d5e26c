// SPDX-License-Identifier: GPL-2.0
/*
 * Sends requests that are nearly right to nf_geneve's netlink family, from within the
 * network namespace they are about, and looks at what it answers: there is an answer to
 * each, it is one that the header describes, what is refused changes nothing and is
 * refused with a sentence.
 *
 * usage: messages [OPTION...]
 *
 *	-s SEED		of the messages (1)
 *	-f FIRST	number of the first session (0)
 *	-n COUNT	of messages (1000); a session has 24
 *	-u		as a user without privileges: nothing but reading is allowed
 *	-U		as one in a user and a network namespace of his own
 *
 * A session is made of the seed and its number alone; what is wrong is told with both,
 * so that `-s SEED -f SESSION -n 24` sends it again.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <inttypes.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <linux/nf_geneve.h>

#include "messages.h"
#include "random.h"

#define NOBODY		65534
#define ANSWER_MAX	(256 << 10)
#define BUFFER		(8 << 20)
#define BAD_MAX		10
#define PROGRESS	20000
#define HEX_MAX		2048

static struct {
	u64 seed, first, count;
	bool nobody, own;
} opt = { .seed = 1, .count = 1000 };

/* What a refusal must not change. */
struct state {
	u32 len;
	u8 bytes[ANSWER_MAX];
};

static u16 family;
static struct mnl_socket *control;
static u8 answer[ANSWER_MAX] __attribute__((aligned(8)));
static struct state before, after;

static u64 sent, accepted, refused, unsent, rulesets, left, bad;

/* What came of one message. */
struct outcome {
	u32 ends;		/* errors, acknowledgments, ends of dumps */
	int error;		/* of the last */
	bool sentence;
	bool lost;		/* an answer found no room */
	const char *wrong;
};

static struct mnl_socket *socket_open(void)
{
	struct mnl_socket *s = mnl_socket_open2(NETLINK_GENERIC, SOCK_CLOEXEC);
	int one = 1, size = BUFFER, fd;

	if (!s || mnl_socket_bind(s, 0, MNL_SOCKET_AUTOPID))
		err(2, "netlink");
	mnl_socket_setsockopt(s, NETLINK_EXT_ACK, &one, sizeof(one));
	mnl_socket_setsockopt(s, NETLINK_CAP_ACK, &one, sizeof(one));
	fd = mnl_socket_get_fd(s);
	/* only root may have that much; others send less */
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)))
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size)))
		setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	return s;
}

static void find_family(void)
{
	u8 buf[1024] __attribute__((aligned(8)));
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	struct genlmsghdr *genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	const struct nlattr *attr;

	nlh->nlmsg_type = GENL_ID_CTRL;
	nlh->nlmsg_flags = NLM_F_REQUEST;
	genl->cmd = CTRL_CMD_GETFAMILY;
	genl->version = 1;
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, NFG_GENL_NAME);
	if (mnl_socket_sendto(control, nlh, nlh->nlmsg_len) < 0 ||
	    mnl_socket_recvfrom(control, answer, sizeof(answer)) < 0)
		err(2, "no answer");
	mnl_attr_for_each(attr, (struct nlmsghdr *)answer, sizeof(*genl))
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			family = mnl_attr_get_u16(attr);
	if (!family)
		errx(2, "no module");
}

/* Settings, and how many of everything a ruleset has: its generation and its memory
 * change by themselves when elements expire.
 */
static void state_append(struct state *state, const struct nlattr *attr, u8 cmd)
{
	u16 type = mnl_attr_get_type(attr);

	if (cmd == NFG_CMD_RULESET_GET &&
	    (type == NFG_A_RULESET_GENERATION || type == NFG_A_RULESET_ELEMENTS ||
	     type == NFG_A_RULESET_MEMORY))
		return;
	memcpy(state->bytes + state->len, attr, attr->nla_len);
	state->len += attr->nla_len;
}

static void state_read(struct state *state)
{
	static const u8 cmds[] = { NFG_CMD_CONFIG_GET, NFG_CMD_RULESET_GET };
	u8 buf[64] __attribute__((aligned(8)));
	const struct nlmsghdr *got = (const struct nlmsghdr *)answer;
	const struct nlattr *attr;

	state->len = 0;
	for (u32 i = 0; i < ARRAY_SIZE(cmds); i++) {
		struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
		struct genlmsghdr *genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));

		nlh->nlmsg_type = family;
		nlh->nlmsg_flags = NLM_F_REQUEST;
		genl->cmd = cmds[i];
		genl->version = NFG_GENL_VERSION;
		if (mnl_socket_sendto(control, nlh, nlh->nlmsg_len) < 0 ||
		    mnl_socket_recvfrom(control, answer, sizeof(answer)) < 0 ||
		    got->nlmsg_type != family)
			errx(1, "it does not tell its state any more");
		mnl_attr_for_each(attr, got, sizeof(struct genlmsghdr))
			state_append(state, attr, cmds[i]);
	}
}

static bool state_same(void)
{
	return before.len == after.len && !memcmp(before.bytes, after.bytes, after.len);
}

static void complain(u64 session, u32 step, const struct message *m, const struct outcome *o,
		     const char *what)
{
	bad++;
	printf("# session %" PRIu64 " of seed %" PRIu64 ", message %u, command %u: %s\n",
	       session, opt.seed, step, m->cmd, what);
	printf("# %u ends, error %d, %sspoiled, %u bytes: ", o->ends, o->error,
	       m->spoiled ? "" : "not ", m->len);
	for (u32 i = 0; i < m->len && i < HEX_MAX; i++)
		printf("%02x", m->bytes[i]);
	printf("\n");
}

/* One message of an answer. */
static void take(const struct nlmsghdr *nlh, const struct message *m, struct outcome *o)
{
	const u8 *bytes = (const u8 *)nlh;
	const char *wrong = NULL;
	bool sentence;

	if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE) {
		memcpy(&o->error, mnl_nlmsg_get_payload(nlh), sizeof(o->error));
		wrong = judge_error(bytes, nlh->nlmsg_len, m->len, &sentence);
		o->sentence = sentence;
		o->ends++;
	} else if (nlh->nlmsg_type != family) {
		wrong = "an answer of another family";
	} else if (m->framed) {
		wrong = judge_answer(bytes, nlh->nlmsg_len, m->cmd);
	}
	if (wrong)
		o->wrong = wrong;
}

/* All that there is: what a request is answered is there when it has been sent, the
 * rest of a dump when its beginning has been read. @all: false: the beginning only.
 */
static void receive(struct mnl_socket *s, const struct message *m, bool all, struct outcome *o)
{
	do {
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)answer;
		ssize_t n = recv(mnl_socket_get_fd(s), answer, sizeof(answer),
				 MSG_DONTWAIT | MSG_TRUNC);
		int len = n;

		if (n < 0 && errno == EAGAIN)
			return;
		if (n < 0 && errno == ENOBUFS) {
			o->lost = true;
			continue;
		}
		if (n < 0)
			err(1, "receiving");
		if (n > (ssize_t)sizeof(answer))
			errx(1, "an answer of %zd bytes", n);
		for (; mnl_nlmsg_ok(nlh, len); nlh = mnl_nlmsg_next(nlh, &len))
			take(nlh, m, o);
		if (len)
			o->wrong = "something behind the last answer";
	} while (all);
}

/* What the family refuses with, and what netlink does before it. */
static bool error_known(int error)
{
	switch (-error) {
	case EINVAL:
	case ERANGE:
	case EPERM:
	case ENOENT:
	case EEXIST:
	case EOPNOTSUPP:
	case E2BIG:
	case ENOSPC:
	case EAGAIN:
	case ECANCELED:
	case EBUSY:
	case ENOMEM:
		return true;
	default:
		return false;
	}
}

static bool must_be_refused(const struct message *m)
{
	const struct command *command = command_find(m->cmd);

	return !command || (opt.nobody && !command->anybody);
}

static const char *judge(const struct message *m, const struct outcome *o)
{
	if (o->wrong)
		return o->wrong;
	if (!m->framed || o->lost)
		return NULL;
	if (o->ends != 1)
		return "it is not answered once";
	if (!o->error)
		return must_be_refused(m) ? "it is not refused" : NULL;
	if (!error_known(o->error))
		return "it is refused with an error of its own";
	if (!m->spoiled && !o->sentence && o->error != -EPERM && o->error != -ENOMEM)
		return "it is refused without a sentence";
	if (!opt.nobody && !state_same())
		return "it is refused and has changed something";
	return NULL;
}

static void count(const struct message *m, const struct outcome *o)
{
	if (!o->ends)
		return;
	accepted += !o->error;
	refused += !!o->error;
	rulesets += m->framed && m->cmd == NFG_CMD_RULESET_COMMIT && !o->error;
}

/* Returns false when the session has come to its end. */
static bool run_message(struct mnl_socket *s, u64 session, u32 step, struct message *m)
{
	bool all = !(m->dump && m->len % 13 == 0);
	struct outcome o = { 0 };
	const char *wrong;

	sent++;
	if (send(mnl_socket_get_fd(s), m->bytes, m->len, 0) < 0) {
		/* longer than this user's buffer */
		if (errno != EMSGSIZE && errno != ENOBUFS)
			err(1, "sending");
		unsent++;
		return true;
	}
	receive(s, m, all, &o);
	state_read(&after);
	count(m, &o);
	wrong = all || o.wrong ? judge(m, &o) : NULL;
	if (wrong)
		complain(session, step, m, &o, wrong);
	memcpy(&before, &after, sizeof(before.len) + after.len);
	left += !all;
	return all;
}

static void run_session(u64 session)
{
	static struct message m;
	struct mnl_socket *s = socket_open();

	compose_session(opt.seed, session, family);
	for (u32 step = 0; step < SESSION; step++) {
		compose(&m, session * SESSION + step + 1);
		if (!run_message(s, session, step, &m))
			break;
	}
	mnl_socket_close(s);
}

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		err(2, "%s", path);
	close(fd);
}

static void drop_privileges(void)
{
	if (setgroups(0, NULL) || setresgid(NOBODY, NOBODY, NOBODY) ||
	    setresuid(NOBODY, NOBODY, NOBODY))
		err(2, "user %d", NOBODY);
	/* its files in /proc are his again */
	prctl(PR_SET_DUMPABLE, 1);
}

static void own_namespaces(void)
{
	char map[32];

	drop_privileges();
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET))
		err(2, "namespaces of an own");
	snprintf(map, sizeof(map), "0 %d 1", NOBODY);
	write_file("/proc/self/setgroups", "deny");
	write_file("/proc/self/uid_map", map);
	write_file("/proc/self/gid_map", map);
}

static void read_options(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "s:f:n:uU")) != -1) {
		switch (c) {
		case 's':
			opt.seed = strtoull(optarg, NULL, 0);
			break;
		case 'f':
			opt.first = strtoull(optarg, NULL, 0);
			break;
		case 'n':
			opt.count = strtoull(optarg, NULL, 0);
			break;
		case 'u':
			opt.nobody = true;
			break;
		case 'U':
			opt.own = true;
			break;
		default:
			exit(2);
		}
	}
}

int main(int argc, char **argv)
{
	u64 session, told = 0;
	time_t start;

	read_options(argc, argv);
	setlinebuf(stdout);
	if (opt.own)
		own_namespaces();
	else if (opt.nobody)
		drop_privileges();
	control = socket_open();
	find_family();
	state_read(&before);
	start = time(NULL);
	for (session = opt.first; sent < opt.count && bad < BAD_MAX; session++) {
		run_session(session);
		if (sent - told >= PROGRESS) {
			told = sent;
			printf("# %" PRIu64 " sent\n", sent);
		}
	}
	printf("# seed %" PRIu64 ": %" PRIu64 " sent (%" PRIu64 " too long to be), %" PRIu64
	       " accepted, %" PRIu64 " refused, %" PRIu64 " rulesets made, %" PRIu64
	       " dumps left alone, %" PRIu64 " wrong, in %ld s\n", opt.seed, sent, unsent,
	       accepted, refused, rulesets, left, bad, (long)(time(NULL) - start));
	return bad || !accepted || (!opt.nobody && opt.count > 1000 && !rulesets);
}
