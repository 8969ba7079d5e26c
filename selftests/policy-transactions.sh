#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Transactions as the kernel sees them: every refusal, in the kernel's words and
# with the attribute it blames; several sockets; what is left of a transaction that
# came to nothing; dumps of large objects. Needs ruleset/transact.

. ./lib.sh

load_module

# answers TEXT WANTED REQUEST...: what the last of the requests answers
answers() {
	answers_text=$1
	answers_wanted=$2
	shift 2
	check_equal "$answers_text" "$answers_wanted" \
		"$(printf '%s\n' "$@" | ruleset/transact | tail -n 1)"
}

# listed TEXT WANTED REQUEST...: all that the last of the requests lists
listed() {
	listed_text=$1
	listed_wanted=$2
	shift 2
	check_equal "$listed_text" "$listed_wanted
ok" "$(printf '%s\n' "$@" | ruleset/transact)"
}

generation() {
	echo ruleset | ruleset/transact | sed -n 's/^generation \([0-9]*\).*/\1/p'
}

# ports FROM STEP TO: with commas
ports() {
	seq "$1" "$2" "$3" | tr '\n' , | sed 's/,$//'
}

no="this socket has no transaction"
answers "no transaction: commit" "ENOENT: $no" commit
answers "no transaction: abort" "ENOENT: $no" abort
answers "no transaction: a set" "ENOENT: $no" "set a addr"
answers "no transaction: a rule" "ENOENT: $no" "rule p r verdict 0"
answers "no transaction: a binding" "ENOENT: $no" "bind 1 policy p"
answers "two at a time" "EBUSY: this socket has a transaction already" begin begin
answers "one after the other" ok begin abort begin commit begin commit
answers "two sockets" ok "1 begin" "2 begin" "2 commit" "1 commit"

answers "nothing more after one that failed" \
	"ECANCELED: an earlier request of this transaction failed" \
	begin "set a@b addr" "set a addr"

name='consists of A-Z, a-z, 0-9, "_", "." and "-"'
answers "a set without a name" "EINVAL: the name of the set is missing" begin set
answers "a set with a strange name" "EINVAL: the name of a set $name (attribute 1)" \
	begin "set a@b addr"
answers "a set with an empty name" "EINVAL: the name of a set $name (attribute 1)" \
	begin "set '' addr"
answers "a policy with a strange name" "EINVAL: the name of a policy $name (attribute 1)" \
	begin "policy a/b"
answers "a rule with a strange name" "EINVAL: the name of a rule $name (attribute 3)" \
	begin "policy p" "rule p ä verdict 0"
answers "a name of 63 characters" ok begin "set $(printf %063d 0) addr"
answers "a name of 64 characters" "EINVAL: Attribute failed policy validation (attribute 1)" \
	begin "set $(printf %064d 0) addr"
answers "a set without a type" "EINVAL: set a: its type is missing" begin "set a"
answers "a set of a strange type" "ERANGE: integer out of range (attribute 2)" begin "set a 4"
answers "two sets of a name" "EEXIST: there is a set a already (attribute 1)" \
	begin "set a addr" "set a port"
answers "two policies of a name" "EEXIST: there is a policy p already (attribute 1)" \
	begin "policy p" "policy p"
answers "two rules of a name" "EEXIST: there is a rule r in policy p already (attribute 3)" \
	begin "policy p" "rule p r verdict 0" "rule p r verdict 1"
answers "rules of a name in two policies" ok \
	begin "policy p" "rule p r verdict 0" "policy q" "rule q r verdict 0"
answers "a rule of no policy" "ENOENT: there is no policy p (attribute 2)" \
	begin "rule p r verdict 0"
answers "a rule before none" "ENOENT: there is no rule x in policy p (attribute 4)" \
	begin "policy p" "rule p r before x verdict 0"
answers "no rule is taken away" "ENOENT: there is no rule x in policy p (attribute 3)" \
	begin "policy p" "rmrule p x"
answers "a rule without a verdict" "EINVAL: the verdict is missing" begin "policy p" "rule p r"
answers "a default without a verdict" "EINVAL: the verdict is missing" begin "policy p log"
answers "a strange verdict" "ERANGE: integer out of range (attribute 7)" \
	begin "policy p" "rule p r verdict 3"
