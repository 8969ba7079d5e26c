#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# ulogd writes down what rules with `log group` let pass and stop, each group to its
# own file: lines as the kernel's log has them (LOGEMU), and fields (GPRINT).

. ./lib.sh
. flow/lib.sh

LINES=/run/ulogd.lines FIELDS=/run/ulogd.fields

configuration() {
	cat <<-END
		[global]
		logfile="/run/ulogd.log"
		loglevel=3
	END
	for plugin in /usr/lib/*/ulogd/*.so; do
		echo "plugin=\"$plugin\""
	done
	cat <<-END
		stack=log5:NFLOG,base:BASE,ifi:IFINDEX,str:IP2STR,print:PRINTPKT,lines:LOGEMU
		stack=log6:NFLOG,base:BASE,str:IP2STR,fields:GPRINT
		[log5]
		group=5
		[log6]
		group=6
		[lines]
		file="$LINES"
		sync=1
		[fields]
		file="$FIELDS"
		sync=1
	END
}

# line N: without time and host; blanks at its end
line() {
	sed -n "$1p" $LINES | cut -d ' ' -f 5- | sed 's/  *$//; s/  */ /g'
}

# fields N: those that tell who and why, in order
fields() {
	sed -n "$1p" $FIELDS | tr , '\n' |
		grep -E '^(oob\.prefix|ip\.[sd]addr\.str|ip\.protocol|(tcp|udp)\.[sd]port)=' |
		sort | paste -sd ' '
}

written() {
	[ "$(cat $LINES $FIELDS 2>/dev/null | wc -l)" = "$1" ]
}

flow_scene
ruleset app <<-END
	policy shop {
		rule no outbound udp dport 56 log group 5 drop
		rule six ip6 inbound tcp dport 57 log group 5 accept
		rule mail outbound tcp dport 25 log group 6 reject
		default log group 6 drop
	}
	endpoint vpce-00123456789abcdef { policy shop }
END
configuration >/run/ulogd.conf
ip netns exec app ulogd -c /run/ulogd.conf >/run/ulogd.out 2>&1 &
ulogd=$!
wait_for 20 grep -q "building new pluginstance stack.*GPRINT" /run/ulogd.log ||
	tap_bail "ulogd starts" "$(cat /run/ulogd.out /run/ulogd.log)"

inner -w 100 udp $LOCAL4 1000 $PEER4 56 '>.' >/dev/null
inner tcp $PEER6 1001 $LOCAL6 57 '>S' '<SA' '>A' >/dev/null
inner -w 100 tcp $LOCAL4 1002 $PEER4 25 '>S' >/dev/null
inner -w 100 udp $LOCAL6 1003 $PEER6 99 '>.' >/dev/null
check "a record of each" wait_for 10 written 4
check_equal "a line about what is dropped" \
	"shop/no IN=vb OUT= MAC= SRC=$LOCAL4 DST=$PEER4 LEN=92 TOS=00 PREC=0x00 TTL=64 ID=0 PROTO=UDP SPT=1000 DPT=56 LEN=72 MARK=0x0" \
	"$(line 1)"
check_equal "one about what passes, of its first packet" \
	"shop/six IN=vb OUT= MAC= SRC=$PEER6 DST=$LOCAL6 LEN=112 TC=0 HOPLIMIT=64 FLOWLBL=0 PROTO=TCP SPT=1001 DPT=57 SEQ=1000 ACK=2000 WINDOW=5000 SYN URGP=0 MARK=0x0" \
	"$(line 2)"
check_equal "fields about what is rejected" \
	"ip.daddr.str=$PEER4 ip.protocol=6 ip.saddr.str=$LOCAL4 oob.prefix=shop/mail tcp.dport=25 tcp.sport=1002" \
	"$(fields 1)"
check_equal "and about what the default drops" \
	"ip.daddr.str=$PEER6 ip.protocol=17 ip.saddr.str=$LOCAL6 oob.prefix=shop udp.dport=99 udp.sport=1003" \
	"$(fields 2)"
kill $ulogd
wait $ulogd 2>/dev/null
check_sums app
tap_done
