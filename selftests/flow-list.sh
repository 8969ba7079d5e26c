#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Which flows filters select, to list, count and flush; one flow by its tuple; and
# the numbers in sysfs.

. ./lib.sh
. flow/lib.sh

END1=vpce-00123456789abcdef
END2=vpce-0fedcba9876543210

# selected PORTS WORD...: the flows that these words select are those of the ports
selected() {
	selected_ports=$1
	shift
	check "list $*" flows_are "$PORTS" "$selected_ports" "$@"
	# shellcheck disable=SC2086 # count the words
	check_equal "count $*" "$(set -- $selected_ports; echo $#)" "$(count "$@")"
}

count() {
	genevectl -n app flow count "$@"
}

# flushed PORTS WORD...: all others stay
flushed() {
	flushed_ports=$1
	shift
	flush "$@"
	check "flush $*" flows_are "$PORTS" "$flushed_ports"
}

fill() {
	inner -e 0123456789abcdef tcp 10.1.0.10 1000 10.9.0.10 80 '>S' '<SA' '>A' >/dev/null
	inner -e 0123456789abcdef tcp 10.1.0.10 1001 10.9.0.11 443 '>S' >/dev/null
	inner -e 0123456789abcdef udp 10.1.0.11 1002 10.9.0.10 53 '>.' '<.' >/dev/null
	inner -e 0123456789abcdef udp 10.1.1.1 1003 10.9.0.10 53 '>.' >/dev/null
	inner -e fedcba9876543210 tcp fd01::10 1004 fd09::10 80 '>S' '<SA' '>A' '>FA' >/dev/null
	inner -e fedcba9876543210 tcp fd01::11 1005 fd09::10 80 '>S' '<SA' >/dev/null
	inner -e fedcba9876543210 -w 50 tcp 10.1.0.10 1006 10.9.0.10 22 '>S' >/dev/null
	inner -e fedcba9876543210 -w 50 tcp 10.1.0.10 1007 10.9.0.10 23 '>S' >/dev/null
	inner -e fedcba9876543210 icmp 10.1.0.10 1008 10.9.0.10 0 '>.' '<.' >/dev/null
	inner -e fedcba9876543210 tcp 10.1.0.10 1009 10.9.0.10 80 '>S' '<SA' '>A' '<R' >/dev/null
}

flow_scene
ruleset app <<-END
	policy default {
		rule ssh tcp dport 22 drop
		rule telnet tcp dport 23 reject
	}
END
fill
ALL="1000 1001 1002 1003 1004 1005 1006 1007 1008 1009"
selected "$ALL"
selected "1000 1001 1002 1003" endpoint $END1
selected "1004 1005 1006 1007 1008 1009" endpoint $END2
selected "" endpoint vpce-00000000000000001
selected "1000 1001 1006 1007 1008 1009" addr 10.1.0.10
selected "1002 1003" proto udp
selected "1004 1005" addr fd09::10
selected "1000 1001 1002 1006 1007 1008 1009" addr 10.1.0.0/24
selected "1003" addr 10.1.1.0/24
selected "1005" addr fd01::11/128
selected "1004 1005" addr fd00::/8
selected "1000 1001 1002 1003 1006 1007 1008 1009" addr 0.0.0.0/0
selected "1004 1005" addr ::/0
selected "" addr 192.0.2.0/24
selected "1000 1004 1005 1009" port 80
selected "1001" port 1001
selected "" port 9
selected "1008" proto icmp
selected "1000 1001 1004 1005 1006 1007 1009" proto tcp
selected "" proto sctp
selected "1000 1001 1002 1003 1004 1005 1008 1009" verdict accept
selected "1006" verdict drop
selected "1007" verdict reject
selected "1003" state new
selected "1001 1006 1007" state syn
selected "1005" state syn-ack
selected "1000 1002 1008" state established
selected "1004" state closing
selected "1009" state time-wait
selected "1000" endpoint $END1 addr 10.9.0.0/24 port 80 proto tcp verdict accept state established
selected "" endpoint $END1 addr 10.9.0.0/24 port 80 proto tcp verdict accept state syn

flow_show() {
	genevectl -n app -j flow show "$@" | jq -r .sport
}
for tuple in "10.1.0.10:1000 10.9.0.10:80" "10.9.0.10:80 10.1.0.10:1000"; do
	# shellcheck disable=SC2086 # words
	check_equal "show tcp $tuple" 1000 "$(flow_show $END1 tcp $tuple)"
done
check_equal "show, IPv6" 1005 "$(flow_show $END2 tcp '[fd01::11]:1005' '[fd09::10]:80')"
check "show: no such flow" sh -c \
	"! genevectl -n app flow show $END2 tcp 10.1.0.10:1000 10.9.0.10:80 2>/dev/null"

check "sysfs: active" stat_is app flows/active 10
check "sysfs: max" stat_is app flows/max 262144
check "sysfs: created" stat_is app flows/created 10
flushed "1000 1001 1002 1003 1005 1006 1007 1008 1009" state closing
flushed "1000 1001 1002 1003 1005 1007 1008 1009" verdict drop
flushed "1000 1001 1003 1005 1007 1008 1009" addr 10.1.0.11
flushed "1000 1001 1003 1007 1008 1009" addr ::/0
flushed "1000 1001 1007 1008 1009" proto udp
flushed "1007 1008 1009" endpoint $END1
flushed "1007 1008" port 80
check "sysfs: flushed" stat_is app flows/flushed 8
flushed ""
check "sysfs: active" stat_is app flows/active 0
check "sysfs: flushed" stat_is app flows/flushed 10
check "sysfs: expired" stat_is app flows/expired 0
check "sysfs: evicted" stat_is app flows/evicted 0
settings app flow-max 1000
check "sysfs: max" stat_is app flows/max 1000
check_sums app
tap_done
