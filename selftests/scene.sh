# SPDX-License-Identifier: GPL-2.0 OR MIT
# shellcheck shell=dash
#
# The lab scene: two tenants reach the internet through a load balancer and two
# appliances. Sourced after lib.sh; the names are those of namespaces.
#
#   tenant 1   app1 ---- end1 ---- nat1 ---.
#                         ||               |
#                        gwlb ==== ap1    inet   www.example.com
#                         ||  ==== ap2     |     198.51.100.10, 2001:db8::10
#   tenant 2   app2 ---- end2 ---- nat2 ---'
#
#   appN 10.1.0.10 fd01::10 - 10.1.0.1 fd01::1 endN 10.9.0.1 fd09::1 -
#   natN 10.9.0.2 fd09::2 - 198.51.100.N 2001:db8::N masquerade - inet
#   gwlb 10.30.1.10, ap1 10.30.1.51, ap2 10.30.1.52
#
# endN is the tenant's route table with the endpoint in it: whatever comes from
# the application host or from the NAT goes through the endpoint, to the load
# balancer, to an appliance and back, and only then on its way. Both tenants
# have the same addresses.

. gwlb/lib.sh

SCENE_WWW4=198.51.100.10
SCENE_WWW6=2001:db8::10
SCENE_FILES=/run/scene

# scene_tenant N
scene_tenant() {
	ns_add "app$1" "end$1" "nat$1"
	gwlb_cable "app$1" eth0 10.1.0.10/24 fd01::10/64 \
		"end$1" app 10.1.0.1/24 fd01::1/64
	gwlb_cable "nat$1" lan 10.9.0.2/24 fd09::2/64 \
		"end$1" net 10.9.0.1/24 fd09::1/64
	gwlb_router "nat$1"
	gwlb_cable "nat$1" wan "198.51.100.$1/24" "2001:db8::$1/64" \
		inet "port$1" "169.254.0.$1/32" "fe80::$1/64"
	ip -n inet link set "port$1" master br0

	ip -n "app$1" route add default via 10.1.0.1
	ip -n "app$1" -6 route add default via fd01::1
	ip -n "end$1" route add default via 10.9.0.2
	ip -n "end$1" -6 route add default via fd09::2
	ip -n "nat$1" route add 10.1.0.0/24 via 10.9.0.1
	ip -n "nat$1" -6 route add fd01::/64 via fd09::1
	gwlb_endpoint "end$1" gwe0 app net
	in_ns "nat$1" nft -f - <<-END || tap_bail "NAT"
	table inet nat {
		chain postrouting {
			type nat hook postrouting priority srcnat;
			oifname wan masquerade
		}
	}
	END
	# `ip netns exec` puts it in the place of /etc/resolv.conf.
	[ -e /etc/resolv.conf ] || : >/etc/resolv.conf
	mkdir -p "/etc/netns/app$1"
	echo "nameserver $SCENE_WWW4" >"/etc/netns/app$1/resolv.conf"
}

# The internet is one host with three services.
scene_internet() {
	ns_add inet
	in_ns inet sysctl -qw net.ipv6.conf.default.disable_ipv6=0
	ip -n inet link add br0 type bridge
	in_ns inet sysctl -qw net.ipv6.conf.br0.disable_ipv6=0
	ip -n inet addr add $SCENE_WWW4/24 dev br0
	ip -n inet addr add $SCENE_WWW6/64 dev br0 nodad
	ip -n inet link set br0 mtu 8500 up

	mkdir -p $SCENE_FILES/www $SCENE_FILES/health
	echo "Hello from the internet." >$SCENE_FILES/www/index.html
	echo "healthy" >$SCENE_FILES/health/health
	ip netns exec inet busybox httpd -p 80 -h $SCENE_FILES/www
	ip netns exec inet dnsmasq --conf-file=/dev/null --no-resolv --no-hosts \
		--user=root --pid-file=$SCENE_FILES/dnsmasq.pid \
		--host-record="www.example.com,$SCENE_WWW4,$SCENE_WWW6"
	ip netns exec inet iperf3 -s -D
}

# Each appliance: the module, and an HTTP server for the health checks.
scene_appliances() {
	load_module
	gwlb_appliance ap1 ap2
	for scene_ns in ap1 ap2; do
		ip netns exec $scene_ns busybox httpd -p 80 -h $SCENE_FILES/health
	done
}

# scene_gwlb [OPTION...]: the load balancer; both appliances are its targets
scene_gwlb() {
	gwlb_start --endpoint "$GWLB_ENDPOINT_1,tun=gwe0,netns=end1" \
		--endpoint "$GWLB_ENDPOINT_2,tun=gwe0,netns=end2" \
		--target 10.30.1.51 --target 10.30.1.52 \
		--health http:80/health --codes 200-399 \
		--interval 5 --timeout 2 --healthy 2 --unhealthy 2 \
		--failover rebalance "$@"
}

scene_targets_are() {
	gwlb_is targets/10.30.1.51/state "$1" && gwlb_is targets/10.30.1.52/state "$2"
}

# The whole scene, up to healthy appliances.
scene_up() {
	mkdir -p $SCENE_FILES
	gwlb_fleet 2
	scene_internet
	scene_tenant 1
	scene_tenant 2
	scene_appliances
	scene_gwlb "$@"
	wait_for 30 scene_targets_are healthy healthy ||
		tap_bail "both appliances become healthy" "$(gwlb_ctl targets)"
}
