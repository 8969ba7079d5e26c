#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
# time limit: 400 s
#
# What make demo shows: the story is told to its end.

. ./lib.sh

tell() {
	sh demo/story.sh >/run/story
}

# told TEXT PATTERN
told() {
	check "$1" grep -E -- "$2" /run/story
}

check "the story comes to its end" tell
told "a ping is refused" "Packet filtered"
told "it is explained" "verdict +reject, by rule ping"
told "and allowed by an edited file" "verdict +accept, by rule ping"
told "no answer broke a rule" "Not one answer broke a rule"
tap_done
