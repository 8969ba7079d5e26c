# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Turns lines "APPLIANCE TRAFFIC SIZE FRAMES CYCLES" and "= NAME VALUE" into the
# tables of `make bench`, or into JSON (-v format=json). Exit status 1 when a
# goal is missed.

# row(NAME, TITLE): a line of the first table, in this order
function row(name, text) {
	rows[++rows_n] = name
	title[name] = text
}

function first_row(name, text) {
	first_rows[++first_n] = name
	title[name] = text
}

function scale_row(name, text, unit) {
	scale_rows[++scale_n] = name
	title[name] = text
	units[name] = unit
}

BEGIN {
	split("64 1400 8500", sizes)
	bare = "bare/plain"
	row(bare, "bare bounce at PRE_ROUTING")
	row("nf_geneve/plain", "nf_geneve")
	row("forward/plain", "ip_forward")
	row("xdp/plain", "XDP_TX bounce")
	row("nf_geneve/both", "  both directions of the flow")
	row("nf_geneve/flows-100000", "  100,000 flows")
	row("nf_geneve/sum-device", "  UDP checksum, verified by device")
	row("nf_geneve/sum-software", "  UDP checksum, verified by CPU")
	row("nf_geneve/endpoints-1000", "  1,000 endpoints")
	row("nf_geneve/route", "  reinject route")
	row("forward/other-port", "  ip_forward of other ports behind it")
	row("forward/other-address", "  the same, port 6081 of others")

	first_row("nf_geneve/rules-10", "10 rules")
	first_row("nf_geneve/rules-10000", "10,000 rules, 100,000 addresses in sets")
	first_row("nf_geneve/prefixes-100", "a set of 100 prefixes")
	first_row("nf_geneve/prefixes-100000", "a set of 100,000 prefixes")

	scale_row("check_us", "check 10,000 rules with 100,000 addresses", "ms")
	scale_row("publish_us", "apply them", "ms")
	scale_row("again_us", "apply them again", "ms")
	scale_row("ruleset_bytes", "they take", "MB")
	scale_row("rule_bytes", "a rule takes", "bytes")
	scale_row("flow_bytes", "a flow takes, its share of the table included", "bytes")
	scale_row("flows", "flows", "")
	scale_row("count_us", "count them", "ms")
	scale_row("list_us", "list them, with traffic beside", "ms")
	scale_row("list_wait_us", "  that traffic waits at most", "us")
	scale_row("idle_wait_us", "  without the list", "us")
	scale_row("flush_us", "flush them", "ms")
	scale_row("flood_syn_instructions", "flood of SYNs at the cap, instructions per packet", "")
	scale_row("flood_ack_instructions", "flood of ACKs at the cap, instructions per packet", "")
}