answers "an answer without reject" "EINVAL: only verdict reject has an answer (attribute 8)" \
	begin "policy p" "rule p r verdict 1 reject 1"
answers "a limit of seven seconds" \
	"EINVAL: a limit is per second, minute, hour or day (attribute 12)" \
	begin "policy p" "rule p r verdict 0 limit 5 7"
answers "a burst without a limit" "EINVAL: a limit has a count and seconds (attribute 13)" \
	begin "policy p" "rule p r verdict 0 burst 5"
answers "a limit of none" "ERANGE: integer out of range (attribute 11)" \
	begin "policy p" "rule p r verdict 0 limit 0 1"

values="a condition has a field, and either a set or elements (attribute 6)"
answers "a condition without anything" "EINVAL: $values" begin "policy p" \
	"rule p r verdict 0 cond"
answers "a condition without values" "EINVAL: $values" begin "policy p" \
	"rule p r verdict 0 cond dport"
answers "a condition on a strange field" "ERANGE: integer out of range (attribute 1)" \
	begin "policy p" "rule p r verdict 0 cond 8 1"
answers "a port that does not exist" "EINVAL: element 2: there are no such values (attribute 4)" \
	begin "policy p" "rule p r verdict 0 cond dport 80,65536"
answers "the last port" ok begin "policy p" "rule p r verdict 0 cond dport 65535"
answers "a range that is empty" "EINVAL: element 1: it ends before it begins (attribute 4)" \
	begin "policy p" "rule p r verdict 0 cond dport 90-80"
answers "addresses of two families" \
	"EINVAL: element 1: the family must be 4 or 6 for addresses, 0 for others (attribute 4)" \
	begin "policy p" "rule p r verdict 0 cond dport 1.2.3.4"
answers "addresses of none" \
	"EINVAL: element 1: the family must be 4 or 6 for addresses, 0 for others (attribute 4)" \
	begin "policy p" "rule p r verdict 0 cond saddr 5"
answers "a timeout of a condition" \
	"EINVAL: element 1: only elements of sets have timeouts (attribute 4)" \
	begin "policy p" "rule p r verdict 0 cond dport 80/5"
answers "512 values" ok begin "policy p" "rule p r verdict 0 cond dport $(ports 1 1 512)"
answers "513 values, of two conditions" \
	"E2BIG: a rule with more than 512 values: use sets (attribute 4)" \
	begin "policy p" "rule p r verdict 0 cond sport 1 cond dport $(ports 1 1 512)"
conds=$(seq 1 32 | sed 's/^/cond dport /' | tr '\n' ' ')
answers "32 conditions" ok begin "policy p" "rule p r verdict 0 $conds"
answers "33 conditions" "E2BIG: a rule with more than 32 conditions (attribute 6)" \
	begin "policy p" "rule p r verdict 0 $conds cond sport 1"

answers "elements of no set" "ENOENT: there is no set a (attribute 1)" begin "add a 1"
answers "no elements" "EINVAL: set a: the elements are missing" begin "set a port" "add a"
answers "elements that overlap" \
	"EEXIST: set a: 10.0.0.128-10.0.1.0 overlaps 10.0.0.0-10.0.0.255 (attribute 4)" \
	begin "set a addr" "add a 10.0.0.0-10.0.0.255" "add a 10.0.2.0,10.0.0.128-10.0.1.0"
answers "elements that overlap, at once" "EEXIST: set a: 90-100 overlaps 80-95 (attribute 4)" \
	begin "set a port" "add a 90-100,80-95"
answers "an element around others" "EEXIST: set a: 1-9 overlaps 3 (attribute 4)" \
	begin "set a port" "add a 3,5,7" "add a 1-9"
answers "elements that share their ends" "EEXIST: set a: 1-5 overlaps 5-9 (attribute 4)" \
	begin "set a port" "add a 5-9" "add a 1-5"
answers "an element within others" "EEXIST: set a: fd00::1 overlaps fd00::-fd00::ffff (attribute 4)" \
	begin "set a addr" "add a fd00::-fd00::ffff" "add a fd00::1"
