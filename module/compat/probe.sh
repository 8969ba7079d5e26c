#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# probe.sh - find out what a kernel offers by compiling, not by its version:
# distributions port interfaces back
#
# usage: probe.sh COMPILER FLAG...
#
# Compiles probe.c once for each NFG_HAVE_* in it and prints a -D for each that
# compiles, then "probed". One that does not must be refused for the reason that
# probe.c names; anything else would be taken for an old kernel and end in a
# module that does the wrong thing, so it is told in a sentence instead.

source=${0%/*}/probe.c

compile() {
	LC_ALL=C "$@" -DMODULE '-DKBUILD_MODNAME="probe"' '-DKBUILD_BASENAME="probe"' \
		-Werror=implicit-function-declaration -fsyntax-only "$source" 2>&1 </dev/null
}

first_error() {
	echo "$1" | grep -m 1 -E 'error:|not found|cannot|internal compiler' ||
		echo "${1:-it said nothing}"
}

output=$(compile "$@") || {
	echo "the compiler does not take this kernel's headers:" "$(first_error "$output")"
	exit
}

probes=$(sed -n 's|^#ifdef \(NFG_HAVE_[A-Z_]*\)\t*/\* else: \(.*\) \*/$|\1 \2|p' "$source")
[ "$(echo "$probes" | wc -l)" = "$(grep -c NFG_HAVE "$source")" ] || {
	echo "probe.c has a probe that does not say how it fails"
	exit
}
echo "$probes" | {
	while read -r name reason; do
		if output=$(compile "$@" "-D$name"); then
			echo "-D$name"
		elif ! first_error "$output" | grep -q -E "$reason"; then
			echo "the probe for $name failed in an unexpected way:" \
				"$(first_error "$output")"
			exit
		fi
	done
	echo probed
}
