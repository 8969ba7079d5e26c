/* SPDX-License-Identifier: GPL-2.0 */
/*
 * GWLB emulator: plays an AWS Gateway Load Balancer and its endpoints, and
 * checks the answers of the appliances behind it.
 *
 * One process, one thread, one epoll loop.  All tables have a fixed size, so
 * that no traffic can make the process grow.
 */
#ifndef GWLB_H
#define GWLB_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

#define ZONES_MAX	8
#define ENDPOINTS_MAX	16
#define TARGETS_MAX	64
#define FLOWS_MAX	65536u
#define RECORDS_MAX	65536u
#define FRAGMENTS_MAX	256u
#define CODES_MAX	16
#define CLIENTS_MAX	8

/* outer IPv4 20, UDP 8, GENEVE 8, options 12 + 12 + 8 */
#define OUTER_LEN	28
#define GENEVE_LEN	40
#define OVERHEAD	(OUTER_LEN + GENEVE_LEN)
#define PACKET_MAX	65536

/* One source port per flow, counted up from the one AWS is seen to use */
#define PORT_FIRST	60001
#define PORT_COUNT	4096

struct json_t;
struct gwlb;

/* ---- loop.c: what waits for a file descriptor ---- */

struct watch {
	int fd;
	void (*ready)(struct gwlb *g, struct watch *w, uint32_t events);
};

int watch_add(struct gwlb *g, struct watch *w, uint32_t events);
int watch_change(struct gwlb *g, struct watch *w, uint32_t events);
void watch_close(struct gwlb *g, struct watch *w);
int loop_run(struct gwlb *g);

/* ---- util.c ---- */

