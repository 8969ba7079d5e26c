#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# genevectl endpoint: ids in all forms, names, list and JSON, 300 of them.

. ./lib.sh
. tool/lib.sh

load_module
id=vpce-074a11ad96ec49886

# named NAME: the list shows it once, for the endpoint of this test
named() {
	json_is "map(select(.id == \"$id\")) | map(.name)" "[$1]" endpoint list
}

check_equal "none yet" "id                      name  policy           rx           tx         drop     idle" \
	"$(genevectl endpoint list)"
check "none yet, JSON" json_is . '[]' endpoint list

check "name an endpoint that was not seen" succeeds endpoint set $id name shop
check "the list has it" named '"shop"'
n=0
for form in VPCE-074A11AD96EC49886 74a11ad96ec49886 74A11AD96EC49886 0x74a11ad96ec49886; do
	n=$((n + 1))
	check "set by $form" succeeds endpoint set $form name shop$n
	check "it is the same one" named "\"shop$n\""
	check "show by $form" json_is .name "\"shop$n\"" endpoint show $form
done
check "set by name" succeeds endpoint set shop4 name market
check "show by name" json_is .id "\"$id\"" endpoint show market
check "the word name may be left out" succeeds endpoint set $id bazaar
check "it is renamed" named '"bazaar"'
check "a name of 63 characters" succeeds endpoint set $id name "$(printf %063d 0 | tr 0 n)"
check "a name with punctuation" succeeds endpoint set $id name 'a~!"#%\{}'
check "JSON holds it" named '"a~!\"#%\\{}"'
check "take the name away" succeeds endpoint set $id name ''
check "it has none" named null
check "abbreviated" succeeds end se $id n shop

check_equal "show" "$id  name shop  policy -  idle -
  rx                0 packets         0 B
  tx                0 packets         0 B
  drop              0 packets         0 B" "$(genevectl endpoint show $id)"
check "show, JSON" json_is . "{\"id\":\"$id\",\"name\":\"shop\",\"policy\":null,\"rx_packets\":0,\
\"rx_bytes\":0,\"tx_packets\":0,\"tx_bytes\":0,\"drop_packets\":0,\"drop_bytes\":0,\
\"idle_ms\":null}" endpoint show shop

genevectl endpoint set abc name short
check_equal "the list is sorted and aligned" \
	"id                      name   policy           rx           tx         drop     idle
vpce-00000abc           short  -                 0            0            0        -
$id  shop   -                 0            0            0        -" "$(genevectl endpoint list)"

i=0
while [ $i -lt 300 ]; do
	i=$((i + 1))
	genevectl endpoint set "$(printf 5000%04x $i)" name "number-$i" || break
done
check "300 more, a dump of several messages" json_is 'length, (map(.id) | unique | length)' '302
302' endpoint list
check "sorted" json_is 'map(.id) | . == sort' true endpoint list
check "each with its name" json_is 'map(select(.name | startswith("number-"))) | length' 300 \
	endpoint list

tap_done
