// SPDX-License-Identifier: GPL-2.0 OR MIT
/* explain for people. */
#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>

#include "explain.h"
#include "label.h"
#include "out.h"
#include "stats.h"
#include "vpce.h"

#define STEP	"  %-10s "

#define INDENT	"             "

const char *explain_flags(char *buf, const struct packet *packet)
{
	static const char *const names[] = {
		"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"
	};
	const struct answer *answer = &packet->answer;
	uint32_t at = answer->l4 + 13;
	size_t used = 0, i;

	buf[0] = '\0';
	if (!answer->has_tuple || answer->tuple.proto != IPPROTO_TCP || !answer->l4 ||
	    at >= packet->len)
		return buf;
	for (i = 0; i < 8; i++)
		if (packet->data[at] & 1u << i)
			used += snprintf(buf + used, FLAGS_TEXT - used, "%s%s", used ? "," : "",
					 names[i]);
	return buf;
}

static void print_title(const struct packet *packet)
{
	char date[OUT_DATE];

	printf("packet %lu: %" PRIu32 " bytes", packet->number, packet->frame_length);
	if (packet->time.tv_sec)
		printf(", %s", out_date(date, &packet->time));
	putchar('\n');
}

static void print_outer(const struct outer *outer)
{
	char saddr[INET_ADDRSTRLEN], daddr[INET_ADDRSTRLEN], proto[TUPLE_PROTO];

	if (!outer->has_ip)
		return;
	inet_ntop(AF_INET, outer->saddr, saddr, sizeof(saddr));
	inet_ntop(AF_INET, outer->daddr, daddr, sizeof(daddr));
	if (outer->has_udp)
		printf(STEP "udp %s:%u > %s:%u", "outer", saddr, outer->sport, daddr,
		       outer->dport);
	else
		printf(STEP "%s %s > %s", "outer", tuple_proto(proto, outer->proto), saddr, daddr);
	printf(", TTL %u, id %u, length %u\n", outer->ttl, outer->id, outer->length);
}

static void print_option(const struct geneve_option *option)
{
	char text[OPTION_TEXT];
	unsigned int i;

	printf(STEP "class 0x%04x type %u%s, %u bytes:", "  option", option->class,
	       option->type, option->critical ? " critical" : "", option->len);
	if (*option_text(text, option)) {
		printf(" %s\n", text);
		return;
	}
	for (i = 0; i < option->len; i++)
		printf("%s%02x", i % 4 ? "" : " ", option->data[i]);
	putchar('\n');
}

static void print_geneve(const struct geneve *geneve)
{
	unsigned int i;

	if (!geneve->present)
		return;
	printf(STEP "version %u, flags %s, VNI %" PRIu32 ", protocol 0x%04x%s, %" PRIu32 " bytes of options%s\n",
	       "geneve", geneve->version,
	       geneve->control ? geneve->critical ? "O C" : "O" : geneve->critical ? "C" : "none",
	       geneve->vni, geneve->proto,
	       geneve->proto == 0x0800 ? " (IPv4)" : geneve->proto == 0x86dd ? " (IPv6)" : "",
	       geneve->options_len, geneve->cut ? ", which do not fit" : "");
	for (i = 0; i < geneve->n; i++)
		print_option(&geneve->options[i]);
}

static void print_inner(const struct packet *packet)
{
	const struct answer *answer = &packet->answer;
	char tuple[TUPLE_TEXT], flags[FLAGS_TEXT];

	if (!answer->has_tuple)
		return;
	printf(STEP "%s", "inner", tuple_text(tuple, &answer->tuple));
	if (*explain_flags(flags, packet))
		printf(" [%s]", flags);
	printf(", %" PRIu32 " bytes%s%s\n", answer->inner_length,
	       answer->fragment ? ", a fragment" : "",
	       answer->related ? ", an error that belongs to the flow it quotes" : "");
}

static void print_flow(const struct answer *answer)
{
	if (!answer->has_flow) {
		if (answer->has_tuple)
			printf(STEP "none\n", "flow");
		return;
	}
	printf(STEP "%s\n", "flow", answer->current ?
	       "known, its verdict is used" : "known, but judged again by the rules");
	flow_print(&answer->flow, INDENT);
}

static void print_tried(const struct packet *packet)
{
	char name[OUT_TEXT], text[RULE_TEXT], clean[TEXT_ESCAPED(RULE_TEXT)], value[FIELD_TEXT];
	const struct answer *answer = &packet->answer;
	const struct tried *tried;

	if (answer->skipped)
		printf(STEP "%" PRIu32 " rules before these did not match either\n", "  rule",
		       answer->skipped);
	for (tried = answer->tried; tried < answer->tried + answer->n_tried; tried++) {
		rules_text(text, &packet->rules, tried->rule);
		printf(STEP "%s%s%s: ", "  rule", out_text(name, tried->rule), *text ? " " : "",
		       text_escape(clean, sizeof(clean), text));
		if (tried->cond < 0)
			printf("yes\n");
		else
			printf("no, %s %s\n", LABEL(fields, tried->field),
			       explain_field(value, tried->field, answer));
	}
}

static void print_rules(const struct packet *packet)
{
	const struct answer *answer = &packet->answer;
	char policy[OUT_TEXT], rule[OUT_TEXT];

	if (answer->direction >= 0)
		printf(STEP "%s%s\n", "direction", LABEL(label_directions, answer->direction),
		       answer->reply ? ", this packet answers: judged with its sides exchanged" : "");
	if (answer->policy[0])
		printf(STEP "%s\n", "policy", out_text(policy, answer->policy));
	print_tried(packet);
	if (answer->verdict < 0)
		return;
	printf(STEP "%s, ", "verdict", LABEL(verdicts, answer->verdict));
	if (answer_is_kept(answer))
		printf("kept over a change of the ruleset\n");
	else if (answer->rule[0])
		printf("by rule %s\n", out_text(rule, answer->rule));
	else
		printf("by the policy's default\n");
}

static void print_fate(const struct answer *answer)
{
	printf(STEP, "fate");
	switch (answer->fate) {
	case NFG_FATE_PASS:
		printf("not for us, left untouched: %s\n", answer->passed);
		return;
	case NFG_FATE_BOUNCE:
		printf("goes back\n");
		return;
	case NFG_FATE_MONITOR:
		printf("goes back, but mode enforce would drop it");
		break;
	case NFG_FATE_DROP:
		printf("dropped");
		break;
	case NFG_FATE_REJECT:
		printf("dropped and answered");
		break;
	default:
		printf("unknown");
	}
	if (answer->reason[0])
		printf(": %s, %s", answer->reason, stats_reason_text(answer->reason));
	putchar('\n');
}

void explain_print(const struct packet *packet)
{
	print_title(packet);
	if (packet->not_asked) {
		printf(STEP "%s\n", "skipped", packet->not_asked);
		return;
	}
	print_outer(&packet->outer);
	print_geneve(&packet->geneve);
	print_inner(packet);
	print_flow(&packet->answer);
	print_rules(packet);
	print_fate(&packet->answer);
}
