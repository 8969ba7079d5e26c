// SPDX-License-Identifier: GPL-2.0 OR MIT
/* genevectl - configure and watch nf_geneve. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "endpoint.h"
#include "explain/explain.h"
#include "flow.h"
#include "import/proxy.h"
#include "monitor.h"
#include "netns.h"
#include "out.h"
#include "ruleset_cmd.h"
#include "show.h"
#include "stats.h"
#include "text.h"
#include "word.h"

static int help(int argc, char **argv);

/*
 * Every command: rows of an object stand together, the first of them is what
 * the object alone means.
 */
static const struct command {
	const char *object;
	const char *verb;		/* NULL: the object is the command */
	const char *args;
	const char *text;
	int (*run)(int argc, char **argv);
	void (*more)(FILE *to);		/* more help, NULL for none */
} commands[] = {
	{ "show", NULL, "", "state, totals and hints, at a glance", show, NULL },
	{ "config", "show", "", "settings, as 'config set' accepts them", config_show, NULL },
	{ "config", "set", " KEY VALUE [KEY VALUE...]", "change settings, all or none",
	  config_set, config_set_help },
	{ "stats", NULL, " [--all] [--watch [SECONDS]]", "packets, bytes and drop reasons",
	  stats_show, NULL },
	{ "endpoint", "list", "", "all endpoints seen or named", endpoint_list, NULL },
	{ "endpoint", "show", " ID|NAME", "one endpoint", endpoint_show, NULL },
	{ "endpoint", "set", " ID|NAME [name NEWNAME] [policy POLICY]",
	  "name it, bind it to a policy; '' takes either away", endpoint_set, NULL },
	{ "flow", "list", " [FILTER...] [--watch [SECONDS]]", "inner flows", flow_list,
	  flow_filter_help },
	{ "flow", "count", " [FILTER...]", "how many there are", flow_count, flow_filter_help },
	{ "flow", "flush", " [FILTER...]", "forget flows", flow_flush, flow_filter_help },
	{ "flow", "show", " ENDPOINT PROTO SOURCE DESTINATION", "one flow, as the list names it",
	  flow_show, NULL },
	{ "ruleset", "show", "", "settings, sets, policies and endpoints, as 'apply' accepts them",
	  ruleset_show, NULL },
	{ "ruleset", "check", " FILE", "read a ruleset file and tell what is wrong",
	  ruleset_check, NULL },
	{ "ruleset", "apply", " [--keep-flows] FILE", "put it in place of the current one",
	  ruleset_apply, NULL },
	{ "ruleset", "flush", "", "remove all sets, policies and bindings", ruleset_flush, NULL },
	{ "rule", "list", " [POLICY]", "rules with their counters", rule_list, NULL },
	{ "rule", "add", " POLICY RULE [before NAME]", "add a rule, at the end",
	  rule_add, rule_help },
	{ "rule", "insert", " POLICY RULE [before NAME]", "add a rule, at the front",
	  rule_insert, rule_help },
	{ "rule", "delete", " POLICY NAME", "remove a rule", rule_delete, NULL },
	{ "set", "list", " [NAME]", "sets, or the elements of one", set_list, NULL },
	{ "set", "add", " NAME ELEMENT... [timeout DURATION]", "add elements", set_add, NULL },
	{ "set", "delete", " NAME ELEMENT...", "remove elements", set_delete, NULL },
	{ "monitor", NULL, " [events|changes]", "a line for each packet logged, and for each change",
	  monitor, NULL },
	{ "explain", NULL, " FILE | --hex HEX...", "what would become of packets, and why",
	  explain, explain_help },
	{ "import", "geneve-proxy", " FILE [-o FILE]", "a ruleset that decides as that proxy does",
	  import_geneve_proxy, NULL },
	{ "help", NULL, " [OBJECT]", "this text", help, NULL },
};

#define N_COMMANDS	(sizeof(commands) / sizeof(commands[0]))

static void print_command(const struct command *cmd)
{
	char synopsis[64];

	snprintf(synopsis, sizeof(synopsis), "%s%s%s%s", cmd->object, cmd->verb ? " " : "",
		 cmd->verb ? cmd->verb : "", cmd->args);
	printf("  %-42s %s\n", synopsis, cmd->text);
}

static int print_help(void)
{
	size_t i;

	printf("usage: genevectl [OPTIONS] OBJECT [COMMAND] [ARGUMENTS]\n\n");
	for (i = 0; i < N_COMMANDS; i++)
		print_command(&commands[i]);
	printf("\noptions:\n"
	       "  -j, --json           print JSON\n"
	       "  -p, --pretty         print indented JSON\n"
	       "  -n, --netns NETNS    network namespace: name, path or process id\n"
	       "  -V, --version        print the version of genevectl\n"
	       "  -h, --help           this text\n"
	       "\nWords may be abbreviated; OBJECT help tells more.\n");
	return 0;
}

