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
origins 10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10
local 10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,169.254.0.0/16,fc00::/7,fe80::/10
flow-max 262144
flow-full drop
fragments drop
tcp-pickup on
timeout-established 350s
timeout-other 120s
timeout-half-open 30s
timeout-closing 10s
timeout-denied 30s
reject-rate 1000
log-rate 1000'

# default KEY: its line of the defaults
default() {
	echo "$defaults" | sed -n "s/^$1 //p"
}

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
one origins default "$(default origins)"
one local any 0.0.0.0/0,::/0
one local none none
one local 2001:db8::1 2001:db8::1/128
one local fd00::/8,203.0.113.0/24,::/0 fd00::/8,203.0.113.0/24,::/0
one local default "$(default local)"
one flow-max 1 1
one flow-max 16777216 16777216
one flow-full forward forward
one flow-full drop drop
one fragments pass pass
one fragments drop drop
for value in off no 0; do
	one tcp-pickup on on
	one tcp-pickup $value off
done
one timeout-established 6000 6000s
one timeout-other 1h30m 5400s
one timeout-half-open 1s 1s
one timeout-closing 1d 86400s
one timeout-denied 2m 120s
one reject-rate 0 0
one log-rate 4294967295 4294967295

wanted='enabled yes
port 7000
mode monitor
reinject route
udp-checksum trust
origins 0.0.0.0/0
local fd00::/8,10.0.0.0/8
flow-max 1000
flow-full forward
fragments pass
tcp-pickup off
timeout-established 60s
timeout-other 61s
timeout-half-open 62s
timeout-closing 63s
timeout-denied 64s
reject-rate 65
log-rate 66'
# shellcheck disable=SC2086 # pairs
check "all at once" succeeds config set $wanted
check_equal "all of them read back" "$wanted" "$(genevectl config show)"
check "abbreviated words" succeeds con se en y po 6081 mo enf rei l u v or default
check "so they are" config_is port 6081
# shellcheck disable=SC2046 # pairs
check "set what was shown" succeeds config set $(echo "$wanted")
check_equal "it reads the same" "$wanted" "$(genevectl config show)"

many=$(seq 0 255 | sed 's/.*/10.&.0.0\/16/' | paste -sd,)
one origins "$many" "$many"
many6=$(seq 1 256 | sed 's/.*/2001:db8:0:&::\/64/' | paste -sd,)
one local "$many6" "$many6"
check "two full lists at once" succeeds config set origins "$many" local "$many6"

check "JSON has types" json_is \
	'map_values(type) | to_entries | map(.key + " " + .value) | join(",")' \
	'"enabled boolean,port number,mode string,reinject string,udp_checksum string,origins array,local array,flow_max number,flow_full string,fragments string,tcp_pickup boolean,timeout_established number,timeout_other number,timeout_half_open number,timeout_closing number,timeout_denied number,reject_rate number,log_rate number"' \
	config show
check "JSON of enabled" json_is .enabled true config show
check "JSON of port" json_is .port 7000 config show
check "JSON of mode" json_is .mode '"monitor"' config show
check "JSON of reinject" json_is .reinject '"route"' config show
check "JSON of udp-checksum" json_is .udp_checksum '"trust"' config show
check "JSON of origins" json_is '.origins | length, first' '256
"10.0.0.0/16"' config show
check "JSON of local" json_is '.local | length, last' '256
"2001:db8:0:256::/64"' config show
check "JSON of numbers, words and times" json_is \
	'[.flow_max, .flow_full, .fragments, .tcp_pickup, .timeout_closing, .log_rate]' \
	'[1000,"forward","pass",false,63,66]' config show
genevectl config set origins none
check "JSON of no origins" json_is .origins '[]' config show
check_equal "pretty JSON says the same" "$(genevectl -j config show | jq -S .)" \
	"$(genevectl -p config show | jq -S .)"
check "pretty JSON is indented" sh -c "genevectl -p config | grep -q '^  \"port\": 7000'"

tap_done
