// SPDX-License-Identifier: GPL-2.0 OR MIT
/* The ruleset that decides as geneve-proxy does, and why. */
#include <netinet/in.h>
#include <string.h>

#include "policy/protocol.h"
#include "proxy.h"

static const char head[] =
	"#\n"
	"# geneve-proxy judges a flow by its first packets, keeps what it decided, and lets\n"
	"# the answers follow. So does nf_geneve. A flow is outbound when its first packet\n"
	"# comes from a private address, which is what 'local' in the settings tells. That\n"
	"# proxy takes a few more ranges for private, and 100.64.0.0/10 for public. If this\n"
	"# matters, put this into the file:\n"
	"#\n"
	"# config {\n"
	"#     local { 0.0.0.0/8, 10.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12,\n"
	"#             192.0.0.0/29, 192.0.0.170/31, 192.0.2.0/24, 192.168.0.0/16,\n"
	"#             198.18.0.0/15, 198.51.100.0/24, 203.0.113.0/24, 240.0.0.0/4 }\n"
	"# }\n"
	"#\n"
	"# Only the file was looked at: lists set in the proxy's code instead have no effect\n"
	"# there for keys that the file sets, and are not known here for the others.\n";

/* What became of a direction so far: protocols that are still to be judged. */
struct writer {
	FILE *to;
	const char *direction;
	bool open[256];
};

static bool has(const struct proxy_list *list, long number)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (list->values[i].number == number)
			return true;
	return false;
}

/* Is the number at @i there for the first time? */
static bool is_first(const struct proxy_list *list, size_t i)
{
	size_t j;

	for (j = 0; j < i; j++)
		if (list->values[j].number == list->values[i].number)
			return false;
	return list->values[i].number >= 0;
}

static size_t count_numbers(const struct proxy_list *list)
{
	size_t i, n = 0;

	for (i = 0; i < list->n; i++)
		n += is_first(list, i);
	return n;
}

/* Anything of the file, made safe for a comment. */
static void write_text(FILE *to, const char *text)
{
	char clean[TEXT_ESCAPED(64)];

	fprintf(to, "'%s'", text_escape(clean, sizeof(clean), text));
}

static void write_unknown(FILE *to, const struct proxy_unknown *unknown, const char *indent)
{
	for (; unknown; unknown = unknown->next) {
		fprintf(to, "%s# No effect: ", indent);
		write_text(to, unknown->key);
		fprintf(to, " (line %u) is no key of that proxy.\n", unknown->line);
	}
}

static void write_ignored(struct writer *w, const struct proxy_list *list)
{
	size_t i;

	for (i = 0; i < list->n; i++) {
		if (!list->values[i].ignored)
			continue;
		fprintf(w->to, "    # No effect: ");
		write_text(w->to, list->values[i].text);
		fprintf(w->to, " (line %u): %s.\n", list->values[i].line,
			list->values[i].ignored);
	}
}

static void write_number(FILE *to, enum proxy_list_kind kind, long number)
{
	const char *name = kind <= PROXY_BLOCKED_PROTOCOLS ? protocol_name(number) : NULL;

	if (name)
		fputs(name, to);
	else
		fprintf(to, "%ld", number);
}

/* "{ tcp, udp }" */
static void write_list(struct writer *w, enum proxy_list_kind kind,
		       const struct proxy_list *list)
{
	const char *separator = "{ ";
	size_t i;

	for (i = 0; i < list->n; i++) {
		if (!is_first(list, i))
			continue;
		fputs(separator, w->to);
		write_number(w->to, kind, list->values[i].number);
		separator = ", ";
	}
	fputs(" }", w->to);
}

static void close_all(struct writer *w)
{
	memset(w->open, 0, sizeof(w->open));
}

static bool is_open(const struct writer *w)
{
	return memchr(w->open, true, sizeof(w->open));
}

/* The list is the word True or is not set: says so, and that is all. */
static bool is_unset(struct writer *w, enum proxy_list_kind kind, const struct proxy_list *list)
{
	if (list->any)
		fprintf(w->to, "    # %s: True is no list; taken as all being allowed.\n",
			proxy_lists[kind]);
	else if (!list->given)
		fprintf(w->to, "    # %s: not set.\n", proxy_lists[kind]);
	return !list->given;
}

static void write_allowed_protocols(struct writer *w, const struct proxy_list *list)
{
	unsigned int proto;

	if (is_unset(w, PROXY_ALLOWED_PROTOCOLS, list))
		return;
	if (!count_numbers(list)) {
		fprintf(w->to, "    # %s: there are none, so nothing is allowed.\n",
			proxy_lists[PROXY_ALLOWED_PROTOCOLS]);
		write_ignored(w, list);
		fprintf(w->to, "    rule %s_allowed_protocols %s drop\n", w->direction,
			w->direction);
		close_all(w);
		return;
	}
	fprintf(w->to, "    # %s: all others are dropped.\n",
		proxy_lists[PROXY_ALLOWED_PROTOCOLS]);
	write_ignored(w, list);
	fprintf(w->to, "    rule %s_allowed_protocols %s proto != ", w->direction, w->direction);
	write_list(w, PROXY_ALLOWED_PROTOCOLS, list);
	fprintf(w->to, " drop\n");
	for (proto = 0; proto < 256; proto++)
		w->open[proto] = has(list, proto);
}

