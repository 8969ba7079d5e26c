#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# What genevectl refuses: one sentence on standard error, the exit status, and
# nothing is changed.

. ./lib.sh
. tool/lib.sh

keys="enabled, port, mode, reinject, udp-checksum or origins"
objects="show, config, stats, endpoint, monitor or help"

refuses "no module: show" 2 \
	"nf_geneve is not loaded: try 'modprobe nf_geneve'" show
refuses "no module: config set" 2 \
	"nf_geneve is not loaded: try 'modprobe nf_geneve'" config set port 1
refuses "no module: monitor" 2 \
	"nf_geneve is not loaded: try 'modprobe nf_geneve'" monitor
refuses "bad input comes first" 1 \
	"config set: port: '0': expected a number from 1 to 65535" config set port 0

load_module
genevectl config set port 6082 mode monitor origins 10.0.0.0/8
before=$(genevectl -j show)

refuses "no command" 1 "command: a word is missing: expected $objects"
refuses "unknown command" 1 "command: unknown word 'dance': expected $objects" dance
refuses "empty command" 1 "command: unknown word '': expected $objects" ''
refuses "ambiguous command" 1 "command: 's' is ambiguous: show or stats" s
refuses "unknown subcommand" 1 "config: unknown word 'drop': expected show or set" config drop
refuses "ambiguous subcommand" 1 "config: 's' is ambiguous: show or set" config s
refuses "unknown option" 1 \
	"unknown option '-x': expected -j, -p, -n NETNS, -V or -h" -x show
refuses "option without value" 1 \
	"option '-n': value is missing: expected a network namespace" -n
refuses "word too many: show" 1 "show: unexpected word 'x': expected nothing" show x
refuses "word too many: config show" 1 \
	"config show: unexpected word 'x': expected nothing" config show x
refuses "word too many: monitor" 1 "monitor: unexpected word 'x': expected nothing" monitor x
refuses "unknown word: stats" 1 \
	"stats: unknown word 'x': expected --all or --watch" stats x
for seconds in 0 0.01 abc 1x 1.2.3 86401; do
	refuses "interval $seconds" 1 \
		"stats: --watch: '$seconds': expected seconds from 0.1 to 86400" \
		stats --watch "$seconds"
done

refuses "no key" 1 "config set: a word is missing: expected $keys" config set
refuses "unknown key" 1 "config set: unknown word 'prot': expected $keys" config set prot 1
refuses "no value" 1 "config set: port: value is missing: expected 1-65535" config set port
refuses "key given twice" 1 "config set: port: given twice: expected once" \
	config set port 1 mode enforce po 2
for port in 0 65536 abc '' -1 +1 0x10 80x ' 80' 99999999999999999999; do
	refuses "port '$port'" 1 \
		"config set: port: '$port': expected a number from 1 to 65535" \
		config set port "$port"
done
refuses "enabled maybe" 1 \
	"config set: enabled: unknown word 'maybe': expected yes, no, on, off, 1, 0, true or false" \
	config set enabled maybe
refuses "enabled o" 1 "config set: enabled: 'o' is ambiguous: on or off" config set enabled o
refuses "mode x" 1 "config set: mode: unknown word 'x': expected enforce or monitor" \
	config set mode x
refuses "reinject x" 1 "config set: reinject: unknown word 'x': expected l2 or route" \
	config set reinject x
refuses "udp-checksum x" 1 \
	"config set: udp-checksum: unknown word 'x': expected verify or trust" \
	config set udp-checksum x
refuses "prefix with host bits" 1 \
	"config set: origins: '10.0.0.1/8' has bits set behind its prefix: expected 10.0.0.0/8" \
	config set origins 10.0.0.1/8
for length in 33 -1 '' x 8x; do
	refuses "prefix length '$length'" 1 \
		"config set: origins: '10.0.0.0/$length': expected a prefix length from 0 to 32" \
		config set origins "10.0.0.0/$length"
