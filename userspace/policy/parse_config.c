// SPDX-License-Identifier: GPL-2.0 OR MIT
/* config { KEY VALUE ... } */
#include <string.h>

#include "config_key.h"
#include "nl.h"
#include "parser.h"
#include "word.h"

/* A value may be a list: it is kept as `config set` takes it, with commas. */
#define VALUE_MAX	32767

struct value {
	char text[VALUE_MAX + 1];
	size_t len;
};

static bool add_item(struct parser *p, void *object)
{
	struct place place = parser_place(p);
	struct value *value = object;
	char word[WORD_MAX + 1];

	if (!parser_word(p, word, "a value"))
		return false;
	if (value->len + 1 + strlen(word) > VALUE_MAX)
		return parser_fail(p, &place, "the list is too long: expected at most %d characters",
				   VALUE_MAX);
	if (value->len)
		value->text[value->len++] = ',';
	strcpy(value->text + value->len, word);
	value->len += strlen(word);
	return true;
}

static bool parse_value(struct parser *p, struct value *value)
{
	value->len = 0;
	value->text[0] = '\0';
	if (parser_at(p, TOKEN_OPEN)) {
		if (!parser_list(p, add_item, value))
			return false;
		if (!value->len)
			strcpy(value->text, "none");
		return true;
	}
	do {
		if (!add_item(p, value))
			return false;
		if (!parser_take(p, TOKEN_COMMA))
			return true;
		parser_skip_newlines(p);
	} while (true);
}

static const struct setting *find_setting(const struct ruleset *rs, const struct config_key *key)
{
	const struct setting *setting;

	for (setting = rs->settings; setting && setting->key != key;)
		setting = setting->next;
	return setting;
}

/* The value has to be one that the kernel could be told. */
static bool check_value(struct parser *p, const struct setting *setting,
			const struct place *value_place)
{
	union nl_request *scratch = arena_alloc(&p->rs->arena, sizeof(*scratch));
	struct why why;

	mnl_nlmsg_put_header(scratch);
	if (config_put(&why, setting->key, setting->value, &scratch->hdr))
		return true;
	return parser_fail(p, value_place, "%s: %s", config_words[setting->key->attr], why.text);
}

static bool parse_setting(struct parser *p, const struct config_key *key,
			  const struct place *place)
{
	const struct setting *first = find_setting(p->rs, key);
	struct place value_place = parser_place(p);
	struct setting *setting;
	struct value value;

	if (first)
		return parser_twice(p, place, "the setting", config_words[key->attr],
				    &first->place);
	if (!parse_value(p, &value))
		return false;
	setting = ruleset_add_setting(p->rs);
	setting->key = key;
	setting->value = arena_text(&p->rs->arena, value.text, strlen(value.text));
	setting->place = *place;
	return check_value(p, setting, &value_place);
}

static bool unknown_key(struct parser *p, const struct place *place, const char *word)
{
	const char *words[config_n_keys], *near;
	char list[WORDS_TEXT];
	size_t i;

	for (i = 0; i < config_n_keys; i++)
		words[i] = config_words[config_keys[i].attr];
	near = words_near(word, words, config_n_keys);
	if (near)
		return parser_fail(p, place, "unknown setting '%.64s': expected '%s'?", word, near);
	return parser_fail(p, place, "unknown setting '%.64s': expected %s", word,
			   word_list(list, sizeof(list), words, config_n_keys));
}

static bool parse_key(struct parser *p)
{
	struct place place = parser_place(p);
	char word[WORD_MAX + 1];
	size_t i;

	if (!parser_word(p, word, "a setting or '}'"))
		return false;
	for (i = 0; i < config_n_keys; i++)
		if (!strcmp(config_words[config_keys[i].attr], word))
			return parse_setting(p, &config_keys[i], &place);
	return unknown_key(p, &place, word);
}

bool parse_config(struct parser *p, void *unused)
{
	(void)unused;
	if (!parser_need(p, TOKEN_OPEN, "'{'"))
		return false;
	parser_skip_breaks(p);
	while (!parser_take(p, TOKEN_CLOSE))
		if (!parse_key(p) || !parser_end(p, "the end of the line or ';'"))
			return false;
	return true;
}
