#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# What genevectl refuses: one sentence on standard error, the exit status, and
# nothing is changed.

. ./lib.sh
. tool/lib.sh

keys="enabled, port, mode, reinject, udp-checksum, origins, local, flow-max, flow-full, \
fragments, tcp-pickup, timeout-established, timeout-other, timeout-half-open, \
timeout-closing, timeout-denied, reject-rate or log-rate"
objects="$TOOL_OBJECTS or help"

for command in show "config set port 1" monitor "rule add p r drop" "set add s 5" \
	"endpoint set vpce-0123456789abcdef name x"; do
	# shellcheck disable=SC2086 # words
	refuses "no module: $command" 2 \
		"nf_geneve is not loaded: try 'modprobe nf_geneve'" $command
done
refuses "bad input comes first" 1 \
	"config set: port: '0': expected a number from 1 to 65535" config set port 0

load_module
genevectl config set port 6082 mode monitor origins 10.0.0.0/8
before=$(genevectl -j show)

refuses "no command" 1 "command: a word is missing: expected $objects"
refuses "unknown command" 1 "command: unknown word 'dance': expected $objects" dance
refuses "empty command" 1 "command: unknown word '': expected $objects" ''
refuses "ambiguous command" 1 "command: 's' is ambiguous: show, stats or set" s
refuses "unknown subcommand" 1 "config: unknown word 'drop': expected show or set" config drop
refuses "ambiguous subcommand" 1 "config: 's' is ambiguous: show or set" config s
refuses "unknown option" 1 \
	"unknown option '-x': expected -j, -p, -n NETNS, -V or -h" -x show
refuses "option without value" 1 \
	"option '-n': value is missing: expected a network namespace" -n
refuses "word too many: show" 1 "show: unexpected word 'x': expected nothing" show x
refuses "word too many: config show" 1 \
	"config show: unexpected word 'x': expected nothing" config show x
refuses "unknown word: monitor" 1 \
	"monitor: unknown word 'x': expected events or changes" monitor x
refuses "word too many: monitor" 1 \
	"monitor: unexpected word 'x': expected nothing" monitor events x
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
refuses "flow-full x" 1 "config set: flow-full: unknown word 'x': expected drop or forward" \
	config set flow-full x
refuses "fragments x" 1 "config set: fragments: unknown word 'x': expected drop or pass" \
	config set fragments x
for number in 0 16777217 -1 1k; do
	refuses "flow-max $number" 1 \
		"config set: flow-max: '$number': expected a number from 1 to 16777216" \
		config set flow-max "$number"
done
refuses "reject-rate 4294967296" 1 \
	"config set: reject-rate: '4294967296': expected a number from 0 to 4294967295" \
	config set reject-rate 4294967296
for key in established other half-open closing denied; do
	refuses "timeout-$key of 2d" 1 \
		"config set: timeout-$key: '2d': expected a duration from 1s to 86400s, like 90s, 5m or 1h30m" \
		config set timeout-$key 2d
done
for time in 0 1.5s 1x 5m1h; do
	refuses "timeout of $time" 1 \
		"config set: timeout-other: '$time': expected a duration from 1s to 86400s, like 90s, 5m or 1h30m" \
		config set timeout-other $time
done
refuses "IPv6 prefix with host bits" 1 \
	"config set: local: 'fd00::1/8' has bits set behind its prefix: expected fd00::/8" \
	config set local fd00::1/8
refuses "IPv6 prefix length" 1 \
	"config set: local: 'fd00::/129': expected a prefix length from 0 to 128" \
	config set local fd00::/129
refuses "IPv6 prefix" 1 \
	"config set: local: 'fd0x::/8' is not an IPv6 prefix: expected one like fd00::/8" \
	config set local fd0x::/8
refuses "257 local prefixes" 1 \
	"config set: local: the list is too long: expected at most 256 prefixes" \
	config set local "$(seq 257 | sed 's/.*/fd00::\/8/' | paste -sd,)"
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
	"endpoint set: unknown word 'color': expected name or policy" endpoint set 12 color red
refuses "endpoint set with a word too many" 1 \
	"endpoint set: unknown word 'b': expected name or policy" endpoint set 12 name a b
refuses "endpoint set with two names" 1 \
	"endpoint set: name: given twice: expected once" endpoint set 12 name a name b
refuses "endpoint set with half a policy" 1 \
	"endpoint set: policy: value is missing: expected a name, '' for none" \
	endpoint set 12 name a policy
refuses "name of a policy of 64 characters" 1 \
	"endpoint set: policy: too long: expected at most 63 characters" \
	endpoint set 12 policy "$(printf %064d 0)"
refuses "name of 64 characters" 1 \
	"endpoint set: name: too long: expected at most 63 characters" \
	endpoint set 12 name "$(printf %064d 0)"
n=0
for name in "a b" "${escape}a" "$(printf 'a\nb')" "$(printf 'sh\303\266p')"; do
	n=$((n + 1))
	refuses "unprintable name $n" 2 \
		"endpoint set: name: a name consists of printable ASCII characters without spaces" \
		endpoint set 12 name "$name"
done
for name in vpce-0123456789abcdef0 cafe 0x12; do
	refuses "name $name" 2 "endpoint set: name: a name must not read like an endpoint id" \
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

flow_refuses() {
	flow_text=$1 flow_sentence=$2
	shift 2
	for verb in list count flush; do
		refuses "flow $verb: $flow_text" 1 "flow $verb: $flow_sentence" flow $verb "$@"
	done
}
flow_refuses "unknown filter" \
	"unknown word 'colour': expected endpoint, addr, port, proto, verdict or state" colour red