static void write_blocked_protocols(struct writer *w, const struct proxy_list *list)
{
	unsigned int proto;
	bool effect = false;

	if (is_unset(w, PROXY_BLOCKED_PROTOCOLS, list))
		return;
	for (proto = 0; proto < 256; proto++) {
		effect |= w->open[proto] && has(list, proto);
		w->open[proto] &= !has(list, proto);
	}
	fprintf(w->to, "    # %s: %s.\n", proxy_lists[PROXY_BLOCKED_PROTOCOLS],
		effect ? "these are dropped" :
		count_numbers(list) ? "not among the allowed ones anyway" : "there are none");
	write_ignored(w, list);
	if (!count_numbers(list))
		return;
	fprintf(w->to, "    rule %s_blocked_protocols %s proto ", w->direction, w->direction);
	write_list(w, PROXY_BLOCKED_PROTOCOLS, list);
	fprintf(w->to, " drop\n");
}

/* What the proxy does with protocols that are allowed. */
static void write_protocols(struct writer *w)
{
	unsigned int proto;
	bool others = false;

	for (proto = 0; proto < 256; proto++)
		others |= w->open[proto] && proto != IPPROTO_ICMP && proto != IPPROTO_TCP &&
			  proto != IPPROTO_UDP;
	if (others) {
		fprintf(w->to, "    # It ends with an error at the first packet that is neither ICMP, TCP nor UDP.\n");
		fprintf(w->to, "    rule %s_others %s proto != { icmp, tcp, udp } drop\n",
			w->direction, w->direction);
	}
	if (w->open[IPPROTO_ICMP])
		fprintf(w->to, "    # ICMP has no ports and is accepted.\n");
}

static void write_ports(struct writer *w, enum proxy_list_kind kind,
			const struct proxy_list *list)
{
	bool allowed = kind == PROXY_ALLOWED_PORTS;
	const char *name = allowed ? "allowed_ports" : "blocked_ports";

	if (is_unset(w, kind, list))
		return;
	if (count_numbers(list))
		fprintf(w->to, "    # %s: %s.\n", proxy_lists[kind],
			allowed ? "all others are dropped" : "these are dropped");
	else
		fprintf(w->to, "    # %s: there are none%s.\n", proxy_lists[kind],
			allowed ? ", so nothing is allowed" : "");
	write_ignored(w, list);
	if (count_numbers(list)) {
		fprintf(w->to, "    rule %s_%s %s proto { tcp, udp } dport %s@%s_%s drop\n",
			w->direction, name, w->direction, allowed ? "!= " : "", w->direction,
			name);
	} else if (allowed) {
		fprintf(w->to, "    rule %s_%s %s proto { tcp, udp } drop\n", w->direction, name,
			w->direction);
		w->open[IPPROTO_TCP] = false;
		w->open[IPPROTO_UDP] = false;
	}
}

static bool has_ports(const struct writer *w)
{
	return w->open[IPPROTO_TCP] || w->open[IPPROTO_UDP];
}

static void write_section(FILE *to, enum proxy_direction direction,
			  const struct proxy_section *section)
{
	struct writer w = { .to = to, .direction = proxy_sections[direction] };

	memset(w.open, true, sizeof(w.open));
	fprintf(to, "\n    # %s\n", w.direction);
	write_unknown(to, section->unknown, "    ");
	if (section->missing) {
		fprintf(to, "    # Not in the file, so nothing is dropped. (The proxy would not start.)\n");
		return;
	}
	if (section->drop_all) {
		fprintf(to, "    # drop_all_traffic: ");
		write_text(to, section->drop_all_text);
		fprintf(to, " counts as true; nothing else of the section matters.\n");
		fprintf(to, "    rule %s_drop_all %s drop\n", w.direction, w.direction);
		return;
	}
	write_allowed_protocols(&w, &section->lists[PROXY_ALLOWED_PROTOCOLS]);
	if (is_open(&w))
		write_blocked_protocols(&w, &section->lists[PROXY_BLOCKED_PROTOCOLS]);
	write_protocols(&w);
	if (has_ports(&w))
		write_ports(&w, PROXY_ALLOWED_PORTS, &section->lists[PROXY_ALLOWED_PORTS]);
	if (has_ports(&w))
		write_ports(&w, PROXY_BLOCKED_PORTS, &section->lists[PROXY_BLOCKED_PORTS]);
}

/* Ports are sets: they can be changed without touching the rules. */
static void write_set(FILE *to, const char *direction, enum proxy_list_kind kind,
		      const struct proxy_list *list)
{
	const char *separator = "";
	size_t i;

	if (!count_numbers(list))
		return;
	fprintf(to, "\nset %s_%s {\n    type port\n    elements {",
		direction, kind == PROXY_ALLOWED_PORTS ? "allowed_ports" : "blocked_ports");
	for (i = 0; i < list->n; i++) {
		if (!is_first(list, i))
			continue;
		fprintf(to, "%s\n        %ld", separator, list->values[i].number);
		separator = ",";
	}
	fprintf(to, "\n    }\n}\n");
}

void proxy_write(FILE *to, const struct proxy_config *config, const char *name)
{
	enum proxy_direction direction;
	enum proxy_list_kind kind;

	fprintf(to, "# The decisions of geneve-proxy with the configuration ");
	write_text(to, name);
	fprintf(to, ".\n%s", head);
	write_unknown(to, config->unknown, "");
	for (direction = 0; direction < PROXY_DIRECTIONS; direction++)
		for (kind = PROXY_ALLOWED_PORTS;
		     !config->sections[direction].drop_all && kind < PROXY_LISTS; kind++)
			write_set(to, proxy_sections[direction], kind,
				  &config->sections[direction].lists[kind]);
	fprintf(to, "\npolicy default {\n"
		"    # It knows IPv4 only.\n"
		"    rule ipv6 ip6 drop\n");
	for (direction = 0; direction < PROXY_DIRECTIONS; direction++)
		write_section(to, direction, &config->sections[direction]);
	fprintf(to, "\n    # What no rule dropped is accepted.\n    default accept\n}\n");
}
