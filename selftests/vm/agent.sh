# SPDX-License-Identifier: GPL-2.0 OR MIT
# shellcheck shell=dash
#
# Runs tests in the guest for vm/check. Says "@ready", reads a line "TEST
# SECONDS", runs that test under that limit and says "@end TEST STATUS SECONDS"
# behind its output; "quit" ends it. STATUS is the test's own, or timeout, log
# (the kernel complained) or litter (something stayed behind).

cd /selftests || exit

leftovers() {
	ip netns list | sed 's/^/# left behind: namespace /'
	grep '^nf_geneve ' /proc/modules | sed 's/^/# left behind: module /'
	# shellcheck disable=SC2009 # busybox has no pgrep here
	ps -o pid,args | grep -E '[t]cpdump|[i]perf3|[d]nsmasq|[h]ttpd|[g]wlb-emu' |
		sed 's/^/# left behind: process /'
}

while echo @ready && read -r test limit && [ "$test" != quit ]; do
	dmesg -c >/dev/null
	read -r start _ </proc/uptime
	timeout -k 5 "$limit" /bin/sh "./$test" </dev/null
	status=$?
	read -r end _ </proc/uptime
	seconds=$((${end%.*} - ${start%.*}))
	if [ "$seconds" -ge "$limit" ]; then
		status=timeout
	elif dmesg | vm/complaints >/run/complaints; then
		dmesg | grep -F -m 1 -A 100 -e "$(head -n 1 /run/complaints)" | sed 's/^/# /'
		status=log
	elif [ -n "$(leftovers)" ]; then
		leftovers
		status=litter
	fi
	echo "@end $test $status $seconds"
done
