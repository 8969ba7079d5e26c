#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# Two tenants with the same addresses, the same ports at the same time, and
# different policies; a third one has the default.

. ./lib.sh
. gwlb/lib.sh
. flow/lib.sh

ENDPOINT_3=vpce-03333333333333333

# web TENANT PORT: the same for several tenants, another one for a tenant's next connection
web() {
	in_ns "app$1" curl -s -m "$(slow 3)" -o /dev/null -w '%{http_code}' --local-port "$2" \
		http://10.9.0.10/
}

# answer_to REQUEST...: what the appliance answers to the last one
answer_to() {
	printf '%s\n' "$@" | in_ns ap1 ruleset/transact | tail -n 1
}

pings() {
	in_ns "app$1" ping -n -q -c 2 -i 0.2 -W "$(slow 1)" -e 7 10.9.0.10
}

not() {
	! "$@"
}

gwlb_load
gwlb_fleet 1
for tenant in 1 2 3; do
	gwlb_tenant $tenant
	gwlb_serve net$tenant http 80 20$tenant
done
gwlb_appliance ap1
settings ap1 local $LOCAL_PREFIXES
gwlb_start --endpoint $GWLB_ENDPOINT_1,tun=gwe0,netns=end1 \
	--endpoint $GWLB_ENDPOINT_2,tun=gwe0,netns=end2 \
	--endpoint $ENDPOINT_3,tun=gwe0,netns=end3 --health none --target 10.30.1.51

ruleset ap1 <<-END
	policy web { rule web outbound tcp dport 80 accept; default drop; }
	policy ping { rule ping outbound icmp accept; default drop; }
	policy default { default accept; }
	endpoint $GWLB_ENDPOINT_1 { name first; policy web }
	endpoint $GWLB_ENDPOINT_2 { policy ping }
END
check_equal "tenant 1: web" 201 "$(web 1 5000)"
check_equal "tenant 2: none" 000 "$(web 2 5000)"
check_equal "tenant 3: web" 203 "$(web 3 5000)"
check "tenant 1: no ping" not pings 1
check "tenant 2: ping" pings 2
check "tenant 3: ping" pings 3
refused=$(stat ap1 "endpoints/$GWLB_ENDPOINT_1/drop_packets")
check_equal "two pings of tenant 1" 2 "$refused"
check "tenant 3 lost nothing" stat_is ap1 "endpoints/$ENDPOINT_3/drop_packets" 0

ruleset ap1 <<-END
	policy web { rule web outbound tcp dport 80 accept; default drop; }
	policy ping { rule ping outbound icmp accept; default drop; }
	endpoint $GWLB_ENDPOINT_1 { policy ping }
	endpoint $GWLB_ENDPOINT_2 { policy web }
	endpoint $ENDPOINT_3 { policy web }
END
check_equal "tenant 1: no web now" 000 "$(web 1 5001)"
check_equal "tenant 2: web" 202 "$(web 2 5001)"
check "tenant 1: ping" pings 1
check "tenant 2: no ping" not pings 2
check "tenant 3: no ping" not pings 3

genevectl -n ap1 endpoint set $ENDPOINT_3 policy ping || tap_bail "endpoint set"
check "tenant 3 is given another policy" pings 3
check_equal "and has no web" 000 "$(web 3 5002)"
check_equal "tenant 2 keeps its own" 202 "$(web 2 5002)"
# Why is said with the endpoints locked, which packets of new ones do, too: lockdep
# sees it if something else was refused as well.
check_equal "a request without a transaction" "ENOENT: this socket has no transaction" \
	"$(answer_to commit)"
check_equal "a name that another endpoint has" "EEXIST: another endpoint has the name first" \
	"$(answer_to "begin copy" "bind 8 name first" commit)"
check_sums ap1
check "no answer was wrong" gwlb_is violations_total 0
gwlb_stop
tap_done
