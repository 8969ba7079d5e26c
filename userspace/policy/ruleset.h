/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* A ruleset in memory: what a file says, or what the kernel has. */
#ifndef GENEVECTL_POLICY_RULESET_H
#define GENEVECTL_POLICY_RULESET_H

#include <linux/nf_geneve.h>

#include "elements.h"
#include "names.h"

/* Longest timeout of an element, in seconds: milliseconds go into 32 bits. */
#define ELEMENT_TIMEOUT_MAX	4294967

/* A key of the configuration and its value, as `config set` takes it. */
struct setting {
	struct setting *next;
	const struct config_key *key;
	const char *value;
	struct place place;
};

struct set {
	struct set *next;
	const char *name;
	struct place place;
	uint8_t type;			/* enum nfg_set_type */
	uint32_t timeout;		/* milliseconds, 0 for none */
	struct elements elements;
};

/**
 * struct cond - what a rule demands of a packet
 * @next: the next one of the rule
 * @place: where it stands
 * @field: enum nfg_field
 * @negate: it must be none of the values
 * @icmp: the field is type and code of ICMP
 * @set: name of a set, NULL: @values
 * @values: values
 */
struct cond {
	struct cond *next;
	struct place place;
	uint8_t field;
	bool negate;
	bool icmp;
	const char *set;
	struct elements values;
};

/**
 * struct rule - a rule, or the default of a policy
 * @next: the next one of the policy
 * @name: NULL for the default
 * @place: where it stands
 * @conds: conditions; check_rule() orders them
 * @verdict: enum nfg_verdict
 * @reject: enum nfg_reject
 * @reject_place: where "with" stands
 * @log: events
 * @log_group: group of NFLOG, -1 for none
 * @limit: packets in @limit_seconds, 0 for no limit
 * @limit_seconds: 1, 60, 3600 or 86400
 * @burst: packets at once, 0: as many as @limit
 * @packets: counted by the kernel
 * @bytes: likewise
 */
struct rule {
	struct rule *next;
	const char *name;
	struct place place;
	struct cond *conds;
	uint8_t verdict;
	uint8_t reject;
	struct place reject_place;
	bool log;
	int log_group;
	uint32_t limit;
	uint32_t limit_seconds;
	uint32_t burst;
	uint64_t packets;
	uint64_t bytes;
};

/**
 * struct policy - rules
 * @next: the next one of the ruleset
 * @name: name
 * @place: where it stands
 * @rules: first match first
 * @last: end of @rules
 * @by_name: the same by their names
 * @fallback: its default, NULL: accept
 */
struct policy {
	struct policy *next;
	const char *name;
	struct place place;
	struct rule *rules;
	struct rule **last;
	struct names by_name;
	struct rule *fallback;
};

/* An endpoint block. */
struct binding {
	struct binding *next;
	struct place place;
	uint64_t id;
	const char *name;		/* NULL: not given */
	const char *policy;		/* NULL: not given */
	struct place policy_place;
};

/* Everything hangs in @arena. */
struct ruleset {
	struct arena arena;
	struct setting *settings, **last_setting;
	struct set *sets, **last_set;
	struct policy *policies, **last_policy;
	struct binding *bindings, **last_binding;
	struct names sets_by_name;
	struct names policies_by_name;
	struct names endpoints_by_name;
};

extern const char *const set_types[4];
extern const char *const verdicts[3];
extern const char *const fields[NFG_FIELD_MAX];
extern const char *const rejects[4];	/* NULL for the first */

/* What a limit is counted in. */
struct limit_unit {
	const char *name;
	uint32_t seconds;
};

/* The unit of that name, or of that many seconds; NULL for none. */
const struct limit_unit *limit_unit_named(const char *name);
const struct limit_unit *limit_unit_of(uint32_t seconds);

/* The type of the sets and values that go with a field. */
uint8_t field_type(uint8_t field);

void ruleset_init(struct ruleset *rs);
void ruleset_free(struct ruleset *rs);

/* Each adds an object to what it belongs to; the name has to be new there. */
struct setting *ruleset_add_setting(struct ruleset *rs);
struct set *ruleset_add_set(struct ruleset *rs, const char *name);
struct policy *ruleset_add_policy(struct ruleset *rs, const char *name);
struct binding *ruleset_add_binding(struct ruleset *rs);
struct rule *policy_add_rule(struct ruleset *rs, struct policy *policy, const char *name);
struct cond *rule_add_cond(struct ruleset *rs, struct rule *rule, uint8_t field);

/* A rule that belongs to nothing yet. */
struct rule *rule_new(struct ruleset *rs);

/* Adds a single value of at most 16 bits to a condition. */
void cond_add(struct ruleset *rs, struct cond *cond, uint16_t value);

#endif /* GENEVECTL_POLICY_RULESET_H */
