// SPDX-License-Identifier: GPL-2.0 OR MIT
/* explain FILE and explain --hex HEX...: the packets, one after the other. */
#include <errno.h>
#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "explain.h"
#include "frame.h"
#include "hex.h"
#include "out.h"
#include "text.h"

/* The last day of the year 9999, wherever that is. */
#define TIME_MAX	253402214400LL

void explain_help(FILE *to)
{
	fputs("\nFILE is a capture in the format pcap or pcapng, - standard input.\n"
	      "HEX is a packet from its outer IPv4 header on, as tcpdump -x prints it.\n", to);
}

struct session {
	struct nl nl;
	unsigned long printed;
};

static void print(struct session *s, const struct packet *packet)
{
	if (options.json) {
		out_json_element(&s->printed, explain_json(packet));
		return;
	}
	if (s->printed++)
		putchar('\n');
	explain_print(packet);
}

/* The end of all packets, or of those that could be asked about. */
static void finish(const struct session *s, int err)
{
	if (options.json && (s->printed || !err))
		out_json_end(s->printed);
}

/* Asks about the IPv4 packet of a frame and prints the answer. */
static int ask(struct session *s, struct packet *packet, int link)
{
	struct why why;
	int err;

	if (!frame_ipv4(&why, link, &packet->data, &packet->len)) {
		packet->not_asked = why.text;
	} else if (packet->len > EXPLAIN_PACKET_MAX) {
		packet->not_asked = "too long to be asked about";
	} else {
		headers_outer(&packet->outer, packet->data, packet->len);
		headers_geneve(&packet->geneve, packet->data, packet->len, packet->outer.geneve);
		err = answer_get(&s->nl, packet->data, packet->len, &packet->answer);
		if (err)
			return err;
		rules_get(&s->nl, &packet->rules, packet->answer.policy);
	}
	print(s, packet);
	return 0;
}

/* A file may say anything: what has no date of four digits for the year is not known. */
static void set_time(struct packet *packet, const struct timeval *when)
{
	bool known = when->tv_sec > 0 && when->tv_sec < TIME_MAX &&
		     when->tv_usec >= 0 && when->tv_usec < 1000000;

	packet->time.tv_sec = known ? when->tv_sec : 0;
	packet->time.tv_nsec = known ? when->tv_usec * 1000L : 0;
}

static int ask_captured(struct session *s, struct packet *packet, int link,
			const struct pcap_pkthdr *header, const uint8_t *frame)
{
	char why[96];

	packet->number++;
	set_time(packet, &header->ts);
	packet->frame_length = header->len;
	packet->data = frame;
	packet->len = header->caplen;
	packet->not_asked = NULL;
	if (header->caplen == header->len)
		return ask(s, packet, link);
	snprintf(why, sizeof(why), "cut short by the capture: %u of %u bytes, capture with tcpdump -s 0",
		 header->caplen, header->len);
	packet->not_asked = why;
	print(s, packet);
	return 0;
}

static int ask_file(struct session *s, pcap_t *pcap, const char *path)
{
	int link = pcap_datalink(pcap), got, err = 0;
	struct packet packet = { 0 };
	struct pcap_pkthdr *header;
	const uint8_t *frame;

	while (!err && (got = pcap_next_ex(pcap, &header, &frame)) == 1)
		err = ask_captured(s, &packet, link, header, frame);
	rules_free(&packet.rules);
	finish(s, err);
	if (err)
		return err;
	if (got == PCAP_ERROR)
		return fail(STATUS_USAGE, "explain: '%.200s': %s", path, pcap_geterr(pcap));
	return 0;
}

static FILE *open_file(const char *path)
{
	FILE *file = strcmp(path, "-") ? fopen(path, "re") : stdin;
	struct stat st;

	if (file && !fstat(fileno(file), &st) && S_ISDIR(st.st_mode)) {
		fclose(file);
		errno = EISDIR;
		return NULL;
	}
	return file;
}

static int explain_file(const char *path)
{
	struct session s = { 0 };
	char why[PCAP_ERRBUF_SIZE];
	FILE *file = open_file(path);
	pcap_t *pcap;
	int err;

	if (!file)
		return fail(STATUS_USAGE, "explain: cannot read '%.200s': %s", path,
			    strerror(errno));
	pcap = pcap_fopen_offline(file, why);
	if (!pcap) {
		fclose(file);
		return fail(STATUS_USAGE, "explain: '%.200s': %s: expected a capture in the format pcap or pcapng",
			    path, why);
	}
	if (!frame_is_known(pcap_datalink(pcap))) {
		err = fail(STATUS_USAGE,
			   "explain: '%.200s': link type %s: expected Ethernet, Linux cooked, raw IP or loopback",
			   path, pcap_datalink_val_to_description_or_dlt(pcap_datalink(pcap)));
		goto close;
	}
	err = nl_open(&s.nl);
	if (err)
		goto close;
	err = ask_file(&s, pcap, path);
	nl_close(&s.nl);
close:
	pcap_close(pcap);
	return err;
}

static int explain_hex(int argc, char **argv)
{
	static uint8_t buf[UINT16_MAX];
	struct packet packet = { .number = 1, .data = buf };
	struct session s = { 0 };
	struct why why;
	int err;

	if (!hex_read(&why, argc, argv, buf, sizeof(buf), &packet.len))
		return fail(STATUS_USAGE, "explain: --hex: %s", why.text);
	packet.frame_length = packet.len;
	err = nl_open(&s.nl);
	if (err)
		return err;
	err = ask(&s, &packet, DLT_IPV4);
	finish(&s, err);
	rules_free(&packet.rules);
	nl_close(&s.nl);
	return err;
}

int explain(int argc, char **argv)
{
	if (argc && !strcmp(argv[0], "--hex"))
		return explain_hex(argc - 1, argv + 1);
	if (argc && !strcmp(argv[0], "--"))
		argc--, argv++;
	if (argc != 1)
		return argc ? fail(STATUS_USAGE, "explain: unexpected word '%.64s': expected one file",
				   argv[1])
			    : fail(STATUS_USAGE, "explain: packets are missing: expected a capture file, or --hex and bytes");
	return explain_file(argv[0]);
}
