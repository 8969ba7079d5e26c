#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# genevectl ruleset, rule and set: what is applied is what is shown, what is shown
# can be applied and changes nothing; edits; errors of files and of the kernel.
# time limit: 240 s

. ./lib.sh
. tool/lib.sh

dir=$(mktemp -d)

# apply [OPTION...]: the ruleset on standard input
apply() {
	cat >"$dir/rules"
	succeeds ruleset apply "$@" "$dir/rules"
}

# complains TEXT STATUS FIRST_LINE ARGS...: genevectl fails, and its first line is this
complains() {
	complains_text=$1 complains_status=$2 complains_line=$3
	shift 3
	run "$@"
	check_equal "$complains_text" "$complains_status: $complains_line" \
		"$RUN_STATUS: $(echo "$RUN_ERR" | head -n 1)"
}

# rules_are POLICY TEXT: the rules of a policy, without counters
rules_are() {
	rules_got=$(genevectl ruleset show | sed -n "/^policy $1 {/,/^}/s/^    //p")
	[ "$rules_got" = "$2" ] && return
	echo "$rules_got"
	return 1
}

# elements_are SET TEXT
elements_are() {
	elements_got=$(genevectl set list "$1") && [ "$elements_got" = "$2" ] && return
	echo "$elements_got"
	return 1
}

# counted POLICY RULE PACKETS
counted() {
	json_is ".[] | select(.policy == \"$1\" and .name == $2) | .packets" "$3" rule list
}

# as_given SECONDS LATE: a timeout that was SECONDS is that again, when what is left of it
# is at most LATE (slow) less
as_given() {
	awk -v given="$1" -v late="$(slow "$2")" '
		match($0, /timeout [0-9]+s/) {
			left = substr($0, RSTART + 8, RLENGTH - 9) + 0
			if (left <= given && left >= given - late)
				sub(/timeout [0-9]+s/, "timeout " given "s")
		}
		{ print }'
}

load_module

check "a fresh namespace has no rules" sh -c \
	'genevectl ruleset show | sed 1,/^}/d | wc -l | grep -qx 0'

cat >"$dir/bad_hosts" <<'END'
# one in each line
198.51.100.0/24
2001:db8:bad::/48	timeout 1h

192.0.2.1-192.0.2.9
END
check "apply" apply <<END
config { mode enforce; origins { 10.0.0.0/8 }; timeout-other 2m }
set bad_hosts { type addr; elements file "bad_hosts" }
set web { type port; elements { 443, 80, 8000-8099, 443 } }
set tunnels { type proto; elements { gre, esp, 4 } }
set tenants { type endpoint; timeout 1h; elements { shop, vpce-00000012 } }
policy tenants {
	rule no_bad daddr @bad_hosts log drop
	rule "tcp" outbound tcp dport @web accept
	rule dns outbound dport 53 udp limit 1000/second burst 50 accept
	rule ping icmp type { echo-request, 13-14 } code 0 accept
	rule ping6 icmpv6 type != echo-reply accept
	rule ssh_no inbound tcp dport 22 reject with tcp-reset
	rule many sport { 1, 2, 3, 5-6 } saddr != { 10.0.0.0/8, fd00::/8 } proto != sctp drop
	rule tunnel proto @tunnels endpoint @tenants log group 7 accept
	rule shop endpoint { shop, 13 } ip6 reject with admin-prohibited
	default log reject
}
policy default { default accept }
endpoint vpce-0123456789abcdef0 { name shop; policy tenants }
endpoint 13 { policy tenants }
END