answers "IPv4 is not IPv6" ok begin "set a addr" "add a 0.0.0.0-255.255.255.255" "add a ::1"
answers "elements that touch" ok begin "set a port" "add a 3,5" "add a 4"
answers "the same elements" ok begin "set a port" "add a 3,5-9,3" "add a 5-9"
answers "an element that is not there" "ENOENT: set a: there is no element 5 (attribute 4)" \
	begin "set a port" "add a 4-6" "del a 5"
answers "the same element taken away twice" \
	"ENOENT: set a: there is no element 4 (attribute 4)" begin "set a port" "add a 4" "del a 4,4"
answers "an endpoint of a set" \
	"EEXIST: set a: vpce-00000005 overlaps vpce-00000001-vpce-000000010000000ff (attribute 4)" \
	begin "set a endpoint" "add a 1-0x10000000ff" "add a 5"
answers "a protocol that does not exist" \
	"EINVAL: element 1: there are no such values (attribute 4)" begin "set a proto" "add a 256"

answers "a rule with no such set" "ENOENT: rule r of policy p: no set b" \
	begin "policy p" "rule p r verdict 0 cond saddr @b" commit
answers "a set may come later" ok \
	begin "policy p" "rule p r verdict 0 cond saddr @b" "set b addr" commit
answers "a set of another type" "EINVAL: rule r of policy p: set b is of type port" \
	begin "set b port" "policy p" "rule p r verdict 0 cond saddr @b" commit
answers "an endpoint with no such policy" "ENOENT: endpoint vpce-00000005: no policy p" \
	begin "bind 5 policy p" commit
answers "the policy default need not exist" ok begin "bind 5 policy default" commit
answers "a binding of nothing" "EINVAL: give the id of the endpoint, and its policy or name" \
	begin "bind 5"
answers "two endpoints of a name" "EEXIST: two endpoints with the name shop (attribute 3)" \
	begin "bind 5 name shop" "bind 6 name shop"
answers "a name like an id" "EINVAL: a name must not read like an endpoint id (attribute 3)" \
	begin "bind 5 name vpce-00000006"

failed="ECANCELED: an earlier request of this transaction failed"
before=$(generation)
answers "a failed request spoils the transaction" "$failed" begin "set a addr" "add b 1" commit
answers "so does one in the middle" "$failed" begin "set a addr" "rule p r verdict 0" "set b addr" \
	commit
answers "and one that never got that far, with the count" "$failed" \
	begin "set a addr" "set b 9" "commit requests 2"
answers "the right count" ok begin "set a addr" "commit requests 1"
answers "a commit that fails ends it" "ENOENT: $no" begin "add b 1" commit commit
answers "settings that are refused" "ERANGE: integer out of range (attribute 3)" \
	begin "commit port 0"
check_equal "nothing of all that was published" $((before + 1)) "$(generation)"

answers "changed since" "EAGAIN: the ruleset was changed since this transaction began" \
	"1 begin copy" "2 begin copy" "2 commit" "1 commit"
answers "no matter if it began empty" ok "1 begin" "2 begin copy" "2 commit" "1 commit"
answers "settings and rules together" ok begin "policy p" "commit port 7000"
check_equal "the port" 7000 "$(genevectl -j config show | jq .port)"

before=$(generation)
answers "a socket that closes" ok begin "set a addr" close ruleset
check_equal "leaves nothing" "$before" "$(generation)"
(echo begin; echo "set a addr"; sleep 30) | ruleset/transact >/dev/null &
sleep 0.3
kill $!
wait $! 2>/dev/null

listed "what was sent is listed" "ok
ok
ok
ok
ok
ok
ok
ok
ok
ok
ok
rule p first cond saddr not 1.2.3.4,fd00::1 verdict 0
rule p r cond proto 6 cond dport 22-24,26-30 cond saddr @a verdict 2 reject 2 log group 3
rule p s cond direction 1 verdict 0 limit 10 60 burst 20
rule p (default) verdict 1 log
rule default (default) verdict 0" \
	begin "set a addr" "add a 11.0.0.1,10.0.0.0-10.0.0.255,fd00::-fd00::ff" "policy p verdict 1 log" \
	"rule p r verdict 2 reject 2 group 3 cond proto 6 cond dport 26-30,22,24,23 cond saddr @a" \
	"rule p s limit 10 60 burst 20 verdict 0 cond direction 1" \
	"rule p first before r verdict 0 cond saddr not fd00::1,1.2.3.4" \
	"policy default" "bind 7 policy p name seven" "bind 3 policy default" "commit requests 9" rules
