#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# genevectl import geneve-proxy: the walk-through of that proxy, ICMP moved from the
# blocked to the allowed protocols, with the ruleset in its place; where the output
# goes; what is refused.

. ./lib.sh
. tool/lib.sh
. gwlb/lib.sh

yaml=/tmp/tool-import.yaml rules=/tmp/tool-import.rules

# configuration ALLOWED BLOCKED: lists of protocols, for what goes out
configuration() {
	cat <<-END
		outbound:
		  drop_all_traffic: False
		  allowed_transport_protocols: $1
		  blocked_transport_protocols: $2
		  allowed_application_ports:
		    - 443     # HTTPS
		    - 80      # HTTP
		  blocked_application_ports:
		    - 0x35    # DNS
		inbound:
		  drop_all_traffic: False
		  allowed_transport_protocols:
		    - 0x0001  # ICMP
		    - 0x0006  # TCP
		  blocked_transport_protocols:
		    - 0x0011  # UDP
		  allowed_application_ports: [443]
		  blocked_application_ports: [80]
	END
}

# in_force ALLOWED BLOCKED: the ruleset of this configuration is
in_force() {
	configuration "$1" "$2" >$yaml
	check "import" succeeds import geneve-proxy $yaml -o $rules
	check "check" succeeds ruleset check $rules
	check "apply" succeeds -n ap1 ruleset apply $rules
}

pings() {
	in_ns "$1" ping -n -q -c 2 -i 0.2 -W "$(slow 1)" "$2"
}

# status NS ADDRESS[:PORT]: of HTTP
status() {
	in_ns "$1" curl -s -o /dev/null -m "$(slow 3)" -w '%{http_code}' "http://$2/"
}

status_is() {
	[ "$(status "$1" "$2")" = "$3" ]
}

fails() {
	! "$@"
}

gwlb_load
gwlb_fleet 1
gwlb_tenant 1
gwlb_appliance ap1
# 10.9.0.10 is to be the internet.
genevectl -n ap1 config set local 10.1.0.0/16,fd01::/16
gwlb_start --endpoint $GWLB_ENDPOINT_1,tun=gwe0,netns=end1 --health none --target 10.30.1.51
gwlb_serve net1 http 80 201
gwlb_serve net1 http 8080 208
gwlb_serve app1 http 443 243
gwlb_serve app1 http 80 280

check "no ruleset: ping out" eventually pings app1 10.9.0.10

in_force "[0x0006, 0x0011]" "[0x0001]"
check "ICMP blocked: no ping out" fails pings app1 10.9.0.10
check "HTTP out passes" eventually status_is app1 10.9.0.10 201
check_equal "a port that is not allowed does not" 000 "$(status app1 10.9.0.10:8080)"
check "ICMP in passes" eventually pings net1 10.1.0.10
check "HTTPS's port in passes" eventually status_is net1 10.1.0.10:443 243
check_equal "a blocked port in does not" 000 "$(status net1 10.1.0.10)"
check "IPv6 does not" fails pings app1 fd09::10

in_force "[0x0006, 0x0011, 0x0001]" "[]"
check "ICMP allowed: ping out passes" eventually pings app1 10.9.0.10
check "HTTP out still does" eventually status_is app1 10.9.0.10 201
check_equal "a port that is not allowed still does not" 000 "$(status app1 10.9.0.10:8080)"

check "what was applied is what ruleset show prints, applied again" sh -c \
	"genevectl -n ap1 ruleset show >$rules.shown && genevectl -n ap1 ruleset apply $rules.shown"
check "ping out still passes" eventually pings app1 10.9.0.10
gwlb_stop

check_equal "without -o to standard output" "$(cat $rules)" "$(genevectl import geneve-proxy $yaml)"
check "from standard input" sh -c "genevectl import geneve-proxy - <$yaml | genevectl ruleset check -"
check "abbreviated" sh -c "genevectl im g $yaml | cmp - $rules"
check "the file it came from is named" grep -qF "'$yaml'" $rules
check "every decision has a comment" sh -c \
	"awk '/^    rule/ && before !~ /^    #/ { bad = 1 } { before = \$0 } END { exit bad }' $rules"

echo 'inbound: {drop_all_traffic: yes}' >$yaml
check "a section is missing" sh -c \
	"genevectl import geneve-proxy $yaml >$rules && grep -q 'Not in the file' $rules &&
	 grep -q 'rule inbound_drop_all inbound drop' $rules && genevectl ruleset check $rules"

echo 'outbound: 5' >$yaml
run import geneve-proxy $yaml -o $rules.new
check_equal "what is no configuration is refused, with its place" \
	"1: $yaml:1:11: a section is no mapping: expected keys like drop_all_traffic
    outbound: 5
              ^" "$RUN_STATUS: $RUN_ERR$RUN_OUT"
check "and nothing is written" test ! -e $rules.new
refuses "no such file" 1 "import: cannot read '/tmp/none': No such file or directory" \
	import geneve-proxy /tmp/none
echo 'outbound: {}' >$yaml
refuses "a directory that is not there" 2 \
	"import: cannot write '/none/there': No such file or directory" \
	import geneve-proxy $yaml -o /none/there
refuses "a full disk" 2 "import: cannot write '/dev/full': No space left on device" \
	import geneve-proxy $yaml -o /dev/full

rm -f $yaml $rules*
tap_done