shown=$(genevectl ruleset show)
check_equal "it is shown" "set bad_hosts {
    type addr
    elements {
        192.0.2.1-192.0.2.9,
        198.51.100.0/24,
        2001:db8:bad::/48 timeout 3600s
    }
}
set web {
    type port
    elements {
        80,
        443,
        8000-8099
    }
}
set tunnels {
    type proto
    elements {
        ipip,
        gre,
        esp
    }
}
set tenants {
    type endpoint
    timeout 3600s
    elements {
        vpce-00000012 timeout 3600s,
        vpce-0123456789abcdef0 timeout 3600s
    }
}
policy tenants {
    rule no_bad daddr @bad_hosts log drop
    rule \"tcp\" outbound tcp dport @web accept
    rule dns outbound udp dport 53 limit 1000/second burst 50 accept
    rule ping icmp type { echo-request, 13-14 } code 0 accept
    rule ping6 icmpv6 type != echo-reply accept
    rule ssh_no inbound tcp dport 22 reject with tcp-reset
    rule many proto != sctp saddr != { 10.0.0.0/8, fd00::/8 } sport { 1-3, 5-6 } drop
    rule tunnel endpoint @tenants proto @tunnels log group 7 accept
    rule shop endpoint { vpce-00000013, vpce-0123456789abcdef0 } ip6 reject with admin-prohibited
    default log reject
}
policy default {
    default accept
}
endpoint vpce-00000013 { policy tenants }
endpoint vpce-0123456789abcdef0 { name shop; policy tenants }" \
	"$(echo "$shown" | sed '1,/^}/d' | as_given 3600 1)"
check_equal "settings are shown as config show prints them" "$(genevectl config show)" \
	"$(echo "$shown" | sed -n '/^config {/,/^}/s/^    //p')"


echo "$shown" >"$dir/shown"
check "what is shown is accepted" succeeds ruleset check "$dir/shown"
check "and applied" succeeds ruleset apply "$dir/shown"
check_equal "which changes nothing" "$(echo "$shown" | as_given 3600 9)" \
	"$(genevectl ruleset show | as_given 3600 9)"
check "standard input" sh -c "genevectl ruleset apply --keep-flows - <$dir/shown"
check "unchanged elements" elements_are web '80
443
8000-8099'

check "JSON: a rule" json_is '.policies[0].rules[2] |
	[.name, .text, .verdict, .limit, .log, .log_group, .default, .packets]' \
	'["dns","outbound udp dport 53 limit 1000/second burst 50 accept","accept",{"count":1000,"seconds":1,"burst":50},false,null,false,0]' \
	ruleset show
check "JSON: conditions" json_is '.policies[0].rules[6].conditions' \
	'[{"field":"proto","negate":true,"values":["sctp"]},{"field":"proto","negate":false,"values":["tcp","udp","sctp"]},{"field":"saddr","negate":true,"values":["10.0.0.0/8","fd00::/8"]},{"field":"sport","negate":false,"values":["1-3","5-6"]}]' \
	ruleset show
check "JSON: a default" json_is '.[-1] | [.policy, .name, .default, .verdict]' \
	'["default",null,true,"accept"]' rule list
check "JSON: sets" json_is 'map([.name, .type, .elements, .timeout_ms])' \
	'[["bad_hosts","addr",3,null],["web","port",3,null],["tunnels","proto",3,null],["tenants","endpoint",2,3600000]]' \
	set list
check "JSON: endpoints" json_is '.endpoints' \
	'[{"id":"vpce-00000013","name":null,"policy":"tenants"},{"id":"vpce-0123456789abcdef0","name":"shop","policy":"tenants"}]' \
	ruleset show

# Edits.
check "flush" succeeds ruleset flush
check "nothing is left" json_is '[.sets, .policies] | add' '[]' ruleset show
check "apply a small one" apply <<END
set a { type addr }
set timed { type port; timeout 1d; elements { 1 } }
policy p {
	rule one tcp accept
	default drop
}
END
check "rule add" succeeds rule add p two udp dport "{ 53, 123 }" accept
check "rule add before another" succeeds rule add p between daddr @a drop before two
check "rule insert" succeeds rule insert p first endpoint shop accept
check "rule insert before another" succeeds rule insert p "half tcp dport != 80 accept" before one
check "rule add in one word" succeeds rule add p 'rule tcp dport 5 reject with tcp-reset'
check "all are in their places" rules_are p 'rule first endpoint vpce-0123456789abcdef0 accept
rule half tcp dport != 80 accept
rule one tcp accept
rule between daddr @a drop
rule two udp dport { 53, 123 } accept
rule rule tcp dport 5 reject with tcp-reset
default drop'
check "rule delete" succeeds rule delete p half
complains "rule delete of none" 2 "genevectl: rule delete: there is no rule half in policy p" \
	rule delete p half