/* The object that @given means: its first row; NULL after a sentence. */
static const struct command *find_object(const char *given)
{
	const char *objects[N_COMMANDS];
	size_t first[N_COMMANDS], i, n = 0;
	int found;

	for (i = 0; i < N_COMMANDS; i++) {
		if (n && !strcmp(objects[n - 1], commands[i].object))
			continue;
		objects[n] = commands[i].object;
		first[n++] = i;
	}
	found = word_find("command", given, objects, n);
	return found < 0 ? NULL : &commands[first[found]];
}

/* How many rows an object has. */
static size_t count_verbs(const struct command *object)
{
	size_t n = 0;

	while (object + n < commands + N_COMMANDS && !strcmp(object[n].object, object->object))
		n++;
	return n;
}

/* The verb that @given means; NULL after a sentence. */
static const struct command *find_verb(const struct command *object, const char *given)
{
	const char *verbs[N_COMMANDS];
	size_t i, n = count_verbs(object);
	int found;

	for (i = 0; i < n; i++)
		verbs[i] = object[i].verb;
	found = word_find(object->object, given, verbs, n);
	return found < 0 ? NULL : &object[found];
}

static int help_for(const struct command *cmd, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		print_command(&cmd[i]);
	/* Rows that share it stand together. */
	for (i = 0; i < n; i++)
		if (cmd[i].more && (!i || cmd[i].more != cmd[i - 1].more))
			cmd[i].more(stdout);
	return 0;
}

static int help(int argc, char **argv)
{
	const struct command *object;

	if (!argc)
		return print_help();
	if (argc > 1)
		return fail(STATUS_USAGE, "help: unexpected word '%.64s': expected one object",
			    argv[1]);
	object = find_object(argv[0]);
	return object ? help_for(object, count_verbs(object)) : STATUS_USAGE;
}

static bool is_help(int argc, char **argv)
{
	return argc == 1 && (!strcmp(argv[0], "help") || !strcmp(argv[0], "--help") ||
			     !strcmp(argv[0], "-h"));
}

static int run(int argc, char **argv)
{
	const struct command *cmd = find_object(argv[0]);

	if (!cmd)
		return STATUS_USAGE;
	argc--, argv++;
	if (is_help(argc, argv))
		return help_for(cmd, count_verbs(cmd));
	if (cmd->verb && argc) {
		cmd = find_verb(cmd, argv[0]);
		if (!cmd)
			return STATUS_USAGE;
		argc--, argv++;
		if (is_help(argc, argv))
			return help_for(cmd, 1);
	}
	/* Commands whose synopsis names options look for their end themselves. */
	if (argc && !strcmp(argv[0], "--") && !strchr(cmd->args, '-'))
		argc--, argv++;
	return cmd->run(argc, argv);
}

static const char short_options[] = "+:jpn:Vh";
static const struct option long_options[] = {
	{ "json", no_argument, NULL, 'j' },
	{ "pretty", no_argument, NULL, 'p' },
	{ "netns", required_argument, NULL, 'n' },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 }
};

/*
 * A standard stream that is closed stays unusable: a socket that got its number would
 * take what is printed, and nobody would know.
 */
static bool hold_streams(void)
{
	int fd;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			return false;
	return true;
}

static int unknown_option(const char *word)
{
	char letter[] = { '-', optopt, '\0' };

	/* Of letters that stand together getopt() tells only which one it was. */
	if (optopt && !strchr(short_options, optopt))
		word = letter;
	return fail(STATUS_USAGE, "unknown option '%.64s': expected -j, -p, -n NETNS, -V or -h",
		    word);
}

int main(int argc, char **argv)
{
	const char *netns = NULL;
	int opt, err;

	if (!hold_streams())
		return fail(STATUS_KERNEL, "cannot open '/dev/null': %s", strerror(errno));
	opterr = 0;
	while ((opt = getopt_long(argc, argv, short_options, long_options, NULL)) != -1) {
		switch (opt) {
		case 'p':
			options.pretty = true;
			options.json = true;
			break;
		case 'j':
			options.json = true;
			break;
		case 'n':
			netns = optarg;
			break;
		case 'V':
			printf("genevectl %s\n", VERSION);
			return out_finish(0);
		case 'h':
			return out_finish(print_help());
		case ':':
			return fail(STATUS_USAGE, "option '%.64s': value is missing: expected a network namespace",
				    argv[optind - 1]);
		default:
			return unknown_option(argv[optind - 1]);
		}
	}
	if (netns) {
		err = netns_enter(netns);
		if (err)
			return err;
	}
	return out_finish(run(argc - optind, argv + optind));
}