$1 == "=" {
	scale[$2] = $3
	next
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

# over(NAME, SIZE): instructions more than the bare bounce; "" if not measured
function over(name, size) {
	if (!runs[name, size] || !runs[bare, size])
		return ""
	return round(median(name SUBSEP size)) - round(median(bare SUBSEP size))
}

function cell(name, size,	gross) {
	if (!runs[name, size])
		return sprintf("%8s%7s%6s", "n/a", "", "")
	gross = median(name SUBSEP size)
	if (name == bare || !runs[bare, size])
		return sprintf("%8d%7s%6s", round(gross), "", "1.00")
	return sprintf("%8d%+7d%6.2f", round(gross), over(name, size),
		       gross / median(bare SUBSEP size))
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

function widest_spread(	key, widest) {
	for (key in runs)
		if (runs[key] && spread(key) > widest)
			widest = spread(key)
	return widest
}

function packet_table(	i) {
	printf "Instructions per packet: gross (generator, both hops and sink included),\n"
	printf "difference to the bare bounce, ratio. Size: bytes of the inner packet.\n"
	printf "nf_geneve: an established flow, 10 rules.\n\n"
	printf "%-36s%14d%7s%14d%7s%14d\n", "", 64, "", 1400, "", 8500
	for (i = 1; i <= rows_n; i++)
		line(rows[i])
	printf "\nn/a: native XDP takes one page per frame and cannot run at this MTU.\n"
	printf "XDP_TX's sink drops in XDP and is cheaper than that of the others.\n"
}

function first_table(	i, any) {
	for (i = 1; i <= first_n; i++)
		any += runs[first_rows[i], 64]
	if (!any)
		return
	printf "\nThe first packet of a flow, 64 bytes:\n\n"
	for (i = 1; i <= first_n; i++)
		printf "%-46s%s\n", title[first_rows[i]], cell(first_rows[i], 64)
}

function scale_text(name) {
	if (units[name] == "ms")
		return sprintf("%10.1f ms", scale[name] / 1000)
	if (units[name] == "MB")
		return sprintf("%10.1f MB", scale[name] / 1000000)
	return sprintf("%10d %s", scale[name], units[name])
}

function scale_table(	i) {
	if (!("flows" in scale))
		return
	printf "\nScale, in time of the guest (1,000 instructions per microsecond):\n\n"
	for (i = 1; i <= scale_n; i++)
		if (scale_rows[i] in scale)
			printf "%-52s%s\n", title[scale_rows[i]], scale_text(scale_rows[i])
}

# goal(NAME, TEXT, VALUE, LIMIT): VALUE may be LIMIT at most; "" is not judged
function goal(name, text, value, limit) {
	if (value == "")
		return
	goals[++goals_n] = name
	goal_text[name] = text
	reached[name] = value
	limits[name] = limit
	missed += value > limit
}

# The highest of some rows over the bare bounce, at any size
function worst_over(names,	i, j, name, value, worst) {
	worst = ""
	split(names, name, " ")
	for (i = 1; i in name; i++)
		for (j = 1; j in sizes; j++) {
			value = over(name[i], sizes[j])
			if (value == "")
				return ""
			if (worst == "" || value > worst)
				worst = value
		}
	return worst
}

# By how many percent two rows' differences to the bare bounce differ at most
function worst_percent(a, b,	i, x, y, value, worst) {
	for (i = 1; i in sizes; i++) {
		x = over(a, sizes[i])
		y = over(b, sizes[i])
		if (x == "" || y == "")
			return ""
		value = x > y ? 100 * (x / y - 1) : 100 * (y / x - 1)
		if (value > worst)
			worst = value
	}
	return worst + 0
}

function ratio_over(a, b,	x, y) {
	x = over(a, 64)
	y = over(b, 64)
	return x == "" || y == "" ? "" : x / y
}

function scale_value(name) {
	return name in scale ? scale[name] : ""
}

function judge() {
	goal("established", "established flow over the bare bounce, instructions",
	     worst_over("nf_geneve/plain nf_geneve/both nf_geneve/flows-100000 nf_geneve/sum-device"),
	     500)
	goal("flows", "1 and 100,000 flows differ in that by %",
	     worst_percent("nf_geneve/plain", "nf_geneve/flows-100000"), 10)
	goal("rules", "first packet over the bare bounce, 10,000 rules / 10",
	     ratio_over("nf_geneve/rules-10000", "nf_geneve/rules-10"), 5)
	goal("prefixes", "the same, set of 100,000 prefixes / 100",
	     ratio_over("nf_geneve/prefixes-100000", "nf_geneve/prefixes-100"), 2)
	if ("publish_us" in scale)
		goal("publish", "applying 10,000 rules, 100,000 addresses, s",
		     scale["publish_us"] / 1000000, 1)
	goal("flow_bytes", "bytes per flow", scale_value("flow_bytes"), 256)
	if ("flows" in scale) {
		goal("flows_missing", "of 1,048,576 flows are missing", 1048576 - scale["flows"], 0)
		goal("list_missing", "of them the list lacks", scale["flows"] - scale["list_flows"], 0)
	}
	goal("list_lost", "packets lost beside the list", scale_value("list_lost"), 0)
	goal("flood_syn_lost", "packets of established flows lost, SYNs at the cap",
	     scale_value("flood_syn_lost"), 0)
	goal("flood_ack_lost", "the same, ACKs at the cap", scale_value("flood_ack_lost"), 0)
}

function number(x) {
	return x == int(x) ? sprintf("%d", x) : sprintf("%.2f", x)
}

function goal_table(	i, name) {
	if (!goals_n)
		return
	printf "\n%-56s%10s%8s\n", "Goals", "", "at most"
	for (i = 1; i <= goals_n; i++) {
		name = goals[i]
		printf "%-56s%10s%8d  %s\n", goal_text[name], number(reached[name]), limits[name],
		       (reached[name] > limits[name] ? "MISSED" : "met")
	}
}

function table() {
	if (NR > length(scale))
		packet_table()
	first_table()
	if (NR > length(scale))
		printf "\nLargest spread between repeats: %.2f %%.\n", widest_spread()
	scale_table()
	goal_table()
}

function json_results(	i, j, key, sep) {
	printf "\"results\":["
	for (i = 1; i <= rows_n + first_n; i++)
		for (j = 1; j in sizes; j++) {
			key = (i <= rows_n ? rows[i] : first_rows[i - rows_n]) SUBSEP sizes[j]
			if (!runs[key])
				continue
			split(key, part, "[/" SUBSEP "]")
			printf "%s\n{\"appliance\":\"%s\",\"traffic\":\"%s\",\"size\":%d,\"runs\":%d,",
			       sep, part[1], part[2], part[3], runs[key]
			printf "\"median\":%.1f,\"min\":%.1f,\"max\":%.1f}",
			       median(key), low[key], high[key]
			sep = ","
		}
	print "\n],"
}

function json(	i, name, sep) {
	printf "{\"unit\":\"instructions per packet\","
	json_results()
	printf "\"scale\":{"
	for (name in scale) {
		printf "%s\n\"%s\":%d", sep, name, scale[name]
		sep = ","
	}
	printf "\n},\n\"goals\":["
	for (i = 1; i <= goals_n; i++) {
		name = goals[i]
		printf "%s\n{\"goal\":\"%s\",\"value\":%s,\"limit\":%d,\"met\":%s}", (i > 1 ? "," : ""),
		       name, number(reached[name]), limits[name],
		       (reached[name] > limits[name] ? "false" : "true")
	}
	print "\n]}"
}

END {
	if (!NR)
		exit 1
	judge()
	if (format == "json")
		json()
	else
		table()
	exit (missed > 0)
}