check "set add" succeeds set add a 192.0.2.1 198.51.100.0/24,2001:db8::/32
check "set add with a timeout" succeeds set add a 192.0.2.2 timeout 2h
check_equal "elements" "192.0.2.1
192.0.2.2 timeout 7200s
198.51.100.0/24
2001:db8::/32" "$(genevectl set list a | as_given 7200 9)"
check "set delete" succeeds set delete a 192.0.2.2 198.51.100.0/24
check "fewer elements" elements_are a '192.0.2.1
2001:db8::/32'
check "the default timeout" sh -c "genevectl set list timed | grep -qE '^1 timeout (86400|863..)s$'"
check "set list is an element file" sh -c "cd $dir && genevectl set list a >a.list &&
	echo 'set a { type addr; elements file \"a.list\" }' | genevectl ruleset check -"

# What is wrong is told, and nothing is changed.
same_clock() {
	sed 's/timeout 863..s/timeout 86400s/'
}
before=$(genevectl ruleset show | same_clock)
complains "an error in the file" 1 "$dir/rules:2:20: unknown word 'tpc': expected 'tcp'?" \
	ruleset check "$(printf 'policy p {\n	rule one outbound tpc accept\n}\n' >"$dir/rules"; echo "$dir/rules")"
complains "the same when applied" 1 "$dir/rules:2:20: unknown word 'tpc': expected 'tcp'?" \
	ruleset apply "$dir/rules"
check_equal "the line and a caret" "    	rule one outbound tpc accept
                       ^" "$(echo "$RUN_ERR" | sed 1d | sed 's/^     rule/    	rule/')"
complains "no such file" 1 "genevectl: cannot read '$dir/none': No such file or directory" \
	ruleset apply "$dir/none"
complains "an error in an edit" 1 "<command line>:1:14: icmp has no ports: expected tcp, udp or sctp" \
	rule add p x icmp dport 5 accept
complains "an unknown policy" 2 "<command line>:1:1: rule x: there is no policy q" \
	rule add q x accept
complains "a rule that is there" 2 \
	"<command line>:1:1: rule one: there is a rule one in policy p already" \
	rule add p one accept
complains "an unknown rule" 2 "<command line>:1:1: rule x: there is no rule y in policy p" \
	rule add p x accept before y
complains "an unknown endpoint" 1 \
	"<command line>:1:12: there is no endpoint 'nobody': expected one that is defined" \
	rule add p x endpoint nobody accept
complains "an unknown set to add to" 2 "genevectl: set add: there is no set b" set add b 1
complains "an overlapping element" 2 \
	"genevectl: set add: set a: 2001:db8:1::-2001:db8:1:ffff:ffff:ffff:ffff:ffff overlaps 2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff" \
	set add a 2001:db8:1::/48
complains "an element of another type" 1 \
	"<command line>:1:1: '10.0.0.1' is no port: expected a number from 0 to 65535 or a range like 8000-8099" \
	set add timed 10.0.0.1
complains "an element that is not there" 2 "genevectl: set delete: set a: there is no element 192.0.2.9" \
	set delete a 192.0.2.9
complains "a set of another type" 2 "genevectl: rule add: rule x of policy p: set a is of type addr" \
	rule add p x dport @a drop
complains "an unknown set" 2 "genevectl: rule add: rule x of policy p: no set c" \
	rule add p x dport @c drop
{
	echo "policy p { default drop }"
	seq 4097 | sed 's/.*/endpoint & { policy p }/'
} >"$dir/rules"
complains "more endpoints than there may be" 1 \
	"$dir/rules:4098:10: too many endpoints: expected at most 4096" ruleset apply "$dir/rules"
