# SPDX-License-Identifier: GPL-2.0 OR MIT
# shellcheck shell=dash

result=/sys/module/nfg_gen/parameters/result

fail() {
	echo "bench: $*" >&2
	exit 1
}

# generate NS ARG...: one run of the generator; sets sent, back, kept, late, bad,
# wait and cycles
generate() {
	ns=$1
	shift
	ip netns exec "$ns" insmod bench/nfg_gen.ko dev=va "$@"
	generated
}

# The results of a run that has ended.
generated() {
	line=$(cat $result)
	rmmod nfg_gen
	# shellcheck disable=SC2034 # the scripts use them
	sent=0 back=0 kept=0 late=0 bad=0 wait=0 cycles=0
	for word in $line; do
		eval "$word"
	done
}

# generate_new N ARG...: every frame is the first one of its flow, and no flow was
# there before
first=0
generate_new() {
	n=$1
	shift
	generate gen syn=1 spread=1 first=$first flows="$n" n="$n" "$@"
	first=$((first + n))
}
