# SPDX-License-Identifier: GPL-2.0
# Asks whether this kernel will do and what it offers: see probe.sh.

# Kbuild also reads this to clean and to look at symbols.
ifneq ($(filter %/Makefile.build,$(MAKEFILE_LIST)),)

nfg-compat := $(dir $(lastword $(MAKEFILE_LIST)))

nfg-missing := $(foreach option,NET INET NETFILTER SYSFS DST_CACHE,\
	$(if $(CONFIG_$(option)),,CONFIG_$(option)))
ifneq ($(strip $(nfg-missing)),)
$(error nf_geneve: this kernel was configured without $(strip $(nfg-missing)))
endif

nfg-probed := $(shell sh $(nfg-compat)probe.sh $(CC) $(NOSTDINC_FLAGS) $(LINUXINCLUDE) \
	$(KBUILD_CPPFLAGS) $(KBUILD_CFLAGS) $(KBUILD_CFLAGS_MODULE) $(CFLAGS_MODULE))
ifneq ($(lastword $(nfg-probed)),probed)
$(error nf_geneve: $(or $(nfg-probed),the probes for this kernel did not run))
endif
ccflags-y += $(filter -D%,$(nfg-probed)) -I$(nfg-compat)

endif
