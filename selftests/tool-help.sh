#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# genevectl help at every level, its version, and that nothing of it needs the
# module. What help prints is what the tool accepts.

. ./lib.sh
. tool/lib.sh

# says TEXT PATTERN ARGS...: succeeds, and standard output has this line
says() {
	says_text=$1 says_pattern=$2
	shift 2
	run "$@"
	if [ "$RUN_STATUS" = 0 ] && [ -z "$RUN_ERR" ] &&
	   echo "$RUN_OUT" | grep -Eq -- "$says_pattern"; then
		tap_ok "$says_text"
	else
		tap_fail "$says_text" "$RUN_STATUS: $RUN_OUT$RUN_ERR"
	fi
}

says "help" '^usage: genevectl' help
says "-h" '^usage: genevectl' -h
says "--help" '^usage: genevectl' --help
says "h" '^usage: genevectl' h
for object in show config stats endpoint flow ruleset rule set monitor explain import help; do
	says "help tells of $object" "^  $object" help
	says "help $object" "^  $object" help $object
	says "$object help" "^  $object" $object help
	says "$object --help" "^  $object" $object --help
done
for key in enabled port mode reinject udp-checksum origins local flow-max flow-full fragments \
	tcp-pickup timeout-established timeout-other timeout-half-open timeout-closing \
	timeout-denied reject-rate log-rate; do
	says "config help tells of $key" "^  $key " config help
	says "config set help tells of $key" "^  $key " config set help
done
says "endpoint set help is about set" '^  endpoint set' endpoint set help
check_equal "and about nothing else" 1 "$(genevectl endpoint set help | wc -l)"
check_equal "flow help tells of filters once" 1 "$(genevectl flow help | grep -c '^FILTER')"
says "-V" '^genevectl [0-9]+\.[0-9]+' -V
says "--version" '^genevectl [0-9]+\.[0-9]+' --version
refuses "help about something unknown" 1 \
	"command: unknown word 'x': expected $TOOL_OBJECTS or help" help x
refuses "help with two words" 1 "help: unexpected word 'set': expected one object" help config set

load_module
check_equal "the module's version is the tool's" \
	"genevectl $(cat /sys/kernel/nf_geneve/version)" "$(genevectl -V)"

tap_done
