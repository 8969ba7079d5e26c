// SPDX-License-Identifier: GPL-2.0
/*
 * Sends packets that are nearly right to an appliance that runs nf_geneve, and
 * compares what comes back, and what is counted, with what module/core says.
 *
 * usage: packets [OPTION...]
 *
 *	-s SEED		of the packets (1)
 *	-f FIRST	number of the first one (0)
 *	-n COUNT	of packets (1000)
 *	-F		none through nfg_forge
 *	-m		the appliance is in mode monitor
 *	-r		it answers by route: MAC addresses are not compared
 *	-p		print each packet as hex
 *
 * A packet is made of the seed and its number alone.  What is wrong is told with
 * both, and with the packet, so that `-s SEED -f NUMBER -n 1` sends it again.
 */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "counters.h"
#include "ip.h"
#include "packets.h"

#define BATCH		64
#define WAIT_MS		5000
#define LATE_US		300000
#define BAD_MAX		10
#define PROGRESS	50000

static struct {
	u64 seed, first, count;
	bool forging, monitor, route, print;
} opt = { .seed = 1, .count = 1000, .forging = true };

static struct packet packets[BATCH];
static struct verdict verdicts[BATCH];
static u32 batch;

static u64 sent, back, answered, bad;
static u64 fates[FATE_OPEN + 1];

/* Every other batch; nfg_forge wants a whole UDP header. */
static bool is_forged(const struct packet *p)
{
	return opt.forging && p->number / BATCH % 2 && p->len >= NFG_IPV4_LEN + NFG_UDP_LEN;
}

static void print_hex(const char *what, const u8 *data, u32 len)
{
	printf("# %s ", what);
	for (u32 i = 0; i < len; i++)
		printf("%02x", data[i]);
	printf("\n");
}

static void complain(u32 i, const char *what)
{
	const struct packet *p = &packets[i];

	bad++;
	printf("# packet %" PRIu64 " of seed %" PRIu64 ": %s\n", p->number, opt.seed, what);
	printf("# fate %d reason %s must %d", verdicts[i].fate,
	       verdicts[i].reason ? nfg_reason_name(verdicts[i].reason) : "none",
	       verdicts[i].must);
	if (is_forged(p))
		printf(", linear %u split %u sum %u flags %u", p->forge.linear, p->forge.split,
		       p->forge.sum, p->forge.flags);
	printf("\n");
	print_hex("sent", p->frame, ETH_LEN + p->len);
}

static void make(u64 number, u32 n)
{
	batch = n;
	for (u32 i = 0; i < n; i++) {
		packet_make(&packets[i], opt.seed, number + i, number + i);
		if (opt.print)
			print_hex("packet", packets[i].frame, ETH_LEN + packets[i].len);
	}
	for (u32 i = 0; i < n; i++) {
		oracle(&packets[i], is_forged(&packets[i]), opt.monitor, &verdicts[i]);
		fates[verdicts[i].fate]++;
	}
}

static void deliver(void)
{
	const char *what;

	sent += batch;
	if (!opt.forging || !(packets[0].number / BATCH % 2)) {
		link_send(packets, batch);
		return;
	}
	for (u32 i = 0; i < batch; i++) {
		if (!is_forged(&packets[i])) {
			link_send(&packets[i], 1);
			continue;
		}
		what = link_forge(&packets[i]);
		if (what)
			complain(i, what);
	}
}

static bool macs_right(const struct packet *p, const u8 *frame)
{
	return opt.route || (!memcmp(frame, p->frame + 6, 6) && !memcmp(frame + 6, p->frame, 6));
}

/* Judges what came; which packet it was is told by its id. Returns true for a packet
 * that came back itself, false for an answer.
 */
static bool judge(u8 *frame, u32 len, bool *seen)
{
	const u8 *ip = frame + ETH_LEN;
	u32 total = be16_to_cpu(nfg_load16(ip + NFG_IPV4_TOTLEN));
	u16 id = be16_to_cpu(nfg_load16(ip + NFG_IPV4_ID));
	u32 i = (u16)(id - (u16)packets[0].number);
	bool bounce;

	if (i >= batch || total > len - ETH_LEN) {
		bad++;
		print_hex("nobody sent what came back:", frame, len);
		return true;
	}
	bounce = oracle_is_bounce(&packets[i], &verdicts[i], ip, total);
	if (seen[i])
		complain(i, "came back twice");
	else if (!bounce && !oracle_is_answer(&packets[i], &verdicts[i], ip, total))
		complain(i, "came back changed");
	else if (bounce && verdicts[i].must == MUST_NOT_COME_BACK)
		complain(i, "came back");
	else if (!bounce && opt.monitor)
		complain(i, "was answered in mode monitor");
	else if (!macs_right(&packets[i], frame))
		complain(i, "came back with wrong MAC addresses");
	else
		goto good;
	print_hex("got ", frame, len);
good:
	seen[i] = true;
	if (bounce)
		back++;
	else
		answered++;
	return bounce;
}

