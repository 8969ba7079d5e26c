# SPDX-License-Identifier: GPL-2.0
# What this kernel's headers offer, found by looking, not by version:
# distributions port interfaces back.

nfg-has-header = $(if $(wildcard $(srctree)/include/$(1)),-D$(2))

ccflags-y += $(call nfg-has-header,net/gso.h,NFG_HAVE_NET_GSO_H)