flow_refuses "ambiguous filter" "'p' is ambiguous: port or proto" p 1
flow_refuses "filter without value" "port: value is missing" port
flow_refuses "filter given twice" "port: given twice: expected once" port 1 port 2
flow_refuses "port 65536" "port: '65536': expected a number from 0 to 65535" port 65536
flow_refuses "prefix" "addr: '10.0.0.1/8' has bits set behind its prefix: expected 10.0.0.0/8" \
	addr 10.0.0.1/8
flow_refuses "verdict" "verdict: unknown word 'x': expected accept, drop or reject" verdict x
flow_refuses "state" \
	"state: unknown word 'x': expected new, syn, syn-ack, established, closing or time-wait" \
	state x
refuses "flow of an unknown endpoint" 2 \
	"flow list: unknown endpoint 'nobody': expected the id or name of one in 'genevectl endpoint list'" \
	flow list endpoint nobody
refuses "flow list: words behind --watch" 1 \
	"flow list: unexpected word 'port' behind --watch: expected filters in front of it" \
	flow list --watch 1 port 80
refuses "flow list: interval" 1 \
	"flow list: --watch: '0': expected seconds from 0.1 to 86400" flow list --watch 0
refuses "flow show without words" 1 \
	"flow show: expected ENDPOINT PROTO SOURCE DESTINATION, as 'genevectl flow list' prints them" \
	flow show
refuses "flow show without ports" 1 \
	"flow show: '10.0.0.1': a port is missing: expected one like 10.1.0.10:443" \
	flow show 12 tcp 10.0.0.1 10.0.0.2:80
refuses "flow show with one port" 1 \
	"flow show: '10.0.0.2': a port is missing: expected one like 10.1.0.10:443" \
	flow show 12 tcp 10.0.0.1:80 10.0.0.2
refuses "flow show with ports of gre" 1 \
	"flow show: '10.0.0.1:1': unexpected port: gre has none" flow show 12 gre 10.0.0.1:1 10.0.0.2
refuses "flow show with two families" 1 \
	"flow show: '10.0.0.1:1' and '[fd00::1]:2': expected both of the same IP version" \
	flow show 12 udp 10.0.0.1:1 '[fd00::1]:2'
refuses "flow show with a bad address" 1 \
	"flow show: '10.0.1:1' is no address: expected one like 10.1.0.10:443 or [fd00::1]:443" \
	flow show 12 udp 10.0.1:1 10.0.0.2:2
long='[0000:0000:0000:0000:0000:0000:192.168.100.1001]:80'
refuses "flow show with an address that is too long" 1 \
	"flow show: '$long' is no address: expected one like 10.1.0.10:443 or [fd00::1]:443" \
	flow show 12 tcp "$long" '[fd00::1]:80'
refuses "flow show with a bad port" 1 \
	"flow show: '10.0.0.1:65536': expected a port from 0 to 65535" \
	flow show 12 udp 10.0.0.1:65536 10.0.0.2:2
refuses "flow show of none" 2 \
	"flow show: no such flow: expected one of 'genevectl flow list'" \
	flow show 12 udp 10.0.0.1:1 10.0.0.2:2

refuses "explain without packets" 1 \
	"explain: packets are missing: expected a capture file, or --hex and bytes" explain
refuses "explain of two files" 1 "explain: unexpected word 'b': expected one file" explain a b
refuses "explain of no file" 1 \
	"explain: cannot read '/tmp/none': No such file or directory" explain /tmp/none
refuses "explain of no capture" 1 \
	"explain: 'tool-refuse.sh': unknown file format: expected a capture in the format pcap or pcapng" \
	explain tool-refuse.sh
refuses "no bytes" 1 "explain: --hex: a packet is missing: expected hexadecimal digits" \
	explain --hex
refuses "half a byte" 1 "explain: --hex: the last byte has one digit: expected two" \
	explain --hex 450
refuses "no digits" 1 "explain: --hex: 'xyz': expected hexadecimal digits" explain --hex 45 xyz

refuses "import without a file" 1 \
	"import geneve-proxy: a file is missing: expected the proxy's config.yaml" import geneve-proxy
refuses "import of two files" 1 \
	"import geneve-proxy: unexpected word 'b': expected one file" import geneve-proxy a b
refuses "import of something else" 1 \
	"import: unknown word 'nftables': expected geneve-proxy" import nftables
refuses "import into nothing" 1 \
	"import geneve-proxy: -o: expected one file to write" import geneve-proxy a -o

check_equal "nothing was changed" "$before" "$(genevectl -j show)"

# The kernel's own refusal, of a packet that the tool takes for good.
genevectl endpoint set 12 name shop
refuses "name of another endpoint" 2 "endpoint set: another endpoint has this name" \
	endpoint set 13 name shop
refuses "policy that is not there" 2 \
	"$(genevectl endpoint set 12 policy nobody 2>&1 | sed 's/^genevectl: //')" \
	endpoint set 12 policy nobody
check "it was not added" json_is 'map(.id)' '["vpce-00000012"]' endpoint list

for command in "-j show" "flow list" "-j flow list" "-j endpoint list"; do
	# The generic netlink socket must not get the number of what is closed.
	# shellcheck disable=SC2086
	genevectl $command >&- 2>/tmp/tool-err
	check_equal "a closed output is none: $command" \
		"2: genevectl: cannot write the output: Bad file descriptor" \
		"$?: $(cat /tmp/tool-err)"
done
check "a full disk is no success" sh -c \
	'genevectl help >/dev/full 2>/tmp/tool-err; [ $? = 2 ] &&
	 grep -qx "genevectl: cannot write the output: No space left on device" /tmp/tool-err'

tap_done