/* What is counted of this batch, against what had to be.  To what is not ours the
 * appliance's stack may say something that it hears itself.
 */
static bool counted_right(const struct snapshot *before, const struct snapshot *after, bool tell)
{
	u64 want[NFG_REASON_MAX] = { 0 }, rx = 0, passed = 0, reasons = 0, rise[COUNTERS], rose;
	u64 own;
	bool ok;
	u32 i;

	for (i = 0; i < COUNTERS; i++)
		rise[i] = after->counter[i] - before->counter[i];
	for (i = 0; i < batch; i++) {
		rx += verdicts[i].fate != FATE_LOST;
		passed += verdicts[i].fate == FATE_PASS;
		want[verdicts[i].reason]++;
	}
	own = rise[PASSED] - passed;
	ok = own <= passed && rise[RX] == rx + own &&
	     rise[RX] == rise[TX] + rise[DROP] + rise[PASSED];
	for (i = 1; i < NFG_REASON_MAX; i++) {
		rose = after->drops[i] - before->drops[i];
		reasons += rose;
		if (rose == want[i] || (rose > want[i] && oracle_may_decide(i)))
			continue;
		ok = false;
		if (tell)
			printf("# %s: %" PRIu64 " instead of %" PRIu64 "\n", nfg_reason_name(i),
			       rose, want[i]);
	}
	if (reasons != rise[DROP] + rise[MONITOR])
		ok = false;
	if (!ok && tell)
		printf("# packets %" PRIu64 " to %" PRIu64 ": rx %" PRIu64 " of %" PRIu64
		       ", passed %" PRIu64 " of %" PRIu64 ", tx %" PRIu64 ", drop %" PRIu64
		       ", monitor %" PRIu64 ", reasons %" PRIu64 "\n", packets[0].number,
		       packets[batch - 1].number, rise[RX], rx, rise[PASSED], passed, rise[TX],
		       rise[DROP], rise[MONITOR], reasons);
	return ok;
}

static u32 received(void)
{
	u32 n = 0;

	for (u32 i = 0; i < batch; i++)
		n += verdicts[i].fate != FATE_LOST;
	return n;
}

/* Sends packets and takes what comes back of them. */
static bool run(u64 number, u32 n)
{
	static u8 frame[FRAME_MAX];
	struct snapshot before, after;
	bool seen[BATCH] = { 0 }, ok;
	u64 bad_before = bad, tx;
	u32 len;

	make(number, n);
	counters_read(&before);
	deliver();
	counters_wait(&before, received());
	counters_read(&after);
	ok = counted_right(&before, &after, false);
	if (!ok) {
		usleep(LATE_US);
		counters_read(&after);
		ok = counted_right(&before, &after, true);
	}
	tx = after.counter[TX] - before.counter[TX];
	while ((len = link_receive(frame, tx ? WAIT_MS : 0)))
		tx -= judge(frame, len, seen) && tx;
	if (tx) {
		printf("# %" PRIu64 " packets were sent and did not arrive\n", tx);
		ok = false;
	}
	for (u32 i = 0; i < n; i++)
		if (verdicts[i].must == MUST_COME_BACK && !seen[i])
			complain(i, "did not come back");
	return ok && bad == bad_before;
}

/* What goes wrong alone, too, is told alone. */
static void find(u64 number, u32 n)
{
	for (u32 i = 0; i < n; i++)
		if (!run(number + i, 1))
			complain(0, "wrong when sent alone");
}

static void read_options(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "s:f:n:Fmrp")) != -1) {
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
		case 'F':
			opt.forging = false;
			break;
		case 'm':
			opt.monitor = true;
			break;
		case 'r':
			opt.route = true;
			break;
		case 'p':
			opt.print = true;
			break;
		default:
			exit(2);
		}
	}
}

int main(int argc, char **argv)
{
	u64 end, n;
	time_t start;
	u32 some;

	read_options(argc, argv);
	setlinebuf(stdout);
	link_open("va", "app", opt.forging);
	end = opt.first + opt.count;
	start = time(NULL);
	for (n = opt.first; n < end && bad < BAD_MAX; n += some) {
		some = BATCH - n % BATCH < end - n ? BATCH - n % BATCH : end - n;
		if (!run(n, some)) {
			bad++;
			if (some > 1)
				find(n, some);
		}
		if (sent % PROGRESS < BATCH)
			printf("# %" PRIu64 " sent, %" PRIu64 " back\n", sent, back);
	}
	printf("# seed %" PRIu64 ": %" PRIu64 " sent (%" PRIu64 " lost before the hook, %" PRIu64
	       " not ours, %" PRIu64 " invalid, %" PRIu64 " valid), %" PRIu64 " back, %" PRIu64
	       " answered, %" PRIu64 " wrong, in %ld s\n", opt.seed, sent, fates[FATE_LOST],
	       fates[FATE_PASS], fates[FATE_DROP], fates[FATE_OPEN], back, answered, bad,
	       (long)(time(NULL) - start));
	return bad || !back;
}
