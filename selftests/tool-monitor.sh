#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# genevectl monitor: a line per change, of its namespace only; a full socket
# and the end of the module are told.

. ./lib.sh
. tool/lib.sh

load_module
ns_add one two
text=/tmp/tool-monitor json=/tmp/tool-monitor-json

# Starts the monitors of namespace one and changes things until both listen.
start() {
	genevectl -n one monitor >$text 2>$text.err &
	text_pid=$!
	genevectl -n one -j monitor >$json 2>$json.err &
	json_pid=$!
	wait_for 20 poke || tap_bail "the monitors tell nothing"
}

poke() {
	genevectl -n one config set port 7000
	[ -s $text ] && [ -s $json ]
}

# saw TEXT: the monitor printed exactly this, behind the time
saw() {
	sed -E 's/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}[+-][0-9]{4} //' $text |
		grep -Fqx "$1"
}

# saw_json FILTER: the monitor printed an object for which this is true
saw_json() {
	jq -se "any(.[]; $1)" $json
}

# settings KEY VALUE: all of them as a line tells, but for these
settings() {
	echo "config $(genevectl -n one config show | sed "s/^$1 .*/$1 $2/" | paste -sd' ')"
}

start

genevectl -n one config set port 7001 origins none
check "a change of settings" wait_for 5 saw "$(settings port 7001)"
check "a change of settings, JSON" wait_for 5 saw_json \
	'.event == "config" and .config.port == 7001 and .config.origins == []'
genevectl -n one endpoint set 12 name shop
check "a name" wait_for 5 saw "endpoint vpce-00000012 name shop"
check "a name, JSON" wait_for 5 saw_json \
	'.event == "endpoint" and .endpoint.id == "vpce-00000012" and .endpoint.name == "shop"'
genevectl -n one endpoint set 12 name ''
check "a name taken away" wait_for 5 saw "endpoint vpce-00000012 name -"
check "a name taken away, JSON" wait_for 5 saw_json \
	'.event == "endpoint" and .endpoint.name == null'

lines=$(wc -l <$text)
genevectl -n two config set port 7002
genevectl -n one endpoint set 13 name 'a b' 2>/dev/null
genevectl -n one config set port 7003
check "the next change" wait_for 5 saw "$(settings port 7003)"
check_equal "nothing of another namespace, nothing of what was refused" \
	$((lines + 1)) "$(wc -l <$text)"
check "JSON objects with a time, one per line" sh -c \
	"[ \$(jq -c 'select(.time | test(\"^[0-9]{4}-.*[+-][0-9]{4}\$\"))' $json | wc -l) = \
	   \$(wc -l <$json) ]"

# Large messages, more than the sockets hold.
many=$(seq 0 255 | sed 's/.*/10.&.0.0\/16/' | paste -sd,)
kill -STOP $text_pid $json_pid
i=0
while [ $i -lt 60 ]; do
	i=$((i + 1))
	genevectl -n one config set origins "$many"
done
kill -CONT $text_pid $json_pid
check "lost changes are told" wait_for 5 \
	saw "lost: changes came faster than they were read, some are missing"
check "lost changes are told, JSON" wait_for 5 saw_json '.event == "lost"'
genevectl -n one config set port 7004 origins none
check "it goes on" wait_for 5 saw "$(settings port 7004)"

kill -INT $text_pid
wait $text_pid
check_equal "SIGINT ends it well" 0 $?
kill -TERM $json_pid
wait $json_pid
check_equal "SIGTERM ends it well" 0 $?
check_equal "without a word" "" "$(cat $text.err)"

start
unload_module
wait $text_pid
check_equal "unloading the module ends it" 2 $?
check_equal "with a sentence" "genevectl: monitor: nf_geneve was unloaded" "$(cat $text.err)"
wait $json_pid

tap_done
