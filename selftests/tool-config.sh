#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# genevectl config: every key and value, defaults, one transaction, JSON, and
# that `config set` accepts what `config show` prints.

. ./lib.sh
. tool/lib.sh

load_module

defaults='enabled no
port 6081
mode enforce
reinject l2
udp-checksum verify
origins 10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10'

check_equal "defaults" "$defaults" "$(genevectl config show)"
check_equal "config alone shows" "$defaults" "$(genevectl config)"

# one KEY VALUE SHOWN: set to VALUE it reads SHOWN
one() {
	check "set $1 $2" succeeds config set "$1" "$2"
	check "$1 reads $3" config_is "$1" "$3"
}

for value in yes on 1 true; do
	one enabled "$value" yes
	one enabled no no
done
for value in no off 0 false; do
	one enabled yes yes
	one enabled "$value" no
done
one port 1 1
one port 65535 65535
one mode monitor monitor
one mode enforce enforce
one reinject route route
one reinject l2 l2
one udp-checksum trust trust
one udp-checksum verify verify
one origins any 0.0.0.0/0
one origins none none
one origins 192.0.2.1 192.0.2.1/32
one origins 203.0.113.0/24,10.0.0.0/8 203.0.113.0/24,10.0.0.0/8
one origins default "${defaults##*origins }"

check "several at once" succeeds config set enabled yes port 7000 mode monitor \
	reinject route origins any udp-checksum trust
shown=$(genevectl config show)
check_equal "all of them read back" "enabled yes
port 7000
mode monitor
reinject route
udp-checksum trust
origins 0.0.0.0/0" "$shown"
check "abbreviated words" succeeds con se en y po 6081 mo enf re l u v or default
check "set what was shown" \
	sh -c "genevectl config set \$(echo '$shown')"
check_equal "it reads the same" "$shown" "$(genevectl config show)"

many=$(seq 0 255 | sed 's/.*/10.&.0.0\/16/' | paste -sd,)
one origins "$many" "$many"

check "JSON has types" json_is \
	'map_values(type) | to_entries | map(.key + " " + .value) | join(",")' \
	'"enabled boolean,port number,mode string,reinject string,udp_checksum string,origins array"' \
	config show
check "JSON of enabled" json_is .enabled true config show
check "JSON of port" json_is .port 7000 config show
check "JSON of mode" json_is .mode '"monitor"' config show
check "JSON of reinject" json_is .reinject '"route"' config show
check "JSON of udp-checksum" json_is .udp_checksum '"trust"' config show
check "JSON of origins" json_is '.origins | length, first' '256
"10.0.0.0/16"' config show
genevectl config set origins none
check "JSON of no origins" json_is .origins '[]' config show
check_equal "pretty JSON says the same" "$(genevectl -j config show | jq -S .)" \
	"$(genevectl -p config show | jq -S .)"
check "pretty JSON is indented" sh -c "genevectl -p config | grep -q '^  \"port\": 7000'"

tap_done
