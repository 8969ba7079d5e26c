#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR MIT
#
# A shell in the lab scene; `make shell` starts it.

TAP_SILENT=1
. ./lib.sh
. ./scene.sh

echo "Putting up the scene ..."
scene_up
sed -n '/^#   tenant 1/,/^#   gwlb/s/^#//p' scene.sh
cat <<END

A namespace's name runs a command in it: try

  app1 curl http://www.example.com/
  ap1 genevectl show
  ap1 genevectl stats --watch
  gwlb tcpdump -nvv -i any udp port 6081
  ctl targets            (the load balancer's control socket: ctl help)

Leave with exit.

END
export GWLB_SOCKET
bash --rcfile demo/bashrc -i
gwlb_ctl quit
