# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Prints a ruleset of -v rules=N rules and -v elements=M addresses in its sets,
# or, with -v prefixes=N, one rule and one set of N prefixes.
#
# nfg_gen.ko's flows (spread=1: from 172.16.0.0/16 to 11.0.0.0 to 74.255.255.255,
# TCP ports 8000 to 8015, else port 443) are accepted by the last rule alone.
# Each of the others misses them by one thing that it demands, and rules with the
# right ports, the right addresses or the right direction are all about equal
# in number: no single field tells rules apart.

function address(n) {
	return int(n / 16777216) % 256 "." int(n / 65536) % 256 "." int(n / 256) % 256 "." n % 256
}

# The i-th of n aligned blocks of 2^bits addresses in the flows' destinations.
function destination(i, n, bits,	block) {
	block = 2 ^ bits
	return address(184549376 + int(i * 1073741824 / n / block) * block) "/" 32 - bits
}

function set_begin(name, type) {
	printf "set %s {\n\ttype %s\n\telements { ", name, type
	separator = ""
}

function element(text) {
	printf "%s%s", separator, text
	separator = ",\n\t\t"
}

function set_end() {
	print " }\n}"
}

# Prefixes of the flows' destinations: every step-th of n blocks, from k on
function near(name, k, step, n, bits,	i) {
	set_begin(name, "addr")
	for (i = k; i < n; i += step)
		element(destination(i, n, bits))
	set_end()
}

function far(name, k, n,	i) {
	set_begin(name, "addr")
	for (i = 0; i < n; i++)
		element(address(2147483648 + (i * 8 + k) * 512))
	set_end()
}

function ports(name, k,	i) {
	set_begin(name, "port")
	for (i = 0; i < 8; i++)
		element(20000 + (i * 8 + k) * 10)
	set_end()
}

# 16 sets of addresses, half of them among the flows' own, and 8 sets of ports
function sets(	k) {
	for (k = 0; k < 8; k++) {
		near("near" k, k, 8, int(elements / 2), 4)
		far("far" k, k, int(elements / 16))
		ports("ports" k, k)
	}
}

function rule(i,	k, port) {
	k = int(i / 6) % 8
	port = 1000 + i % 5000
	printf "\trule r%d ", i
	if (i % 6 == 0)
		printf "saddr %s/24 tcp dport %d drop\n", address(167772160 + i * 256), 8000 + i % 16
	else if (i % 6 == 1)
		printf "daddr %s tcp dport %d accept\n", destination(i, rules, 8), port
	else if (i % 6 == 2)
		printf "daddr @near%d tcp dport { %d, %d-%d } drop\n", k, port, port + 100, port + 120
	else if (i % 6 == 3)
		printf "outbound udp daddr %s dport 8000-%d reject\n", destination(i, rules, 12), 8001 + i % 15
	else if (i % 6 == 4)
		printf "inbound saddr @near%d tcp dport @ports%d drop\n", k, k
	else
		printf "saddr 172.16.0.0/12 daddr @far%d tcp dport 8000-8015 drop\n", k
}

BEGIN {
	if (prefixes) {
		near("nets", 0, 1, prefixes, int(log(1073741824 / prefixes) / log(2)) - 1)
		print "policy default {\n\trule in_nets daddr @nets accept\n\tdefault accept\n}"
		exit
	}
	sets()
	print "policy default {"
	for (i = 1; i < rules; i++)
		rule(i)
	print "\trule last outbound tcp dport { 443, 8000-8015 } accept\n\tdefault drop\n}"
}
