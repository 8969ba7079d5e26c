# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Turns lines "APPLIANCE TRAFFIC SIZE FRAMES CYCLES" into the table of
# `make bench`, or into JSON (-v format=json).

BEGIN {
	goal = 300
	split("64 1400 8500", sizes)
	rows = split("bare/plain nf_geneve/plain forward/plain xdp/plain " \
		     "nf_geneve/sum-device nf_geneve/sum-software nf_geneve/flows-10000 " \
		     "nf_geneve/endpoints-1000 nf_geneve/route " \
		     "forward/other-port forward/other-address", row)
	title["bare/plain"] = "bare bounce at PRE_ROUTING"
	title["nf_geneve/plain"] = "nf_geneve"
	title["forward/plain"] = "ip_forward"
	title["xdp/plain"] = "XDP_TX bounce"
	title["nf_geneve/sum-device"] = "  UDP checksum, verified by device"
	title["nf_geneve/sum-software"] = "  UDP checksum, verified by CPU"
	title["nf_geneve/flows-10000"] = "  10,000 flows"
	title["nf_geneve/endpoints-1000"] = "  1,000 endpoints"
	title["nf_geneve/route"] = "  reinject route"
	title["forward/other-port"] = "  ip_forward of other ports behind it"
	title["forward/other-address"] = "  the same, port 6081 of others"
}

{
	key = $1 "/" $2 SUBSEP $3
	value = $5 / $4
	of[key, ++runs[key]] = value
	if (runs[key] == 1 || value < low[key])
		low[key] = value
	if (runs[key] == 1 || value > high[key])
		high[key] = value
}

# The middle one of an odd number of runs, the lower middle of an even one.
function median(key,	i, j, smaller) {
	for (i = 1; i <= runs[key]; i++) {
		smaller = 0
		for (j = 1; j <= runs[key]; j++)
			smaller += of[key, j] < of[key, i] || (of[key, j] == of[key, i] && j < i)
		if (smaller == int((runs[key] - 1) / 2))
			return of[key, i]
	}
}

function spread(key) {
	return 100 * (high[key] - low[key]) / low[key]
}

function round(x) {
	return x < 0 ? -int(0.5 - x) : int(x + 0.5)
}

function cell(name, size,	key, bare, gross) {
	key = name SUBSEP size
	bare = "bare/plain" SUBSEP size
	if (!runs[key])
		return sprintf("%8s%7s%6s", "n/a", "", "")
	gross = round(median(key))
	if (name == "bare/plain" || !runs[bare])
		return sprintf("%8d%7s%6s", gross, "", "1.00")
	return sprintf("%8d%+7d%6.2f", gross, gross - round(median(bare)), gross / median(bare))
}

function line(name,	i, text, any) {
	text = sprintf("%-36s", title[name])
	for (i = 1; i in sizes; i++) {
		text = text cell(name, sizes[i])
		any += runs[name, sizes[i]]
	}
	if (any)
		print text
}

# How much the module exceeds the goal at its worst size; "" if not measured.
function excess(	i, over, worst) {
	worst = ""
	for (i = 1; i in sizes; i++) {
		if (!runs["bare/plain", sizes[i]] || !runs["nf_geneve/plain", sizes[i]])
			return ""
		over = round(median("nf_geneve/plain" SUBSEP sizes[i])) - \
		       round(median("bare/plain" SUBSEP sizes[i])) - goal
		if (worst == "" || over > worst) {
			worst = over
			worst_size = sizes[i]
		}
	}
	return worst
}

function table(	i, key, widest, over) {
	printf "Instructions per packet: gross (generator, both hops and sink included),\n"
	printf "difference to the bare bounce, ratio. Size: bytes of the inner packet.\n\n"
	printf "%-36s%14d%7s%14d%7s%14d\n", "", 64, "", 1400, "", 8500
	for (i = 1; i <= rows; i++)
		line(row[i])
	for (key in runs)
		if (spread(key) > widest)
			widest = spread(key)
	printf "\nn/a: native XDP takes one page per frame and cannot run at this MTU.\n"
	printf "XDP_TX's sink drops in XDP and is cheaper than that of the others.\n"
	printf "Largest spread between repeats: %.2f %%.\n", widest
	over = excess()
	if (over == "")
		print "Goal not judged: bare and module were not both measured."
	else if (over > 0)
		printf "Goal missed: %d more than the bare bounce + %d at %d bytes.\n",
		       over, goal, worst_size
	else
		printf "Goal met: at most %d more than the bare bounce (goal %d).\n", goal + over, goal
}

function json(	i, j, key, sep, over) {
	over = excess()
	printf "{\"unit\":\"instructions per packet\",\"goal\":%d,\"excess\":%s,\"results\":[",
	       goal, over == "" ? "null" : over
	for (i = 1; i <= rows; i++)
		for (j = 1; j in sizes; j++) {
			key = row[i] SUBSEP sizes[j]
			if (!runs[key])
				continue
			split(row[i], part, "/")
			printf "%s\n{\"appliance\":\"%s\",\"traffic\":\"%s\",\"size\":%d,\"runs\":%d,",
			       sep, part[1], part[2], sizes[j], runs[key]
			printf "\"median\":%.1f,\"min\":%.1f,\"max\":%.1f}",
			       median(key), low[key], high[key]
			sep = ","
		}
	print "\n]}"
}

END {
	if (!NR)
		exit 1
	if (format == "json")
		json()
	else
		table()
}