listed "sets" "set a addr timeout 0 10.0.0.0-10.0.0.255,11.0.0.1,fd00::-fd00::ff" sets
listed "policies" "policy p rules 3 verdict 1 log
policy default rules 0 verdict 0" policies
listed "bindings" "bind 3 default
bind 7 p" bindings
# Newer kernels tell the attribute of a dump's request, too.
refused() {
	echo "$1" | ruleset/transact | sed 's/ (attribute [0-9]*)$//'
}
check_equal "no such set" "ENOENT: there is no set b" "$(refused "sets b")"
check_equal "no such policy" "ENOENT: there is no policy b" "$(refused "rules b")"
check_equal "the endpoint has its name and its policy" '"seven" "p"' \
	"$(genevectl -j endpoint show vpce-00000007 | jq -r '"\(.name|tojson) \(.policy|tojson)"')"

listed "a copy is changed" "ok
ok
ok
ok
ok
ok
rule p first cond saddr not 1.2.3.4,fd00::1 verdict 0
rule p new verdict 1
rule p s cond direction 1 verdict 0 limit 10 60 burst 20
rule p (default) verdict 1 log" \
	"begin copy" "rule p new before s verdict 1" "rmrule p r" "del a fd00::-fd00::ff" \
	"bind 7 policy ''" commit "rules p"
listed "sets" "set a addr timeout 0 10.0.0.0-10.0.0.255,11.0.0.1" sets
listed "bindings" "bind 3 default" bindings
answers "names are exchanged" ok "begin copy" "bind 7 name three" "bind 3 name seven" commit
check_equal "they were" '"seven"' "$(genevectl -j endpoint show vpce-00000003 | jq .name)"
answers "a name that another endpoint keeps" \
	"EEXIST: another endpoint has the name seven" "begin copy" "bind 8 name seven" commit
answers "a name that another endpoint gives away" ok \
	"begin copy" "bind 8 name seven" "bind 3 name ''" commit
answers "a whole ruleset gives a name to another one" ok \
	begin "policy default" "bind 9 name seven" commit
check_equal "who had it has lost it" '"seven" null' \
	"$(for id in 9 8; do genevectl -j endpoint show vpce-0000000$id; done |
		jq -rs 'map(.name | tojson) | join(" ")')"

# Large objects take several messages, and are whole.
check_equal "3,000 rules, 30,000 elements" ok "$(echo fill 3000 30000 | ruleset/transact | head -n 1)"
check_equal "all rules are listed" 3001 "$(echo rules | ruleset/transact | grep -c '^rule ')"
check_equal "all elements are listed" 30000 \
	"$(echo sets many | ruleset/transact | tr , '\n' | grep -c '11\.')"
big=$(ports 1 2 1023)
# Of a socket that never received anything the kernel expects little room.
listed "a rule larger than usual messages" "ok
ok
ok
ok
rule p r cond dport $big verdict 0
rule p (default) verdict 0" begin "policy p" "rule p r verdict 0 cond dport $big" commit "1 rules p"

# Elements that go away, while transactions are open.
printf '%s\n' begin "set t port timeout 400" "set u port" "add t 1,2/60000,3" "add u 1,2/400" \
	commit | ruleset/transact >/dev/null
sleep 1
check_equal "elements went away" "set t port timeout 400 2
set u port timeout 0 1" "$(echo sets | ruleset/transact | sed 's|/[0-9]*||; /^ok/d')"
answers "elements that go away do not disturb transactions" ok \
	"begin copy" "add u 7/200" commit "1 begin copy" "2 sets" "1 add u 8/100" "1 commit"
mkfifo /tmp/requests
ruleset/transact </tmp/requests >/tmp/answers &
exec 3>/tmp/requests
printf '%s\n' "begin copy" "add u 9" >&3
sleep 1
printf '%s\n' commit sets >&3
exec 3>&-
wait
check_equal "an old copy does not bring them back" "ok
ok
ok
set t port timeout 400 2
set u port timeout 0 1,9
ok" "$(sed 's|/[0-9]*||' /tmp/answers)"

unload_module
check_equal "it can be unloaded" "" "$(lsmod | grep nf_geneve)"
tap_done