int64_t now_ms(void);
uint64_t hash_bytes(const void *data, size_t len, uint64_t seed);
uint64_t hash_mix(uint64_t value);
uint32_t csum_add(uint32_t sum, const void *data, size_t len);
uint16_t csum_fold(uint32_t sum);
uint16_t udp_csum(const uint8_t *ip, const uint8_t *udp, size_t len);
uint16_t get_be16(const uint8_t *p);
uint64_t get_be64(const uint8_t *p);
void put_be16(uint8_t *p, uint16_t value);
void put_be32(uint8_t *p, uint32_t value);
void put_be64(uint8_t *p, uint64_t value);
void say(struct gwlb *g, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* ---- inner.c: what GWLB reads of the packets it carries ---- */

struct inner {
	uint8_t version;
	uint8_t proto;		/* behind IPv6 extension headers */
	bool fragment;		/* first or later */
	bool later;		/* not the first fragment */
	uint32_t frag_id;
	struct in6_addr src;	/* IPv4 as ::ffff:a.b.c.d */
	struct in6_addr dst;
	uint16_t sport;		/* TCP and UDP only, else 0 */
	uint16_t dport;
	const uint8_t *l4;
	size_t l4_len;
};

int inner_parse(struct inner *in, const uint8_t *packet, size_t len);
bool inner_is_unicast(const struct inner *in);
bool inner_is_rst(const struct inner *in);
int inner_quoted(const struct inner *in, struct inner *quoted);

/* ---- fragment.c: ports of later fragments ---- */

struct fragment {
	uint64_t key;
	uint16_t sport;
	uint16_t dport;
};

void fragment_follow(struct gwlb *g, unsigned int endpoint, struct inner *in);

/* ---- target.c: the target group ---- */

enum target_state {
	TARGET_UNUSED,
	TARGET_INITIAL,		/* registered, no check has finished */
	TARGET_HEALTHY,
	TARGET_UNHEALTHY,
	TARGET_DRAINING,	/* deregistered a short time ago */
	TARGET_DEREGISTERED,	/* kept while flows stay with it */
};

/* ---- health.c ---- */

struct health {
	struct watch watch;
	int64_t next;		/* start of the next check */
	int64_t deadline;	/* end of the running one */
	unsigned int good;	/* in a row */
	unsigned int bad;
	uint64_t checks;
	uint64_t failures;
	size_t got;		/* bytes of the status line */
	char answer[16];
	const char *why;	/* of the last failure */
	bool asked;		/* HTTP: the request is out */
};

struct target {
	struct in_addr addr;
	unsigned int zone;
	enum target_state state;
	int64_t since;		/* start of this state */
	unsigned int flows;
	uint64_t sent;
	uint64_t answered;
	struct health health;
};

const char *target_state_name(enum target_state state);
const char *target_register(struct gwlb *g, struct in_addr addr, unsigned int zone);
const char *target_deregister(struct gwlb *g, struct in_addr addr);
struct target *target_find(struct gwlb *g, struct in_addr addr);
void target_set_state(struct gwlb *g, struct target *t, enum target_state state, const char *why);
struct target *target_pick(struct gwlb *g, unsigned int zone, uint64_t hash);
bool target_is_lost(const struct target *t);
void target_tick(struct gwlb *g, int64_t now);

void health_start(struct gwlb *g, struct target *t);
void health_stop(struct gwlb *g, struct target *t);
int64_t health_tick(struct gwlb *g, int64_t now);

enum health_kind { HEALTH_NONE, HEALTH_TCP, HEALTH_HTTP };

struct health_config {
	enum health_kind kind;
	uint16_t port;
	char path[128];
	struct { unsigned int from, to; } codes[CODES_MAX];
	unsigned int codes_len;
	int64_t interval;	/* milliseconds */
	int64_t timeout;
	unsigned int healthy;
	unsigned int unhealthy;
};

int health_parse(struct health_config *c, const char *text);
int health_parse_codes(struct health_config *c, const char *text);

/* ---- flow.c ---- */

struct flow_key {
	struct in6_addr low;
	struct in6_addr high;
	uint16_t low_port;
	uint16_t high_port;
	uint8_t version;
	uint8_t proto;
	uint16_t endpoint;
};

struct flow {
	struct flow_key key;
	struct target *target;	/* NULL: the slot is free */
	uint32_t cookie;
	uint16_t port;
	int64_t expires;
	uint64_t packets;
	uint32_t next_key;	/* chains; index + 1, 0 ends */
	uint32_t next_cookie;
};

struct flows {
	struct flow slot[FLOWS_MAX];
	uint32_t by_key[FLOWS_MAX];
	uint32_t by_cookie[FLOWS_MAX];
	uint32_t free;		/* chain over next_key */
	uint32_t used;		/* slots below were used once */
	uint32_t active;
	uint32_t ports;		/* handed out so far */
	uint64_t random;
	uint64_t created;
	uint64_t expired;
	uint64_t moved;
};

struct flow *flow_get(struct gwlb *g, unsigned int endpoint, const struct inner *in);
struct flow *flow_find(struct gwlb *g, unsigned int endpoint, const struct inner *in);
struct flow *flow_by_cookie(struct gwlb *g, uint32_t cookie);
bool flow_has(struct gwlb *g, const struct flow *f, const struct inner *in);
void flow_tick(struct gwlb *g, int64_t now);

/* ---- record.c: packets that are with an appliance ---- */

struct record {
	uint64_t hash;		/* of the inner packet */
	struct in_addr from;	/* address of GWLB */
	struct in_addr to;	/* target */
	uint32_t cookie;
	uint32_t next;		/* chain; index + 1, 0 ends */
	uint32_t prev;
	uint16_t port;
	uint16_t endpoint;
	bool used;
	bool answered;
};

struct records {
	struct record slot[RECORDS_MAX];
	uint32_t chain[RECORDS_MAX];
	uint32_t head;
};

void record_add(struct gwlb *g, const struct record *r);
struct record *record_find(struct gwlb *g, uint64_t hash, uint32_t cookie);

/* ---- geneve.c: the bytes of the tunnel ---- */

struct geneve {
	const uint8_t *header;
	size_t header_len;
	const uint8_t *endpoint;	/* NULL: missing */
	const uint8_t *cookie;
	const uint8_t *inner;
	size_t inner_len;
};

void geneve_build(uint8_t *header, unsigned int version, uint64_t endpoint, uint32_t cookie);
int geneve_parse(struct geneve *gnv, const uint8_t *payload, size_t len);

/* ---- wire.c: the outer side ---- */

int wire_open(struct gwlb *g);
int wire_send(struct gwlb *g, uint8_t *packet, size_t inner_len, const struct record *r,
	      unsigned int version);

/* ---- check.c: the answers ---- */

#define VIOLATIONS(X) \
	X(addresses)		/* outer addresses not exchanged */ \
	X(port)			/* not sent to 6081, or source port changed */ \
	X(endpoint_missing) \
	X(endpoint_foreign)	/* unknown, or of another endpoint */ \
	X(cookie_missing) \
	X(cookie_changed) \
	X(options_changed)	/* another bit of the GENEVE header */ \
	X(unknown_flow) \
	X(inner_changed) \
	X(duplicate)		/* one packet answered twice */ \
	X(ip_checksum) \
	X(udp_checksum) \
	X(fragmented)		/* outer fragment */ \
	X(malformed)		/* cannot be read as far as the inner packet */

enum violation {
#define X(name) VIOLATION_##name,
	VIOLATIONS(X)
#undef X
	VIOLATION_COUNT
};

extern const char *const violation_names[VIOLATION_COUNT];
void check_answer(struct gwlb *g, const uint8_t *packet, size_t len, bool csum_ready);
uint64_t violations_total(const struct gwlb *g);

/* ---- endpoint.c ---- */

struct endpoint {
	uint64_t id;
	char name[24];
	char tun[16];
	char netns[256];
	unsigned int zone;
	struct watch watch;
	uint64_t sent;
	uint64_t delivered;
	uint64_t lost;		/* the TUN device did not take it */
};

int endpoint_parse(struct gwlb *g, char *text);
int endpoint_open(struct gwlb *g, struct endpoint *e);
struct endpoint *endpoint_find(struct gwlb *g, uint64_t id);
void endpoint_deliver(struct endpoint *e, const uint8_t *packet, size_t len);

/* ---- report.c ---- */

struct json_t *report_stats(struct gwlb *g);
struct json_t *report_targets(struct gwlb *g);
struct json_t *report_flows(struct gwlb *g);

/* ---- control.c ---- */

struct client {
	struct watch watch;
	size_t got;
	char line[256];
};

int control_open(struct gwlb *g);
void control_close(struct gwlb *g);
int ctl_main(int argc, char **argv);

/* ---- options.c ---- */

int options_parse(struct gwlb *g, int argc, char **argv);

struct zone {
	char name[16];
	struct in_addr addr;
};

struct gwlb {
	/* configuration */
	struct zone zones[ZONES_MAX];
	unsigned int zones_len;
	struct endpoint endpoints[ENDPOINTS_MAX];
	unsigned int endpoints_len;
	struct health_config health;
	unsigned int stickiness;	/* 5, 3 or 2 */
	bool rebalance;
	bool cross_zone;
	int64_t idle_tcp;
	int64_t idle_other;
	int64_t drain;
	uint16_t port;
	unsigned int mtu;
	uint64_t seed;
	const char *control_path;

	/* state */
	int epoll_fd;
	bool stop;
	int64_t started;
	struct watch signals;
	struct watch answers;		/* AF_PACKET */
	int send_fd;			/* raw IPv4 */
	int sink_fd;			/* UDP, see wire.c */
	uint16_t outer_id;
	struct watch control;
	struct client clients[CLIENTS_MAX];
	struct target targets[TARGETS_MAX];
	struct flows flows;
	struct records records;
	struct fragment fragments[FRAGMENTS_MAX];

	/* counters */
	uint64_t sent_packets;
	uint64_t sent_bytes;		/* outer */
	uint64_t answer_packets;
	uint64_t answer_bytes;
	uint64_t good;
	uint64_t generated;		/* answers of the appliance's own making */
	uint64_t late;			/* for a flow that moved meanwhile */
	uint64_t udp_zero;		/* good answers without UDP checksum */
	uint64_t drop_not_unicast;
	uint64_t drop_no_target;
	uint64_t drop_table_full;
	uint64_t drop_send;
	uint64_t drop_receive;		/* the socket was full */
	uint64_t violations[VIOLATION_COUNT];
	unsigned int complaints;	/* printed so far */
};

#endif /* GWLB_H */