done
refuses "IPv6 prefix" 1 \
	"config set: origins: 'fd00::/8' is not IPv4: the outer header always is, expected a prefix like 10.0.0.0/8" \
	config set origins fd00::/8
for prefix in x '' 10.0.0 10.0.0.256 010.0.0.0/8 1.2.3.4.5.6.7.8.9/8 any; do
	refuses "prefix '$prefix' in a list" 1 \
		"config set: origins: '$prefix' is not an IPv4 prefix: expected one like 10.0.0.0/8" \
		config set origins "10.0.0.0/8,$prefix"
done
refuses "257 prefixes" 1 \
	"config set: origins: the list is too long: expected at most 256 prefixes" \
	config set origins "$(seq 257 | sed 's/.*/10.0.0.0\/8/' | paste -sd,)"
refuses "good values before a bad one" 1 \
	"config set: mode: unknown word 'x': expected enforce or monitor" \
	config set enabled yes port 9 origins none mode x
escape=$(printf '\033')
refuses "control characters in a word" 1 \
	"config set: mode: unknown word '\\x1b[31m': expected enforce or monitor" \
	config set mode "${escape}[31m"

refuses "endpoint show without one" 1 \
	"endpoint show: an endpoint is missing: expected its id or name" endpoint show
refuses "endpoint show with two" 1 \
	"endpoint show: unexpected word 'b': expected one id or name" endpoint show a b
refuses "endpoint set without one" 1 \
	"endpoint set: an endpoint is missing: expected its id or name" endpoint set
for words in "12" "12 name"; do
	# shellcheck disable=SC2086 # two words
	refuses "endpoint set $words" 1 \
		"endpoint set: name: value is missing: expected a name, '' for none" \
		endpoint set $words
done
refuses "endpoint set with an unknown key" 1 \
	"endpoint set: unknown word 'color': expected name" endpoint set 12 color red
refuses "endpoint set with two names" 1 \
	"endpoint set: unexpected word 'b': expected one name" endpoint set 12 name a b
refuses "name of 64 characters" 1 \
	"endpoint set: name: too long: expected at most 63 characters" \
	endpoint set 12 name "$(printf %064d 0)"
n=0
for name in "a b" "${escape}a" "$(printf 'a\nb')" "$(printf 'sh\303\266p')"; do
	n=$((n + 1))
	refuses "unprintable name $n" 2 \
		"endpoint set: a name consists of printable ASCII characters without spaces" \
		endpoint set 12 name "$name"
done
for name in vpce-0123456789abcdef0 cafe 0x12; do
	refuses "name $name" 2 "endpoint set: a name must not read like an endpoint id" \
		endpoint set 12 name "$name"
done
for endpoint in nobody vpce-12 vpce-1123456789abcdef0 12345678901234567 0x '' \
	"$(printf %064d 0 | tr 0 y)"; do
	refuses "unknown endpoint '$endpoint'" 2 \
		"endpoint show: unknown endpoint '$endpoint': expected the id or name of one in 'genevectl endpoint list'" \
		endpoint show "$endpoint"
done
refuses "name of an unknown endpoint" 2 \
	"endpoint set: unknown endpoint 'nobody': expected the id or name of one in 'genevectl endpoint list'" \
	endpoint set nobody name somebody

check_equal "nothing was changed" "$before" "$(genevectl -j show)"

# The kernel's own refusal, of a packet that the tool takes for good.
genevectl endpoint set 12 name shop
refuses "name of another endpoint" 2 "endpoint set: another endpoint has this name" \
	endpoint set 13 name shop
check "it was not added" json_is 'map(.id)' '["vpce-00000012"]' endpoint list

check "a full disk is no success" sh -c \
	'genevectl help >/dev/full 2>/tmp/tool-err; [ $? = 2 ] &&
	 grep -qx "genevectl: cannot write the output: No space left on device" /tmp/tool-err'

tap_done
