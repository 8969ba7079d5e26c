# SPDX-License-Identifier: GPL-2.0 OR MIT
# shellcheck shell=dash
#
# What tests of genevectl share; sourced after ../lib.sh.

# Its objects, as sentences list them.
# shellcheck disable=SC2034 # used by those who source this
TOOL_OBJECTS="show, config, stats, endpoint, flow, ruleset, rule, set, monitor, explain, import"

# run ARGS...: genevectl with its output in RUN_OUT, its standard error in
# RUN_ERR and its exit status in RUN_STATUS
run() {
	RUN_STATUS=0
	RUN_OUT=$(genevectl "$@" 2>/tmp/tool-err) || RUN_STATUS=$?
	RUN_ERR=$(cat /tmp/tool-err)
}

# succeeds ARGS...: genevectl changes something and says nothing
succeeds() {
	run "$@"
	echo "status $RUN_STATUS: $RUN_OUT $RUN_ERR"
	[ "$RUN_STATUS" = 0 ] && [ -z "$RUN_OUT$RUN_ERR" ]
}

# refuses TEXT STATUS SENTENCE ARGS...: genevectl fails with exactly this
refuses() {
	refuses_text=$1 refuses_status=$2 refuses_sentence=$3
	shift 3
	run "$@"
	check_equal "$refuses_text" "$refuses_status: genevectl: $refuses_sentence" \
		"$RUN_STATUS: $RUN_ERR$RUN_OUT"
}

# json FILTER ARGS...: a value out of genevectl's JSON
json() {
	json_filter=$1
	shift
	genevectl -j "$@" | jq -c "$json_filter"
}

# json_is FILTER VALUE ARGS...: the value is this
json_is() {
	is_filter=$1 is_wanted=$2
	shift 2
	is_got=$(json "$is_filter" "$@") && [ "$is_got" = "$is_wanted" ] && return
	echo "$is_filter is $is_got instead of $is_wanted"
	return 1
}

# config_is KEY VALUE [OPTION...]: what config show prints for a key
config_is() {
	config_key=$1 config_wanted=$2
	shift 2
	config_got=$(genevectl "$@" config show | sed -n "s/^$config_key //p")
	[ "$config_got" = "$config_wanted" ] && return
	echo "$config_key is $config_got instead of $config_wanted"
	return 1
}

# A valid packet of endpoint vpce-074a11ad96ec49886: base header, the three
# options, an inner IPv4 header of protocol 253, 60 bytes of UDP payload. None
# of them is a newline, at which bash would end the datagram.
TOOL_PACKET='\x08\x00\x08\x00\x00\x00\x00\x00'
TOOL_PACKET=$TOOL_PACKET'\x01\x08\x01\x02\x74\xa1\x1a\xd9\x6e\xc4\x98\x86'
TOOL_PACKET=$TOOL_PACKET'\x01\x08\x02\x02\x00\x00\x00\x00\x00\x00\x00\x00'
TOOL_PACKET=$TOOL_PACKET'\x01\x08\x03\x01\x39\xf7\xf1\xa7'
TOOL_PACKET=$TOOL_PACKET'\x45\x00\x00\x14\x00\x00\x00\x00\x40\xfd\xf5\x99\xc0\xa8\x01\x01\xc0\xa8\x02\x02'

# send BYTES [PORT]: a datagram from namespace gen to namespace app
send() {
	in_ns gen env LC_ALL=C bash -c "printf '$1' >/dev/udp/10.30.1.50/${2:-6081}"
}