as_nobody() {
	setpriv --reuid 65534 --regid 65534 --clear-groups genevectl "$@" 2>&1
	echo "$?"
}
check_equal "nobody applies nothing" "genevectl: ruleset apply: no permission: CAP_NET_ADMIN is needed in the user namespace of this network namespace
2" "$(as_nobody ruleset apply - <"$dir/shown")"
check_equal "nothing was changed" "$before" "$(genevectl ruleset show | same_clock)"

# Two who change it at the same time.
many() {
	for n in $(seq "$1" "$2"); do
		genevectl set add timed "$n" || return
	done
}
many 1001 1020 &
one=$!
many 2001 2020
check_equal "two who edit at the same time" 0 $?
wait $one
check_equal "both of them" 0 $?
check "none is lost" json_is '.elements | length' 41 set list timed


# Elements go away by themselves.
check "set add for two seconds" succeeds set add a 203.0.113.7 timeout "$(slow 2)s"
check_equal "it is there" "203.0.113.7 timeout $(slow 2)s" \
	"$(genevectl set list a | grep '^203' | as_given "$(slow 2)" 1)"
gone() {
	! genevectl set list a | grep -q ^203.0.113.7
}
check "it goes away" wait_for 5 gone
check "the others stay" elements_are a '192.0.2.1
2001:db8::/32'

# Counters go on when a rule stays what it is.
ns_pair
nfg_enable app
in_app() {
	ip netns exec app genevectl "$@"
}
# counted RULE PACKETS
counted() {
	counted_got=$(in_app -j rule list p | jq -c ".[] | select(.name == $1) | .packets")
	[ "$counted_got" = "$2" ] && return
	echo "$1: $counted_got packets"
	return 1
}
small() {
	echo "policy p {
		rule first tcp accept
		$1
		rule mine proto 253 $2
		default drop
	}
	endpoint vpce-074a11ad96ec49886 { policy p }" | in_app ruleset apply -
}
check "apply in a namespace" small "" accept
send "$TOOL_PACKET"
send "$TOOL_PACKET"
check "two packets" wait_for 2 counted '"mine"' 2
check "apply with another rule" small "rule new udp drop" accept
send "$TOOL_PACKET"
check "the counter goes on" wait_for 2 counted '"mine"' 3
check "rule insert" in_app rule insert p mine2 proto 253 drop
send "$TOOL_PACKET"
check "the new rule counts" wait_for 2 counted '"mine2"' 1
check "the old one still has its count" counted '"mine"' 3
check "apply with another verdict" small "" drop
check "which is another rule" counted '"mine"' 0

# Large ones.
awk 'BEGIN {
	for (i = 0; i < 50000; i++)
		printf "10.%d.%d.%d\n2001:db8:%x:%x::/64\n", i / 250, i % 250, i % 7, i / 60000, i
}' >"$dir/elements"
awk 'BEGIN {
	print "set big { type addr; elements file \"elements\" }\npolicy p {"
	for (i = 0; i < 10000; i++)
		printf "rule r%d outbound tcp saddr 10.%d.%d.0/24 daddr != @big dport %d accept\n", i, i / 250, i % 250, i
	print "default drop\n}"
}' >"$dir/large"
# within MILLISECONDS ARGS...
within() {
	within_limit=$(slow "$1") within_start=$(uptime_ms)
	shift
	succeeds "$@" || return
	within_took=$(($(uptime_ms) - within_start))
	echo "$within_took ms"
	[ $within_took -le "$within_limit" ]
}
check "check 10,000 rules, 100,000 elements" within 5000 ruleset check "$dir/large"
check "apply them" within 30000 ruleset apply "$dir/large"
check "all are there" json_is '[(.sets[0].elements | length), (.policies[0].rules | length)]' \
	'[100000,10001]' ruleset show
genevectl ruleset show >"$dir/large.shown"
check "what is shown is applied" within 30000 ruleset apply "$dir/large.shown"
check "and is the same" sh -c "genevectl ruleset show | cmp - $dir/large.shown"
check "set add to a large set" within 5000 set add big 192.0.2.77
check "rule add to a large policy" within 10000 rule add p last udp accept
check "set delete" within 5000 set delete big 192.0.2.77

rm -rf "$dir"
tap_done
