# SPDX-License-Identifier: GPL-2.0 OR MIT
# shellcheck shell=dash
#
# How the story is told: numbered steps, a line or two of explanation, each
# command and what it really printed.

STEP=0

# step TITLE
step() {
	STEP=$((STEP + 1))
	echo
	if [ -n "${BOLD-}" ]; then
		printf '\033[1m%d. %s\033[0m\n' $STEP "$1"
	else
		printf '%d. %s\n' $STEP "$1"
	fi
}

say() {
	printf '   %s\n' "$@"
}

# fail WHY: the story ends here
fail() {
	echo
	echo "Step $STEP failed: $*"
	[ -z "$GWLB_OUT" ] || sed 's/^/gwlb: /' "$GWLB_OUT.log"
	dmesg | tail -n 20
	exit 1
}

# show NS COMMAND...: runs it there, prints both; the story ends if it fails
show() {
	echo
	echo "   $1\$ $(echo "$*" | cut -d ' ' -f 2-)"
	{
		show_in "$@" 2>&1
		echo $? >/run/status
	} | sed 's/^/     /'
	show_status=$(cat /run/status)
	[ "$show_status" = 0 ] || fail "exit status $show_status: $*"
}

show_in() {
	if [ "$1 $2" = "gwlb gwlb" ]; then
		shift 3
		gwlb_ctl "$@"
	else
		in_ns "$@"
	fi
}
