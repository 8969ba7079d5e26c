#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# genevectl stats and show under traffic: the same numbers as sysfs, rates, and
# the hint that fits.
# shellcheck disable=SC2016 # sh -c expands

. ./lib.sh
. tool/lib.sh

load_module
ns_pair

hint() {
	json_is '.hints[0]' "\"$1\"" -n app show
}

# shown COUNTER: packets of a row of stats
shown() {
	genevectl -n app stats | awk -v name="$1" '$1 == name && $2 ~ /^[0-9]/ { print $2 }'
}

check "hint: disabled" \
	hint "disabled in this namespace: 'genevectl config set enabled yes' turns it on"
genevectl -n app config set enabled yes
check "hint: no packet" hint "no IPv4 packet came by yet"
send x 9
check "hint: only other packets" \
	wait_for 5 hint "packets come by, but none is GENEVE for UDP port 6081 of a local address: check the port, the target group and the security groups"
send x
check "hint: all dropped for one reason" \
	wait_for 5 hint "all packets for us are dropped for one reason: no room for the GENEVE base header"
send '\x48\x00\x08\x00\x00\x00\x00\x00'
check "hint: all dropped" wait_for 5 hint "all packets for us are dropped"
for _ in 1 2 3; do send "$TOOL_PACKET"; done
check "packets went back" wait_for 5 stat_is app stats/tx_packets 3
check "no hint" json_is .hints '[]' -n app show

in_ns app sh -c 'cd /sys/kernel/nf_geneve/net
	for f in stats/*; do echo "${f#*/} $(cat $f)"; done
	for f in drops/*; do echo "drop ${f#*/} $(cat $f)"; done' | sort >/tmp/tool-sysfs
genevectl -n app -j stats | jq -r 'to_entries[] |
	if .key == "drops" then .value | to_entries[] | "drop \(.key) \(.value.packets)"
	elif .key | test("_(packets|bytes)$") | not then empty
	else "\(.key) \(.value)" end' | sort >/tmp/tool-json
check "JSON has the counters of sysfs" diff /tmp/tool-sysfs /tmp/tool-json
check "rx = tx + drop + passed" json_is \
	'.rx_packets == .tx_packets + .drop_packets + .passed_packets' true -n app stats
check "bytes" json_is .tx_bytes $((3 * (20 + 8 + 60))) -n app stats
check "one endpoint" json_is '.endpoints, .endpoints_unlisted' '1
0' -n app stats

check_equal "table: sent back" 3 "$(shown tx)"
check_equal "table: dropped" 2 "$(shown drop)"
check_equal "table: a reason" 1 "$(shown geneve_version)"
check_equal "table: no reason that did not occur" "" "$(shown xmit)"
check_equal "table: --all has it" 0 \
	"$(genevectl -n app stats --all | awk '$1 == "xmit" { print $2 }')"
check "table: meaning" sh -c \
	'genevectl -n app stats | grep -q "^geneve_version  *1  *36  GENEVE version is not 0$"'

check "show: totals" sh -c \
	'genevectl -n app show | grep -q "^  tx  *3 packets  *264 B  sent back$"'
check "show: top reasons" sh -c \
	'genevectl -n app show | grep -q "^  geneve_truncated  *1  no room for the GENEVE base header$"'
check "show: first line" sh -c \
	'genevectl -n app show | head -n 1 | grep -qx "nf_geneve $(cat /sys/kernel/nf_geneve/version) in network namespace app: enabled"'
check "show: JSON names the namespace" json_is '.netns, .version' \
	"\"app\"
\"$(cat /sys/kernel/nf_geneve/version)\"" -n app show

check "endpoint: counters and idle time" json_is \
	'map([.id, .rx_packets, .tx_bytes, .drop_packets, (.idle_ms | type)])' \
	'[["vpce-074a11ad96ec49886",3,264,0,"number"]]' -n app endpoint list
check "endpoint list: idle time" sh -c \
	'genevectl -n app endpoint list | grep -Eq "^vpce-074a11ad96ec49886  - +- +3 +3 +0 +[0-9]+\.[0-9]s$"'

genevectl -n app config set mode monitor
send '\x48\x00\x08\x00\x00\x00\x00\x00'
check "hint: mode monitor" \
	wait_for 5 hint "mode enforce would have dropped 1 of the packets sent back"

timeout -s INT 3 genevectl -j -n app stats --watch 0.5 >/tmp/tool-watch
check_equal "watch: SIGINT ends it well" 0 $?
check "watch: a JSON object per line" sh -c \
	'[ "$(jq -c .tx_packets /tmp/tool-watch | sort -u)" = 4 ] && [ $(wc -l </tmp/tool-watch) -ge 3 ]'
genevectl -n app stats --watch 0.5 >/tmp/tool-watch &
watch=$!
wait_for 10 grep -q '^drop reason' /tmp/tool-watch
i=0
while [ $i -lt 20 ]; do
	i=$((i + 1))
	send "$TOOL_PACKET"
done
check "watch: rates" wait_for 10 sh -c \
	'awk "\$1 == \"tx\" && \$4 > 0 && \$5 > 0 { found = 1 } END { exit !found }" /tmp/tool-watch'
kill -TERM $watch
wait $watch
check_equal "watch: SIGTERM ends it well" 0 $?

tap_done
