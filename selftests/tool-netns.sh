#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# genevectl -n, namespaces that do not see each other, and rights: without them
# everything can be read and nothing changed; a user namespace has them over
# its own network namespace.

. ./lib.sh
. tool/lib.sh

load_module
ns_add one two
default=$(genevectl config show)

check "one: set" succeeds -n one config set enabled yes port 7001 origins none
check "one: endpoint" succeeds -n one endpoint set 12 name shop
check "two: set" succeeds -n two config set mode monitor
check "one: enabled" config_is enabled yes -n one
check "one: mode is its own" config_is mode enforce -n one
check "two: port is its own" config_is port 6081 -n two
check "two: not enabled" config_is enabled no -n two
check "two: no endpoint of one" json_is . '[]' -n two endpoint list
check "two: the same name is free" succeeds -n two endpoint set 13 name shop
check_equal "here: nothing changed" "$default" "$(genevectl config show)"
check "inside the namespace" in_ns one sh -c \
	'genevectl config show | grep -qx "port 7001"'

ip netns exec one sleep 100 &
pid=$!
wait_for 5 grep -q sleep /proc/$pid/comm
check "by path" config_is port 7001 -n /run/netns/one
check "by process" config_is port 7001 -n $pid
check "by path of a process" config_is port 7001 -n /proc/$pid/ns/net
check "show tells the name" json_is .netns '"one"' -n $pid show
check "show here tells its number" json_is '.netns | test("^net:\\[[0-9]+\\]$")' true show
kill $pid

unknown="expected a name below /run/netns, a path or a process id"
for ns in three '' . .. 4194305 /run/netns/three 99999999999 "$(printf %0300d 0 | tr 0 x)"; do
	refuses "unknown namespace '$ns'" 1 \
		"unknown network namespace '$(printf %.64s "$ns")': $unknown" -n "$ns" show
done
refuses "not a namespace" 1 "'/etc/passwd' is not a network namespace" -n /etc/passwd show
refuses "another kind of namespace" 1 "'/proc/self/ns/uts' is not a network namespace" \
	-n /proc/self/ns/uts show

as_nobody() {
	setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
}

# denied TEXT WHAT COMMAND...: fails for lack of CAP_NET_ADMIN
denied() {
	denied_text=$1 denied_what=$2
	shift 2
	denied_status=0
	denied_out=$("$@" 2>&1) || denied_status=$?
	check_equal "$denied_text" \
		"2: genevectl: $denied_what: no permission: CAP_NET_ADMIN is needed in the user namespace of this network namespace" \
		"$denied_status: $denied_out"
}

check_equal "nobody reads settings" "$default" "$(as_nobody genevectl config show)"
check "nobody reads counters" as_nobody genevectl stats
check "nobody reads endpoints" as_nobody genevectl endpoint list
for words in "flow list" "flow count" "rule list" "set list" "ruleset show"; do
	# shellcheck disable=SC2086 # two words
	denied "nobody: $words" "$words" as_nobody genevectl $words
done
denied "nobody explains" "explain" as_nobody genevectl explain --hex 4500
denied "nobody hears events" "monitor" as_nobody timeout 5 genevectl monitor events
denied "nobody sets nothing" "config set" as_nobody genevectl config set enabled yes
denied "nobody names nothing" "endpoint set" as_nobody genevectl endpoint set 12 name x
denied "root of a user namespace sets nothing here" "config set" \
	unshare -Ur genevectl config set enabled yes
denied "a user namespace sets nothing here" "config set" \
	unshare -U genevectl config set enabled yes
check_equal "nothing changed" "$default" "$(genevectl config show)"
check "no endpoint appeared" json_is . '[]' endpoint list
cat >/run/bound <<-END
	policy p { default accept }
	endpoint vpce-00000012 { policy p }
END
genevectl ruleset apply /run/bound && genevectl endpoint set 12 name shop
check_equal "nobody reads which policy is whose" '"p" null' \
	"$(genevectl -j endpoint show 12 | jq .policy) $(as_nobody genevectl -j endpoint show 12 |
		jq .policy)"
check_equal "nor in a list" null "$(as_nobody genevectl -j endpoint list | jq '.[].policy')"
genevectl ruleset flush
genevectl endpoint set 12 name ''
check_equal "nobody does not enter a namespace" \
	"genevectl: network namespace 'one': no permission to enter it: CAP_SYS_ADMIN is needed" \
	"$(as_nobody genevectl -n one show 2>&1)"

check_equal "nobody owns a user and network namespace and sets there" "enabled yes" \
	"$(as_nobody unshare -Urn sh -c \
		'genevectl config set enabled yes port 9 && genevectl config show' | head -n 1)"
check_equal "but has no memory to give away" \
	"genevectl: config set: a flow-max of more than 262144 needs a network namespace of the initial user namespace" \
	"$(as_nobody unshare -Urn genevectl config set flow-max 262145 2>&1)"
check_equal "which nobody else sees" "$default" "$(genevectl config show)"

tap_done
